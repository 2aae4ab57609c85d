"""The checklist of a draft as its pages show it: also what of the document nobody looked at yet."""

from collections.abc import Iterator
from datetime import datetime

from app.addenda.drafting.drafts import read_draft
from app.addenda.drafting.sections import Draft, Part
from app.addenda.models import Addendum
from app.addenda.publishing.advice import Item, remark
from app.addenda.publishing.policy import publication_items
from app.addenda.reviewing.places import Atlas
from app.addenda.reviewing.report import Report, report_of


def readiness(addendum: Addendum, now: datetime) -> list[Item]:
    """`publication_items` of the stored draft, and for one that was read from a document what is still to
    be looked at. What blocks comes first. A portrait that nobody chose needs no words yet."""
    draft = read_draft(addendum)
    items = publication_items(draft, now)
    if not addendum.source_text or addendum.published_at is not None:
        return items
    report = report_of(addendum)
    portraits = list(_portraits(draft, report))
    unchosen = {one.part for one in portraits}
    items = [one for one in items if one.code != "publish_persona_alt" or one.part not in unchosen]
    return [*items, *_sections(draft, report), *portraits]


def _sections(draft: Draft, report: Report) -> Iterator[Item]:
    atlas = Atlas(draft)
    said = {key: one.fingerprint for key, one in report.accepted.items()}
    left = [key for key in atlas.sections() if said.get(key) != atlas.fingerprint(key)]
    if len(left) == 1:
        yield remark("publish_one_not_reviewed", Part("review"))
    elif left:
        yield remark("publish_not_reviewed", Part("review"), count=len(left))


def _portraits(draft: Draft, report: Report) -> Iterator[Item]:
    """An imported persona has a portrait that nobody chose, until its page was saved."""
    if report.base is None:
        return
    for persona_id, persona in draft.personas.items():
        if persona_id in report.base.personas and f"persona:{persona_id}" not in report.settled:
            part = Part("persona", str(persona_id))
            yield remark("publish_persona_portrait", part, "portrait", name=persona.name)
