"""Search in the texts of published calls, in Dutch, the same on every database.

`reindex` belongs inside the transaction that publishes or amends a call: the index then never shows what is
not public yet, and never lags. Calls that are published but not launched are laid down too; who searches
keeps to the calls that a visitor may see (`app.addenda.search`).
"""

from collections.abc import Iterable

from rapidfuzz import process
from rapidfuzz.distance import DamerauLevenshtein
from sqlalchemy import select

from app.addenda.finding.dutch import STOP_WORDS, WORD, fold
from app.addenda.finding.index import Hit, SearchIndex
from app.addenda.finding.passages import passages_of
from app.addenda.finding.postgres import PostgresIndex
from app.addenda.finding.query import Query, parse
from app.addenda.finding.snippets import Snippet, snippet
from app.addenda.finding.sqlite import SqliteIndex
from app.addenda.models import Addendum
from app.domain.compounds import pieces
from app.infra.database import db, transaction

__all__ = [
    "Hit",
    "Query",
    "Snippet",
    "catch_up",
    "parse",
    "reindex",
    "reindex_all",
    "search",
    "snippet",
    "suggest",
]
_NEAR = 0.7


def _index() -> SearchIndex:
    return PostgresIndex() if db.session.get_bind().dialect.name == "postgresql" else SqliteIndex()


def reindex(addendum_id: int) -> None:
    """Lay down what can be found of a call as it stands; one that is not published is taken out."""
    passages = passages_of(addendum_id)
    if passages:
        _index().index(addendum_id, passages)
    else:
        _index().remove(addendum_id)


def reindex_all() -> int:
    """Every published call anew, and nothing else; how many."""
    with transaction():
        published = _published()
        for addendum_id in _index().known() - published:
            _index().remove(addendum_id)
        for addendum_id in sorted(published):
            reindex(addendum_id)
    return len(published)


def catch_up() -> int:
    """The published calls that the index does not know, as after its table was made; how many."""
    with transaction():
        missing = _published() - _index().known()
        for addendum_id in sorted(missing):
            reindex(addendum_id)
    return len(missing)


def search(query: Query) -> list[Hit]:
    """One database query."""
    return _index().search(query) if query else []


def suggest(text: str, addendum_ids: Iterable[int]) -> list[str]:
    """What was probably meant, the most likely first: each word that these calls do not know, not even as a
    part of another, becomes the nearest one that they do; then the same without the words that nothing
    comes near to. Empty when there is nothing to change."""
    words = _index().vocabulary(addendum_ids)
    known = words | {one.base for word in words for one in pieces(word)}
    vocabulary = sorted(known)
    nearest = {one: _nearest(fold(one), vocabulary, known) for one in dict.fromkeys(WORD.findall(text))}
    changed = WORD.sub(lambda found: nearest[found.group()] or found.group(), text)
    kept = WORD.sub(lambda found: nearest[found.group()] or "", text)
    offers = dict.fromkeys(" ".join(one.split()) for one in (changed, kept))
    return [one for one in offers if WORD.search(one) and fold(one) != fold(" ".join(text.split()))]


def _nearest(word: str, vocabulary: list[str], known: set[str]) -> str | None:
    """The word itself when it is known or too small to judge; None when nothing comes near."""
    if word in known or word in STOP_WORDS or len(word) < 3:
        return word
    near = process.extractOne(
        word, vocabulary, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_NEAR
    )
    return str(near[0]) if near else None


def _published() -> set[int]:
    return set(db.session.scalars(select(Addendum.id).where(Addendum.published_at.is_not(None))))
