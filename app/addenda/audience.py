"""Who hears of a change in a published call, and telling them.

Features further along the road know more people (who is writing a proposal, who asked a question) than
this one may import: they hand a source to `create_app` (setting AUDIENCE_SOURCES).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app

from app.notifications.services import Recipient, enqueue


@dataclass(frozen=True)
class Reached:
    """One person who is told. `stop_url` (absolute) takes a follower off; others are told anyway."""

    email: str
    name: str = ""
    stop_url: str | None = None


Source = Callable[[int], Iterable[Reached]]


def audience(addendum_id: int) -> list[Reached]:
    """Everybody once, by address; who is in several sources keeps no way to stop."""
    found: dict[str, Reached] = {}
    sources: tuple[Source, ...] = current_app.config["AUDIENCE_SOURCES"]
    for source in sources:
        for one in source(addendum_id):
            known = found.get(one.email.casefold())
            if known is None or (known.stop_url and not one.stop_url):
                found[one.email.casefold()] = one
    return sorted(found.values(), key=lambda one: one.email)


def tell(
    people: Iterable[Reached], kind: str, *, subject: str, template: str, at: datetime, **context: Any
) -> int:
    """Queue one mail each, inside the transaction of what happened; how many. The template also knows
    whether the receiver `follows` (and nothing more).

    The messages carry no call: before the opening, a list of them would show who is writing a proposal.
    """
    count = 0
    for one in people:
        enqueue(
            kind,
            to=Recipient(one.email, one.name),
            subject=subject,
            template=template,
            at=at,
            stop_url=one.stop_url,
            follows=one.stop_url is not None,
            **context,
        )
        count += 1
    return count
