"""All published calls at once: rows for the feed, the open data list and the spreadsheet. Few queries,
whatever the number of calls or versions."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.addenda.amending.models import AddendumVersion
from app.addenda.models import DeadlineExtension
from app.addenda.public.search import Search, find_calls, towns_and_people
from app.addenda.queries import Call
from app.addenda.takeaway.document import Version, versions_of
from app.addenda.takeaway.questions import PublishedAnswer, published_answers
from app.infra.database import db


@dataclass(frozen=True)
class Listed:
    """A call with where it counts and what was published about it, oldest version and answer first."""

    call: Call
    towns: list[str]
    people: list[str]
    versions: list[Version]
    answers: list[PublishedAnswer]

    @property
    def version(self) -> Version:
        return self.versions[-1]

    @property
    def changed_at(self) -> datetime:
        """When there was last something new to read: a version, or answers."""
        return max([self.version.at, *(one.published_at for one in self.answers)])

    @property
    def just_answered(self) -> int:
        """How many answers are what is new; 0 when a version is newer."""
        return sum(one.published_at == self.changed_at for one in self.answers)


def listed_calls(search: Search, now: datetime) -> list[Listed]:
    """Published calls that match, in the order of the list on screen. At most seven queries."""
    calls = find_calls(search, now)
    ids = [call.id for call in calls]
    towns, people = towns_and_people(ids)
    rows: dict[int, list[tuple[int, datetime, str]]] = {}
    one = AddendumVersion
    for row in db.session.execute(
        select(one.addendum_id, one.number, one.published_at, one.reason)
        .where(one.addendum_id.in_(ids))
        .order_by(one.addendum_id, one.number)
    ):
        rows.setdefault(row.addendum_id, []).append((row.number, row.published_at, row.reason))
    extensions: dict[int, list[DeadlineExtension]] = {}
    for extension in db.session.scalars(
        select(DeadlineExtension)
        .where(DeadlineExtension.addendum_id.in_([key for key in ids if key not in rows]))
        .order_by(DeadlineExtension.id)
    ):
        extensions.setdefault(extension.addendum_id, []).append(extension)
    answers = published_answers(ids)
    return [
        Listed(
            call,
            towns.get(call.id, []),
            [name for name, _ in people.get(call.id, [])],
            versions_of(call, rows.get(call.id, []), extensions.get(call.id, [])),
            answers.get(call.id, []),
        )
        for call in calls
    ]
