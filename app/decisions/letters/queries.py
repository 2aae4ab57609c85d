"""Reading the words of letters, the letters that are ready, and the archive."""

import hashlib
import json
from collections.abc import Collection, Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.models import Addendum
from app.decisions.letters.wording import PROPOSED, Words
from app.decisions.models import Decision, Letter, LetterRun, LetterText, PreparedLetter
from app.domain.errors import NotFound
from app.infra.database import db
from app.proposals.letters import LetterData


class Stored(NamedTuple):
    """The words for one outcome as they count now; version 0 and no author when nobody changed them."""

    words: Words
    version: int = 0
    by: str = ""
    at: datetime | None = None

    def is_proposed(self, outcome: str) -> bool:
        return self.words == PROPOSED[outcome]


def words_of(addendum_id: int) -> dict[str, Stored]:
    """{outcome: words} for every outcome. One query."""
    rows = db.session.execute(
        select(
            LetterText.outcome,
            LetterText.opening,
            LetterText.next_steps,
            LetterText.closing,
            LetterText.version,
            User.name,
            LetterText.at,
        )
        .join(User, User.id == LetterText.by_id)
        .where(LetterText.addendum_id == addendum_id)
    )
    found = {row[0]: Stored(Words(*row[1:4]), row[4], row[5], row[6]) for row in rows}
    return {outcome: found.get(outcome, Stored(words)) for outcome, words in PROPOSED.items()}


def previous_call(addendum_id: int) -> int | None:
    """The newest other call of the same region that has words of its own."""
    area = select(Addendum.service_area_id).where(Addendum.id == addendum_id).scalar_subquery()
    return db.session.scalar(
        select(Addendum.id)
        .where(
            Addendum.service_area_id == area,
            Addendum.id != addendum_id,
            Addendum.id.in_(select(LetterText.addendum_id)),
        )
        .order_by(Addendum.created_at.desc(), Addendum.id.desc())
        .limit(1)
    )


def digest(data: LetterData) -> str:
    """SHA-256 of what a letter says, in one spelling."""
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def ready(letters: Mapping[int, LetterData]) -> set[int]:
    """The decisions whose letter is made and still says what it must say."""
    rows = db.session.execute(
        select(PreparedLetter.decision_id, PreparedLetter.data_sha256).where(
            PreparedLetter.decision_id.in_(list(letters))
        )
    )
    return {one for one, made_from in rows if made_from == digest(letters[one])}


def prepared(letters: Mapping[int, LetterData]) -> dict[int, bytes]:
    """{decision: PDF} of what `ready` names."""
    rows = db.session.execute(
        select(PreparedLetter.decision_id, PreparedLetter.data_sha256, PreparedLetter.pdf).where(
            PreparedLetter.decision_id.in_(list(letters))
        )
    )
    return {one: pdf for one, made_from, pdf in rows if made_from == digest(letters[one])}


def made_before(decision_ids: Collection[int]) -> set[int]:
    """The decisions for which there is a letter, whether it still fits or not."""
    return set(
        db.session.scalars(
            select(PreparedLetter.decision_id).where(PreparedLetter.decision_id.in_(list(decision_ids)))
        )
    )


def run_of(addendum_id: int) -> LetterRun | None:
    """How the making of all letters stands, read anew; None when it was never asked."""
    return db.session.scalar(
        select(LetterRun)
        .where(LetterRun.addendum_id == addendum_id)
        .execution_options(populate_existing=True)
    )


def last_made(addendum_id: int) -> datetime | None:
    """When a letter of this call was last made ahead; None when none is there."""
    return db.session.scalar(
        select(func.max(PreparedLetter.made_at))
        .join(Decision, Decision.id == PreparedLetter.decision_id)
        .where(Decision.addendum_id == addendum_id)
    )


def unfinished_runs(before: datetime) -> list[int]:
    """Calls whose letters are asked and not all made, and where nothing happened since `before`."""
    last = (
        select(func.max(PreparedLetter.made_at))
        .join(Decision, Decision.id == PreparedLetter.decision_id)
        .where(Decision.addendum_id == LetterRun.addendum_id)
        .correlate(LetterRun)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(LetterRun.addendum_id, LetterRun.asked_at, last).where(LetterRun.finished_at.is_(None))
    )
    return [one for one, asked, made in rows if max(asked, made or asked) <= before]


def letter_file(decision_id: int) -> bytes:
    """The letter of a decision as it is in the archive; NotFound when it is not there."""
    pdf = db.session.scalar(select(Letter.pdf).where(Letter.decision_id == decision_id))
    if pdf is None:
        raise NotFound("letter")
    return pdf
