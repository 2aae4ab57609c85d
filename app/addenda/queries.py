"""Reading calls."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.addenda.models import Addendum, CallFact, PitchWindow
from app.domain.access import Subject
from app.domain.errors import NotFound
from app.domain.timeline import CallFacts, Phase, end_of_day, local_day, phase
from app.infra.database import db
from app.regions.models import ServiceArea


@dataclass(frozen=True)
class Region:
    id: int
    name: str


def region_name(service_area_id: int) -> Region:
    """NotFound when there is none."""
    row = db.session.execute(
        select(ServiceArea.id, ServiceArea.name).where(ServiceArea.id == service_area_id)
    ).first()
    if row is None:
        raise NotFound("service_area")
    return Region(row.id, row.name)


@dataclass(frozen=True)
class Call:
    """What every page about a call needs: its name, dates and where it stands at `now`."""

    id: int
    title: str
    service_area_id: int
    service_area: str
    launch: date | None
    deadline: datetime | None
    written_from: date | None
    written_until: date | None
    pitch_from: date | None
    pitch_until: date | None
    decision_before: date | None
    objection_days: int
    acceptance_days: int
    facts: CallFacts
    phase: Phase
    version: int

    def subject(self, organisation_id: int | None = None) -> Subject:
        """The call, or the proposal of one organisation in it, as `domain.access.may` wants it."""
        return Subject(self.service_area_id, self.id, organisation_id)


def _pitch_day(which: Any) -> Any:
    days = select(which(PitchWindow.day)).where(PitchWindow.addendum_id == Addendum.id)
    return days.correlate(Addendum).scalar_subquery()


_COLUMNS = (
    Addendum.id,
    Addendum.title,
    Addendum.service_area_id,
    ServiceArea.name.label("service_area"),
    Addendum.launch,
    Addendum.deadline,
    Addendum.written_from,
    Addendum.written_until,
    _pitch_day(func.min).label("pitch_from"),
    _pitch_day(func.max).label("pitch_until"),
    Addendum.decision_before,
    Addendum.objection_days,
    Addendum.acceptance_days,
    Addendum.published_at,
    Addendum.version,
)


def load_call(addendum_id: int, now: datetime) -> Call:
    """One call at one moment; NotFound when there is none. Two queries."""
    found = load_calls(now, Addendum.id == addendum_id)
    if not found:
        raise NotFound("call")
    return found[0]


def load_calls(now: datetime, *conditions: Any) -> list[Call]:
    """Calls that meet the conditions on Addendum, newest launch first. Two queries whatever their number."""
    rows = db.session.execute(
        select(*_COLUMNS)
        .join(ServiceArea, ServiceArea.id == Addendum.service_area_id)
        .where(*conditions)
        .order_by(Addendum.launch.desc(), Addendum.id.desc())
    ).all()
    facts = _facts_by_call([row.id for row in rows])
    return [_call(row, facts.get(row.id, ()), now) for row in rows]


def _facts_by_call(ids: Sequence[int]) -> dict[int, list[CallFact]]:
    found: dict[int, list[CallFact]] = {}
    if ids:
        for fact in db.session.scalars(
            select(CallFact).where(CallFact.addendum_id.in_(ids)).order_by(CallFact.id)
        ):
            found.setdefault(fact.addendum_id, []).append(fact)
    return found


def _call(row: Any, events: Iterable[CallFact], now: datetime) -> Call:
    facts = call_facts(row, events)
    values = row._asdict()
    values.pop("published_at")
    return Call(**values, facts=facts, phase=phase(facts, now))


def call_facts(row: Any, events: Iterable[CallFact]) -> CallFacts:
    """The facts of one call from its dates and its events in order; a later event overrules an earlier."""
    latest: dict[str, datetime | None] = {}
    last_notified: datetime | None = None
    open_objections: set[int] = set()
    for event in events:
        if event.kind == "notified":
            last_notified = max(last_notified or event.at, event.at)
        elif event.kind == "objection_filed":
            open_objections.add(event.subject_id)
        elif event.kind == "objection_settled":
            open_objections.discard(event.subject_id)
        elif event.kind.endswith("_reopened"):
            latest[event.kind.replace("_reopened", "_closed")] = None
        else:
            latest[event.kind] = event.at
    return CallFacts(
        launch=row.launch,
        deadline=row.deadline,
        published_at=row.published_at,
        opened_at=latest.get("opened"),
        written_closed_at=latest.get("written_closed"),
        pitch_closed_at=latest.get("pitch_closed"),
        communicated_at=latest.get("communicated"),
        windows_end_at=_window_end(last_notified, row.objection_days),
        common_window_end_at=_window_end(
            latest.get("communicated") if last_notified else None, row.objection_days
        ),
        open_objections=len(open_objections),
    )


def _window_end(notified_at: datetime | None, days: int) -> datetime | None:
    if notified_at is None:
        return None
    return end_of_day(local_day(notified_at) + timedelta(days=days))
