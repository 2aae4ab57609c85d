"""How a table of the database says where its rows go in a dossier."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Table

from app.addenda.models import Challenge
from app.proposals.models import Proposal

STORED = frozenset(("object_key", "pdf", "key"))
"""Columns of bytes that are files of their own, and of keys."""
Model = Any
Step = tuple[Model, ColumnElement[bool]]


@dataclass(frozen=True)
class Source:
    """`of` is the column that names the call, reached past the tables in `through`. `path` is the file
    without its extension, with {group} where `group` (a column) divides it. `only` what belongs in a dossier:
    never what is still being written. `without` columns nobody needs to keep."""

    model: Model
    path: str
    kind: str
    of: Any
    through: tuple[Step, ...] = ()
    group: Any = None
    only: tuple[Any, ...] = ()
    without: frozenset[str] = field(default_factory=frozenset)

    @property
    def table(self) -> Table:
        found: Any = getattr(self.model, "__table__", self.model)
        return found  # type: ignore[no-any-return]


def of_challenge(model: Model) -> tuple[Step, ...]:
    return ((Challenge, Challenge.id == model.challenge_id),)


def of_proposal(model: Model) -> tuple[Step, ...]:
    return ((Proposal, Proposal.id == model.proposal_id),)


def of_call(model: Model, path: str, kind: str, **more: Any) -> Source:
    return Source(model, path, kind, model.addendum_id, **more)
