"""The juror's pages: declaring, the reading list and the score sheet."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.domain.access import may, require
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.visibility import AFTER_OWN_SHEET, EDIT_PITCH, EDIT_WRITTEN, OWN
from app.evaluation.assigning.queries import is_asked
from app.evaluation.conflicts import DECLARE, declare_conflicts
from app.evaluation.entries import problems_of, sheet_entry
from app.evaluation.forms import declared_entries
from app.evaluation.juries.presenters import own_hints
from app.evaluation.juries.queries import pairs_of
from app.evaluation.policy import CONFLICT_KINDS, PITCH, ROUND_LABELS, ROUND_OF_PHASE, WRITTEN, round_is_open
from app.evaluation.presenters import clock_time, declaration_rows, juror_task, reading_lines
from app.evaluation.queries import (
    declarations_of,
    juror_tasks_in,
    reading_rows,
    refused_with_sheet,
    shortlisted,
)
from app.evaluation.reading import SheetState, own_sheets
from app.evaluation.sheet_page import confirmed_fields, own_levels, sheet_fields, typed_lines
from app.evaluation.sheets import Saved, reopen_sheet, save_sheet
from app.evaluation.standings import rules_of
from app.evaluation.views import blueprint
from app.infra import clock
from app.infra.access import declare as declare_rule
from app.infra.kept import wants_json
from app.infra.messages import say
from app.matching.coverage.queries import claimed_obstacles, own_confirmations
from app.proposals.content import answered_obstacles
from app.proposals.guard import for_proposal, known_proposal
from app.proposals.kept import keep_typed
from app.proposals.policy import ProposalRef, may_read
from app.proposals.queries import standing
from app.proposals.seal.sealing import standing_content

SheetView = Callable[[int], ResponseReturnValue]


def _own_id() -> int:
    return current_actor().user_id or 0


@blueprint.get("/oproepen/<int:addendum_id>/leeslijst")
@for_call(DECLARE)
def reading_list(call: Call) -> ResponseReturnValue:
    rows = reading_rows(call, _own_id())
    tasks = juror_tasks_in(rows)
    round_name = ROUND_OF_PHASE.get(call.phase, WRITTEN)
    return render_template(
        "evaluation/reading_list.html",
        call=call,
        lines=reading_lines(call, rows, round_name),
        tasks=tasks,
        task=juror_task(call, tasks, clock.now()),
        refused=refused_with_sheet(call.id, _own_id()),
        round_label=ROUND_LABELS[round_name],
    )


@blueprint.get("/oproepen/<int:addendum_id>/leeslijst/volgende")
@for_call(DECLARE)
def next_sheet(call: Call) -> ResponseReturnValue:
    """To the first proposal after `na` in the juror's own order that still has to be scored."""
    rows = reading_rows(call, _own_id())
    places = [row.proposal_id for row in rows]
    last = request.args.get("na", type=int)
    start = places.index(last) + 1 if last in places else 0
    waiting = [row for row in rows[start:] + rows[:start] if row.state in ("read", "begun")]
    waiting = [row for row in waiting if row.proposal_id != last]
    if not waiting or call.phase not in ROUND_OF_PHASE:
        return redirect(url_for("evaluation.reading_list", addendum_id=call.id))
    return redirect(
        url_for(
            "evaluation.sheet",
            proposal_id=waiting[0].proposal_id,
            round_name=ROUND_OF_PHASE[call.phase],
        )
    )


@blueprint.get("/oproepen/<int:addendum_id>/leeslijst/belangen")
@for_call(DECLARE)
def declare(call: Call) -> ResponseReturnValue:
    return _declare_page(call)


@blueprint.post("/oproepen/<int:addendum_id>/leeslijst/belangen")
@for_call(DECLARE)
def save_declarations(call: Call) -> ResponseReturnValue:
    try:
        changed = declare_conflicts(call.id, declared_entries(request.form), by=current_actor())
    except Forbidden:
        raise
    except DomainError as error:
        return _declare_page(call, error), 422
    flash("Bewaard." if changed else "Er was niets gewijzigd.", "success")
    return redirect(url_for("evaluation.reading_list", addendum_id=call.id))


