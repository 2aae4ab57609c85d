"""The three calls of the demo, with dates relative to the day on which it is loaded."""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from app.addenda.models import (
    Addendum,
    Challenge,
    Contact,
    Criterion,
    CriterionLevel,
    EnrichmentFinding,
    Goal,
    Obstacle,
    Persona,
    PitchWindow,
    ServiceType,
)
from app.audit.services import record
from app.demo.cast import data
from app.demo.ledger import Act, Cast
from app.domain.criteria import RoundRules
from app.domain.scoring import DEFAULT_PITCH, DEFAULT_WRITTEN
from app.domain.timeline import BRUSSELS, end_of_day, start_of_day
from app.evaluation.models import JurySeat
from app.infra.database import db, transaction

SEATS = {"VDAB": "vdab", "lokaal bestuur": "local_authority", "onafhankelijk expert": "independent"}
DAYTIME = time(9, 30)
SATURDAY, SUNDAY = 5, 6


def on_day(today: date, offset: int, at: time = DAYTIME) -> datetime:
    """A moment on the day `offset` days from today, as an aware instant."""
    return datetime.combine(today + timedelta(days=offset), at, BRUSSELS)


def workday(today: date, offset: int) -> date:
    """The day `offset` days from today, or the working day nearest to it: nobody pitches on a Sunday.

    Saturday becomes Friday and Sunday Monday, so that days keep their order and two days apart stay two.
    """
    day = today + timedelta(days=offset)
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def at_work(today: date, offset: int, at: time = DAYTIME) -> datetime:
    """A moment on the working day nearest to the day `offset` days from today, as an aware instant."""
    return datetime.combine(workday(today, offset), at, BRUSSELS)


def publication(row: dict[str, Any], cast: Cast, today: date) -> Act:
    """The call appears at the start of the day on which it was published."""
    at = start_of_day(today + timedelta(days=row["offsets"]["published"]))
    return Act(at, partial(_publish, row, cast, today))


def _publish(row: dict[str, Any], cast: Cast, today: date) -> None:
    with transaction():
        cast.calls[row["key"]] = _call(row, cast, today)


def _call(row: dict[str, Any], cast: Cast, today: date) -> Addendum:
    offsets, region = row["offsets"], cast.regions[row["region"]]
    published = start_of_day(today + timedelta(days=offsets["published"]))

    def day(name: str) -> date:
        return today + timedelta(days=offsets[name])

    call = Addendum(
        service_area_id=region.id,
        title=row["title"],
        programme=row["programme"],
        ambition=row["ambition"],
        local_input=row["local_input"],
        launch=day("launch"),
        questions_until=workday(today, offsets["questions_until"]),
        deadline=end_of_day(day("deadline")),
        written_from=day("written_from"),
        written_until=day("written_until"),
        decision_before=day("decision_before"),
        objection_days=row["objection_days"],
        submission_email=row["contact"]["email"],
        municipalities=[one for one in region.municipalities if one.name in row["municipalities"]],
        created_by_id=cast.people["regisseur"].id,
        created_at=published - timedelta(days=20),
        published_at=published,
        contacts=[Contact(**row["contact"])],
        pitch_windows=[PitchWindow(**one) for one in pitch_windows(row, today)],
        service_types=[ServiceType(position=i, text=text) for i, text in enumerate(row["service_types"])],
        findings=_findings(row["enrichment"]),
        criteria=[*_criteria("written", DEFAULT_WRITTEN), *_criteria("pitch", DEFAULT_PITCH)],
    )
    _needs(call, row["challenges"])
    db.session.add(call)
    db.session.flush()
    _jury(call, cast, published)
    record(
        "addendum.published",
        actor_id=cast.people["regisseur"].id,
        subject=f"addendum:{call.id}",
        service_area_id=region.id,
        addendum_id=call.id,
        at=published,
    )
    return call


def pitch_windows(row: dict[str, Any], today: date) -> list[dict[str, Any]]:
    """day, start and end of each stretch in which the jury of this call hears pitches."""
    return [
        {
            "day": workday(today, one["day"]),
            "start": time.fromisoformat(one["start"]),
            "end": time.fromisoformat(one["end"]),
        }
        for one in row["offsets"]["pitch_windows"]
    ]


def _findings(enrichment: dict[str, list[str]]) -> list[EnrichmentFinding]:
    kinds = {
        "recurring": "recurring",
        "attention": "attention",
        "obstacles": "obstacle",
        "profiles": "profile",
    }
    return [
        EnrichmentFinding(kind=kind, position=position, text=text)
        for name, kind in kinds.items()
        for position, text in enumerate(enrichment[name])
    ]


def _criteria(round_name: str, rules: RoundRules) -> list[Criterion]:
    return [
        Criterion(
            round=round_name,
            position=position,
            name=one.name,
            weight=one.weight,
            minimum=one.minimum,
            levels=[CriterionLevel(value=level.value, description=level.description) for level in one.levels],
        )
        for position, one in enumerate(rules.criteria)
    ]


def _needs(call: Addendum, rows: list[dict[str, Any]]) -> None:
    """Personas, challenges, obstacles and goals, in the order of the data."""
    for number, row in enumerate(rows, start=1):
        personas = [_persona(one, len(call.personas) + i) for i, one in enumerate(row["personas"])]
        call.personas.extend(personas)
        obstacles = [Obstacle(position=i, **one) for i, one in enumerate(row["obstacles"])]
        goals = [
            Goal(position=i, text=one["text"], obstacles=[obstacles[index] for index in one["obstacles"]])
            for i, one in enumerate(row["goals"])
        ]
        call.challenges.append(
            Challenge(
                number=number,
                introduction=row["introduction"],
                personas=personas,
                obstacles=obstacles,
                goals=goals,
            )
        )


def _persona(row: dict[str, Any], position: int) -> Persona:
    names = ("name", "age", "occurrence", "story", "strengths", "life_domains", "portrait")
    values = {name: row[name] for name in names}
    return Persona(position=position, portrait_alt=f"Getekend portret van {row['name']}", **values)


def _jury(call: Addendum, cast: Cast, since: datetime) -> None:
    for row in data("people"):
        if row["role"] in {"chair", "juror"}:
            db.session.add(
                JurySeat(
                    addendum_id=call.id,
                    user_id=cast.people[row["key"]].id,
                    chair=row["role"] == "chair",
                    seat=SEATS[row["seat"]],
                    affiliation=row["affiliation"],
                    since=since,
                )
            )
