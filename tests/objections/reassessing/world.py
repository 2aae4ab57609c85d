"""A call whose decisions were told, with an objection of the last applicant upheld and a new evaluation
ordered."""

from collections.abc import Iterable

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import Criterion
from app.addenda.queries import load_call
from app.evaluation.conflicts import Declared, declare_one
from app.evaluation.entries import SheetEntry
from app.infra import clock
from app.infra.database import db, transaction
from app.objections.judging import judge
from app.objections.reassessing.scoring import declare_before, save_anew
from app.objections.reassessing.services import Closing, Naming, close_reassessment, open_reassessment
from tests import factories as make
from tests.decisions.world import World
from tests.objections.test_judging import objected, ruling

WHY = "Zij lazen de kandidatuur nog niet en kennen het werkveld goed."
REASON = "Het antwoord over vervoer staat in de kandidatuur, met voorbeelden en cijfers."
REMARK = "Jullie antwoord over vervoer overtuigt: drie voorbeelden tonen dat het werkt."
CONCLUSION = "Met het antwoord over vervoer erbij neemt deze kandidaat meer obstakels op dan eerst gedacht."


def ordered(count: int = 3) -> tuple[World, int]:
    """The ruling asks a new evaluation; nobody was asked yet."""
    world, objection_id = objected(count)
    judge(objection_id, ruling(world, reassess=True), by=make.actor(world.regisseur))
    db.session.rollback()
    return world, objection_id


def fresh_jurors(world: World, count: int = 2) -> list[User]:
    """Colleagues of the regisseur, who never scored."""
    return [make.make_regisseur(world.region) for _ in range(count)]


def begun(round_choice: str = "both", count: int = 3, fresh: int = 2) -> tuple[World, int, list[User]]:
    """Two (or more) people who never scored were asked."""
    world, objection_id = ordered(count)
    people = fresh_jurors(world, fresh)
    naming = Naming(tuple(one.id for one in people), WHY, round_choice)
    open_reassessment(objection_id, naming, by=make.actor(world.regisseur))
    db.session.rollback()
    return world, objection_id, people


def criteria_ids(world: World, round_choice: str = "both") -> list[int]:
    rounds = ("written", "pitch") if round_choice == "both" else (round_choice,)
    return list(
        db.session.scalars(
            select(Criterion.id)
            .where(Criterion.addendum_id == world.call.id, Criterion.round.in_(rounds))
            .order_by(Criterion.id)
        )
    )


def entry(world: World, level: int, round_choice: str = "both", version: int = 0) -> SheetEntry:
    ids = criteria_ids(world, round_choice)
    return SheetEntry(
        version,
        {one: str(level) for one in ids},
        dict.fromkeys(ids, REASON),
        {"remark_applicant": REMARK, "remark_internal": "Dit lazen we de eerste keer niet."},
    )


def form(world: World, level: int, round_choice: str = "both", version: int = 0) -> dict[str, str]:
    sent = entry(world, level, round_choice, version)
    fields = {f"level-{one}": text for one, text in sent.levels.items()}
    fields |= {f"reason-{one}": text for one, text in sent.reasons.items()}
    return fields | dict(sent.remarks) | {"version": str(version), "act": "send"}


def score_all(
    world: World, objection_id: int, people: Iterable[User], level: int = 5, round_choice: str = "both"
) -> None:
    for one in people:
        by = make.actor(one)
        declare_before(objection_id, "free", "", "", by=by)
        save_anew(objection_id, entry(world, level, round_choice), by=make.actor(one), send=True)
    db.session.rollback()


def closed(level: int = 5, round_choice: str = "both") -> tuple[World, int, list[User]]:
    world, objection_id, people = begun(round_choice)
    score_all(world, objection_id, people, level, round_choice)
    close_reassessment(objection_id, Closing(CONCLUSION, version=1), by=make.actor(world.regisseur))
    db.session.rollback()
    return world, objection_id, people


def in_conflict(world: World, user: User, organisation_id: int) -> None:
    with transaction() as now:
        call = load_call(world.call.id, clock.read())
        declare_one(call, Declared(organisation_id, "conflict", "board"), by=make.actor(user), now=now)
