"""The thesaurus in force, kept in memory until somebody changes it.

One change is one row; every process sees it at the next request, because the id of the newest row is part of
the version that a reading is kept under.
"""

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

from flask import current_app
from sqlalchemy.exc import OperationalError, ProgrammingError

from app.domain.thesaurus import Concept, Thesaurus, concept_of
from app.infra.database import db
from app.matching.thesaurus_files import FIELDS, FOLDER, read_concepts
from app.matching.vocabulary.queries import changed_concepts, newest_change

_BUILDING = Lock()


@dataclass(frozen=True)
class Version:
    """`change`: id of the newest change, 0 for none; `digest`: of the files, eight hexadecimals."""

    change: int
    digest: str

    def __str__(self) -> str:
        return f"{self.digest}-{self.change}"

    @property
    def text(self) -> str:
        """For under every list of matches."""
        return f"Thesaurus, versie {self}"


@dataclass(frozen=True)
class Vocabulary:
    version: Version
    thesaurus: Thesaurus


def version() -> Version:
    """Of the thesaurus in force. One query."""
    return Version(newest_change(), file_digest())


def vocabulary() -> Vocabulary:
    """The thesaurus in force. One query; a second one after a change."""
    wanted = version()
    kept = _kept().get("vocabulary")
    if kept is None or kept.version != wanted:
        with _BUILDING:
            kept = _kept().get("vocabulary")
            if kept is None or kept.version != wanted:
                kept = Vocabulary(wanted, Thesaurus(concepts(changed_concepts())))
                _kept()["vocabulary"] = kept
    return kept


def thesaurus_or_files() -> Thesaurus:
    """For the command line: with the changes when there is a database that has them, else as in the files."""
    try:
        return vocabulary().thesaurus
    except (OperationalError, ProgrammingError):
        db.session.rollback()
        return Thesaurus(file_concepts().values())


def concepts(changes: dict[str, dict[str, Any] | None]) -> list[Concept]:
    """Those of the files, changed; new ones at the end."""
    found = dict(file_concepts())
    for id, table in changes.items():
        if table is None:
            found.pop(id, None)
        else:
            found[id] = concept_of(id, table)
    return list(found.values())


def table_of(one: Concept) -> dict[str, Any]:
    """As in the file, without what is empty; `concept_of` reads it back."""
    lists = {
        "woorden": one.words,
        "ruimer": one.broader,
        "verwant": one.related,
        "helpt-bij": one.helps,
        "veld": one.field,
    }
    table = {"naam": one.name, "domein": one.domain, "uitleg": one.note}
    return {key: value for key, value in table.items() if value} | {
        key: list(value) for key, value in lists.items() if value
    }


@lru_cache(maxsize=1)
def file_concepts() -> dict[str, Concept]:
    return {one.id: one for one in read_concepts()}


@lru_cache(maxsize=1)
def file_digest() -> str:
    found = hashlib.sha256()
    for path in (FIELDS, *sorted(Path(FOLDER).glob("*.toml"))):
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:8]


def _kept() -> dict[str, Any]:
    """Per application, so that two databases in one process do not mix."""
    return current_app.extensions.setdefault("matching", {})
