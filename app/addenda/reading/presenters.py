"""Words for the page that follows a document being read."""

from app.addenda.reading.jobs import JobView

_STAGES = {
    "": "Het document staat klaar en wacht op zijn beurt",
    "waiting": "Het document staat klaar en wacht op zijn beurt",
    "starting": "Het document wordt klaargezet",
    "opening": "Het document wordt geopend",
    "pages": "De pagina's worden gelezen",
    "text": "De tekst wordt gelezen",
    "understanding": "De onderdelen van het addendum worden herkend",
}


def stage_words(job: JobView) -> str:
    """What happens now, in words; with the page it is at, when there are pages."""
    if job.stage == "pages" and job.total:
        return f"Pagina {job.done} van {job.total} wordt gelezen"
    return _STAGES.get(job.stage, "Het document wordt gelezen")


def document_name(job: JobView) -> str:
    return job.name or "de geplakte tekst"
