"""The index in PostgreSQL: a tsvector of terms that were analysed before, without its own dictionary."""

from collections.abc import Iterable, Sequence

from sqlalchemy import bindparam, text

from app.addenda.finding.index import Hit, Passage, ranked, record
from app.addenda.finding.query import Query, Word
from app.infra.database import db


class PostgresIndex:
    """`SearchIndex` on PostgreSQL."""

    def index(self, addendum_id: int, passages: Sequence[Passage]) -> None:
        self.remove(addendum_id)
        terms, stored, vocabulary = record(passages)
        db.session.execute(
            text(
                "INSERT INTO call_search (addendum_id, terms, passages, words) "
                "VALUES (:id, array_to_tsvector(CAST(:terms AS text[])), :stored, :words)"
            ),
            {"id": addendum_id, "terms": terms, "stored": stored, "words": vocabulary},
        )

    def remove(self, addendum_id: int) -> None:
        db.session.execute(text("DELETE FROM call_search WHERE addendum_id = :id"), {"id": addendum_id})

    def search(self, query: Query) -> list[Hit]:
        rows = db.session.execute(
            text("SELECT addendum_id, passages FROM call_search WHERE terms @@ CAST(:wanted AS tsquery)"),
            {"wanted": " & ".join(_expression(word) for word in query.words)},
        )
        return ranked(((row[0], row[1]) for row in rows), query)

    def known(self) -> set[int]:
        return set(db.session.scalars(text("SELECT addendum_id FROM call_search")))

    def vocabulary(self, addendum_ids: Iterable[int]) -> set[str]:
        wanted = text("SELECT words FROM call_search WHERE addendum_id IN :ids").bindparams(
            bindparam("ids", expanding=True)
        )
        rows = db.session.scalars(wanted, {"ids": list(addendum_ids)})
        return {word for words in rows for word in words.split()}


def _expression(word: Word) -> str:
    """One word as a tsquery. Terms hold letters and digits only; quoted they are no operators."""
    ways = [_any(word.own)]
    if word.beginning:
        ways.append(f"'{word.beginning}':*")
    if word.needed:
        ways.append("(" + " & ".join(_any(part) for part in word.needed) + ")")
    return "(" + " | ".join(ways) + ")"


def _any(terms: tuple[str, ...]) -> str:
    return "(" + " | ".join(f"'{one}'" for one in terms) + ")"
