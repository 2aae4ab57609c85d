"""Every proposal that is still in the running, with what the jury found and what is decided so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select, tuple_

from app.addenda.models import Challenge, Criterion, Obstacle
from app.decisions.grounds import standing_ground
from app.decisions.placing import NOWHERE, Place, places
from app.decisions.queries import DecisionRow, decisions_of
from app.evaluation.models import Consensus, ScoreSheet
from app.evaluation.standings import conflict_pairs
from app.infra.database import db
from app.proposals.models import Claim, Submission
from app.proposals.queries import StandingRow, in_the_running, standing


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
