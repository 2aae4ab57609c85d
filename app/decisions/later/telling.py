"""Telling later decisions in one act: letters, mails and notices, or nothing at all."""

from collections.abc import Mapping
from datetime import date, datetime

from app.addenda.queries import Call, load_call
from app.audit import services as audit
from app.decisions.communicating import ATTEMPTS, notify_applicant, send_decisions
from app.decisions.later.hooks import NOTIFIED_HOOKS, Notified
from app.decisions.later.services import CONFIRM, check_not_formed, chosen_of
from app.decisions.letters import LetterData, decision_letters, letter_pdf
from app.decisions.models import Decision
from app.decisions.queries import DecisionRow
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.database import db, transaction

Letters = tuple[Mapping[int, LetterData], Mapping[int, bytes]]


class _Outdated(Exception):
    """What was prepared is no longer what is decided, or midnight passed."""


def communicate_later(addendum_id: int, seen: Mapping[int, int], *, by: Actor) -> int:
    """Tell the applicants of these later decisions ({decision id: version}); how many, 0 when all of them
    were told already.

    Raises `nothing_chosen`, `later_not_confirmed` (fact `names`), `partnership_formed_already`, Stale,
    NotFound, and `decisions_changed_meanwhile` when people keep changing decisions.
    """
    for _ in range(ATTEMPTS):
        call = load_call(addendum_id, clock.read())
        require(may(by, CONFIRM, call.subject(), call.phase))
        if _told(addendum_id, seen):
            return 0
        prepared = _letters(call, _ready(call, seen, by), local_day(clock.read()))
        try:
            return _commit(addendum_id, seen, prepared, by)
        except _Outdated:
            continue
    raise DomainError("decisions_changed_meanwhile")


def _told(addendum_id: int, seen: Mapping[int, int]) -> bool:
    """Whether all of these were told already: a second click."""
    rows = [db.session.get(Decision, one) for one in seen]
    told = [row is not None and row.addendum_id == addendum_id and bool(row.notified_at) for row in rows]
    return bool(told) and all(told)


def _ready(call: Call, seen: Mapping[int, int], by: Actor) -> list[DecisionRow]:
    check_not_formed(call)
    chosen = chosen_of(call, seen, {}, by)
    waiting = [one.decision.organisation_name for one in chosen if not one.confirmed]
    if waiting:
        raise DomainError("later_not_confirmed", names=", ".join(waiting))
    return [one.decision for one in chosen]


def _letters(call: Call, rows: list[DecisionRow], on: date) -> Letters:
    data = decision_letters(call, rows, on)
    return data, {one: letter_pdf(letter) for one, letter in data.items()}


def _commit(addendum_id: int, seen: Mapping[int, int], prepared: Letters, by: Actor) -> int:
    data, pdfs = prepared
    with transaction() as now:
        if _told(addendum_id, seen):
            return 0
        call = load_call(addendum_id, now)
        require(may(by, CONFIRM, call.subject(), call.phase))
        rows = _ready(call, seen, by)
        if decision_letters(call, rows, local_day(now)) != data:
            raise _Outdated
        for row in rows:
            notify_applicant(call, row, pdfs[row.id], by, now)
        send_decisions(call, rows, now)
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
