"""Until when a question can be asked, and which ones say the same. Plain facts in and out."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from rapidfuzz import fuzz, process, utils

from app.domain.timeline import end_of_day

ALIKE = 70
OFFERED = 3


def closes_at(questions_until: date | None, deadline: datetime | None) -> datetime | None:
    """The first instant that is too late: after the last day for questions, and never after the deadline."""
    limits = [end_of_day(questions_until) if questions_until else None, deadline]
    return min((one for one in limits if one is not None), default=None)


def alike(text: str, known: Iterable[tuple[int, str]]) -> Sequence[int]:
    """Ids of at most three known questions that look like this one, the closest first.

    The score is rapidfuzz's token_set_ratio (0-100): word order and extra words hardly count.
    """
    found = process.extract(
        text,
        dict(known),
        scorer=fuzz.token_set_ratio,
        processor=utils.default_process,
        score_cutoff=ALIKE,
        limit=OFFERED,
    )
    return [key for _, _, key in found]
