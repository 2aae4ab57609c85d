"""What the pages about objections show to the region."""

from typing import Any

from flask import url_for

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.decisions.finding import Asked
from app.decisions.queries import DecisionRow, standing_decisions
from app.decisions.wording import OUTCOMES
from app.domain.access import Actor, may
from app.domain.objection import in_time, window_end, window_state
from app.infra import clock
from app.infra.filekinds import Kind
from app.infra.formats import counted, day, deadline, moment
from app.infra.uploads import size_text
from app.objections.attached import files_of
from app.objections.presenters import earlier_words, notice_words, term_words
from app.objections.queries import (
    AgainRow,
    NoticeRow,
    ObjectionRow,
    criteria_of,
    evaluated_again,
    is_owner_now,
    notices_of,
    others_of_applicant,
    tried_objections,
)
from app.objections.wording import RULINGS, contested_words
from app.proposals.policy import closed_to, left_out

NO_RULING = ("Nog te bekijken", "warning")


STANDS = {
    "bekijken": "Nog te bekijken",
    "opnieuw": "Nieuwe beoordeling bezig",
    "uitspraak": "Uitspraak gedaan",
    "laat": "Kwam te laat toe",
    "indienen": "Kan nog indienen",
    "geen": "Geen weerwoord",
}


def listing_facts(call: Call, asked: Asked) -> dict[str, Any]:
    """The applicants that were told and are `asked` for, with their days and what came of them. Left out is
    one in conflict, or not declared about. Constant queries."""
    actor, decisions = current_actor(), standing_decisions(call.id)
    away = closed_to(actor, call.id, {one.organisation_id for one in decisions})
    shown = [
        one
        for one in decisions
        if one.organisation_id not in away
        and may(actor, "objection.other.view", call.subject(one.organisation_id), call.phase)
    ]
    tried: dict[int, list[ObjectionRow]] = {}
    for row in tried_objections(call.id):
        tried.setdefault(row.proposal_id, []).append(row)
    notices, again = notices_of(call.id), evaluated_again(call.id)
    rows = [
        _applicant(call, actor, one, tried.get(one.proposal_id, []), notices.get(one.id, []), again)
        for one in shown
    ]
    filed = [one for row in rows for one in row["objections"] if one["filed"]]
    free = sum(row["open"] for row in rows)
    return {
        "rows": sorted(
            (row for row in rows if asked.fits(row["name"], row["stands"])), key=lambda row: row["urgency"]
        ),
        "all": len(rows),
        "asked": asked,
        "stands": STANDS,
        "left_out": left_out(len(decisions) - len(shown)),
        "tally": [
            {"value": str(len(filed)), "label": "weerwoord" if len(filed) == 1 else "weerwoorden"},
            {"value": str(sum(1 for one in filed if one["waits"])), "label": "nog te bekijken"},
            {"value": str(free), "label": "kan nog indienen" if free == 1 else "kunnen nog indienen"},
        ],
    }


def _applicant(
    call: Call,
    actor: Actor,
    one: DecisionRow,
    tried: list[ObjectionRow],
    notices: list[NoticeRow],
    again: dict[int, AgainRow],
) -> dict[str, Any]:
    window = window_state(one.notified_at, call.objection_days, clock.now())
    objections = [_objection(call, actor, row, again.get(row.id)) for row in tried]
    waits = any(row["waits"] for row in objections)
    open_now = window.is_open and not any(row.submitted_at for row in tried if row.decision_id == one.id)
    return {
        "name": one.organisation_name,
        "decision": OUTCOMES[one.outcome],
        "number": one.number,
        "notices": [(notice_words(row.way, row.at), row.reason) for row in notices]
        or [(moment(one.notified_at), "")],
        "last": day(window.last_day),
        "term": term_words(window),
        "open": open_now,
        "objections": objections,
        "stands": {one["stand"] for one in objections or ({"stand": "geen"},)}
        | ({"indienen"} if open_now else set()),
        "urgency": (not waits, not objections, one.organisation_name.casefold()),
    }


def _objection(call: Call, actor: Actor, row: ObjectionRow, again: AgainRow | None) -> dict[str, Any]:
    may_judge = bool(may(actor, "objection.judge", call.subject(row.organisation_id), call.phase))
    filed = row.submitted_at is not None
    return {
        "id": row.id,
        "number": row.decision_number,
        "filed": moment(row.submitted_at) if filed else "",
        "late": moment(row.late_at, seconds=True) if row.late_at and not filed else "",
        "waits": filed and not row.ruling,
        "ruling": RULINGS[row.ruling] if row.ruling else NO_RULING,
        "again": _again(row, again),
        "stand": _stand(row, again),
        "may_judge": filed and not row.ruling and may_judge,
    }


def _stand(row: ObjectionRow, again: AgainRow | None) -> str:
    if row.submitted_at is None:
        return "laat"
    if row.ruling is None:
        return "bekijken"
    return "opnieuw" if row.reassess and not (again and again.notified_at) else "uitspraak"


def _again(row: ObjectionRow, again: AgainRow | None) -> str:
    """How far the new evaluation is, in words; empty when there is none."""
    if not row.reassess:
        return ""
    if again is None:
        return "Nieuwe beoordeling nog te beginnen"
    if again.notified_at:
        return f"Nieuwe beslissing meegedeeld op {moment(again.notified_at)}"
    if again.closed_at:
        return f"Nieuwe beoordeling gesloten op {moment(again.closed_at)}"
    return f"Nieuwe beoordeling loopt sinds {moment(again.opened_at)}"


def read_facts(call: Call, row: ObjectionRow) -> dict[str, Any]:
    """One objection with the decision it contests."""
    files = files_of([row.id]).get(row.id, [])
    return {
        "row": row,
        "filed_at": moment(row.submitted_at, seconds=True),
        "about": contested_words(row.criteria, criteria_of(call.id)),
        "others": [earlier_words(one) for one in others_of_applicant(row)],
        "files": [
            {
                "name": one.name,
                "kind": Kind(one.kind).label,
                "size": size_text(one.size),
                "href": url_for("objections.read_file", objection_id=row.id, file_id=one.id),
            }
            for one in files
        ],
        "decision_outcome": OUTCOMES[row.decision_outcome],
        "ruling": RULINGS[row.ruling] if row.ruling else None,
        "ruled_at": moment(row.ruling_at),
        "formal": formal_facts(call, row),
    }


def formal_facts(call: Call, row: ObjectionRow) -> list[dict[str, Any]]:
    """What can be told of its admissibility without anybody's judgement."""
    if row.submitted_at is None or row.notified_at is None:
        raise LookupError(row.id)  # a draft is nobody else's
    timely = in_time(row.submitted_at, row.notified_at, call.objection_days)
    until = deadline(window_end(row.notified_at, call.objection_days))
    owner = "eigenaar van de organisatie" if is_owner_now(row.id) else "bij het indienen eigenaar"
    return [
        {
            "done": timely,
            "text": "Op tijd" if timely else "Te laat",
            "hint": f"Kennisgeving op {moment(row.notified_at)}. Daarna "
            f"{counted(call.objection_days, 'kalenderdag', 'kalenderdagen')}, tot en met {until}. "
            f"Ontvangen op {moment(row.submitted_at, seconds=True)}.",
        },
        {"done": True, "text": "Door wie dat mag", "hint": f"Ingediend door {row.submitted_by}, {owner}."},
        {
            "done": True,
            "text": "Volledig",
            "hint": "Er staat in wat betwist wordt, waarom, en wat gevraagd wordt.",
        },
    ]
