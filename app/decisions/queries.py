"""Reading decisions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, exists, func, or_, select, tuple_
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.addenda.models import Addendum, Challenge, Criterion, Obstacle
from app.decisions.grounds import standing_ground
from app.decisions.models import Decision, Letter
from app.decisions.placing import NOWHERE, Place, places
from app.domain.errors import NotFound
from app.evaluation.models import Consensus, ScoreSheet
from app.evaluation.standings import conflict_pairs
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.notifications.services import Recipient
from app.organisations.models import Membership, Organisation
from app.proposals.models import Claim, Proposal, Submission
from app.proposals.queries import StandingRow, in_the_running, standing


class DecisionRow(NamedTuple):
    """A decision with the names of its two people; instants aware UTC. `number` 1 is of the jury."""

    id: int
    addendum_id: int
    proposal_id: int
    organisation_id: int
    organisation_name: str
    outcome: str
    motivation: str
    legal_basis: str
    appeal_routes: str
    proposed_by_id: int
    proposed_by: str
    proposed_at: datetime
    confirmed_by_id: int | None
    confirmed_by: str | None
    confirmed_at: datetime | None
    notified_at: datetime | None
    version: int
    number: int
    cause: str
    confirmed_on: str | None


@dataclass(frozen=True)
class Candidate:
    """A standing proposal with what the jury found and what is decided so far."""

    proposal: StandingRow
    place: Place
    covered: int
    decision: DecisionRow | None

    @property
    def confirmed(self) -> bool:
        """Whether the confirmation counts: it was given on what the decision says and on where the scores
        put the proposal, and both are still the same. What was told is settled."""
        one = self.decision
        if one is None or one.confirmed_at is None:
            return False
        return one.notified_at is not None or one.confirmed_on == self.ground

    @property
    def lapsed(self) -> bool:
        """Confirmed once, on a ranking that is not there any more."""
        return self.decision is not None and self.decision.confirmed_at is not None and not self.confirmed

    @property
    def ground(self) -> str:
        """What a confirmation given now would rest on; "" without a decision."""
        return standing_ground(self.decision, self.place) if self.decision else ""


class SelectedRow(NamedTuple):
    organisation_id: int
    organisation_name: str
    outcome: str


def _decisions() -> Any:
    proposer, confirmer = aliased(User), aliased(User)
    return (
        select(
            Decision.id,
            Decision.addendum_id,
            Decision.proposal_id,
            Proposal.organisation_id,
            Organisation.name.label("organisation_name"),
            Decision.outcome,
            Decision.motivation,
            Decision.legal_basis,
            Decision.appeal_routes,
            Decision.proposed_by_id,
            proposer.name.label("proposed_by"),
            Decision.proposed_at,
            Decision.confirmed_by_id,
            confirmer.name.label("confirmed_by"),
            Decision.confirmed_at,
            Decision.notified_at,
            Decision.version,
            Decision.number,
            Decision.cause,
            Decision.confirmed_on,
        )
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(proposer, proposer.id == Decision.proposed_by_id)
        .outerjoin(confirmer, confirmer.id == Decision.confirmed_by_id)
    )


def stands() -> ColumnElement[bool]:
    """A decision the applicant was told of, and no later one about the same proposal since."""
    later = aliased(Decision)
    overtaken = exists().where(
        later.proposal_id == Decision.proposal_id,
        later.number > Decision.number,
        later.notified_at.is_not(None),
    )
    return and_(Decision.notified_at.is_not(None), ~overtaken)


def decisions_of(addendum_id: int) -> list[DecisionRow]:
    """The first decision on every proposal of a call, by name of the organisation. One query."""
    return rows_where(Decision.addendum_id == addendum_id, Decision.number == 1)


def decision_of(proposal_id: int) -> DecisionRow | None:
    """The first decision on a proposal, told or not."""
    return next(iter(rows_where(Decision.proposal_id == proposal_id, Decision.number == 1)), None)


def all_decisions_on(proposal_id: int) -> list[DecisionRow]:
    """Every decision on a proposal, told or not, first to last. One query."""
    return sorted(rows_where(Decision.proposal_id == proposal_id), key=lambda row: row.number)


def standing_decisions(addendum_id: int) -> list[DecisionRow]:
    """What stands for every applicant that was told, by name of the organisation. One query."""
    return rows_where(Decision.addendum_id == addendum_id, stands())


def standing_decision(proposal_id: int) -> DecisionRow | None:
    """What stands for this applicant; None before it was told anything."""
    return next(iter(rows_where(Decision.proposal_id == proposal_id, stands())), None)


def notified_decision(proposal_id: int) -> DecisionRow:
    """What stands for this applicant; NotFound before it was told anything."""
    found = standing_decision(proposal_id)
    if found is None:
        raise NotFound("decision")
    return found


def rows_where(*conditions: ColumnElement[bool]) -> list[DecisionRow]:
    """Decisions that meet all of these, by name of the organisation. One query."""
    rows = db.session.execute(_decisions().where(*conditions).order_by(Organisation.name, Decision.id))
    return [DecisionRow(*row) for row in rows]


def candidates(addendum_id: int) -> list[Candidate]:
    """Every standing proposal by rank, unscored ones last. A constant number of queries."""
    decided = {row.proposal_id: row for row in decisions_of(addendum_id)}
    found, covered = places(addendum_id), claims_per_submission(addendum_id)
    rows = [
        Candidate(
            row,
            found.get(row.proposal_id, NOWHERE),
            covered.get(row.submission_id, 0),
            decided.get(row.proposal_id),
        )
        for row in standing(addendum_id)
    ]
    return sorted(rows, key=lambda one: (one.place.place is None, one.place.place or 0))


def claims_per_submission(addendum_id: int) -> Mapping[int, int]:
    """{submission id: number of obstacles it takes up} for what is in the running."""
    rows = db.session.execute(
        select(Claim.submission_id, func.count())
        .join(Submission, Submission.id == Claim.submission_id)
        .where(Submission.addendum_id == addendum_id, in_the_running())
        .group_by(Claim.submission_id)
    )
    return {submission_id: count for submission_id, count in rows}


def obstacle_count(addendum_id: int) -> int:
    statement = select(func.count(Obstacle.id)).join(Challenge, Challenge.id == Obstacle.challenge_id)
    return int(db.session.scalar(statement.where(Challenge.addendum_id == addendum_id)) or 0)


def draft_reasons(addendum_id: int, proposal_id: int) -> str:
    """A text to start from: remarks meant for the applicant, then what the jury agreed on. May be empty.

    Remarks of a juror in conflict are left out, as their scores are.
    """
    remarks = db.session.scalars(
        select(ScoreSheet.remark_applicant)
        .where(
            ScoreSheet.proposal_id == proposal_id,
            ScoreSheet.submitted_at.is_not(None),
            ScoreSheet.remark_applicant != "",
            tuple_(ScoreSheet.juror_id, ScoreSheet.proposal_id).not_in(conflict_pairs(addendum_id)),
        )
        .order_by(ScoreSheet.round.desc(), ScoreSheet.id)
    ).all()
    agreed = db.session.execute(
        select(Criterion.name, Consensus.reason)
        .join(Criterion, Criterion.id == Consensus.criterion_id)
        .where(Consensus.proposal_id == proposal_id)
        .order_by(Criterion.round.desc(), Criterion.position)
    ).all()
    parts = [*_listed("Opmerkingen van juryleden:", remarks)]
    parts += _listed(
        "Waar de jury het samen over eens werd:", [f"{row.name}: {row.reason}" for row in agreed]
    )
    return "\n".join(parts)


def _listed(title: str, lines: Sequence[str]) -> list[str]:
    return [title, *(f"- {' '.join(line.split())}" for line in lines)] if lines else []


def letter_of(proposal_id: int) -> bytes | None:
    """The letter of the decision that stands, as it was sent; None before it was."""
    return db.session.scalar(
        select(Letter.pdf)
        .join(Decision, Decision.id == Letter.decision_id)
        .where(Decision.proposal_id == proposal_id, stands())
    )


def letter_numbered(proposal_id: int, number: int) -> bytes | None:
    """The letter of one decision on a proposal, as it was sent."""
    return db.session.scalar(
        select(Letter.pdf)
        .join(Decision, Decision.id == Letter.decision_id)
        .where(
            Decision.proposal_id == proposal_id,
            Decision.number == number,
            Decision.notified_at.is_not(None),
        )
    )


def recipients_of(organisation_ids: Collection[int]) -> dict[int, list[Recipient]]:
    """{organisation id: its owners and colleagues with an active account}. One query."""
    rows = db.session.execute(
        select(Membership.organisation_id, User.email, User.name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id.in_(organisation_ids), User.active)
        .order_by(Membership.organisation_id, Membership.id)
    )
    found: dict[int, list[Recipient]] = {one: [] for one in organisation_ids}
    for organisation_id, email, name in rows:
        found[organisation_id].append(Recipient(email, name))
    return found


PartnerNames = Callable[[int], Sequence[str]]
PARTNERS: list[PartnerNames] = []
"""{call id -> names of its partners, empty before there is a partnership}; partnerships registers it."""


def partner_names(addendum_id: int) -> list[str]:
    return [name for source in PARTNERS for name in source(addendum_id)]


def public_results(addendum_id: int) -> list[SelectedRow]:
    """Who is selected or in reserve, once everybody was told; nothing about the others."""
    rows = db.session.execute(
        select(Proposal.organisation_id, Organisation.name, Decision.outcome)
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Decision.addendum_id == addendum_id, stands())
        .order_by(Organisation.name)
    )
    shown = [SelectedRow(*row) for row in rows]
    return sorted((row for row in shown if row.outcome in _PUBLIC), key=lambda row: _PUBLIC[row.outcome])


_PUBLIC = {"selected": 0, "reserve": 1}


# What applicants write and withdraw stays theirs: only mails of the region's own acts are shown.
_OF_THE_REGION = (
    "decision",
    "ruling",
    "objection_filed",
    "partnership",
    "pitch.invited",
    "proposal.opened",
)


def of_the_region() -> ColumnElement[bool]:
    """Mail of the region's own acts; an unknown kind is not shown."""
    return or_(
        OutboxMessage.kind.in_(_OF_THE_REGION),
        OutboxMessage.kind.startswith("admissibility."),
        OutboxMessage.kind.startswith("decision."),
    )


def mails_of(addendum_id: int) -> Sequence[Any]:
    """The mail of a call that the region's own acts sent, without its texts, newest first. One query."""
    return db.session.execute(
        select(
            OutboxMessage.id,
            OutboxMessage.kind,
            OutboxMessage.to_address,
            OutboxMessage.to_name,
            OutboxMessage.subject,
            OutboxMessage.created_at,
            OutboxMessage.attempts,
            OutboxMessage.sent_at,
            OutboxMessage.given_up_at,
            OutboxMessage.attachment_name,
        )
        .where(OutboxMessage.addendum_id == addendum_id, of_the_region())
        .order_by(OutboxMessage.created_at.desc(), OutboxMessage.id)
    ).all()


def mail_of(addendum_id: int, message_id: int) -> OutboxMessage:
    """One mail of this call; NotFound for a mail of another."""
    found = db.session.scalar(
        select(OutboxMessage).where(
            OutboxMessage.id == message_id, OutboxMessage.addendum_id == addendum_id, of_the_region()
        )
    )
    if found is None:
        raise NotFound("mail")
    return found


def load_addendum(addendum_id: int) -> Addendum:
    found = db.session.get(Addendum, addendum_id)
    if found is None:
        raise NotFound("call")
    return found
