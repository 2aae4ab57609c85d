"""What the texts support: how clearly the answer about an obstacle speaks of that obstacle.

Reading costs some ten milliseconds an answer. The worker reads what was opened and keeps the scores in a
table (`read_what_was_opened`, a SWEEP); a page that comes before it reads a few itself and says of the rest
that they were not read yet. An answer that does not open supports nothing, and holds up no other.
"""

import itertools
import json
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import delete, or_, select

from app.addenda.models import CallFact
from app.domain.matching import MOST_CHARACTERS, Match, MatchIndex
from app.infra.database import db, transaction
from app.infra.sweeps import rhythm
from app.matching.background import with_background
from app.matching.index import needs_of
from app.matching.models import TextSupport
from app.matching.vocabulary.store import Vocabulary, version, vocabulary
from app.proposals.content import obstacles
from app.proposals.models import Claim, Proposal, Submission
from app.proposals.queries import in_the_running, of_opened_call
from app.proposals.seal.sealing import examine
from app.proposals.wording import ANSWER_PARTS

WHILE_WAITING = 40  # answers that a page reads itself
ONE_TURN = 200  # answers in one turn of the worker
_ROOM = 3000  # submissions whose scores are kept in memory, and _INDEXES calls
_INDEXES = 8
_numbers = itertools.count()
_lock = Lock()
Scores = dict[int, dict[int, float]]


class ClaimRow(NamedTuple):
    """An obstacle taken up in a submission; `score` None when its answer was not read yet."""

    proposal_id: int
    organisation_id: int
    submission_id: int
    sha256: str
    obstacle_id: int
    score: float | None


@dataclass(frozen=True)
class Supported:
    """`scores` by (proposal, obstacle); `claims` of everybody in the running, also of who was not read."""

    claims: Sequence[ClaimRow]
    scores: Mapping[tuple[int, int], float]

    @property
    def unread(self) -> int:
        return len(self.claims) - len(self.scores)


def supported(addendum_id: int, at_most: int | None = WHILE_WAITING) -> Supported:
    """Every claim of a call with its score; of what nobody read yet at most so many answers are read now.
    One query; at most five more when something was not read."""
    claims = _claims(addendum_id)
    scores = {(row.proposal_id, row.obstacle_id): row.score for row in claims if row.score is not None}
    missing = [row for row in claims if row.score is None]
    if missing:
        found = _read_now(addendum_id, missing, at_most)
        for row in missing:
            if row.obstacle_id in found.get(row.submission_id, {}):
                scores[row.proposal_id, row.obstacle_id] = found[row.submission_id][row.obstacle_id]
    return Supported(claims, scores)


def explained(addendum_id: int, obstacle_id: int, texts: Mapping[int, str]) -> dict[int, Match]:
    """{key: why this text is about the obstacle}, for texts by any key; empty ones are left out."""
    needs = needs_of(addendum_id)
    if obstacle_id not in needs:
        return {}
    index, need = _index(needs, vocabulary()), str(obstacle_id)
    names = {key: f"{next(_numbers)}" for key, text in texts.items() if text.strip()}
    index.add_all({name: texts[key][:MOST_CHARACTERS] for key, name in names.items()})
    try:
        return {key: index.match(need, name) for key, name in names.items()}
    finally:
        for name in names.values():
            index.remove(name)


@rhythm(timedelta(minutes=1), again=True)
def read_what_was_opened(now: datetime, most: int = ONE_TURN) -> int:
    """Read answers that were not read, or with an older thesaurus as long as the call is not decided and
    told; the number of answers that were read. A SWEEP of the worker, which gives it the time."""
    current = str(version())
    told = select(CallFact.addendum_id).where(CallFact.kind == "communicated")
    older = TextSupport.version != current
    rows = db.session.execute(
        _statement(Submission.addendum_id)
        .where(
            or_(TextSupport.score.is_(None), older & Submission.addendum_id.not_in(told)),
            Submission.id.not_in(_unreadable()),
        )
        .order_by(Submission.addendum_id, Submission.id)
        .limit(most)
    ).all()
    count = 0
    for addendum_id, group in itertools.groupby(rows, key=lambda row: row[-1]):
        known = vocabulary()
        found = _read(needs_of(addendum_id), known, _by_submission(group))
        _keep(found, str(known.version))
        count += sum(map(len, found.values()))
    return count


def _keep(scores: Scores, read_with: str) -> None:
    with transaction():
        for submission, found in scores.items():
            db.session.execute(
                delete(TextSupport).where(
                    TextSupport.submission_id == submission, TextSupport.obstacle_id.in_(found)
                )
            )
            db.session.add_all(
                TextSupport(submission_id=submission, obstacle_id=one, score=score, version=read_with)
                for one, score in found.items()
            )


