"""Changing the words of letters."""

from datetime import datetime

from sqlalchemy import delete, select

from app.addenda.queries import load_call
from app.audit import services as audit
from app.decisions.letters.policy import words_problems
from app.decisions.letters.queries import previous_call
from app.decisions.letters.wording import PROPOSED, Words
from app.decisions.models import LetterText
from app.domain.access import Actor, may, require
from app.domain.errors import NotFound, Stale
from app.infra.database import db, transaction

TEXTS = "letter.texts"


def save_words(addendum_id: int, outcome: str, words: Words, *, seen: int, by: Actor) -> bool:
    """Keep the words for one outcome; False when they already were so.

    Raises NotFound for an unknown outcome, Stale when somebody saved since version `seen`, and the first of
    `policy.words_problems`.
    """
    if outcome not in PROPOSED:
        raise NotFound("outcome")
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, TEXTS, call.subject(), call.phase))
        wanted = Words(*(text.strip() for text in words))
        for problem in words_problems(outcome, wanted):
            raise problem
        stored = db.session.get(LetterText, (addendum_id, outcome))
        current = _words(stored) if stored else PROPOSED[outcome]
        if current == wanted:
            return False
        if seen != (stored.version if stored else 0):
            raise Stale(version=stored.version if stored else 0, theirs=current._asdict())
        row = stored or LetterText(addendum_id=addendum_id, outcome=outcome, version=0)
        _write(row, wanted, by.user_id, now)
        audit.record(
            "letters.words_changed",
            actor_id=by.user_id,
            subject=f"call:{addendum_id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=addendum_id,
            outcome=outcome,
            version=row.version,
        )
        return True


def restore_proposed(addendum_id: int, outcome: str, *, seen: int, by: Actor) -> bool:
    """Back to the words that Partnerwijzer proposes. Raises as `save_words`."""
    if outcome not in PROPOSED:
        raise NotFound("outcome")
    return save_words(addendum_id, outcome, PROPOSED[outcome], seen=seen, by=by)


def take_over_words(addendum_id: int, source_id: int | None = None) -> None:
    """A new call begins with the words of the call it was made from, else of the region's previous one."""
    source = source_id if source_id is not None and has_words(source_id) else previous_call(addendum_id)
    if source is None:
        return
    for row in db.session.scalars(select(LetterText).where(LetterText.addendum_id == source)):
        copy = LetterText(addendum_id=addendum_id, outcome=row.outcome, version=0)
        _write(copy, _words(row), row.by_id, row.at)


def has_words(addendum_id: int) -> bool:
    """Whether anybody changed words of this call."""
    found = select(LetterText.outcome).where(LetterText.addendum_id == addendum_id).limit(1)
    return db.session.scalar(found) is not None


def remove_words(addendum_id: int) -> None:
    """With a draft that is thrown away."""
    db.session.execute(delete(LetterText).where(LetterText.addendum_id == addendum_id))


def _words(row: LetterText) -> Words:
    return Words(row.opening, row.next_steps, row.closing)


def _write(row: LetterText, words: Words, by_id: int | None, at: datetime) -> None:
    row.opening, row.next_steps, row.closing = words
    row.by_id, row.at = by_id, at  # type: ignore[assignment]
    row.version += 1
    db.session.add(row)
