"""What a region asks of the composition of its jury, and what is lacking."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

TOTAL = "total"
MOST = 50  # seats of one kind, or in all, that can be asked


@dataclass(frozen=True)
class Rule:
    """`least`: {kind of seat: how many at least}; `total` of all kinds together. 0 asks nothing."""

    least: Mapping[str, int]
    total: int = 0

    @property
    def asks(self) -> bool:
        return bool(self.total) or any(self.least.values())


class Lack(NamedTuple):
    """`kind` is a kind of seat, or TOTAL."""

    kind: str
    wanted: int
    has: int


def lacking(rule: Rule, seats: Iterable[str]) -> tuple[Lack, ...]:
    """What these seats lack, in the order of the rule, the total last; () when the rule is met."""
    has = Counter(seats)
    found = [Lack(kind, wanted, has[kind]) for kind, wanted in rule.least.items() if has[kind] < wanted]
    if has.total() < rule.total:
        found.append(Lack(TOTAL, rule.total, has.total()))
    return tuple(found)
