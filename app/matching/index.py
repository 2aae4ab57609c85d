"""Who can take away which obstacle: every offer of every active organisation beside the obstacles of a call.

Rests on profiles and offers alone, never on proposals or followers: before the opening nothing here may tell
who applies. Per process the latest calls are kept in memory; of what changed only that is read again.
"""

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from threading import Lock, RLock
from typing import Any

import numpy as np
from flask import current_app
from sqlalchemy import select

from app.addenda.models import Challenge, Obstacle
from app.domain.errors import NotFound
from app.domain.match_levels import Sure, sure
from app.domain.match_reasons import Reason
from app.domain.match_weights import THRESHOLD
from app.domain.matching import MOST_CHARACTERS, MatchIndex
from app.infra.database import db
from app.matching.background import with_background
from app.matching.reason_sentences import sentence
from app.matching.vocabulary.store import Version, Vocabulary, vocabulary
from app.organisations.models import Offer, Organisation

MOST_CALLS = 48  # kept in memory; about a kilobyte for an offer in a call
ABOUT = 0.6  # what a match that only "about us" gives keeps of its score
_MAKING = Lock()
_IN_ONE_GO = 500  # organisations in one query
_Versions = dict[int, tuple[int, int]]
_Read = Callable[[tuple[int, ...]], dict[int, dict[str, str]]]


@dataclass(frozen=True)
class Match:
    """An organisation for an obstacle, by the offer that fits best; `offer_id` None when only what it says
    about itself does. `score` 0..1. `reasons` are found when asked for (half a millisecond), the strongest
    first."""

    obstacle_id: int
    organisation_id: int
    offer_id: int | None
    score: float
    sure: Sure
    _why: Callable[[], tuple[Reason, ...]] = field(repr=False, compare=False)

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        return self._why()


def matches(addendum_id: int, organisation_ids: Collection[int] | None = None) -> dict[int, list[Match]]:
    """{obstacle id: one match per organisation, best first}; an obstacle that nobody matches has an empty
    list, an organisation below the threshold is left out. Three queries, two more for what changed."""
    return matches_in([addendum_id], organisation_ids)[addendum_id]


def matches_in(
    addendum_ids: Collection[int], organisation_ids: Collection[int] | None = None
) -> dict[int, dict[int, list[Match]]]:
    """The same for several calls, with as many queries as for one."""
    needs, known, versions, read = _needs_in(addendum_ids), vocabulary(), _versions(), cache(_texts)
    return {id: _index(id, needs[id], known).matches(versions, read, organisation_ids) for id in addendum_ids}


def sentences(reasons: Iterable[Reason]) -> list[str]:
    """Why, in Dutch, the strongest first."""
    return [sentence(one) for one in reasons]


def needs_of(addendum_id: int) -> dict[int, str]:
    """{obstacle id: what is matched}, in the order of the addendum."""
    return _needs_in([addendum_id])[addendum_id]


