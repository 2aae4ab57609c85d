"""Addresses of the editor that put parts in another order or under another challenge."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.drafting.drafts import load_draft, part_of
from app.addenda.drafting.editing import EDIT
from app.addenda.drafting.sections import Part
from app.addenda.editor import ordering
from app.addenda.editor.forms_move import MoveForm
from app.addenda.editor.views import frame
from app.addenda.guard import for_call
from app.addenda.models import Challenge
from app.addenda.queries import Call
from app.addenda.views import blueprint
from app.domain.errors import DomainError


def _order() -> list[int]:
    """The ids that were sent; what is no id becomes one that nothing has."""
    sent = request.form.getlist("order")[:200]
    return [int(one) if one.isascii() and one.isdecimal() and len(one) < 19 else -1 for one in sent]


@blueprint.post("/oproepen/<int:addendum_id>/bewerken/personas/volgorde")
@for_call(EDIT)
def order_personas(call: Call) -> ResponseReturnValue:
    ordering.order_personas(call.id, _order(), by=current_actor())
    return redirect(url_for("addenda.personas", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/bewerken/uitdagingen/volgorde")
@for_call(EDIT)
def order_challenges(call: Call) -> ResponseReturnValue:
    ordering.order_challenges(call.id, _order(), by=current_actor())
    return redirect(url_for("addenda.challenges", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/bewerken/uitdagingen/<int:challenge_id>/verplaatsen")
@for_call(EDIT)
def move_challenge(call: Call, challenge_id: int) -> ResponseReturnValue:
    step = -1 if request.form.get("direction") == "up" else 1
    ordering.move_challenge(call.id, challenge_id, step, by=current_actor())
    return redirect(url_for("addenda.challenges", addendum_id=call.id))


@blueprint.route(
    "/oproepen/<int:addendum_id>/bewerken/uitdagingen/<int:challenge_id>/naar-andere", methods=["GET", "POST"]
)
@for_call(EDIT)
def move_rows(call: Call, challenge_id: int) -> ResponseReturnValue:
    """Obstacles and goals of one challenge to another."""
    addendum = load_draft(call.id)
    challenge = part_of(addendum, Challenge, str(challenge_id))
    form = MoveForm()
    form.offer(challenge, addendum.challenges)
    if form.validate_on_submit():
        try:
            lost = ordering.move_rows(
                call.id, challenge_id, form.target.data, **form.chosen(), by=current_actor()
            )
            _tell(lost)
            return redirect(url_for("addenda.edit_challenge", addendum_id=call.id, challenge_id=challenge_id))
        except DomainError as error:
            form.refuse(error)
    context = frame(call, load_draft(call.id), Part("challenge", str(challenge_id)), "Verplaatsen")
    page = render_template("addenda/move_rows.html", form=form, challenge=challenge, **context)
    return page, 422 if form.errors else 200


def _tell(lost: int) -> None:
    flash("Verplaatst.", "success")
    if lost:
        flash(
            f"Koppelingen tussen een doel en een obstakel die vervielen: {lost}. "
            "Een doel hoort bij obstakels van dezelfde uitdaging.",
            "warning",
        )
