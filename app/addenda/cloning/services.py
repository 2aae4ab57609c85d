"""A new draft from an earlier call: chosen parts of its content, never what happened to it.

Everything gets ids of its own; facts, proposals, the source document and how it was read stay behind.
"""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import func, or_, select

from app.addenda.drafting.drafts import load_addendum, read_draft, read_section
from app.addenda.drafting.editing import EDIT, note_edit
from app.addenda.drafting.filling import fill
from app.addenda.drafting.sections import Analysis, Basics, ChallengeText, Criteria, Dates, Draft, Part
from app.addenda.drafting.writing import write_section
from app.addenda.models import Addendum
from app.addenda.queries import Call, load_call, load_calls
from app.addenda.reviewing.imports import begun, blank
from app.domain.access import Actor, Subject, may, require
from app.domain.errors import DomainError, NotFound
from app.domain.timeline import DEFAULT_OBJECTION_DAYS, Phase, local_day
from app.infra.database import db, transaction
from app.regions.models import ServiceArea

VIEW_DRAFT = "addendum.draft.view"
MOST_WEEKS = 520
PARTS = ("personas", "challenges", "texts", "analysis", "contacts", "criteria", "timeline")
SHOWN = 60
_NAMES = (Addendum.title, ServiceArea.name)


@dataclass(frozen=True)
class Choice:
    """What comes along: names of `PARTS`. `weeks` shifts every date of the timeline; None empties them."""

    title: str
    parts: frozenset[str]
    weeks: int | None = None


def clone(source_id: int, service_area_id: int, choice: Choice, *, by: Actor) -> int:
    """The id of the new draft. NotFound for a draft of a region that the actor may not read;
    `clone_title_taken` when the region has a call of that name."""
    with transaction() as now:
        require(may(by, EDIT, Subject(service_area_id), Phase.DRAFT))
        source = readable(source_id, by, now)
        region = db.session.get(ServiceArea, service_area_id)
        if region is None:
            raise NotFound("service_area")
        if title_taken(service_area_id, choice.title):
            raise DomainError("clone_title_taken", field="title")
        row = load_addendum(source.id)
        target = blank(region, choice.title, by, now)
        target.cloned_from_id = row.id
        db.session.flush()
        begun(target.id, row.id)
        wanted = chosen(read_draft(row), read_draft(target), choice)
        fill(target, wanted)
        if "criteria" in choice.parts:
            _copy_rules(row, target)
        target.version = 0
        note_edit(target, by, now, "addendum.cloned", source_id=row.id)
        return target.id


def readable(source_id: int, by: Actor, now: datetime) -> Call:
    """A published call of any region, or a draft of a region whose drafts the actor may read."""
    call = load_call(source_id, now)
    if call.phase is Phase.DRAFT and not may(by, VIEW_DRAFT, call.subject(), call.phase):
        raise NotFound("call")
    return call


def sources(service_area_id: int, words: str, now: datetime) -> list[Call]:
    """Calls to begin from whose title or region has these words: those of the region itself first, its
    drafts included. For who may write there."""
    own = Addendum.service_area_id == service_area_id
    published = Addendum.published_at.is_not(None) & (Addendum.launch <= local_day(now))
    named = [func.lower(one).contains(words.lower(), autoescape=True) for one in _NAMES]
    found = load_calls(now, own | published, or_(*named))
    return sorted(found, key=lambda call: call.service_area_id != service_area_id)


def title_taken(service_area_id: int, title: str) -> bool:
    statement = select(Addendum.id).where(
        Addendum.service_area_id == service_area_id, func.lower(Addendum.title) == title.lower()
    )
    return db.session.scalar(statement.limit(1)) is not None


def fresh_title(source: Call, region: str, service_area_id: int, year: int) -> str:
    """A name for the new call that the region does not have yet: region and year follow."""
    title = source.title.replace(source.service_area, region)
    dated = re.sub(r"\b20\d\d\b", str(year), title)
    if title_taken(service_area_id, dated):
        dated = f"{dated} {year}" if str(year) not in dated else dated
    candidate, number = dated[:200], 2
    while title_taken(service_area_id, candidate):
        candidate, number = f"{dated[:190]} ({number})", number + 1
    return candidate


def weeks_ahead(launch: date | None, today: date) -> int:
    """The least number of whole weeks that brings the launch after today."""
    return max(0, (today - launch).days // 7 + 1) if launch else 0


def chosen(source: Draft, target: Draft, choice: Choice) -> Draft:
    """The content of the new call under keys of its own; what was not chosen stays as it is in `target`."""
    parts = choice.parts
    personas = {-key: text for key, text in source.personas.items()} if "personas" in parts else {}
    challenges = _challenges(source, with_personas="personas" in parts) if "challenges" in parts else {}
    return replace(
        target,
        basics=_basics(source.basics, target.basics, choice),
        dates=shifted(source.dates, choice.weeks) if "timeline" in parts else target.dates,
        personas=personas,
        challenges=challenges,
        analysis=source.analysis if "analysis" in parts else Analysis(),
    )


def _challenges(source: Draft, *, with_personas: bool) -> dict[int, tuple[int, ChallengeText]]:
    return {-key: (number, _as_new(text, with_personas)) for key, (number, text) in source.challenges.items()}


def _as_new(text: ChallengeText, with_personas: bool) -> ChallengeText:
    """Obstacles and goals under new keys; the links between them follow."""
    return replace(
        text,
        personas=tuple(sorted(-one for one in text.personas)) if with_personas else (),
        obstacles=tuple(replace(one, key=f"new-{one.key}") for one in text.obstacles),
        goals=tuple(
            replace(one, key=f"new-{one.key}", obstacles=tuple(f"new-{key}" for key in one.obstacles))
            for one in text.goals
        ),
    )


def _basics(source: Basics, target: Basics, choice: Choice) -> Basics:
    """Municipalities are those of the new region, whatever comes along."""
    found = replace(
        target, title=choice.title, programme=source.programme, cost_requested=source.cost_requested
    )
    if "texts" in choice.parts:
        found = replace(found, ambition=source.ambition, vision=source.vision, mission=source.mission)
    if "analysis" in choice.parts:
        found = replace(found, local_input=source.local_input)
    if "contacts" in choice.parts:
        found = replace(
            found,
            contacts=source.contacts,
            submission_email=source.submission_email,
            submission_url=source.submission_url,
        )
    return found


def shifted(dates: Dates, weeks: int | None) -> Dates:
    """Every date as many weeks later, so that each keeps its weekday; None: only the term for objections."""
    if weeks is None:
        return Dates(objection_days=dates.objection_days or DEFAULT_OBJECTION_DAYS)
    step = timedelta(weeks=weeks)
    names = ("launch", "questions_until", "deadline", "written_from", "written_until", "decision_before")
    moved = {name: getattr(dates, name) + step for name in names if getattr(dates, name)}
    windows = tuple(replace(one, day=one.day + step) for one in dates.windows)
    return replace(dates, windows=windows, **moved)


def _copy_rules(source: Addendum, target: Addendum) -> None:
    for round_name in ("written", "pitch"):
        part = Part("criteria", round_name)
        rules = read_section(source, part)
        if isinstance(rules, Criteria) and rules.criteria:
            fresh = tuple(replace(one, key=f"new-{one.key}") for one in rules.criteria)
            write_section(target, part, Criteria(fresh))
            db.session.flush()
    write_section(target, Part("thresholds"), read_section(source, Part("thresholds")))
