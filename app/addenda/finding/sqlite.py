"""The index in SQLite: a table of its FTS5, holding terms that were analysed before."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, text

from app.addenda.finding.index import Hit, Passage, ranked, record
from app.addenda.finding.query import Query, Word
from app.infra.database import db


class SqliteIndex:
    """`SearchIndex` on SQLite; the rowid is the call."""

    def index(self, addendum_id: int, passages: Sequence[Passage]) -> None:
        self.remove(addendum_id)
        terms, stored, vocabulary = record(passages)
        db.session.execute(
            text(
                "INSERT INTO call_search (rowid, terms, passages, words) "
                "VALUES (:id, :terms, :stored, :words)"
            ),
            {"id": addendum_id, "terms": " ".join(terms), "stored": stored, "words": vocabulary},
        )

    def remove(self, addendum_id: int) -> None:
        db.session.execute(text("DELETE FROM call_search WHERE rowid = :id"), {"id": addendum_id})

    def search(self, query: Query) -> list[Hit]:
        rows = db.session.execute(
            text("SELECT rowid, passages FROM call_search WHERE call_search MATCH :wanted"),
            {"wanted": " AND ".join(_expression(word) for word in query.words)},
        )
        return ranked(((row[0], row[1]) for row in rows), query)

    def known(self) -> set[int]:
        return set(db.session.scalars(text("SELECT rowid FROM call_search")))

    def vocabulary(self, addendum_ids: Iterable[int]) -> set[str]:
        wanted = text("SELECT words FROM call_search WHERE rowid IN :ids").bindparams(
            bindparam("ids", expanding=True)
        )
        rows = db.session.scalars(wanted, {"ids": list(addendum_ids)})
        return {word for words in rows for word in words.split()}


def _expression(word: Word) -> str:
    """One word in the language of FTS5. Terms hold letters and digits only; quoted they are no operators."""
    ways = [_any(word.own)]
    if word.beginning:
        ways.append(f'terms : "{word.beginning}" *')
    if word.needed:
        ways.append("(" + " AND ".join(_any(part) for part in word.needed) + ")")
    return "(" + " OR ".join(ways) + ")"


def _any(terms: tuple[str, ...]) -> str:
    return "(" + " OR ".join(f'terms : "{one}"' for one in terms) + ")"
