"""The notice of decisions: what leaves is drawn before the write lock is taken, and held inside it against
what the rows say then."""

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import insert, update

from app.addenda.queries import Call
from app.addenda.services import record_facts
from app.audit import services as audit
from app.decisions.letters import LetterData, decision_letters
from app.decisions.mails import DecisionMail, decision_mails, ready_mails
from app.decisions.models import Decision, DecisionNotice, Letter
from app.decisions.queries import DecisionRow
from app.domain.access import Actor
from app.domain.timeline import local_day
from app.infra.database import db
from app.notifications.services import Ready, enqueue_all


class Outdated(Exception):
    """What was drawn is no longer what is decided, or midnight passed."""


class Said(NamedTuple):
    """What letters and mails say, both by decision id, as plain data: equal data, equal letters and mails."""

    letters: Mapping[int, LetterData]
    mails: Mapping[int, DecisionMail]


@dataclass(frozen=True)
class Drawn:
    """The letters (PDF by decision id) and the mails that say exactly this."""

    said: Said
    pdfs: Mapping[int, bytes]
    mails: list[Ready]


def what_is_said(call: Call, rows: Collection[DecisionRow], now: datetime) -> Said:
    """For decisions that are told at `now`. Constant queries."""
    return Said(decision_letters(call, rows, local_day(now)), decision_mails(call, rows, now))


def drawn(said: Said, pdfs: Mapping[int, bytes]) -> Drawn:
    return Drawn(said, pdfs, [one for mail in said.mails.values() for one in ready_mails(mail)])


def check_still_said(call: Call, rows: Collection[DecisionRow], ready: Drawn, now: datetime) -> None:
    """Inside the transaction of the act: raises Outdated when anything of it changed meanwhile."""
    if what_is_said(call, rows, now) != ready.said:
        raise Outdated


def notify(call: Call, rows: Collection[DecisionRow], ready: Drawn, by: Actor, now: datetime) -> None:
    """The rows of every notice, from here the days of these applicants count, and their mails. As many
    statements for five hundred as for one. Inside the transaction of the act."""
    ids = [row.id for row in rows]
    digests = {one: hashlib.sha256(ready.pdfs[one]).hexdigest() for one in ids}
    db.session.execute(update(Decision).where(Decision.id.in_(ids)).values(notified_at=now))
    notices = [{"decision_id": one, "at": now, "way": "mail", "by_id": by.user_id} for one in ids]
    db.session.execute(insert(DecisionNotice), notices)
    letters = [
        {"decision_id": one, "pdf": ready.pdfs[one], "sha256": digests[one], "created_at": now} for one in ids
    ]
    db.session.execute(insert(Letter), letters)
    record_facts(call.id, "notified", at=now, subject_ids=[row.organisation_id for row in rows])
    audit.record_all(
        [_act(row, digests[row.id]) for row in rows],
        actor_id=by.user_id,
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
    )
    enqueue_all("decision", ready.mails, at=now, addendum_id=call.id)


def _act(row: DecisionRow, letter_sha256: str) -> audit.Act:
    return audit.Act(
        "decision.notified",
        f"proposal:{row.proposal_id}",
        row.organisation_id,
        {"outcome": row.outcome, "letter_sha256": letter_sha256},
    )