def _needs_in(addendum_ids: Collection[int]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {id: {} for id in addendum_ids}
    for row in db.session.execute(
        select(Challenge.addendum_id, Obstacle.id, Obstacle.label)
        .join(Challenge, Challenge.id == Obstacle.challenge_id)
        .where(Challenge.addendum_id.in_(addendum_ids))
        .order_by(Challenge.number, Obstacle.position, Obstacle.id)
    ):
        found[row.addendum_id][row.id] = row.label[:MOST_CHARACTERS]
    return found


class CallIndex:
    """The offers against the obstacles of one call, as these texts and this thesaurus have it."""

    def __init__(self, key: tuple[str, Version], needs: dict[int, str], known: Vocabulary) -> None:
        self.key = key
        own = {str(id): text for id, text in needs.items()}
        self._needs = tuple(own)
        self._index = MatchIndex(with_background(own, known.thesaurus), known.thesaurus)
        self._lock = RLock()
        self._seen: dict[int, tuple[int, int]] = {}
        self._held: dict[int, list[str]] = {}
        self._rows: list[tuple[int, str]] | None = None
        self._scores = np.zeros((0, len(needs)), np.float32)

    def matches(
        self, versions: _Versions, read: _Read, organisation_ids: Collection[int] | None
    ) -> dict[int, list[Match]]:
        with self._lock:
            self._refresh(versions, read)
            rows, scores = self._table()
        wanted = None if organisation_ids is None else set(organisation_ids)
        return {
            int(need): self._best(need, rows, scores[:, column], wanted)
            for column, need in enumerate(self._needs)
        }

    def _best(
        self, need: str, rows: Sequence[tuple[int, str]], scores: Any, wanted: set[int] | None
    ) -> list[Match]:
        best: dict[int, Match] = {}
        for place in np.flatnonzero(scores >= THRESHOLD).tolist():
            (organisation, name), score = rows[place], round(float(scores[place]), 4)
            level = sure(score)
            if level is None or (wanted is not None and organisation not in wanted):
                continue
            if organisation not in best or best[organisation].score < score:
                best[organisation] = self._match(need, organisation, name, score, level)
        return sorted(best.values(), key=lambda one: (-one.score, one.organisation_id))

    def _match(self, need: str, organisation: int, name: str, score: float, level: Sure) -> Match:
        offer = None if name.startswith("about") else int(name)
        return Match(int(need), organisation, offer, score, level, lambda: self._why(need, name))

    def _why(self, need: str, name: str) -> tuple[Reason, ...]:
        try:
            return self._index.match(need, name).reasons
        except (NotFound, KeyError):  # taken away since
            return ()

    def _table(self) -> tuple[list[tuple[int, str]], Any]:
        if self._rows is None:
            self._rows = [(id, name) for id, names in self._held.items() for name in names]
            width = len(self._needs)
            rows = [self._index.scores(name)[:width] * _share(name) for _, name in self._rows]
            self._scores = np.array(rows, np.float32).reshape(len(rows), width)
        return self._rows, self._scores

    def _refresh(self, versions: _Versions, read: _Read) -> None:
        gone = [id for id in self._seen if id not in versions]
        stale = [id for id, version in versions.items() if self._seen.get(id) != version]
        for id in (*gone, *stale):
            for name in self._held.pop(id, ()):
                self._index.remove(name)
            self._seen.pop(id, None)
        texts = read(tuple(stale)) if stale else {}
        self._index.add_all({name: text for found in texts.values() for name, text in found.items()})
        for id in stale:
            self._held[id] = list(texts.get(id, ()))
            self._seen[id] = versions[id]
        if gone or stale:
            self._rows = None


def _index(addendum_id: int, needs: dict[int, str], known: Vocabulary) -> CallIndex:
    """The kept one when obstacles and thesaurus are still the same; the calls asked for longest ago go."""
    digest = hashlib.sha256(json.dumps(list(needs.items())).encode()).hexdigest()
    key = digest, known.version
    with _MAKING:
        kept: OrderedDict[int, CallIndex] = current_app.extensions.setdefault("matching", {}).setdefault(
            "calls", OrderedDict()
        )
        if addendum_id not in kept or kept[addendum_id].key != key:
            kept[addendum_id] = CallIndex(key, needs, known)
        kept.move_to_end(addendum_id)
        while len(kept) > MOST_CALLS:
            kept.popitem(last=False)
        return kept[addendum_id]


def _versions() -> _Versions:
    """Of every active organisation, by id. Read before the texts: what changes in between is read twice."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.version, Organisation.offers_version)
        .where(Organisation.merged_into_id.is_(None))
        .order_by(Organisation.id)
    )
    return {row.id: (row.version, row.offers_version) for row in rows}


def _texts(organisation_ids: tuple[int, ...]) -> dict[int, dict[str, str]]:
    """{organisation: {offer id, or "about" and its own id: text}}, without empty texts."""
    found: dict[int, dict[str, str]] = {}
    for start in range(0, len(organisation_ids), _IN_ONE_GO):
        some = organisation_ids[start : start + _IN_ONE_GO]
        offers = select(Offer.id, Offer.organisation_id, Offer.title, Offer.description)
        for row in db.session.execute(offers.where(Offer.organisation_id.in_(some)).order_by(Offer.position)):
            _put(found, row.organisation_id, str(row.id), f"{row.title}. {row.description}")
        about = select(Organisation.id, Organisation.about).where(Organisation.id.in_(some))
        for one in db.session.execute(about.where(Organisation.about != "")):
            _put(found, one.id, f"about{one.id}", one.about)
    return found


def _put(found: dict[int, dict[str, str]], organisation_id: int, name: str, text: str) -> None:
    if text.strip(" ."):
        found.setdefault(organisation_id, {})[name] = text[:MOST_CHARACTERS]


def _share(name: str) -> float:
    return ABOUT if name.startswith("about") else 1.0
