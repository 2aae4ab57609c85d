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


def suggest(text: str, addendum_ids: Iterable[int]) -> str | None:
    """What was probably meant: each word that these calls do not know becomes the nearest one that they do.
    None when nothing comes near."""
    vocabulary = sorted(_index().vocabulary(addendum_ids))
    known = set(vocabulary)
    changed = WORD.sub(lambda found: _nearest(found.group(), vocabulary, known), text)
    return changed if fold(changed) != fold(text) else None


def _nearest(typed: str, vocabulary: list[str], known: set[str]) -> str:
    word = fold(typed)
    if word in known or word in STOP_WORDS or len(word) < 3:
        return typed
    near = process.extractOne(
        word, vocabulary, scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=_NEAR
    )
    return near[0] if near else typed


def _published() -> set[int]:
    return set(db.session.scalars(select(Addendum.id).where(Addendum.published_at.is_not(None))))
