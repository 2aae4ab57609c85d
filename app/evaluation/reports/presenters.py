"""The page of the report and the files: what there is to put in them."""

from collections.abc import Collection
from typing import NamedTuple

from app.evaluation.reports.queries import sizes
from app.infra.formats import counted
from app.proposals.policy import left_out


class Summary(NamedTuple):
    """`sentence` counts what is in the files; `left_out` says what is not."""

    sentence: str
    empty: bool
    left_out: str


def summary(addendum_id: int, without: Collection[int]) -> Summary:
    numbers = sizes(addendum_id, without)
    words = (("kandidatuur", "kandidaturen"), ("scoreblad", "scorebladen"), ("jurylid", "juryleden"))
    parts = [counted(number, *forms) for number, forms in zip(numbers, words, strict=True)]
    return Summary(", ".join(parts) + ".", not numbers[1], left_out(len(without)))