def _declare_page(call: Call, error: DomainError | None = None) -> str:
    errors = {error.field: say(error)} if error and error.field else {}
    typed = request.form.to_dict() if request.method == "POST" else {}
    return render_template(
        "evaluation/declare.html",
        call=call,
        rows=declaration_rows(
            standing(call.id),
            declarations_of(call.id, _own_id()),
            typed,
            errors,
            own_hints(pairs_of(call, _own_id())),
        ),
        kinds=CONFLICT_KINDS,
        errors=[{"text": say(error), "href": f"#{error.field}" if error.field else ""}] if error else [],
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/scoreblad/<any(written, pitch):round_name>")
@for_proposal(OWN)
def sheet(call: Call, ref: ProposalRef, round_name: str) -> ResponseReturnValue:
    """The own sheet beside the proposal."""
    if round_name == PITCH and ref.id not in shortlisted(call.id):
        raise NotFound("sheet")
    if round_is_open(round_name, call.phase):
        require(may_read(current_actor(), ref, call.subject(ref.organisation_id), call.phase))
    return _sheet_page(call, ref, round_name)


def _for_own_sheet(action: str) -> Callable[[SheetView], SheetView]:
    """A write on an own sheet: the service decides inside its transaction and what was typed is kept."""

    def decorate(view: SheetView) -> SheetView:
        @wraps(view)
        def guarded(proposal_id: int) -> ResponseReturnValue:
            return view(proposal_id) if current_actor().signed_in else keep_typed()

        return declare_rule(action)(guarded)

    return decorate


@blueprint.post("/kandidaturen/<int:proposal_id>/scoreblad/written", endpoint="save_sheet")
@_for_own_sheet(EDIT_WRITTEN)
def save_written(proposal_id: int) -> ResponseReturnValue:
    return _save(proposal_id, WRITTEN)


@blueprint.post("/kandidaturen/<int:proposal_id>/scoreblad/pitch", endpoint="save_pitch_sheet")
@_for_own_sheet(EDIT_PITCH)
def save_pitch(proposal_id: int) -> ResponseReturnValue:
    return _save(proposal_id, PITCH)


@blueprint.post("/kandidaturen/<int:proposal_id>/scoreblad/written/heropenen", endpoint="reopen_sheet")
@_for_own_sheet(EDIT_WRITTEN)
def reopen_written(proposal_id: int) -> ResponseReturnValue:
    return _reopen(proposal_id, WRITTEN)


@blueprint.post("/kandidaturen/<int:proposal_id>/scoreblad/pitch/heropenen", endpoint="reopen_pitch_sheet")
@_for_own_sheet(EDIT_PITCH)
def reopen_pitch(proposal_id: int) -> ResponseReturnValue:
    return _reopen(proposal_id, PITCH)


def _save(proposal_id: int, round_name: str) -> ResponseReturnValue:
    send = request.form.get("act") == "send"
    try:
        entry = sheet_entry(request.form)
        saved = save_sheet(proposal_id, round_name, entry, by=current_actor(), send=send)
    except NotFound:
        raise
    except DomainError as error:
        return _answer_json(error) if wants_json() else _refused(proposal_id, round_name, error)
    if wants_json():
        return {"state": "saved", "version": saved.version, "saved_at": clock_time(saved.saved_at)}
    return _after_save(proposal_id, round_name, saved, send)


def _after_save(proposal_id: int, round_name: str, saved: Saved, sent: bool) -> ResponseReturnValue:
    if sent:
        flash("Het scoreblad is ingediend.", "success")
        return redirect(url_for("evaluation.next_sheet", addendum_id=saved.addendum_id, na=proposal_id))
    flash(f"Bewaard om {clock_time(saved.saved_at)}. Nog niet ingediend.", "success")
    return redirect(url_for("evaluation.sheet", proposal_id=proposal_id, round_name=round_name))


def _answer_json(error: DomainError) -> ResponseReturnValue:
    """For app/static/js/autosave.js."""
    if isinstance(error, Stale):
        answer = {"state": "conflict", "message": say(error), "theirs": error.theirs}
        return {**answer, "version": error.version}, 409
    if isinstance(error, Forbidden) or error.code in ("sheet_is_in", "not_shortlisted"):
        return {"state": "closed", "message": say(error)}, 409
    return {"state": "failed", "message": " ".join(say(one) for one in problems_of(error))}, 422


def _refused(proposal_id: int, round_name: str, error: DomainError) -> ResponseReturnValue:
    """The page again with what was typed; without the proposal for who may not read it (any more)."""
    call, ref = known_proposal(current_actor(), proposal_id)
    if isinstance(error, Forbidden):
        return _closed_page(call, ref, round_name, error), 403
    return _sheet_page(call, ref, round_name, error), 409 if isinstance(error, Stale) else 422


def _closed_page(call: Call, ref: ProposalRef, round_name: str, error: DomainError) -> str:
    return render_template(
        "evaluation/sheet_refused.html",
        call=call,
        proposal=ref,
        message=say(error),
        round_label=ROUND_LABELS[round_name],
        typed=typed_lines(rules_of(call.id).rounds[round_name], request.form),
    )


def _reopen(proposal_id: int, round_name: str) -> ResponseReturnValue:
    try:
        reopen_sheet(proposal_id, round_name, by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        flash(say(error), "error")
    else:
        flash("Het scoreblad is weer open. Dien het opnieuw in voor de ronde sluit.", "success")
    return redirect(url_for("evaluation.sheet", proposal_id=proposal_id, round_name=round_name))


def _sheet_page(call: Call, ref: ProposalRef, round_name: str, error: DomainError | None = None) -> str:
    actor, subject = current_actor(), call.subject(ref.organisation_id)
    own, of_call = own_sheets(ref.id, _own_id()), rules_of(call.id)
    state, rules = own.get(round_name, SheetState(_own_id(), round_name)), of_call.rounds[round_name]
    content = standing_content(ref.id) if may_read(actor, ref, subject, call.phase) else None
    sent, assigned = state.submitted_at is not None, is_asked(call.id, round_name, _own_id(), ref.id)
    again: dict[str, Any] = {
        "typed": request.form.to_dict() if error else {},
        "problems": problems_of(error) if error else (),
        "theirs": error.theirs if isinstance(error, Stale) else {},
    }
    return render_template(
        "evaluation/sheet.html",
        call=call,
        proposal=ref,
        round_name=round_name,
        round_label=ROUND_LABELS[round_name],
        sheet=state,
        version=error.version if isinstance(error, Stale) else state.version,
        editable=round_is_open(round_name, call.phase)
        and not ref.refused
        and assigned
        and not (sent and error is None),
        assigned=assigned,
        sent=sent,
        least_reason=of_call.least_reason,
        highest=max((one.highest for one in rules.criteria), default=0),
        may_skip_any=any(one.may_be_skipped for one in rules.criteria),
        contents=answered_obstacles(content) if content else [],
        stale=isinstance(error, Stale),
        content=content,
        beside=own_levels(of_call.rounds[WRITTEN], own.get(WRITTEN)) if round_name == PITCH else [],
        confirmed=_confirmed(ref, content is not None, again) if round_name == WRITTEN else [],
        may_compare=bool(may(actor, AFTER_OWN_SHEET, subject, call.phase)) and sent,
        may_declare=bool(may(actor, DECLARE, call.subject(), call.phase)),
        **sheet_fields(rules, state, **again),
    )


def _confirmed(ref: ProposalRef, reads: bool, again: dict[str, Any]) -> list[dict[str, Any]]:
    """Who may not read the proposal is not told what it takes up either, beyond what they said themselves."""
    said = own_confirmations(ref.id, _own_id())
    claimed = [one for one in claimed_obstacles(ref.id) if reads or one.id in said]
    return confirmed_fields(claimed, said, **again)
