"""Reminding jurors of sheets that are not in: by hand from the progress page, and by itself three days and
one day before the last day of the written round (a sweep of the worker).

A reminder is a row, written together with its mail. The database knows one per juror, kind and day: two
workers, one that was killed, one that was down and a second click all end at one mail.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import Addendum
from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.timeline import BRUSSELS, Phase, end_of_day, local_day
from app.evaluation.deliberating.models import JurorReminder
from app.evaluation.policy import PITCH, ROUND_LABELS, ROUND_OF_PHASE, WRITTEN, reading_order
from app.evaluation.queries import JurorRow, declarations_of, in_conflict_with, missing_sheets
from app.evaluation.rounds import CLOSE
from app.infra.database import db, transaction
from app.infra.formats import days_left
from app.notifications.services import Recipient, enqueue, page_url
from app.proposals.queries import StandingRow

DAYS = (3, 1)
MORNING = time(8)
HAND = "hand"

Missing = dict[int, tuple[JurorRow, list[StandingRow]]]


class Reminded(NamedTuple):
    """`missed`: who was ticked but got one today already, or has everything in by now."""

    sent: int
    missed: int


class ReminderRow(NamedTuple):
    """A reminder a juror got; `by` is empty for one by itself."""

    juror_id: int
    at: datetime
    by: str


def moments(written_until: date) -> dict[int, datetime]:
    """{days before the last day: when the reminder goes out}: at eight in Brussels on that day of the
    calendar, also when the clock changes in between."""
    return {days: datetime.combine(written_until - timedelta(days=days), MORNING, BRUSSELS) for days in DAYS}


def days_due(written_until: date | None, now: datetime) -> int | None:
    """Which reminder it is time for: the last one that began, so that a 3 that was missed until the last
    day but one is not sent beside the 1. None before the first, and when the last day is over."""
    if written_until is None or now >= end_of_day(written_until):
        return None
    return min((days for days, moment in moments(written_until).items() if moment <= now), default=None)


def still_missing(call: Call, round_name: str, without: Collection[int] = ()) -> Missing:
    """{juror: the applicants of whom the sheet is not in}, of who can sign in; `without` are organisations
    to leave out."""
    found: Missing = {}
    for juror, row in missing_sheets(call, round_name):
        if row.organisation_id not in without:
            found.setdefault(juror.user_id, (juror, []))[1].append(row)
    active = set(db.session.scalars(select(User.id).where(User.id.in_(found), User.active)))
    return {one: missing for one, missing in found.items() if one in active}


def reminders_of(addendum_id: int, round_name: str) -> Sequence[ReminderRow]:
    """Who was reminded in a round, the last one first. One query."""
    rows = db.session.execute(
        select(JurorReminder.juror_id, JurorReminder.at, User.name)
        .outerjoin(User, User.id == JurorReminder.by_id)
        .where(JurorReminder.addendum_id == addendum_id, JurorReminder.round == round_name)
        .order_by(JurorReminder.at.desc(), JurorReminder.id.desc())
    )
    return [ReminderRow(juror, at, name or "") for juror, at, name in rows]


def reminded_on(reminders: Sequence[ReminderRow], day: date) -> set[int]:
    """The jurors who got one on this day in Brussels, whoever sent it."""
    return {one.juror_id for one in reminders if local_day(one.at) == day}


def remind_jurors(addendum_id: int, juror_ids: Collection[int], *, by: Actor) -> Reminded:
    """One mail to each of these jurors with the own list, at most one a day.

    Whom the actor has a conflict with is no reason to remind anybody: the actor does not know of those
    sheets. Raises nobody_to_remind and reminded_today.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, CLOSE, call.subject(), call.phase))
        round_name = ROUND_OF_PHASE[call.phase]
        known = still_missing(call, round_name, in_conflict_with(by, call.id))
        chosen = set(juror_ids) & set(known)
        if not chosen:
            raise DomainError("nobody_to_remind", field="jurors")
        today = local_day(now)
        sending = chosen - reminded_on(reminders_of(call.id, round_name), today)
        if not sending:
            raise DomainError("reminded_today", field="jurors")
        whole = still_missing(call, round_name)
        _send(call, round_name, [whole[one] for one in sorted(sending)], HAND, today, by.user_id, now)
        for one in sorted(sending):
            record(
                "jury.reminded",
                actor_id=by.user_id,
                subject=f"user:{one}",
                service_area_id=call.service_area_id,
                addendum_id=call.id,
                at=now,
                round=round_name,
            )
        return Reminded(len(sending), len(set(juror_ids)) - len(sending))


def remind_jurors_when_due(now: datetime) -> int:
    """For the worker's sweep: how many jurors were reminded."""
    today = local_day(now)
    statement = select(Addendum.id).where(
        Addendum.written_until >= today, Addendum.written_until <= today + timedelta(days=max(DAYS))
    )
    calls = list(db.session.scalars(statement.order_by(Addendum.id)))
    due = [one for one in calls if _to_remind(load_call(one, now), now)]
    db.session.rollback()
    return sum(_remind_by_itself(one) for one in due)


def _remind_by_itself(addendum_id: int) -> int:
    with transaction() as now:
        call = load_call(addendum_id, now)
        found = _to_remind(call, now)
        if not found or call.written_until is None:
            return 0
        _send(call, WRITTEN, found, _kind(call, now), call.written_until, None, now)
        return len(found)


def _to_remind(call: Call, now: datetime) -> list[tuple[JurorRow, list[StandingRow]]]:
    """Who did not get the reminder that is due; nobody when the round does not run."""
    if call.phase is not Phase.WRITTEN or days_due(call.written_until, now) is None:
        return []
    told = set(
        db.session.scalars(
            select(JurorReminder.juror_id).where(
                JurorReminder.addendum_id == call.id,
                JurorReminder.round == WRITTEN,
                JurorReminder.kind == _kind(call, now),
                JurorReminder.day == call.written_until,
            )
        )
    )
    return [found for one, found in still_missing(call, WRITTEN).items() if one not in told]


def _kind(call: Call, now: datetime) -> str:
    return f"days_{days_due(call.written_until, now)}"


def _send(
    call: Call,
    round_name: str,
    found: Sequence[tuple[JurorRow, list[StandingRow]]],
    kind: str,
    day: date,
    by_id: int | None,
    now: datetime,
) -> None:
    declared = {(one.juror_id, one.organisation_id) for one in declarations_of(call.id)}
    last = call.pitch_until if round_name == PITCH else call.written_until
    end = end_of_day(last) if last else None
    for juror, rows in found:
        db.session.add(
            JurorReminder(
                addendum_id=call.id,
                juror_id=juror.user_id,
                round=round_name,
                kind=kind,
                day=day,
                by_id=by_id,
                at=now,
            )
        )
        names = {row.proposal_id: row for row in rows}
        listed = [names[one] for one in reading_order(juror.user_id, names)]
        enqueue(
            "jury.reminder",
            to=Recipient(juror.email, juror.name),
            subject=f"Nog {_sheets(len(rows))} in te dienen: {call.title}",
            template="evaluation/mail_reminder",
            at=now,
            addendum_id=call.id,
            call=call,
            round_label=ROUND_LABELS[round_name],
            sheets=_sheets(len(rows)),
            until=end,
            left=days_left(end, now) if end and end > now else "",
            rows=[
                (row.organisation_name, (juror.user_id, row.organisation_id) in declared) for row in listed
            ],
            link=page_url("evaluation.reading_list", addendum_id=call.id),
        )


def _sheets(count: int) -> str:
    return f"{count} {'scoreblad' if count == 1 else 'scorebladen'}"
