"""One region with a call in each phase, as the people of the tests of this folder find it."""

from dataclasses import dataclass, field
from datetime import timedelta

from app.accounts.models import User
from app.addenda.models import Addendum
from app.decisions.models import Decision
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration, Shortlisting
from app.infra import clock
from app.infra.database import db, transaction
from app.organisations.models import Organisation
from app.proposals.models import Proposal
from app.regions.models import ServiceArea
from tests import factories as make


@dataclass
class World:
    region: ServiceArea
    regisseur: User
    organisation: Organisation
    owner: User
    calls: dict[Phase, Addendum] = field(default_factory=dict)
    proposals: dict[Phase, Proposal] = field(default_factory=dict)


def build(*phases: Phase) -> World:
    """In each phase a call with one proposal, handed in but for the open one."""
    region = make.make_region("Klein-Brabant Vaartland")
    organisation = make.make_organisation("Vzw De Brug")
    world = World(region, make.make_regisseur(region), organisation, make.make_member(organisation))
    for phase in phases:
        call = world.calls[phase] = make.make_call(region, phase)
        if phase > Phase.DRAFT:
            world.proposals[phase] = make.make_proposal(
                call, organisation, world.owner, submitted=phase > Phase.OPEN
            )
    return world


def declare(call: Addendum, juror: User, organisation: Organisation, *, conflict: bool = False) -> None:
    with transaction() as now:
        db.session.add(
            ConflictDeclaration(
                addendum_id=call.id,
                juror_id=juror.id,
                organisation_id=organisation.id,
                in_conflict=conflict,
                kind="board" if conflict else "",
                declared_at=now,
            )
        )


def invite(proposal: Proposal, by: User) -> None:
    with transaction() as now:
        row = Shortlisting(proposal_id=proposal.id, addendum_id=proposal.addendum_id, by_id=by.id, at=now)
        db.session.add(row)


def decide(
    proposal: Proposal, by: User, confirmed_by: User, outcome: str = "not_selected", *, told: bool
) -> None:
    now = clock.read()
    with transaction():
        db.session.add(
            Decision(
                addendum_id=proposal.addendum_id,
                proposal_id=proposal.id,
                outcome=outcome,
                motivation="De aanpak is goed, maar ze raakt te weinig obstakels.",
                legal_basis="Wet van 29 juli 1991",
                appeal_routes="Raad van State",
                proposed_by_id=by.id,
                proposed_at=now - timedelta(days=2),
                confirmed_by_id=confirmed_by.id,
                confirmed_at=now - timedelta(days=1),
                notified_at=now - timedelta(days=1) if told else None,
            )
        )
