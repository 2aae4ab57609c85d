"""Rules around a division that need neither database nor screen."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.domain.errors import DomainError
from app.evaluation.policy import SEATS

MOST = 50


@dataclass(frozen=True)
class Wish:
    """What is asked of a division. A number that was not understood is -1; `keep`: leave what was changed by
    hand."""

    per_proposal: int
    least: Mapping[str, int] = field(default_factory=dict)
    keep: bool = True

    @property
    def seats(self) -> dict[str, int]:
        """The kinds of seat of which at least one is asked."""
        return {seat: number for seat, number in self.least.items() if number > 0}


def problems_of_wish(wish: Wish, jurors: int) -> list[DomainError]:
    """Everything that is wrong with the numbers, at their fields."""
    found = []
    if not 1 <= wish.per_proposal <= MOST:
        found.append(DomainError("assignment_number_invalid", field="lezers", maximum=MOST))
    elif wish.per_proposal > jurors:
        found.append(DomainError("assignment_more_than_jurors", field="lezers", count=jurors))
    for seat, number in wish.least.items():
        if not 0 <= number <= MOST:
            found.append(DomainError("assignment_least_invalid", field=f"minstens-{seat}", name=SEATS[seat]))
    total = sum(wish.seats.values())
    if not found and total > wish.per_proposal:
        field_name = f"minstens-{next(iter(wish.seats))}"
        found.append(
            DomainError("assignment_least_too_many", field=field_name, total=total, count=wish.per_proposal)
        )
    return found
