"""The administrator's pages about the thesaurus."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.accounts.guard import administrators_only
from app.domain.errors import NotFound, Stale
from app.domain.life_domains import LIFE_DOMAINS
from app.infra.numbers import positive
from app.matching.views import blueprint
from app.matching.vocabulary import services
from app.matching.vocabulary.forms import ConceptForm, ReasonForm
from app.matching.vocabulary.pages import concept_page, edit_page, prefilled, tried_with, typed_over
from app.matching.vocabulary.presenters import (
    SHOWN,
    STATES,
    Looked,
    found_concepts,
    history,
    pages,
    pointers,
    rows,
)
from app.matching.vocabulary.queries import PAGE, changed_concepts, changes, newest_of
from app.matching.vocabulary.store import version


@blueprint.get("/beheer/thesaurus")
@administrators_only
def thesaurus() -> ResponseReturnValue:
    """All concepts, or those that were looked for."""
    given = request.args.get
    looked = Looked(given("q", "")[:100].strip(), given("domein", ""), given("toon", ""))
    known, changed = services.standing(), changed_concepts()
    found = found_concepts(known, changed, looked)
    page = min(max(given("pagina", 1, type=positive), 1), -(-len(found) // SHOWN) or 1)
    part = found[(page - 1) * SHOWN : page * SHOWN]
    return render_template(
        "matching/thesaurus.html",
        looked=looked,
        rows=rows(part, known, changed),
        total=len(known),
        domains=LIFE_DOMAINS,
        states=STATES,
        version=version(),
        **pages(
            len(found), page, SHOWN, "Begrip", "matching.thesaurus",
            q=looked.words, domein=looked.domain, toon=looked.state,
        ),
    )  # fmt: skip


@blueprint.get("/beheer/thesaurus/begrip/<concept_id>")
@administrators_only
def thesaurus_concept(concept_id: str) -> ResponseReturnValue:
    return concept_page(concept_id)


@blueprint.route("/beheer/thesaurus/nieuw", methods=["GET", "POST"])
@administrators_only
def thesaurus_add() -> ResponseReturnValue:
    form = ConceptForm(formdata=request.form)
    if request.method == "GET":
        return edit_page(form, None, 200)
    if request.form.get("probeer"):
        return edit_page(form, None, 200, tried=tried_with(form, None))
    if not form.validate():
        return edit_page(form, None, 422)
    try:
        concept_id = services.add_concept(form.draft(), form.reason.data or "", by=current_actor())
    except services.Refused as error:
        return edit_page(form, None, 422, refused=error)
    flash("Het begrip staat in de thesaurus.", "success")
    return redirect(url_for("matching.thesaurus_concept", concept_id=concept_id))


@blueprint.route("/beheer/thesaurus/begrip/<concept_id>/bewerken", methods=["GET", "POST"])
@administrators_only
def thesaurus_edit(concept_id: str) -> ResponseReturnValue:
    """`terug` is the change whose text to start from, 0 for that of the file."""
    if request.method == "GET":
        return edit_page(prefilled(concept_id, request.args.get("terug", type=int)), concept_id, 200)
    form = ConceptForm()
    if request.form.get("probeer"):
        return edit_page(form, concept_id, 200, tried=tried_with(form, concept_id))
    if not form.validate():
        return edit_page(form, concept_id, 422)
    seen, reason = form.seen_version(), form.reason.data or ""
    try:
        done = services.edit_concept(concept_id, seen, form.draft(), reason, by=current_actor())
    except Stale as error:
        return edit_page(form, concept_id, 409, theirs=typed_over(form, error))
    except services.Refused as error:
        return edit_page(form, concept_id, 422, refused=error)
    flash("Het begrip is bewaard." if done else "Er is niets veranderd.", "success" if done else "info")
    return redirect(url_for("matching.thesaurus_concept", concept_id=concept_id))


@blueprint.route("/beheer/thesaurus/begrip/<concept_id>/wegnemen", methods=["GET", "POST"])
@administrators_only
def thesaurus_remove(concept_id: str) -> ResponseReturnValue:
    known = services.standing()
    if concept_id not in known:
        raise NotFound("concept")
    form, stale = ReasonForm(), False
    if form.validate_on_submit():
        try:
            services.remove_concept(
                concept_id, form.seen_version(), form.reason.data or "", by=current_actor()
            )
        except Stale:
            stale = True
        except services.Refused as error:
            form.refuse(error.all[0])
        else:
            flash(f"{known[concept_id].name} is weggenomen. Terugzetten kan in de geschiedenis.", "success")
            return redirect(url_for("matching.thesaurus"))
    if stale or request.method == "GET":
        form.version.data = str(newest_of(concept_id))
    page = render_template(
        "matching/thesaurus_remove.html",
        form=form,
        stale=stale,
        concept=known[concept_id],
        pointers=pointers(concept_id, known),
    )
    return page, 200 if request.method == "GET" else (409 if stale else 422)


@blueprint.get("/beheer/thesaurus/geschiedenis")
@administrators_only
def thesaurus_history() -> ResponseReturnValue:
    page = max(positive(request.args.get("pagina")), 1)
    shown, total = changes(page)
    if not shown and total:
        page = -(-total // PAGE)
        shown, total = changes(page)
    return render_template(
        "matching/thesaurus_history.html",
        rows=history(shown, services.standing()),
        **pages(total, page, PAGE, "Wijziging", "matching.thesaurus_history"),
    )
