"""From written to pitch: what moved, by whom, and why."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.evaluation.pitchday.shift_page import shifts_page
from app.evaluation.queries import in_conflict_with
from app.evaluation.views import blueprint
from app.proposals.policy import left_out


@blueprint.get("/oproepen/<int:addendum_id>/verschuivingen")
@for_call("ranking.view", every_applicant=True)
def shifts(call: Call) -> ResponseReturnValue:
    page = shifts_page(
        call,
        closed=in_conflict_with(current_actor(), call.id),
        conflicts_shown=may_here(call, "conflict.other.view"),
    )
    return render_template(
        "evaluation/shifts.html", call=call, page=page, left_out=left_out(page["left_out"])
    )
