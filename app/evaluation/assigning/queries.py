"""Reading how the proposals of a call were divided."""

from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select

from app.addenda.models import Obstacle
from app.domain.assigning import Pair
from app.domain.life_domains import LIFE_DOMAINS
from app.evaluation.assigning.models import Assignment, AssignmentPlan, JurorExpertise
from app.evaluation.models import ConflictDeclaration, JurySeat, ScoreSheet
from app.evaluation.policy import WRITTEN
from app.infra.database import db
from app.proposals.models import Claim, Proposal, Submission
from app.proposals.queries import in_the_running, of_opened_call

Asked = frozenset[Pair] | None
"""(juror, proposal) of who was asked to score what; None: everybody everything. Conflicts are not taken out,
nor the proposals that are no longer in the running: whoever asks this knows both."""


def asked_pairs(
    addendum_id: int, round_name: str, *, juror_id: int | None = None, proposal_id: int | None = None
) -> Asked:
    """Who was asked to score what, of one juror or proposal when given. Whose sheet is in, was asked. Pitches
    are scored by everybody. One query, none for the pitch round."""
    if round_name != WRITTEN:
        return None
    wanted = [Assignment.addendum_id == AssignmentPlan.addendum_id, Assignment.reads]
    if juror_id is not None:
        wanted.append(Assignment.juror_id == juror_id)
    if proposal_id is not None:
        wanted.append(Assignment.proposal_id == proposal_id)
    rows = db.session.execute(
        select(Assignment.juror_id, Assignment.proposal_id)
        .select_from(AssignmentPlan)
        .outerjoin(Assignment, and_(*wanted))
        .where(AssignmentPlan.addendum_id == addendum_id)
    ).all()
    if not rows:
        return None
    return frozenset((juror, proposal) for juror, proposal in rows if juror is not None)


def is_asked(addendum_id: int, round_name: str, juror_id: int, proposal_id: int) -> bool:
    """Was this juror asked to score this proposal? At most one query."""
    pairs = asked_pairs(addendum_id, round_name, juror_id=juror_id, proposal_id=proposal_id)
    return pairs is None or (juror_id, proposal_id) in pairs


def plan_of(addendum_id: int) -> AssignmentPlan | None:
    return db.session.scalar(select(AssignmentPlan).where(AssignmentPlan.addendum_id == addendum_id))


class Placed(NamedTuple):
    reads: bool
    by_hand: bool


def placed_of(addendum_id: int) -> dict[Pair, Placed]:
    """What is stored of every pair: read, and whether a person decided so. One query."""
    rows = db.session.execute(
        select(Assignment.juror_id, Assignment.proposal_id, Assignment.reads, Assignment.by_hand).where(
            Assignment.addendum_id == addendum_id
        )
    )
    return {(juror, proposal): Placed(reads, by_hand) for juror, proposal, reads, by_hand in rows}


def begun_of(addendum_id: int) -> dict[Pair, bool]:
    """{pair: handed in} of the sheets of the written round. One query."""
    rows = db.session.execute(
        select(ScoreSheet.juror_id, ScoreSheet.proposal_id, ScoreSheet.submitted_at).where(
            ScoreSheet.addendum_id == addendum_id, ScoreSheet.round == WRITTEN
        )
    )
    return {(juror, proposal): sent is not None for juror, proposal, sent in rows}


def expertise_of(addendum_id: int) -> Mapping[int, frozenset[str]]:
    """{juror: life domains}; who has none is absent. One query."""
    rows: Any = db.session.execute(
        select(JurySeat.user_id, JurorExpertise.life_domain)
        .join(JurorExpertise, JurorExpertise.seat_id == JurySeat.id)
        .where(JurySeat.addendum_id == addendum_id)
    )
    found: dict[int, set[str]] = {}
    for juror, domain in rows:
        found.setdefault(juror, set()).add(domain)
    return {juror: frozenset(domains) for juror, domains in found.items()}


def wanted_of(addendum_id: int) -> Mapping[int, frozenset[str]]:
    """{proposal: life domains of the obstacles that it takes up}; who takes up none is absent. One query."""
    rows: Any = db.session.execute(
        select(Submission.proposal_id, Obstacle.life_domains)
        .join(Claim, Claim.submission_id == Submission.id)
        .join(Obstacle, Obstacle.id == Claim.obstacle_id)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .where(Proposal.addendum_id == addendum_id, in_the_running())
    )
    found: dict[int, set[str]] = {}
    for proposal, domains in rows:
        found.setdefault(proposal, set()).update(domains)
    known = frozenset(LIFE_DOMAINS)
    return {proposal: frozenset(domains) & known for proposal, domains in found.items()}


def left_to_score(addendum_ids: Collection[int]) -> dict[int, dict[int, tuple[int, int]]]:
    """{call: {juror: (sheets of the written round still to come in, of which declared free)}} of the calls
    that were divided; a juror for whom nothing is left is absent. One query."""
    said, sheet = ConflictDeclaration, ScoreSheet
    pair = and_(said.addendum_id == Proposal.addendum_id, said.organisation_id == Proposal.organisation_id)
    own = and_(sheet.proposal_id == Proposal.id, sheet.juror_id == Assignment.juror_id)
    sent = and_(own, sheet.round == WRITTEN, sheet.submitted_at.is_not(None))
    left = (
        select(
            Assignment.addendum_id,
            Assignment.juror_id,
            func.count().label("asked"),
            func.count(said.id).label("declared"),
        )
        .join(Proposal, Proposal.id == Assignment.proposal_id)
        .join(Submission, and_(Submission.proposal_id == Proposal.id, in_the_running()))
        .outerjoin(sheet, sent)
        .outerjoin(said, and_(pair, said.juror_id == Assignment.juror_id))
        .where(Assignment.reads, sheet.id.is_(None), of_opened_call())
        .where(or_(said.id.is_(None), said.in_conflict.is_(False)))
        .group_by(Assignment.addendum_id, Assignment.juror_id)
        .subquery()
    )
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for addendum_id, juror_id, asked, declared in db.session.execute(
        select(AssignmentPlan.addendum_id, left.c.juror_id, left.c.asked, left.c.declared)
        .outerjoin(left, left.c.addendum_id == AssignmentPlan.addendum_id)
        .where(AssignmentPlan.addendum_id.in_(addendum_ids))
    ):
        found.setdefault(addendum_id, {})
        if juror_id is not None:
            found[addendum_id][juror_id] = (asked, declared)
    return found
