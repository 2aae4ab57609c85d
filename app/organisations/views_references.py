"""The references of an organisation: add, edit, order, remove."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.domain.errors import DomainError, Stale
from app.organisations import presenters, references
from app.organisations.forms import ReferenceForm
from app.organisations.guard import for_members
from app.organisations.queries import load_reference
from app.organisations.views import blueprint


def _to_list(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_for("organisations.show", organisation_id=organisation_id, _anchor="referenties"))


def _page(
    organisation_id: int, form: ReferenceForm, status: int, theirs: list[tuple[str, str]] | None = None
) -> ResponseReturnValue:
    page = render_template(
        "organisations/reference.html",
        form=form,
        organisation_id=organisation_id,
        reference_id=(request.view_args or {}).get("reference_id"),
        theirs=theirs,
    )
    return page, status


@blueprint.route("/organisaties/<int:organisation_id>/referenties/nieuw", methods=["GET", "POST"])
@for_members
def add_reference(organisation_id: int) -> ResponseReturnValue:
    form = ReferenceForm()
    if form.validate_on_submit():
        try:
            references.add_reference(organisation_id, form.draft(), by=current_actor())
        except DomainError as error:
            form.refuse(error)
        else:
            flash("De referentie is toegevoegd.", "success")
            return _to_list(organisation_id)
    return _page(organisation_id, form, 422 if request.method == "POST" else 200)


@blueprint.route(
    "/organisaties/<int:organisation_id>/referenties/<int:reference_id>", methods=["GET", "POST"]
)
@for_members
def edit_reference(organisation_id: int, reference_id: int) -> ResponseReturnValue:
    row = load_reference(organisation_id, reference_id)
    form = ReferenceForm(obj=row) if request.method == "GET" else ReferenceForm()
    if request.method == "GET":
        return _page(organisation_id, form, 200)
    if not form.validate():
        return _page(organisation_id, form, 422)
    try:
        references.edit_reference(
            organisation_id, reference_id, form.seen_version(), form.draft(), by=current_actor()
        )
    except Stale as error:
        form.version.data = str(error.version)
        return _page(organisation_id, form, 409, presenters.differences(form, error.theirs))
    except DomainError as error:
        form.refuse(error)
        return _page(organisation_id, form, 422)
    flash("De referentie is bewaard.", "success")
    return _to_list(organisation_id)


@blueprint.post("/organisaties/<int:organisation_id>/referenties/<int:reference_id>/verwijderen")
@for_members
def remove_reference(organisation_id: int, reference_id: int) -> ResponseReturnValue:
    references.remove_reference(organisation_id, reference_id, by=current_actor())
    flash("De referentie is verwijderd.", "success")
    return _to_list(organisation_id)


@blueprint.post("/organisaties/<int:organisation_id>/referenties/<int:reference_id>/verplaatsen")
@for_members
def move_reference(organisation_id: int, reference_id: int) -> ResponseReturnValue:
    """`richting` is "op" or "neer"."""
    up = request.form.get("richting") == "op"
    references.move_reference(organisation_id, reference_id, up, by=current_actor())
    return _to_list(organisation_id)
