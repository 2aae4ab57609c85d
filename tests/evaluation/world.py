"""A call with a jury and applicants, in the phase a test asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.accounts.models import User
from app.addenda.models import Addendum, Criterion
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration, ScoreSheet, Shortlisting
from app.infra.database import db, transaction
from app.organisations.models import Organisation
from app.proposals.models import Proposal
from tests import factories as make


@dataclass
class World:
    call: Addendum
    regisseur: User
    jurors: list[User]
    organisations: list[Organisation]
    proposals: list[Proposal]

    @property
    def chair(self) -> User:
        return self.jurors[0]

    def criteria(self, round_name: str = "written") -> list[Criterion]:
        return [one for one in self.call.criteria if one.round == round_name]


def build(
    phase: Phase = Phase.WRITTEN, *, proposals: int = 2, jurors: int = 2, declared: bool = True, **call: Any
) -> World:
    region = make.make_region()
    addendum = make.make_call(region, phase, **call)
    people = [make.make_juror(addendum, chair=number == 0) for number in range(jurors)]
    organisations = [make.make_organisation() for _ in range(proposals)]
    rows = [make.make_proposal(addendum, one, submitted=True) for one in organisations]
    world = World(addendum, make.make_regisseur(region), people, organisations, rows)
    if declared:
        for juror in people:
            declare(world, juror)
    return world


def declare(world: World, juror: User, conflicts: tuple[int, ...] = ()) -> None:
    """The juror is free towards every applicant but those at these places."""
    with transaction() as now:
        for place, organisation in enumerate(world.organisations):
            clash = place in conflicts
            known = db.session.query(ConflictDeclaration).filter_by(
                addendum_id=world.call.id, juror_id=juror.id, organisation_id=organisation.id
            )
            row = known.one_or_none() or ConflictDeclaration(
                addendum_id=world.call.id, juror_id=juror.id, organisation_id=organisation.id
            )
            row.in_conflict, row.kind, row.declared_at = clash, "board" if clash else "", now
            db.session.add(row)


def sheet(
    world: World,
    place: int,
    juror: User,
    levels: Sequence[int | None],
    *,
    round_name: str = "written",
    sent: bool = True,
) -> ScoreSheet:
    """A sheet with these levels, in the order of the criteria; None is a criterion that does not apply."""
    made = make.make_sheet(world.call, world.proposals[place], juror, round_name=round_name, sent=sent)
    with transaction():
        made = db.session.merge(made)
        order = {one.id: at for at, one in enumerate(world.criteria(round_name))}
        for score in made.scores:
            score.level = levels[order[score.criterion_id]]
            score.not_applicable = score.level is None
    return made


def may_skip(world: World, *places: int) -> None:
    """Jurors may find these criteria of either round not applicable."""
    with transaction():
        for name in ("written", "pitch"):
            for place in places:
                db.session.merge(world.criteria(name)[place]).may_be_skipped = True


def shortlist(world: World, *places: int) -> None:
    with transaction() as now:
        for place in places:
            db.session.add(
                Shortlisting(
                    proposal_id=world.proposals[place].id,
                    addendum_id=world.call.id,
                    by_id=world.regisseur.id,
                    at=now,
                )
            )


def fields(world: World, level: str = "4", reason: str = "Sterk onderbouwd.", **more: str) -> dict[str, str]:
    """A filled-in written sheet, as the form sends it."""
    found = {"version": "0", "act": "save"}
    for one in world.criteria():
        found |= {f"level-{one.id}": level, f"reason-{one.id}": reason}
    return found | more


def plain(page: str) -> str:
    """A page without the token of its forms, which is another one every second."""
    return re.sub('name="csrf_token" value="[^"]*"', "", page)
