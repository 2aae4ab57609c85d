"""The page of one concept and of its form, for the views."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.domain.errors import DomainError, NotFound, Stale
from app.domain.thesaurus import Concept, concept_of
from app.matching.vocabulary import services
from app.matching.vocabulary.forms import ConceptForm, as_typed
from app.matching.vocabulary.presenters import concept_lines, differences, history, pointers
from app.matching.vocabulary.queries import changes_of, load_change, newest_of
from app.matching.vocabulary.store import file_concepts, table_of
from app.matching.vocabulary.trying import Tried, tried


def concept_page(concept_id: str) -> ResponseReturnValue:
    """Also of one that was taken out, as it was."""
    known, made = services.standing(), changes_of([concept_id])
    original = file_concepts().get(concept_id)
    one = known.get(concept_id) or _last(concept_id, made, original)
    if one is None:
        raise NotFound("concept")
    stands = concept_id in known
    from_file = differences(table_of(original), table_of(one), known) if made and original and stands else []
    return render_template(
        "matching/thesaurus_concept.html",
        concept=one,
        stands=stands,
        lines=concept_lines(one, known),
        pointers=pointers(concept_id, known),
        history=history(made, known),
        from_file=from_file,
        back_href=url_for("matching.thesaurus_edit", concept_id=concept_id, terug=0) if original else None,
    )  # fmt: skip


def _last(concept_id: str, made: list, original: Concept | None) -> Concept | None:  # type: ignore[type-arg]
    kept = next((row.concept for row in made if row.concept is not None), None)
    return concept_of(concept_id, kept) if kept else original


def prefilled(concept_id: str, back_to: int | None) -> ConceptForm:
    """As it stands, or as it was after change `back_to` (0: as in the file). NotFound for what never was."""
    known = services.standing()
    one = known.get(concept_id) if back_to is None else _as_it_was(concept_id, back_to)
    if one is None:
        raise NotFound("concept")
    typed = as_typed(one, known) | {"version": str(newest_of(concept_id))}
    if back_to is not None:
        typed["reason"] = f"Terug naar {f'wijziging {back_to}' if back_to else 'het bestand'}. "
    return ConceptForm(formdata=None, data=typed)


def _as_it_was(concept_id: str, change: int) -> Concept | None:
    if change == 0:
        return file_concepts().get(concept_id)
    row = load_change(change)
    return concept_of(concept_id, row.concept) if row.concept_id == concept_id and row.concept else None


def edit_page(
    form: ConceptForm,
    concept_id: str | None,
    status: int,
    *,
    refused: services.Refused | None = None,
    tried: list[Tried] | None = None,
    theirs: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    """`concept_id` None: a new one. NotFound for one that never was."""
    known = services.standing()
    if concept_id is not None and concept_id not in known and not newest_of(concept_id):
        raise NotFound("concept")
    for error in refused.all if refused else ():
        form.refuse(error)
    page = render_template(
        "matching/thesaurus_edit.html",
        form=form,
        concept_id=concept_id,
        concept=known.get(concept_id or ""),
        tried=tried or [],
        theirs=theirs,
        names=sorted((one.name for one in known.values()), key=str.casefold),
    )
    return page, status


def typed_over(form: ConceptForm, error: Stale) -> list[tuple[str, str]]:
    """What stands there now beside what was typed; the next save is over that."""
    form.version.data = str(error.version)
    known = services.standing()
    if not error.theirs:
        return [("Toestand", "Het begrip is weggenomen. Bewaar je, dan staat het er weer.")]
    typed = as_typed(concept_of("theirs", error.theirs), known)
    return [
        (form[name].label.text, value.replace("\n", "; "))
        for name, value in typed.items()
        if value != (form[name].data or "").replace("\r", "")
    ]


def tried_with(form: ConceptForm, concept_id: str | None) -> list[Tried]:
    """With the thesaurus as it is and with the form as typed; empty when a text is missing or too long."""
    need, offer = form.typed()
    known = services.standing()
    one = services.concept_from(concept_id or "nieuw-begrip", form.draft(), known)
    try:
        for field, text in (("need", need), ("offer", offer)):
            if not text:
                raise DomainError("try_text_missing", field=field)
        return [
            tried("Zoals de thesaurus nu is", known.values(), need, offer),
            tried("Met wat je hier invulde", {**known, one.id: one}.values(), need, offer),
        ]
    except DomainError as error:
        form.refuse(error)
        return []
