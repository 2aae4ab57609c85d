"""The own pitch day: of a juror, and the own moment of an applicant; both say when they cannot come."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.addenda.takeaway.answers import file_answer, tag_of
from app.domain.access import may
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase
from app.evaluation.declaring import sits_on_jury
from app.evaluation.pitchday.absences import (
    OWN_APPLICANT,
    OWN_JUROR,
    PLANNED,
    add_for_applicant,
    add_own,
    remove_for_applicant,
    remove_own,
)
from app.evaluation.pitchday.calendars import MIME, applicant_calendar, juror_calendar
from app.evaluation.pitchday.forms import stretch_of
from app.evaluation.pitchday.planning import day_facts
from app.evaluation.pitchday.presenters import window_text
from app.evaluation.pitchday.presenters_own import juror_day, own_absences, slot_text
from app.evaluation.pitchday.queries import moments_in, versions_of, windows_of
from app.evaluation.queries import declarations_of
from app.evaluation.views import blueprint, refusal
from app.infra.numbers import positive
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.policy import ProposalRef

OWN_VIEW = "proposal.own.submitted.view_and_receipt"


@blueprint.get("/oproepen/<int:addendum_id>/mijn-pitchdag")
@for_call(OWN_JUROR)
def own_pitch_day(call: Call) -> ResponseReturnValue:
    return _juror_page(call)


@blueprint.post("/oproepen/<int:addendum_id>/mijn-pitchdag", endpoint="save_own_pitch_day")
@for_call(OWN_JUROR)
def note_own(call: Call) -> ResponseReturnValue:
    form, actor = request.form, current_actor()
    try:
        if "remove" in form:
            _said(removed=remove_own(call.id, positive(form["remove"]), by=actor))
        else:
            _said(added=add_own(call.id, stretch_of(form), by=actor))
    except (Forbidden, NotFound):
        raise
    except DomainError as error:
        return _juror_page(call, error), 422
    return redirect(url_for("evaluation.own_pitch_day", addendum_id=call.id))


@blueprint.get("/oproepen/<int:addendum_id>/mijn-pitchdag.ics")
@for_call(OWN_JUROR)
def own_pitch_day_calendar(call: Call) -> ResponseReturnValue:
    """The whole day; where the juror leaves the room there is no name."""
    facts, juror = day_facts(call), current_actor().user_id or 0
    said = {one.organisation_id: one for one in declarations_of(call.id, juror)}
    words = {one: said.get(row.organisation_id) for one, row in facts.rows.items()}
    outside = {one for one, word in words.items() if word and word.in_conflict}
    declared = {one: word.declared_at for one, word in words.items() if word}
    content = juror_calendar(facts, juror, versions_of(call.id), outside, declared)
    return _file(content, "pitchdag.ics")


def _said(*, added: bool | None = None, removed: bool | None = None) -> None:
    if added is not None:
        flash("Bewaard." if added else "Dat stond er al.", "success" if added else "info")
    if removed is not None:
        flash("Weggehaald." if removed else "Dat stond er al niet meer.", "success" if removed else "info")


def _juror_page(call: Call, error: DomainError | None = None) -> str:
    actor = current_actor()
    facts = day_facts(call)
    return render_template(
        "evaluation/own_pitch_day.html",
        call=call,
        day=juror_day(facts, actor.user_id or 0) if call.phase >= Phase.PITCH else [],
        number=facts.number,
        absences=own_absences(call.id, juror_id=actor.user_id or 0),
        windows=[(str(one.id), window_text(one)) for one in facts.windows],
        editable=may_here(call, OWN_JUROR) and call.phase in PLANNED and sits_on_jury(actor, call.id),
        typed=request.form if error else {},
        errors=[refusal(error)] if error else [],
        field=error.field if error else None,
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/pitchmoment")
@for_proposal(OWN_VIEW)
def own_pitch(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The own moment, and when nobody of the organisation can come. The same for who was not invited."""
    return _applicant_page(call, ref)


@blueprint.post("/kandidaturen/<int:proposal_id>/pitchmoment", endpoint="save_own_pitch")
@for_own_write(OWN_APPLICANT)
def note_for_applicant(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form, actor = request.form, current_actor()
    try:
        if "remove" in form:
            _said(removed=remove_for_applicant(ref, positive(form["remove"]), by=actor))
        else:
            _said(added=add_for_applicant(ref, stretch_of(form), by=actor))
    except (Forbidden, NotFound):
        raise
    except DomainError as error:
        return _applicant_page(call, ref, error), 422
    return redirect(url_for("evaluation.own_pitch", proposal_id=ref.id))


@blueprint.get("/kandidaturen/<int:proposal_id>/pitchmoment.ics")
@for_proposal(OWN_VIEW)
def own_pitch_calendar(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    content = applicant_calendar(call, ref.id, versions_of(call.id), moments_in(call.id))
    return _file(content, "pitch.ics")


def _applicant_page(call: Call, ref: ProposalRef, error: DomainError | None = None) -> str:
    moment = moments_in(call.id).get(ref.id) if call.phase >= Phase.PITCH else None
    allowed = may(current_actor(), OWN_APPLICANT, call.subject(ref.organisation_id), call.phase)
    return render_template(
        "evaluation/own_pitch.html",
        call=call,
        proposal=ref,
        slot=slot_text(moment) if moment else None,
        absences=own_absences(call.id, proposal_id=ref.id),
        windows=[(str(one.id), window_text(one)) for one in windows_of(call.id)],
        editable=bool(allowed) and ref.handed_in and not ref.refused,
        owner_later=not allowed and call.phase in PLANNED and ref.handed_in and not ref.refused,
        typed=request.form if error else {},
        errors=[refusal(error)] if error else [],
        field=error.field if error else None,
    )


def _file(content: bytes, name: str) -> Response:
    answer = file_answer(content, MIME, tag_of(content), name=name, attachment=True)
    answer.headers["Cache-Control"] = "private, no-cache"
    return answer
