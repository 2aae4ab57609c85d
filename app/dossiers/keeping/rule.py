"""One table of a class of records: which rows, and what destruction does to them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, select


@dataclass(frozen=True)
class Scope:
    """A call, and the proposals that a class is about where it is about proposals."""

    addendum_id: int
    proposals: frozenset[int] = frozenset()


Where = Callable[[Scope], ColumnElement[bool]]


@dataclass(frozen=True)
class Rule:
    """`texts` get the sentence where something stands, `values` these values; `delete` the whole row. The
    certificate names the rows of a `listed` rule one by one, with the columns `shown`; of others the number.
    `words` counts them for people: one, more."""

    model: Any
    where: Where
    texts: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    delete: bool = False
    listed: bool = False
    shown: tuple[str, ...] = ()
    words: tuple[str, str] = ("", "")

    @property
    def table(self) -> Any:
        return getattr(self.model, "__table__", self.model)


def of_proposals(column: Any) -> Where:
    return lambda scope: column.in_(scope.proposals)


def of_call(column: Any) -> Where:
    return lambda scope: column == scope.addendum_id


def through(column: Any, parent: Any, where: Where) -> Where:
    return lambda scope: column.in_(select(parent).where(where(scope)))
