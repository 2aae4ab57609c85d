"""Who hears of a change in a published call, and telling them.

Features further along the road know more people (who is writing a proposal, who asked a question) than
this one may import: they hand a source to `create_app` (setting AUDIENCE_SOURCES). What only one of
those people may read in the mail comes the same way (setting AUDIENCE_LINES).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
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
OwnLines = Mapping[str, Sequence[Any]]
"""{casefolded address: what the mail to it alone says}; the template draws it."""
Lines = Callable[[int, datetime], OwnLines]
NOTHING: OwnLines = {}


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


def own_lines(addendum_id: int, now: datetime) -> OwnLines:
    """What only the receiver reads, once the rows of what is told were written."""
    found: dict[str, list[Any]] = {}
    makers: tuple[Lines, ...] = current_app.config["AUDIENCE_LINES"]
    for make in makers:
        for address, lines in make(addendum_id, now).items():
            found.setdefault(address, []).extend(lines)
    return found


def tell(
    people: Iterable[Reached],
    kind: str,
    *,
    subject: str,
    template: str,
    at: datetime,
    own: OwnLines = NOTHING,
    **context: Any,
) -> int:
    """Queue one mail each, inside the transaction of what happened; how many. The template also knows
    whether the receiver `follows`, and the receiver's `own` lines (and nothing more).

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
            own=own.get(one.email.casefold(), ()),
            **context,
        )
        count += 1
    return count
