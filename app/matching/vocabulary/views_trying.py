"""Trying the thesaurus on a need and an offer, beside what it was."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.guard import administrators_only
from app.domain.errors import DomainError
from app.infra.numbers import positive
from app.matching.views import blueprint
from app.matching.vocabulary.forms import CompareForm
from app.matching.vocabulary.queries import changed_concepts, changes, load_change
from app.matching.vocabulary.store import concepts, file_concepts, vocabulary
from app.matching.vocabulary.trying import Tried, tried

ALONE, FILE = "", "bestand"


@blueprint.route("/beheer/thesaurus/uitproberen", methods=["GET", "POST"])
@administrators_only
def thesaurus_try() -> ResponseReturnValue:
    """Nothing is kept. `zonder` in the address is the change to leave out on the other side."""
    form = CompareForm(data={"beside": request.args.get("zonder", ALONE)})
    form.beside.choices = _choices(form.beside.data or "")
    found: list[Tried] = []
    if form.validate_on_submit():
        try:
            found = _tried(*form.typed(), form.beside.data or ALONE)
        except DomainError as error:
            form.refuse(error)
    failed = request.method == "POST" and not found
    page = render_template(
        "matching/thesaurus_try.html", form=form, tried=found, version=vocabulary().version
    )
    return page, 422 if failed else 200


def _choices(wanted: str) -> list[tuple[str, str]]:
    rows, _ = changes()
    found = {str(row.id): _label(row.id, row.concept, row.concept_id) for row in rows}
    if wanted.isdecimal() and wanted not in found:
        row = load_change(positive(wanted))
        found[wanted] = _label(row.id, row.concept, row.concept_id)
    return [(ALONE, "Niets"), (FILE, "De thesaurus zonder enige wijziging"), *found.items()]


def _label(id: int, concept: dict[str, object] | None, concept_id: str) -> str:
    return f"Zonder wijziging {id} ({(concept or {}).get('naam', concept_id)})"


def _tried(need: str, offer: str, beside: str) -> list[Tried]:
    for field, text in (("need", need), ("offer", offer)):
        if not text:
            raise DomainError("try_text_missing", field=field)
    found = [tried("Zoals de thesaurus nu is", vocabulary().thesaurus, need, offer)]
    if beside == FILE:
        found.append(tried("Zonder enige wijziging", file_concepts().values(), need, offer))
    elif beside:
        without = concepts(changed_concepts(without=int(beside)))
        found.append(tried(f"Zonder wijziging {beside}", without, need, offer))
    return found
