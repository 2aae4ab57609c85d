"""One published call as every form of it (PDF, DOCX, calendar, JSON) reads it: the only module here that
asks the database about a single call."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.addenda.amending.models import AddendumVersion
from app.addenda.amending.snapshots import section_from_json
from app.addenda.drafting.sections import Dates
from app.addenda.public.queries import CriterionRow, PersonaRow, PublicPage, load_page
from app.addenda.queries import Call
from app.addenda.takeaway.questions import PublishedAnswer, published_answers
from app.addenda.takeaway.steps import (
    PastDates,
    StepEvent,
    events,
    events_without_history,
    objection_step,
)
from app.domain.timeline import PitchWindow, last_accepted_minute, local_day, start_of_day
from app.infra.database import db
from app.notifications.services import page_url


@dataclass(frozen=True)
class Version:
    """What was public from `at` on; the first has no reason."""

    number: int
    at: datetime
    reason: str


@dataclass(frozen=True)
class Takeaway:
    """`page` as `public.load_page` gives it; `versions` oldest first, at least one."""

    call: Call
    page: PublicPage
    versions: list[Version]
    steps: list[StepEvent]
    answers: list[PublishedAnswer]

    @property
    def url(self) -> str:
        """The page of the call, as everybody can open it."""
        return page_url("addenda.show", addendum_id=self.call.id)

    @property
    def version(self) -> Version:
        return self.versions[-1]

    @property
    def towns(self) -> list[str]:
        return self.page.lists.get("municipality", [])


def load_takeaway(call: Call) -> Takeaway:
    """Everything to take away about a call that was found visible before. Ten queries."""
    page = load_page(call.id)
    rows = _version_rows(call.id)
    dates = dates_of(call, page)
    return Takeaway(
        call,
        page,
        versions_of(call, [(row.number, row.published_at, row.reason) for row in rows], page.extensions),
        _steps(call, page, dates, rows),
        published_answers([call.id]).get(call.id, []),
    )


def _version_rows(addendum_id: int) -> list[Any]:
    one = AddendumVersion
    return list(
        db.session.execute(
            select(
                one.number,
                one.published_at,
                one.reason,
                one.snapshot["basics"]["title"].label("title"),
                one.snapshot["dates"].label("dates"),
            )
            .where(one.addendum_id == addendum_id)
            .order_by(one.number)
        )
    )


def versions_of(call: Call, rows: list[tuple[int, datetime, str]], extensions: list[Any]) -> list[Version]:
    """The versions in order; a call from before versions were kept has its publication and its extensions.
    A version counts from the launch on: nobody could read it before."""
    first_seen = _visible_from(call)
    if not rows:
        later = [(number, one.at, one.reason) for number, one in enumerate(extensions, start=2)]
        rows = [(1, first_seen, ""), *later]
    return [Version(number, max(at, first_seen), reason) for number, at, reason in rows]


def _visible_from(call: Call) -> datetime:
    published = call.facts.published_at
    launch = start_of_day(call.launch) if call.launch else None
    known = [one for one in (published, launch) if one is not None]
    if not known:
        raise ValueError(f"call {call.id} is not published")
    return max(known)


def dates_of(call: Call, page: PublicPage) -> Dates:
    """The timeline as the editor holds it."""
    return Dates(
        launch=call.launch,
        questions_until=page.questions_until,
        deadline=last_accepted_minute(call.deadline) if call.deadline else None,
        written_from=call.written_from,
        written_until=call.written_until,
        windows=tuple(PitchWindow(*window) for window in page.windows),
        decision_before=call.decision_before,
        objection_days=call.objection_days,
    )


def _steps(call: Call, page: PublicPage, dates: Dates, rows: list[Any]) -> list[StepEvent]:
    """The rows of the call are what counts now, whatever the last snapshot says."""
    first_seen = _visible_from(call)
    if rows:
        past = [
            PastDates(row.number, max(row.published_at, first_seen), row.title, _as_dates(row.dates))
            for row in rows[:-1]
        ]
        last = PastDates(rows[-1].number, max(rows[-1].published_at, first_seen), call.title, dates)
        kept = {row.published_at for row in rows}
        found = events([*past, last], [one.at for one in page.extensions if one.at not in kept])
    else:
        found = events_without_history(dates, first_seen, [one.at for one in page.extensions])
    return [*found, *_objections(call)]


def _as_dates(data: dict[str, Any]) -> Dates:
    section = section_from_json("timeline", data)
    if not isinstance(section, Dates):
        raise TypeError("a snapshot without dates")
    return section


def _objections(call: Call) -> list[StepEvent]:
    """The term of everybody who was told in the one act. Who is told later has the own days: those are on the
    own page, and never in what everybody reads."""
    end, told = call.facts.common_window_end_at, call.facts.communicated_at
    if end is None or told is None:
        return []
    return [StepEvent(objection_step(local_day(end - timedelta(seconds=1))), 0, told)]


def least_level(criterion: CriterionRow) -> float:
    """What a criterion must reach at least: its own minimum, else half of its highest level."""
    highest = max((value for value, _ in criterion.levels), default=0)
    return float(highest / 2 if criterion.minimum is None else criterion.minimum)


def names_in(personas: list[PersonaRow]) -> str:
    """ "Nora, Bart en Freddy"."""
    names = [one.name for one in personas]
    return " en ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def portrait_url(key: str) -> str:
    return page_url("static", filename=f"portraits/{key}.svg")
