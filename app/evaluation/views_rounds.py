"""Progress of a round, closing and reopening it."""

from collections.abc import Collection, Sequence
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.admissibility.queries import unsettled
from app.domain.errors import DomainError, Forbidden
from app.domain.timeline import Phase
from app.domain.visibility import PROGRESS
from app.evaluation.assigning.queries import asked_pairs
from app.evaluation.declaring import not_declared
from app.evaluation.deliberating.presenters_progress import acts_part, reminding_part
from app.evaluation.deliberating.reminding import remind_jurors
from app.evaluation.forms import (
    CloseForm,
    ReopenForm,
)
from app.evaluation.juries.presenters import composition_part
from app.evaluation.juries.rules import composition, rule_of
from app.evaluation.policy import PITCH, ROUND_LABELS, ROUND_OF_PHASE
from app.evaluation.presenters import progress_rows
from app.evaluation.queries import declarations_of, in_conflict_with, jurors_of, round_rows, sheets_in
from app.evaluation.rounds import CLOSE, close_round, reopen_written_round
from app.evaluation.views import blueprint, refusal
from app.infra import clock
from app.infra.formats import counted
from app.infra.numbers import positive
from app.proposals.queries import applicants, refused_names


@blueprint.get("/oproepen/<int:addendum_id>/voortgang")
@for_call(PROGRESS)
def progress(call: Call) -> ResponseReturnValue:
    return _progress_page(call)


@blueprint.post("/oproepen/<int:addendum_id>/voortgang/sluiten", endpoint="close_round")
@for_call(CLOSE)
def close(call: Call) -> ResponseReturnValue:
    form = CloseForm()
    try:
        close_round(
            call.id,
            form.round_name.data or "",
            confirmed=bool(form.confirmed.data),
            unsettled_too=bool(form.unsettled.data),
            by=current_actor(),
        )
    except Forbidden:
        raise
    except DomainError as error:
        form.refuse(error)
        return _progress_page(call, close_form=form), 422
    flash("De ronde is gesloten.", "success")
    onward = "evaluation.ranking" if form.round_name.data == PITCH else "evaluation.pitch_day"
    return redirect(url_for(onward, addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/voortgang/heropenen", endpoint="reopen_round")
@for_call(CLOSE)
def reopen(call: Call) -> ResponseReturnValue:
    form = ReopenForm()
    try:
        reopen_written_round(call.id, form.reason.data or "", by=current_actor())
    except Forbidden:
        raise
    except DomainError as error:
        form.refuse(error)
        return _progress_page(call, reopen_form=form), 422
    flash("De schriftelijke ronde is weer open.", "success")
    return redirect(url_for("evaluation.progress", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/voortgang/herinneren")
@for_call(CLOSE)
def remind(call: Call) -> ResponseReturnValue:
    ticked = [positive(text) for text in request.form.getlist("juror")]
    try:
        told = remind_jurors(call.id, ticked, by=current_actor())
    except Forbidden:
        raise
    except DomainError as error:
        return _progress_page(call, errors=[refusal(error)], ticked=ticked), 422
    who = counted(told.sent, "jurylid krijgt", "juryleden krijgen")
    flash(f"{who} een mail met de eigen lijst.", "success")
    if told.missed:
        flash(
            f"{counted(told.missed, 'ander kreeg', 'anderen kregen')} er vandaag al een, of heeft intussen "
            "alles ingediend.",
            "info",
        )
    return redirect(url_for("evaluation.progress", addendum_id=call.id, _anchor="herinneren"))


def _progress_page(
    call: Call,
    close_form: CloseForm | None = None,
    reopen_form: ReopenForm | None = None,
    errors: Sequence[dict[str, str]] = (),
    ticked: Sequence[int] | None = None,
) -> str:
    round_name = ROUND_OF_PHASE.get(call.phase, PITCH)
    away = in_conflict_with(current_actor(), call.id)
    jurors = jurors_of(call.id)
    declared = declarations_of(call.id)
    conflicts = {(one.juror_id, one.organisation_id) for one in declared if one.in_conflict}
    proposals = [row for row in round_rows(call, round_name) if row.organisation_id not in away]
    asked = asked_pairs(call.id, round_name)
    rows = progress_rows(proposals, jurors, conflicts, sheets_in(call.id, round_name), asked)
    return render_template(
        "evaluation/progress.html",
        call=call,
        jurors=jurors,
        rows=rows,
        received=sum(row.received for row in rows),
        expected=sum(row.expected for row in rows),
        missing=[(row.name, [cell[0] for cell in row.cells if cell[1] == "Nog niet"]) for row in rows],
        hidden=len(away),
        refused=refused_names(call.id, away),
        rule=composition_part(composition(rule_of(call.id), jurors, proposals, declared)),
        undeclared=not_declared(applicants(call.id), jurors, declared),
        last_round=round_name == PITCH,
        round_label=ROUND_LABELS[round_name],
        closed=call.phase > Phase.PITCH,
        close_form=close_form or CloseForm(formdata=None, round_name=round_name),
        reopen_form=reopen_form or ReopenForm(formdata=None),
        may_close=may_here(call, CLOSE),
        **_formal_check(call, away),
        may_reopen=may_here(call, CLOSE) and call.phase is Phase.PITCH,
        errors=errors,
        **reminding_part(call, away, ticked),
        acts=acts_part(call, current_actor(), away),
    )


def _formal_check(call: Call, away: Collection[int]) -> dict[str, Any]:
    """What stands in the way of closing the written round; who the reader has a conflict with only counts."""
    if call.phase is not Phase.WRITTEN:
        return {"running": None, "unsettled": []}
    left = unsettled(call.id, clock.now())
    names = [name for one, name in left.waiting if one not in away]
    hidden = len(left.waiting) - len(names)
    return {
        "running": {
            "names": [name for one, name in left.running if one not in away],
            "count": len(left.running),
            "until": left.until,
        }
        if left.until
        else None,
        "unsettled": [*names, *([f"nog {hidden}, waarbij je een belangenconflict meldde"] if hidden else [])],
    }
