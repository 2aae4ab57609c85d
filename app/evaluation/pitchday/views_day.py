"""The pitch day as it goes: on the tablets of the chair and the regisseur, and to read for the jury."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import Phase
from app.domain.visibility import PROGRESS
from app.evaluation.pitchday.day_hearing import (
    ABSENT,
    BACK,
    BEGIN,
    END,
    NOTE,
    NOTE_LIMIT,
    Noted,
    Presence,
    note_hearing,
)
from app.evaluation.pitchday.day_page import day_of, day_page, running_until
from app.evaluation.pitchday.day_queries import hearing_rows, stand_of
from app.evaluation.rounds import CLOSE
from app.evaluation.views import blueprint
from app.infra import clock
from app.infra.formats import milliseconds, moment
from app.infra.messages import say
from app.infra.numbers import positive
from app.proposals.guard import for_proposal
from app.proposals.policy import NAMES, ProposalRef

DONE = {
    BEGIN: "De pitch van {name} is begonnen.",
    END: "De pitch van {name} is afgerond.",
    ABSENT: "Genoteerd: {name} is niet gekomen.",
    NOTE: "Bewaard wie aanwezig is bij {name}.",
    **dict.fromkeys(BACK, "Teruggezet voor {name}. Wat je terugzette, staat nog in het logboek."),
}
ALREADY = {
    BEGIN: "De pitch van {name} was al begonnen: {since}.",
    END: "De pitch van {name} was al afgerond: {since}.",
    ABSENT: "Bij {name} stond al dat er niemand kwam.",
    NOTE: "Er was niets gewijzigd.",
    **dict.fromkeys(BACK, "Dat was al teruggezet of intussen gewijzigd. Hieronder staat hoe het nu is."),
}


@blueprint.get("/oproepen/<int:addendum_id>/pitchdag/vandaag")
@for_call(NAMES)
def pitch_today(call: Call) -> ResponseReturnValue:
    return _day_page(call)


@blueprint.get("/oproepen/<int:addendum_id>/pitchdag/vandaag/stand")
@for_call(NAMES)
def pitch_stand(call: Call) -> ResponseReturnValue:
    """For app/static/js/pitchclock.js: the time of the server, what is heard and until when, and whether the
    page is still what it was."""
    rows = hearing_rows(call.id) if call.phase >= Phase.PITCH else []
    running = running_until(rows)
    heard = {"proposal": running[0], "ends": milliseconds(running[1])} if running else None
    answer = {"now": milliseconds(clock.now()), "stand": stand_of(rows), "heard": heard}
    return answer, {"Cache-Control": "no-store"}


@blueprint.post("/kandidaturen/<int:proposal_id>/pitchdag")
@for_proposal(CLOSE)
def note_pitch(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    act, presence = request.form.get("act", ""), _presence()
    try:
        noted = note_hearing(ref.id, act, presence, by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        return _day_page(call, error, ref.id, presence), 409 if isinstance(error, Stale) else 422
    flash(_told(act, noted), "success" if noted.changed else "info")
    return redirect(
        url_for("evaluation.pitch_today", addendum_id=call.id, dag=request.form.get("dag") or None)
    )


def _presence() -> Presence | None:
    """What the form says of who is there; None when it had no such fields."""
    form = request.form
    if "version" not in form:
        return None
    jurors = {positive(one) for one in form.getlist("present")}
    note = form.get("note", "").replace("\r\n", "\n").strip()
    return Presence(positive(form["version"]), jurors, "applicant" in form, note)


def _typed(presence: Presence, error: DomainError) -> dict[str, Any]:
    return {
        "jurors": presence.jurors,
        "applicant": presence.applicant,
        "note": presence.note,
        "error": "" if isinstance(error, Stale) or error.field is None else say(error),
        "stale": isinstance(error, Stale),
    }


def _told(act: str, noted: Noted) -> str:
    return (DONE if noted.changed else ALREADY)[act].format(name=noted.name, since=moment(noted.since))


def _day_page(
    call: Call, error: DomainError | None = None, proposal_id: int = 0, presence: Presence | None = None
) -> str:
    if call.phase < Phase.PITCH:
        return render_template("evaluation/pitch_today.html", call=call, page=None, errors=_summary(error, 0))
    facts = day_of(call, current_actor(), clock.now())
    wanted = request.form.get("dag") or request.args.get("dag")
    typed = {proposal_id: _typed(presence, error)} if presence and error else {}
    return render_template(
        "evaluation/pitch_today.html",
        call=call,
        page=day_page(facts, wanted, typed),
        note_limit=NOTE_LIMIT,
        juror=facts.juror,
        over=call.phase > Phase.PITCH,
        plan_href=url_for("evaluation.pitch_day", addendum_id=call.id) if may_here(call, PROGRESS) else "",
        stand_href=url_for("evaluation.pitch_stand", addendum_id=call.id),
        errors=_summary(error, proposal_id),
    )


def _summary(error: DomainError | None, proposal_id: int) -> list[dict[str, str]]:
    """What somebody else noted meanwhile is told beside the fields."""
    if error is None or isinstance(error, Stale):
        return []
    return [{"text": say(error), "href": f"#{error.field}-{proposal_id}" if error.field else ""}]
