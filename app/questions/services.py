"""Asking, answering, and publishing the answers to all at once.

Who asked is kept for the mail with the answer alone: no page shows it, and the log does not name the asker.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.accounts.throttle import note_attempt
from app.addenda.audience import audience, tell
from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, NotFound, Stale
from app.infra.database import db, transaction
from app.notifications.addresses import normal_address
from app.notifications.services import Recipient, enqueue, page_url
from app.questions.models import Question
from app.questions.queries import askers_of, closing, load_question

ASK, ANSWER = "question.ask", "question.answer"
LONGEST = 2000
PER_PERSON = 30  # questions in a quarter of an hour


@dataclass(frozen=True)
class AnswerText:
    """What the regisseur writes: `same_as` is the question whose answer also answers this one."""

    public_text: str
    answer: str
    same_as: int | None = None


def ask(addendum_id: int, text: str, *, by: Actor, email: str = "", address: str | None = None) -> bool:
    """True when the question is in at once (an account); a visitor confirms by a link first.

    Raises question_missing, question_too_long, questions_closed, email_invalid, TooManyAttempts.
    """
    _check_text(text)
    to = "" if by.signed_in else normal_address(email)
    if by.signed_in:
        note_attempt("question", by.email, None, per_account=PER_PERSON)
    else:
        note_attempt("mail", to, address)
    with transaction() as now:
        call = load_call(addendum_id, now)
        _open_for(call, by, now)
        question = Question(
            addendum_id=call.id,
            text=text,
            asked_by_id=by.user_id,
            email=to,
            key=None if by.signed_in else secrets.token_urlsafe(32),
            asked_at=now,
            confirmed_at=now if by.signed_in else None,
        )
        db.session.add(question)
        if by.signed_in:
            _arrived(call, now)
        else:
            enqueue(
                "question.confirm",
                to=Recipient(to),
                subject=f"Bevestig je vraag over {call.title}",
                template="questions/mail_confirm",
                at=now,
                title=call.title,
                link=page_url("questions.confirm", key=question.key),
            )
    return by.signed_in


def _check_text(text: str) -> None:
    if not text:
        raise DomainError("question_missing", field="text")
    if len(text) > LONGEST:
        raise DomainError("question_too_long", field="text")


def _open_for(call: Call, by: Actor, now: datetime) -> None:
    require(may(by, ASK, call.subject(), call.phase))
    limit = closing(call)
    if limit is None or now >= limit:
        raise DomainError("questions_closed")


def _arrived(call: Call, now: datetime) -> None:
    record(
        "question.asked",
        actor_id=None,
        subject=f"addendum:{call.id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
    )


def find_by_key(key: str) -> Question:
    """The question behind the link of a mail; NotFound for an unknown key."""
    row = db.session.scalar(select(Question).where(Question.key == key))
    if row is None:
        raise NotFound("question")
    return row


def confirm(key: str) -> None:
    """The visitor's address is real: the question goes in. Twice is once.

    What counts for the last day is when it was asked; until the deadline it can be confirmed.
    """
    with transaction() as now:
        row = find_by_key(key)
        if row.confirmed_at is None:
            call = load_call(row.addendum_id, now)
            require(may(Actor(), ASK, call.subject(), call.phase))
            row.confirmed_at = now
            _arrived(call, now)


def save_answer(question_id: int, addendum_id: int, wanted: AnswerText, *, seen: int, by: Actor) -> None:
    """Keep a draft of the answer; nobody but the region's staff sees it before it is published.

    Stale carries what somebody else saved meanwhile.
    """
    with transaction() as now:
        row = _editable(question_id, addendum_id, by, now)
        stored = AnswerText(row.public_text, row.answer, row.same_as_id)
        if seen != row.version and stored != wanted:
            raise Stale(
                version=row.version, theirs={"public_text": stored.public_text, "answer": stored.answer}
            )
        if not wanted.same_as and not wanted.answer:
            raise DomainError("question_answer_missing", field="answer")
        if not wanted.same_as and not wanted.public_text:
            raise DomainError("question_public_text_missing", field="public_text")
        _check_same(row, wanted.same_as)
        row.public_text, row.answer, row.same_as_id = wanted.public_text, wanted.answer, wanted.same_as
        row.answered_by_id, row.set_aside_at = by.user_id, None
        row.version += 1


def _editable(question_id: int, addendum_id: int, by: Actor, now: datetime) -> Question:
    call = load_call(addendum_id, now)
    require(may(by, ANSWER, call.subject(), call.phase))
    row = load_question(addendum_id, question_id)
    if row.published_at is not None:
        raise DomainError("question_is_published")
    return row


def _check_same(row: Question, same_as: int | None) -> None:
    if same_as is None:
        return
    other = db.session.get(Question, same_as)
    if (
        other is None
        or other.id == row.id
        or other.addendum_id != row.addendum_id
        or other.same_as_id is not None
        or other.confirmed_at is None
    ):
        raise DomainError("question_same_unknown", field="same_as")
    if _is_pointed_at(row):
        raise DomainError("question_others_point_here", field="same_as")


def _is_pointed_at(row: Question) -> bool:
    return db.session.scalar(select(Question.id).where(Question.same_as_id == row.id).limit(1)) is not None


def set_aside(question_id: int, addendum_id: int, *, aside: bool, by: Actor) -> None:
    """No question for this call (spam, a complaint): it is kept apart, and can come back."""
    with transaction() as now:
        row = _editable(question_id, addendum_id, by, now)
        if aside and _is_pointed_at(row):
            raise DomainError("question_others_point_here")
        row.set_aside_at = now if aside else None
        row.version += 1
        call = load_call(addendum_id, now)
        record(
            "question.set_aside" if aside else "question.brought_back",
            actor_id=by.user_id,
            subject=f"question:{row.id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=call.id,
        )


def ready(addendum_id: int) -> Sequence[Question]:
    """Questions whose answer can be published: answered, or the same as one that is or is being published."""
    rows = db.session.scalars(
        select(Question)
        .where(
            Question.addendum_id == addendum_id,
            Question.confirmed_at.is_not(None),
            Question.published_at.is_(None),
            Question.set_aside_at.is_(None),
        )
        .order_by(Question.asked_at, Question.id)
    ).all()
    own = [row for row in rows if row.answer and row.public_text and row.same_as_id is None]
    told = {row.id for row in own} | set(
        db.session.scalars(
            select(Question.id).where(Question.addendum_id == addendum_id, Question.published_at.is_not(None))
        )
    )
    return own + [row for row in rows if row.same_as_id in told]


def seal_of(rows: Sequence[Question]) -> str:
    """What the person saw on the last page before publishing: ids and versions."""
    return ",".join(f"{row.id}.{row.version}" for row in rows)


def publish_answers(addendum_id: int, *, seen: str, by: Actor) -> int:
    """Everything that is ready becomes public at one moment, and everybody is told in the same act; how many.

    `seen` is `seal_of` what was shown; questions_changed_meanwhile when that is not what is ready now.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, ANSWER, call.subject(), call.phase))
        rows = ready(addendum_id)
        if not rows:
            raise DomainError("questions_nothing_ready")
        if seen != seal_of(rows):
            raise DomainError("questions_changed_meanwhile")
        for row in rows:
            row.published_at = now
        record(
            "question.answers_published",
            actor_id=by.user_id,
            subject=f"addendum:{call.id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            count=len(rows),
        )
        _tell(call, rows, now)
        return len(rows)


def _tell(call: Call, rows: Sequence[Question], now: datetime) -> None:
    """Everybody gets the same text; who asked is told like the rest, whether or not they follow."""
    people = {one.email.casefold(): one for one in audience(call.id)}
    for one in askers_of(rows):
        people.setdefault(one.email.casefold(), one)
    published = [row for row in rows if row.same_as_id is None]
    tell(
        sorted(people.values(), key=lambda one: one.email),
        "question.answers",
        subject=f"Vragen beantwoord: {call.title}",
        template="questions/mail_answers",
        at=now,
        title=call.title,
        questions=[(row.public_text, row.answer) for row in published],
        link=page_url("questions.index", addendum_id=call.id),
    )