def _statement(*more: Any) -> Any:
    """Claims in the running of opened calls, with what is known of their text."""
    return (
        select(
            Submission.proposal_id,
            Proposal.organisation_id,
            Submission.id,
            Submission.content_sha256,
            Claim.obstacle_id,
            TextSupport.score,
            *more,
        )
        .select_from(Claim)
        .join(Submission, Submission.id == Claim.submission_id)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .outerjoin(
            TextSupport,
            (TextSupport.submission_id == Claim.submission_id)
            & (TextSupport.obstacle_id == Claim.obstacle_id),
        )
        .where(in_the_running(), of_opened_call())
    )


def _claims(addendum_id: int) -> list[ClaimRow]:
    rows = db.session.execute(
        _statement().where(Submission.addendum_id == addendum_id).order_by(Submission.id, Claim.obstacle_id)
    )
    return [ClaimRow(*row) for row in rows]


def _by_submission(rows: Iterable[Any]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row[2], set()).add(row[4])
    return found


def _read_now(addendum_id: int, missing: Sequence[ClaimRow], at_most: int | None) -> Scores:
    """From memory, and as many answers more as may be waited for."""
    known, needs = vocabulary(), needs_of(addendum_id)
    memory = _memory("support")
    keys = {row.submission_id: (row.sha256, str(known.version)) for row in missing}
    found: Scores = {one: memory[key] for one, key in keys.items() if key in memory}
    wanted = _by_submission(row for row in missing if row.submission_id not in found.keys() | _unreadable())
    room = sum(map(len, wanted.values())) if at_most is None else at_most
    chosen: dict[int, set[int]] = {}
    for one, ids in wanted.items():
        room -= len(ids)
        if room >= 0 or not chosen:
            chosen[one] = ids
    for one, scores in (_read(needs, known, chosen) if chosen else {}).items():
        found[one] = memory[keys[one]] = scores
    _trim(memory, _ROOM)
    for row in missing:
        if row.submission_id in _unreadable():
            found.setdefault(row.submission_id, {})[row.obstacle_id] = 0.0
    return found


def _read(needs: dict[int, str], known: Vocabulary, wanted: Mapping[int, set[int]]) -> Scores:
    """The scores of these answers, each beside its own obstacle; without those that do not open."""
    index, place = _index(needs, known), {one: at for at, one in enumerate(needs)}
    found: Scores = {}
    for submission, answers in answers_of(wanted).items():
        if answers is None:
            _unreadable().add(submission)
            continue
        ids = [one for one in answers if one in wanted[submission] and one in place]
        names = {one: f"{next(_numbers)}" for one in ids}
        index.add_all({name: answers[one][:MOST_CHARACTERS] for one, name in names.items()})
        found[submission] = {
            one: round(float(index.scores(name)[place[one]]), 4) for one, name in names.items()
        }
        for name in names.values():
            index.remove(name)
    return found


def answers_of(submission_ids: Iterable[int]) -> dict[int, dict[int, str] | None]:
    """{submission: {obstacle: all that it answers about it}}; None for one that does not open."""
    return {
        submission: None
        if text is None
        else {one["id"]: "\n".join(filter(None, parts_of(one))) for one in obstacles(json.loads(text))}
        for submission, text in examine(list(submission_ids)).items()
    }


def parts_of(answer: Mapping[str, Any]) -> list[str]:
    return [answer.get(part.key) or "" for part in ANSWER_PARTS]


def _index(needs: dict[int, str], known: Vocabulary) -> MatchIndex:
    """Without any offer: what is read is taken out again at once."""
    kept, key = _memory("readers"), (tuple(needs.items()), known.version)
    if key not in kept:
        texts = with_background({str(id): text for id, text in needs.items()}, known.thesaurus)
        kept[key] = MatchIndex(texts, known.thesaurus)
        _trim(kept, _INDEXES)
    return kept[key]


def _unreadable() -> set[int]:
    """Submissions that this process could not open; it does not try them again."""
    found: set[int] = current_app.extensions.setdefault("matching", {}).setdefault("unreadable", set())
    return found


def _memory(name: str) -> OrderedDict[Any, Any]:
    memory: OrderedDict[Any, Any] = current_app.extensions.setdefault("matching", {}).setdefault(
        name, OrderedDict()
    )
    return memory


def _trim(memory: OrderedDict[Any, Any], room: int) -> None:
    with _lock:
        while len(memory) > room:
            memory.popitem(last=False)
