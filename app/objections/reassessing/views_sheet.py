"""Addresses for who evaluates a proposal anew: declaring, and the own sheet beside the proposal."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.evaluation.entries import problems_of, sheet_entry
from app.evaluation.policy import CONFLICT_KINDS
from app.evaluation.reading import SheetState
from app.evaluation.sheet_page import typed_lines
from app.evaluation.standings import rules_of
from app.infra.formats import time_of_day
from app.infra.kept import wants_json
from app.infra.messages import say
from app.infra.texts import clean
from app.objections.queries import ObjectionRow
from app.objections.reassessing.guard import for_named
from app.objections.reassessing.policy import CHOICES
from app.objections.reassessing.presenters import fields_of
from app.objections.reassessing.queries import Named, ReassessmentRow, criteria_of, sheet_of
from app.objections.reassessing.scoring import declare_before, save_anew
from app.objections.views import blueprint
from app.proposals.content import answered_obstacles
from app.proposals.seal.sealing import standing_content


@blueprint.get("/weerwoorden/<int:objection_id>/nieuwe-beoordeling/scoreblad")
@for_named
def reassessment_sheet(
    call: Call, row: ObjectionRow, opened: ReassessmentRow, own: Named
) -> ResponseReturnValue:
    """First the declaration, which can change until it is closed, then the sheet; nothing of the first
    evaluation stands on it."""
    again = "opnieuw" in request.args and opened.closed_at is None
    if own.in_conflict is not False or again:
        return _declare_page(call, row)
    return _sheet_page(call, row, opened)


@blueprint.post("/weerwoorden/<int:objection_id>/nieuwe-beoordeling/belangen")
@for_named
def declare_for_reassessment(
    call: Call, row: ObjectionRow, opened: ReassessmentRow, own: Named
) -> ResponseReturnValue:
    texts = {name: clean(request.form.get(name, "")) for name in ("choice", "kind", "explanation")}
    try:
        free = declare_before(
            row.id, texts["choice"], texts["kind"], texts["explanation"], by=current_actor()
        )
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        if error.code == "reassess_closed":
            flash(say(error), "info")
            return redirect(url_for("workspace.home"))
        return _declare_page(call, row, error), 422
    if not free:
        flash(
            "Bewaard. Je beoordeelt deze kandidaat niet; de regisseur ziet dat en vraagt iemand anders.",
            "info",
        )
        return redirect(url_for("workspace.home"))
    return redirect(url_for("objections.reassessment_sheet", objection_id=row.id))


def _declare_page(call: Call, row: ObjectionRow, error: DomainError | None = None) -> str:
    field = (error.field or "").partition("-")[0] if error else ""
    return render_template(
        "objections/reassessment_declare.html",
        call=call,
        row=row,
        choices=CHOICES,
        kinds=CONFLICT_KINDS,
        typed=request.form if error else {},
        problem=say(error) if error else "",
        field=field,
        errors=[{"text": say(error), "href": f"#{field}"}] if error else [],
    )


@blueprint.post("/weerwoorden/<int:objection_id>/nieuwe-beoordeling/scoreblad")
@for_named
def save_reassessment_sheet(
    call: Call, row: ObjectionRow, opened: ReassessmentRow, own: Named
) -> ResponseReturnValue:
    send = request.form.get("act") == "send"
    try:
        saved = save_anew(row.id, sheet_entry(request.form), by=current_actor(), send=send)
    except NotFound:
        raise
    except DomainError as error:
        return _answer_json(error) if wants_json() else _refused(call, row, opened, error)
    at = time_of_day(saved.saved_at)
    if wants_json():
        return {"state": "saved", "version": saved.version, "saved_at": at}
    flash("Het scoreblad is ingediend." if send else f"Bewaard om {at}. Nog niet ingediend.", "success")
    return redirect(url_for("objections.reassessment_sheet", objection_id=row.id))


def _answer_json(error: DomainError) -> ResponseReturnValue:
    """For app/static/js/autosave.js."""
    if isinstance(error, Stale):
        answer = {"state": "conflict", "message": say(error), "theirs": error.theirs}
        return {**answer, "version": error.version}, 409
    if isinstance(error, Forbidden) or error.code in ("sheet_is_in", "reassess_closed"):
        return {"state": "closed", "message": say(error)}, 409
    return {"state": "failed", "message": " ".join(say(one) for one in problems_of(error))}, 422


def _refused(
    call: Call, row: ObjectionRow, opened: ReassessmentRow, error: DomainError
) -> ResponseReturnValue:
    """The page again with what was typed; without the proposal for who may not read it (any more)."""
    if isinstance(error, Stale):
        return _sheet_page(call, row, opened, error, theirs=error.theirs, version=error.version), 409
    if isinstance(error, Forbidden) or error.code == "reassess_closed":
        return _kept_page(call, row, opened, error), 403
    return _sheet_page(call, row, opened, error), 422


def _kept_page(call: Call, row: ObjectionRow, opened: ReassessmentRow, error: DomainError) -> str:
    return render_template(
        "objections/reassessment_refused.html",
        call=call,
        row=row,
        message=say(error),
        typed=typed_lines(criteria_of(rules_of(call.id), opened.round), request.form),
    )


def _sheet_page(
    call: Call,
    row: ObjectionRow,
    opened: ReassessmentRow,
    error: DomainError | None = None,
    *,
    theirs: dict[str, str] | None = None,
    version: int | None = None,
) -> str:
    me = current_actor().user_id or 0
    state = sheet_of(opened.id, me) or SheetState(me, "")
    rules, content = rules_of(call.id), standing_content(row.proposal_id)
    sent = state.submitted_at is not None
    facts: dict[str, Any] = fields_of(
        rules,
        opened,
        state,
        typed=request.form.to_dict() if error else {},
        problems=problems_of(error) if error else (),
        theirs=theirs or {},
    )
    return render_template(
        "objections/reassessment_sheet.html",
        call=call,
        row=row,
        opened=opened,
        sheet=state,
        version=state.version if version is None else version,
        sent=sent,
        editable=opened.closed_at is None and not (sent and error is None),
        least_reason=rules.least_reason,
        contents=answered_obstacles(content) if content else [],
        content=content,
        stale=theirs is not None,
        **facts,
    )
