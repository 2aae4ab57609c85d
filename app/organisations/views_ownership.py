"""Handing over an organisation, and answering who asks to join it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.domain.errors import DomainError
from app.organisations import joining, membership, presenters
from app.organisations.forms import SuccessorForm
from app.organisations.guard import for_owners
from app.organisations.queries import load_organisation, successors
from app.organisations.views import blueprint


def _to_colleagues(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_for("organisations.members", organisation_id=organisation_id))


@blueprint.route("/organisaties/<int:organisation_id>/eigenaarschap", methods=["GET", "POST"])
@for_owners
def hand_over(organisation_id: int) -> ResponseReturnValue:
    """Choose a colleague, see what will happen, confirm."""
    actor = current_actor()
    people = successors(organisation_id, actor.user_id or 0)
    form = SuccessorForm()
    form.successor.choices = [(one.user_id, f"{one.name} ({one.email})") for one in people]
    if not form.validate_on_submit():
        return _page(organisation_id, form, None, 422 if request.method == "POST" else 200)
    chosen = next(one for one in people if one.user_id == form.successor.data)
    if form.confirm.data != "yes":
        form.confirm.data = "yes"
        return _page(organisation_id, form, chosen, 200)
    try:
        membership.hand_over(organisation_id, chosen.user_id, by=actor)
    except DomainError as error:
        form.refuse(error)
        return _page(organisation_id, form, None, 422)
    flash(f"{chosen.name} is nu eigenaar. Jij blijft medewerker.", "success")
    return _to_colleagues(organisation_id)


def _page(organisation_id: int, form: SuccessorForm, chosen: object, status: int) -> ResponseReturnValue:
    page = render_template(
        "organisations/hand_over.html",
        organisation=load_organisation(organisation_id),
        form=form,
        chosen=chosen,
        tabs=presenters.tabs(organisation_id, "members"),
    )
    return page, status


@blueprint.post("/organisaties/<int:organisation_id>/collegas/vragen/<int:request_id>/aanvaarden")
@for_owners
def accept_join(organisation_id: int, request_id: int) -> ResponseReturnValue:
    name = joining.accept_request(organisation_id, request_id, by=current_actor())
    flash(f"{name} krijgt een mail met een uitnodiging.", "success")
    return _to_colleagues(organisation_id)


@blueprint.post("/organisaties/<int:organisation_id>/collegas/vragen/<int:request_id>/weigeren")
@for_owners
def refuse_join(organisation_id: int, request_id: int) -> ResponseReturnValue:
    name = joining.refuse_request(organisation_id, request_id, by=current_actor())
    flash(f"{name} krijgt een mail dat het niet kan.", "success")
    return _to_colleagues(organisation_id)
