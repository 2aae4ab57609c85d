"""The questions about a call that were answered for all, as the documents carry them.

They belong to a feature further along the road, which may not be imported here: it hands a function to
`create_app` (setting PUBLISHED_ANSWERS).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app


@dataclass(frozen=True)
class PublishedAnswer:
    """`number` counts within the call; `question` is plain text, `answer` Markdown."""

    number: int
    question: str
    answer: str
    published_at: datetime


Source = Callable[[Sequence[int]], dict[int, list[PublishedAnswer]]]


def published_answers(addendum_ids: Sequence[int]) -> dict[int, list[PublishedAnswer]]:
    """By call, in the order of publication; a call without answers may be missing. One query."""
    source: Source = current_app.config["PUBLISHED_ANSWERS"]
    return source(addendum_ids)
