"""A call whose jury is done, with applicants that differ; from there the services take it further."""

from dataclasses import dataclass

from app.accounts.models import User
from app.addenda.models import Addendum
from app.decisions.answering.queries import answers_of
from app.decisions.answering.services import answer
from app.decisions.communicating import communicate
from app.decisions.queries import decision_of, decisions_of
from app.decisions.services import ProposedDecision, confirm, propose
from app.domain.motivation import APPEAL_PARAGRAPH, LEGAL_BASIS
from app.domain.timeline import Phase
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.models import Proposal
from app.regions.models import ServiceArea
from tests import factories as make

REASONS = (
    "De jury waardeert dat {name} mensen thuis opzoekt en dat met voorbeelden laat zien. "
    "Ze mist een antwoord voor wie geen vervoer heeft, en dat woog door in de afweging."
)


@dataclass
class World:
    region: ServiceArea
    call: Addendum
    chair: User
    regisseur: User
    jurors: list[User]
    organisations: list[Organisation]
    owners: list[User]
    proposals: list[Proposal]


def build(count: int = 3, *, chair_and_regisseur: bool = False) -> World:
    """`count` applicants scored by two jurors: the first best."""
    region = make.make_region()
    call = make.make_call(region, Phase.DECIDED)
    regisseur = make.make_regisseur(region)
    chair = make.make_juror(call, chair=True)
    jurors = [make.make_juror(call), make.make_juror(call)]
    organisations = [
        make.make_organisation(
            f"Vzw De Brug {letter}", street=f"Kerkstraat {number}", postal_code="2880", city="Bornem"
        )
        for number, letter in zip(
            range(1, count + 1), "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmn", strict=False
        )
    ]
    owners = [make.make_member(one) for one in organisations]
    proposals = [
        make.make_proposal(call, one, owner, submitted=True)
        for one, owner in zip(organisations, owners, strict=True)
    ]
    for place, proposal in enumerate(proposals):
        for juror in jurors:
            for name in ("written", "pitch"):
                make.make_sheet(call, proposal, juror, max(5 - place, 2), round_name=name)
    make.declare_free(call, [chair, *jurors], organisations)
    return World(region, call, chair, regisseur, jurors, organisations, owners, proposals)


def wanted(
    outcome: str = "selected", *, reasons: str = "", version: int = 0, name: str = "A"
) -> ProposedDecision:
    return ProposedDecision(
        outcome, reasons or REASONS.format(name=name), LEGAL_BASIS, APPEAL_PARAGRAPH, version
    )


def propose_all(world: World, outcomes: tuple[str, ...] = ("selected", "reserve", "not_selected")) -> None:
    by = make.actor(world.chair)
    for number, proposal in enumerate(world.proposals):
        outcome = outcomes[number % len(outcomes)]
        propose(proposal.id, wanted(outcome, name=world.organisations[number].name), by=by)


def confirm_all(world: World) -> int:
    seen = {row.id: row.version for row in decisions_of(world.call.id)}
    return confirm(world.call.id, seen, by=make.actor(world.regisseur))


def tell_all(world: World, outcomes: tuple[str, ...] = ("selected", "reserve", "not_selected")) -> None:
    """All the way to communication."""
    propose_all(world, outcomes)
    confirm_all(world)
    assert communicate(world.call.id, by=make.actor(world.regisseur)) == len(world.proposals)
    db.session.rollback()


def stored(world: World, number: int):  # type: ignore[no-untyped-def]
    db.session.rollback()
    return decision_of(world.proposals[number].id)


def accept_all(world: World) -> None:
    """Every selected organisation lets know that it takes part."""
    for row in answers_of(world.call.id):
        owner = world.owners[[one.id for one in world.proposals].index(row.proposal_id)]
        answer(row.proposal_id, "accepted", "", by=make.actor(owner))
    db.session.rollback()
