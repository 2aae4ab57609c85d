"""Reading questions. Nothing here tells who asked."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.audience import Reached
from app.addenda.models import Addendum
from app.addenda.queries import Call
from app.addenda.takeaway.questions import PublishedAnswer
from app.domain.errors import NotFound
from app.domain.timeline import Phase
from app.infra.database import db
from app.organisations.models import Organisation
from app.questions.models import Question
from app.questions.policy import closes_at

_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}", re.IGNORECASE)
_WORDS = re.compile(r"\w+")
_LEGAL_FORMS = {"vzw", "bv", "nv", "cv", "asbl", "de", "het"}
_SHORTEST_NAME = 4


@dataclass(frozen=True)
class Answered:
    """As everybody reads it; `number` counts in the order of publication."""

    id: int
    number: int
    text: str
    answer: str
    published_at: datetime


@dataclass(frozen=True)
class Waiting:
    """As the regisseur reads it, without the asker."""

    id: int
    text: str
    public_text: str
    answer: str
    asked_at: datetime
    same_as_id: int | None
    set_aside: bool


def closing(call: Call) -> datetime | None:
    """The first instant at which asking is too late; None when the call is not open for applications."""
    if call.phase is not Phase.OPEN:
        return None
    until = db.session.scalar(select(Addendum.questions_until).where(Addendum.id == call.id))
    return closes_at(until, call.deadline)


def answered(addendum_id: int) -> Sequence[Answered]:
    """What is published, oldest first, without the questions that say the same as another. One query."""
    rows: Any = db.session.execute(
        select(Question.id, Question.public_text, Question.answer, Question.published_at)
        .where(
            Question.addendum_id == addendum_id,
            Question.published_at.is_not(None),
            Question.same_as_id.is_(None),
        )
        .order_by(Question.published_at, Question.id)
    )
    return [Answered(row[0], number, row[1], row[2], row[3]) for number, row in enumerate(rows, start=1)]


def published_answers(addendum_ids: Sequence[int]) -> dict[int, list[PublishedAnswer]]:
    """The same for several calls, for the documents to take away (the setting PUBLISHED_ANSWERS). One
    query."""
    found: dict[int, list[PublishedAnswer]] = {}
    rows: Any = db.session.execute(
        select(Question.addendum_id, Question.public_text, Question.answer, Question.published_at)
        .where(
            Question.addendum_id.in_(addendum_ids),
            Question.published_at.is_not(None),
            Question.same_as_id.is_(None),
        )
        .order_by(Question.published_at, Question.id)
    )
    for addendum_id, text, answer, at in rows:
        own = found.setdefault(addendum_id, [])
        own.append(PublishedAnswer(len(own) + 1, text, answer, at))
    return found


def waiting(addendum_id: int) -> Sequence[Waiting]:
    """Confirmed questions without a published answer, oldest first. One query."""
    rows = db.session.execute(
        select(
            Question.id,
            Question.text,
            Question.public_text,
            Question.answer,
            Question.asked_at,
            Question.same_as_id,
            Question.set_aside_at.is_not(None),
        )
        .where(
            Question.addendum_id == addendum_id,
            Question.confirmed_at.is_not(None),
            Question.published_at.is_(None),
        )
        .order_by(Question.asked_at, Question.id)
    )
    return [Waiting(*row) for row in rows]


def load_question(addendum_id: int, question_id: int) -> Question:
    """One confirmed question of this call; NotFound otherwise."""
    row = db.session.get(Question, question_id)
    if row is None or row.addendum_id != addendum_id or row.confirmed_at is None:
        raise NotFound("question")
    return row


def unanswered_count(addendum_ids: Iterable[int]) -> dict[int, int]:
    """How many confirmed questions wait for a published answer, by call. One query."""
    rows = db.session.execute(
        select(Question.addendum_id, func.count())
        .where(
            Question.addendum_id.in_(list(addendum_ids)),
            Question.confirmed_at.is_not(None),
            Question.published_at.is_(None),
            Question.set_aside_at.is_(None),
        )
        .group_by(Question.addendum_id)
    )
    return {addendum_id: count for addendum_id, count in rows}


def askers_of(questions: Iterable[Question]) -> list[Reached]:
    """Where the answers go: the account's address, or the one that was confirmed."""
    rows = list(questions)
    names = {
        row.id: (row.email, row.name)
        for row in db.session.execute(
            select(User.id, User.email, User.name).where(
                User.id.in_([one.asked_by_id for one in rows if one.asked_by_id])
            )
        )
    }
    return [Reached(*names[one.asked_by_id]) if one.asked_by_id else Reached(one.email) for one in rows]


def names_in(text: str) -> list[str]:
    """What may tell who asks: addresses, and names of organisations that are registered here, whichever."""
    found = list(dict.fromkeys(_ADDRESS.findall(text)))
    plain = f" {' '.join(_WORDS.findall(text.casefold()))} "
    for name in db.session.scalars(select(Organisation.name).order_by(Organisation.name)):
        words = [word for word in _WORDS.findall(name.casefold()) if word not in _LEGAL_FORMS]
        if len("".join(words)) >= _SHORTEST_NAME and f" {' '.join(words)} " in plain:
            found.append(name)
    return found
