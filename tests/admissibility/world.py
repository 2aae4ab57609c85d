"""A call in the written round with one applicant, and the steps of the formal check as people take them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.accounts.models import User
from app.addenda.models import Addendum
from app.admissibility import checking
from app.admissibility.answering import Answer, answer, seal_of
from app.admissibility.checking import Ticked
from app.admissibility.dossiers import dossier
from app.admissibility.refusing import confirm_refusal, propose_refusal
from app.admissibility.rows import Dossier
from app.domain.admissibility import LEGAL_BASIS
from app.domain.motivation import APPEAL_PARAGRAPH
from app.domain.timeline import Phase, local_day
from app.infra import clock
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.models import Proposal
from app.regions.models import ServiceArea
from tests import factories as make

REASON = "De regio vroeg dit op tijd, maar tot het einde van de termijn kwam er helemaal niets binnen."
REGION = 4
"""The number of the requirement about the region: the one that people tick in the list everybody has."""


@dataclass
class World:
    region: ServiceArea
    call: Addendum
    organisation: Organisation
    owner: User
    member: User
    proposal: Proposal
    regisseur: User
    second: User
    chair: User

    def look(self) -> Dossier:
        found = dossier(self.call.id, self.proposal.id, clock.read())
        db.session.rollback()
        return found

    def tick(self, outcome: str, note: str = "", number: int = REGION, **more: Any) -> None:
        seen = more.pop("seen", self.look().version)
        by = make.actor(more.pop("by", self.regisseur))
        checking.save_checks(self.proposal.id, {number: Ticked(outcome, note)}, seen=seen, by=by)

    def ask(
        self, days: int = 5, numbers: tuple[int, ...] = (REGION,), message: str = "Zeg waar."
    ) -> datetime:
        return checking.request_completion(
            self.proposal.id,
            numbers,
            message,
            today() + timedelta(days=days),
            seen=self.look().version,
            by=make.actor(self.regisseur),
        )

    def missing_and_asked(self, days: int = 5) -> datetime:
        self.tick("missing")
        return self.ask(days)

    def send(self, sent: Answer | str, number: int = REGION, by: User | None = None) -> datetime:
        one = Answer(sent) if isinstance(sent, str) else sent
        return answer(self.proposal.id, {number: one}, seen=self.seen(), by=make.actor(by or self.member))

    def seen(self) -> str:
        return seal_of(self.look().open_cells(clock.read()))

    def propose(self, by: User | None = None, reasons: dict[int, str] | None = None) -> None:
        propose_refusal(
            self.proposal.id,
            {REGION: REASON} if reasons is None else reasons,
            LEGAL_BASIS,
            APPEAL_PARAGRAPH,
            seen=self.look().version,
            by=make.actor(by or self.regisseur),
        )

    def confirm(self, by: User | None = None) -> None:
        confirm_refusal(self.proposal.id, seen=self.look().version, by=make.actor(by or self.second))

    def refuse(self, at: Any) -> None:
        """Missing, asked, nothing came, proposed and confirmed."""
        until = self.missing_and_asked(1)
        at(until)
        self.propose()
        self.confirm()


def today() -> date:
    return local_day(clock.read())


def build(phase: Phase = Phase.WRITTEN) -> World:
    region = make.make_region()
    call = make.make_call(region, phase)
    organisation = make.make_organisation("Vzw De Brug")
    owner = make.make_member(organisation)
    proposal = make.make_proposal(call, organisation, owner, submitted=True)
    chair = make.make_juror(call, chair=True)
    make.declare_free(call, [chair], [organisation])
    return World(
        region,
        call,
        organisation,
        owner,
        make.make_member(organisation, "member"),
        proposal,
        make.make_regisseur(region),
        make.make_regisseur(region),
        chair,
    )
