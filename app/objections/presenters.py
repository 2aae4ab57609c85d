"""What the pages about objections show."""

from typing import Any

from app.accounts.actors import current_actor
from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.decisions.presenters import window_text
from app.decisions.queries import DecisionRow
from app.decisions.wording import OUTCOMES
from app.domain.access import may
from app.domain.objection import window_state
from app.infra import clock
from app.infra.formats import moment
from app.objections.queries import ObjectionRow, filed_objections
from app.objections.wording import RULINGS
from app.proposals.policy import closed_to

NO_RULING = ("Nog te bekijken", "warning")


def own_facts(call: Call, decision: DecisionRow, row: ObjectionRow | None) -> dict[str, Any]:
    """The applicant's own objection: what can still be done, until when, and what became of it."""
    window = window_state(decision.notified_at, call.objection_days, clock.now())
    filed = row is not None and row.submitted_at is not None
    organisation = decision.organisation_id
    return {
        "decision": decision,
        "outcome": OUTCOMES[decision.outcome],
        "row": row,
        "filed": filed,
        "filed_at": moment(row.submitted_at, seconds=True) if row and filed else "",
        "ruling": RULINGS[row.ruling] if row and row.ruling else None,
        "ruled_at": moment(row.ruling_at) if row else "",
        "window": window,
        "window_text": window_text(window),
        "may_write": window.is_open and not filed and may_here(call, "objection.own.draft", organisation),
        "may_submit": may_here(call, "objection.own.submit", organisation),
    }


def listing_rows(call: Call) -> list[dict[str, Any]]:
    """The filed objections this actor may read; left out is one in conflict, or not declared about."""
    actor, rows = current_actor(), filed_objections(call.id)
    away = closed_to(actor, call.id, {row.organisation_id for row in rows})
    return [
        {
            "id": row.id,
            "name": row.organisation_name,
            "filed": moment(row.submitted_at),
            "decision": OUTCOMES[row.decision_outcome],
            "ruling": RULINGS[row.ruling] if row.ruling else NO_RULING,
            "may_judge": not row.ruling
            and bool(may(actor, "objection.judge", call.subject(row.organisation_id), call.phase)),
        }
        for row in rows
        if row.organisation_id not in away
        and may(actor, "objection.other.view", call.subject(row.organisation_id), call.phase)
    ]


def read_facts(row: ObjectionRow) -> dict[str, Any]:
    return {
        "row": row,
        "filed_at": moment(row.submitted_at, seconds=True),
        "decision_outcome": OUTCOMES[row.decision_outcome],
        "ruling": RULINGS[row.ruling] if row.ruling else None,
        "ruled_at": moment(row.ruling_at),
    }
