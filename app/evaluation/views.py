"""The jury's pages: seats here; the rest in the modules beside this one."""

from collections import Counter
from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.accounts import invitations
from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.domain.errors import DomainError
from app.evaluation import seats
from app.evaluation.forms import InviteForm
from app.evaluation.juries.presenters import composition_part
from app.evaluation.juries.rules import composition, rule_of
from app.evaluation.policy import SEATS
from app.evaluation.queries import declarations_of, in_conflict_with, jurors_of
from app.infra import clock
from app.infra.messages import say
from app.proposals.kept import keep_typed
from app.proposals.queries import standing

blueprint = Blueprint("evaluation", __name__)


@blueprint.errorhandler(CSRFError)
def form_expired(_error: CSRFError) -> ResponseReturnValue:
    """The session in which the form was made is gone: nothing typed is lost."""
    return keep_typed()


@blueprint.get("/oproepen/<int:addendum_id>/jury")
@for_call(seats.MANAGE)
def jury(call: Call) -> ResponseReturnValue:
    return jury_page(call, InviteForm(formdata=None))


@blueprint.post("/oproepen/<int:addendum_id>/jury")
@for_call(seats.MANAGE)
def invite_juror(call: Call) -> ResponseReturnValue:
    form = InviteForm()
    if not form.validate():
        return jury_page(call, form), 422
    values = {name: form[name].data for name in ("name", "email", "seat", "affiliation", "chair")}
    try:
        seats.invite_juror(call.id, **values, by=current_actor())
    except DomainError as error:
        form.refuse(error)
        return jury_page(call, form), 422
    flash(f"De uitnodiging voor {form.name.data} staat klaar om te vertrekken.", "success")
    return redirect(url_for("evaluation.jury", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/jury/<int:seat_id>/verwijderen")
@for_call(seats.MANAGE)
def remove_seat(call: Call, seat_id: int) -> ResponseReturnValue:
    try:
        seats.remove_seat(call.id, seat_id, by=current_actor())
    except DomainError as error:
        return _refused_on_jury(call, error)
    flash("Het jurylid is uit de jury.", "success")
    return redirect(url_for("evaluation.jury", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/jury/<int:seat_id>/voorzitter")
@for_call(seats.MANAGE)
def make_chair(call: Call, seat_id: int) -> ResponseReturnValue:
    seats.make_chair(call.id, seat_id, by=current_actor())
    flash("De jury heeft een nieuwe voorzitter.", "success")
    return redirect(url_for("evaluation.jury", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/jury/uitnodigingen/<int:invitation_id>/intrekken")
@for_call(seats.MANAGE)
def withdraw_invitation(call: Call, invitation_id: int) -> ResponseReturnValue:
    seats.withdraw_invitation(call.id, invitation_id, by=current_actor())
    flash("De uitnodiging is ingetrokken.", "success")
    return redirect(url_for("evaluation.jury", addendum_id=call.id))


def _refused_on_jury(call: Call, error: DomainError) -> ResponseReturnValue:
    if error.code == "not_found":
        raise error
    form = InviteForm(formdata=None)
    form.refuse(error)
    return jury_page(call, form), 422


def jury_page(
    call: Call,
    form: InviteForm | None = None,
    *,
    typed: dict[str, str] | None = None,
    errors: Sequence[dict[str, str]] = (),
) -> str:
    """`typed` and `errors` of the rule on the composition, when it was refused."""
    jurors = jurors_of(call.id)
    waiting = invitations.open_invitations(seats.KIND, call.id, clock.now())
    away = in_conflict_with(current_actor(), call.id)
    state = composition(rule_of(call.id), jurors, standing(call.id), declarations_of(call.id), away)
    return render_template(
        "evaluation/jury.html",
        call=call,
        form=form or InviteForm(formdata=None),
        jurors=jurors,
        waiting=waiting,
        rule=composition_part(state, Counter(one.details.get("seat", "") for one in waiting), typed),
        rule_errors=errors,
        seats=SEATS,
        has_chair=any(one.chair for one in jurors),
    )


def refusal(error: DomainError) -> dict[str, str]:
    """An error for the summary above a form, with a link to its field when it has one."""
    return {"text": say(error), "href": f"#{error.field}" if error.field else ""}
