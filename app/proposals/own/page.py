"""Everything in one place: the overview of a proposal for its own organisation."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import current_app, url_for
from sqlalchemy import select

from app.addenda.guard import may_here
from app.addenda.models import Contact
from app.addenda.queries import Call
from app.addenda.strip import Step, call_steps
from app.domain.timeline import Phase, local_day
from app.infra.database import db
from app.infra.formats import day, days_left, deadline, moment, short_day
from app.proposals.destroyed import destroyed_text
from app.proposals.handing_in.submitting import SUBMIT
from app.proposals.own.facts import Action, Later
from app.proposals.own.log import colleagues, own_acts
from app.proposals.own.statuses import Own, own_status
from app.proposals.policy import ProposalRef
from app.proposals.queries import OwnSubmission, own_submissions

# The station of the strip at which the one thing to do hangs.
_STATIONS = {
    Phase.OPEN: 1,
    Phase.SEALED: 2,
    Phase.WRITTEN: 3,
    Phase.PITCH: 4,
    Phase.DECIDED: 5,
    Phase.COMMUNICATED: 6,
    Phase.OBJECTIONS: 6,
    Phase.PARTNERSHIP: 7,
}


def overview(call: Call, ref: ProposalRef, now: datetime) -> dict[str, Any]:
    """What the page shows beside the content: where it stands, what comes next, who is in it."""
    own = own_status(ref.id, call, now)
    owner = may_submit(call, ref.organisation_id)
    return {
        "status": own.status,
        "action_href": action_href(own.status.action, ref.id, owner),
        "is_owner": owner,
        "road": _road(call, own, ref, owner, now),
        "receipts": [_receipt(one, ref) for one in own_submissions(ref.id)],
        "after": _after(_still(own.later, call), ref.id, now),
        "contacts": _contacts(call.id),
        "colleagues": colleagues(ref.organisation_id),
        "acts": [
            (act.who, act.text, moment(act.at)) for act in own_acts(call.id, ref.id, ref.organisation_id)
        ],
    }


def own_row(row: Any, call: Call, own: Own, now: datetime) -> dict[str, Any]:
    """One line of "Mijn kandidaturen"."""
    owner = may_submit(call, row.organisation_id)
    return {
        "organisation": row.organisation_name,
        "call": call.title,
        "href": url_for("proposals.edit", proposal_id=row.id),
        "status": own.status,
        "action_href": action_href(own.status.action, row.id, owner),
        "answered": row.answered,
        "number": row.receipt_number or "",
        "submitted": moment(row.submitted_at) if row.submitted_at else "",
        "deadline": deadline(call.deadline),
        "left": days_left(call.deadline, now),
    }


def may_submit(call: Call, organisation_id: int) -> bool:
    """Whether the current actor hands in for this organisation; after the deadline, whether nobody has to."""
    return call.phase is not Phase.OPEN or may_here(call, SUBMIT, organisation_id)


def action_href(action: Action | None, proposal_id: int, owner: bool) -> str | None:
    """Where the one thing to do is done; None for who may not, and when no feature offers it."""
    if action is None or (action.owner_only and not owner):
        return None
    if action.endpoint not in current_app.view_functions:
        return None
    return url_for(action.endpoint, proposal_id=proposal_id)


def _road(call: Call, own: Own, ref: ProposalRef, owner: bool, now: datetime) -> list[Step]:
    """The strip of the call with the organisation's own tasks under it."""
    steps = call_steps(call, now)
    if own.later.pitch_at:
        steps[4] = replace(steps[4], when_text=moment(own.later.pitch_at))
    if own.later.objection_until:
        steps[6] = replace(steps[6], when_text=f"tot en met {short_day(own.later.objection_until)}")
    href = action_href(own.status.action, ref.id, owner)
    if own.status.action and href:
        at = _STATIONS[call.phase]
        task = {"text": own.status.action.label, "href": href, "done": False}
        steps[at] = replace(steps[at], tasks=[*steps[at].tasks, task])
    return steps


def _receipt(one: OwnSubmission, ref: ProposalRef) -> dict[str, str]:
    row = one.submission
    state = "telt"
    if row.withdrawn_at:
        state = f"ingetrokken op {moment(row.withdrawn_at)}"
    elif row.superseded_at:
        state = "vervangen door een latere"
    return {
        "number": row.receipt_number,
        "href": url_for("proposals.receipt", proposal_id=ref.id, nummer=row.receipt_number),
        "at": moment(row.submitted_at, seconds=True),
        "by": one.submitted_by,
        "state": state,
        "tone": "success" if one.stands else "neutral",
        "destroyed": destroyed_text(row.destroyed_at, row.destroyed_in),
    }


def _still(later: Later, call: Call) -> Later:
    """Without a term that ended with the written round."""
    return later if call.phase is Phase.WRITTEN else replace(later, complete_until=None)


def _after(later: Later, proposal_id: int, now: datetime) -> list[tuple[str, str, str | None]]:
    """(what, in words, where) of what came after handing in."""
    rows: list[tuple[str, str, Action]] = []
    if later.lapsed_at:
        words = f"kon tot en met {deadline(later.lapsed_at)}, er kwam niets toe"
        rows.append(("Aanvulling", words, Action("", "admissibility.own")))
    elif later.complete_until:
        words = f"mogelijk tot en met {deadline(later.complete_until)}"
        rows.append(("Aanvulling", words, Action("", "admissibility.own")))
    if later.pitch_at:
        rows.append(("Pitch", moment(later.pitch_at), Action("", "evaluation.own_pitch")))
    if later.outcome:
        at = f", meegedeeld op {day(local_day(later.notified_at))}" if later.notified_at else ""
        told = f"{later.outcome_label}{at}"
        rows.append(("Beslissing", told, Action("", "decisions.own")))
    if later.objection or later.objection_until:
        rows.append(("Weerwoord", _objection(later, now), Action("", "objections.own")))
    if later.partnership:
        rows.append(("Partnerschap", later.partnership, Action("", "partnerships.own")))
    return [(what, words, action_href(action, proposal_id, True)) for what, words, action in rows]


def _objection(later: Later, now: datetime) -> str:
    if later.ruling:
        return f"uitspraak: {later.ruling}"
    if later.objection == "filed":
        return f"ingediend op {moment(later.objection_at)}"
    over = later.objection_until is not None and later.objection_until < local_day(now)
    return f"{'kon' if over else 'kan'} tot en met {day(later.objection_until)}"


def _contacts(addendum_id: int) -> list[Any]:
    """Who answers for the region. One query."""
    columns = (Contact.name, Contact.role, Contact.email, Contact.phone)
    return list(
        db.session.execute(
            select(*columns).where(Contact.addendum_id == addendum_id).order_by(Contact.position, Contact.id)
        )
    )
