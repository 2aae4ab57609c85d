"""The thesaurus as it is kept: one readable file per part, in `thesaurus/`."""

import tomllib
from functools import lru_cache
from pathlib import Path

from app.domain.errors import DomainError
from app.domain.thesaurus import Concept, Thesaurus, concept_of

FOLDER = Path(__file__).parent / "thesaurus"


def read_concepts(folder: Path = FOLDER) -> list[Concept]:
    """All concepts of the folder. Raises DomainError naming what is wrong."""
    found = []
    for path in sorted(folder.glob("*.toml")):
        try:
            tables = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DomainError("thesaurus_unreadable", file=path.name) from error
        for id, table in tables.items():
            if not isinstance(table, dict):
                raise DomainError("thesaurus_shape", concept=id, part="naam")
            found.append(concept_of(id, table))
    return found


@lru_cache(maxsize=1)
def thesaurus() -> Thesaurus:
    """The thesaurus of the repository, read once."""
    return Thesaurus(read_concepts())
