"""Telling later decisions in one act: letters, mails and notices, or nothing at all."""

from collections.abc import Mapping
from datetime import datetime

from app.addenda.queries import Call, load_call
from app.audit import services as audit
from app.decisions.communicating import ATTEMPTS
from app.decisions.later.hooks import NOTIFIED_HOOKS, Notified
from app.decisions.later.services import CONFIRM, check_not_formed, chosen_of
from app.decisions.letters import letter_pdf
from app.decisions.models import Decision
from app.decisions.notifying import Drawn, Outdated, check_still_said, drawn, notify, what_is_said
from app.decisions.queries import DecisionRow
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.infra import clock
from app.infra.database import db, transaction


def communicate_later(
    addendum_id: int, seen: Mapping[int, int], *, by: Actor, grounds: Mapping[int, str] | None = None
) -> int:
    """Tell the applicants of these later decisions ({decision id: version}); how many, 0 when all of them
    were told already. `grounds`: as for confirming, so that nothing else is told than what was shown.

    Raises `nothing_chosen`, `later_not_confirmed` (fact `names`), `partnership_formed_already`, Stale,
    NotFound, and `decisions_changed_meanwhile` when people keep changing decisions.
    """
    for _ in range(ATTEMPTS):
        now = clock.read()
        call = load_call(addendum_id, now)
        require(may(by, CONFIRM, call.subject(), call.phase))
        if _told(addendum_id, seen):
            return 0
        prepared = _prepare(call, _ready(call, seen, grounds or {}, by), now)
        try:
            return _commit(addendum_id, seen, grounds or {}, prepared, by)
        except Outdated:
            continue
    raise DomainError("decisions_changed_meanwhile")


def _told(addendum_id: int, seen: Mapping[int, int]) -> bool:
    """Whether all of these were told already: a second click."""
    rows = [db.session.get(Decision, one) for one in seen]
    told = [row is not None and row.addendum_id == addendum_id and bool(row.notified_at) for row in rows]
    return bool(told) and all(told)


def _ready(call: Call, seen: Mapping[int, int], grounds: Mapping[int, str], by: Actor) -> list[DecisionRow]:
    chosen = chosen_of(call, seen, grounds, by)
    check_not_formed(call, {one.decision.cause for one in chosen})
    waiting = [one.decision.organisation_name for one in chosen if not one.confirmed]
    if waiting:
        raise DomainError("later_not_confirmed", names=", ".join(waiting))
    return [one.decision for one in chosen]


def _prepare(call: Call, rows: list[DecisionRow], now: datetime) -> Drawn:
    said = what_is_said(call, rows, now)
    return drawn(said, {one: letter_pdf(letter) for one, letter in said.letters.items()})


def _commit(
    addendum_id: int, seen: Mapping[int, int], grounds: Mapping[int, str], prepared: Drawn, by: Actor
) -> int:
    with transaction() as now:
        if _told(addendum_id, seen):
            return 0
        call = load_call(addendum_id, now)
        require(may(by, CONFIRM, call.subject(), call.phase))
        rows = _ready(call, seen, grounds, by)
        check_still_said(call, rows, prepared, now)
        notify(call, rows, prepared, by, now)
        audit.record(
            "decision.later_communicated",
            actor_id=by.user_id,
            subject=f"call:{call.id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            decisions=len(rows),
        )
        for row in rows:
            _run_hooks(row, by, now)
        return len(rows)


def _run_hooks(row: DecisionRow, by: Actor, now: datetime) -> None:
    told = Notified(
        addendum_id=row.addendum_id,
        decision_id=row.id,
        proposal_id=row.proposal_id,
        organisation_id=row.organisation_id,
        number=row.number,
        cause=row.cause,
        outcome=row.outcome,
        at=now,
        by_id=by.user_id,
    )
    for hook in NOTIFIED_HOOKS:
        hook(told)
