"""The thesaurus as it is kept: one readable file per part, in `thesaurus/`."""

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.domain.errors import DomainError
from app.domain.thesaurus import Concept, Thesaurus, concept_of

FOLDER = Path(__file__).parent / "thesaurus"
FIELDS = Path(__file__).parent / "word_fields.toml"


def read_concepts(folder: Path = FOLDER) -> list[Concept]:
    """All concepts of the folder, with their word fields. Raises DomainError naming what is wrong."""
    fields, found = _tables(FIELDS), []
    for path in sorted(folder.glob("*.toml")):
        for id, table in _tables(path).items():
            if not isinstance(table, dict):
                raise DomainError("thesaurus_shape", concept=id, part="naam")
            found.append(concept_of(id, {"veld": fields.get(id, "").split(), **table}))
    return found


def _tables(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DomainError("thesaurus_unreadable", file=path.name) from error


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The thesaurus of the repository, read once."""
    return Thesaurus(read_concepts())
