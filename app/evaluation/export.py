"""All scores of a call as rows, read in portions so that a large call does not fill the memory."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import Criterion
from app.domain.timeline import BRUSSELS
from app.evaluation.models import Score, ScoreSheet
from app.evaluation.policy import ROUND_LABELS
from app.evaluation.standings import conflict_pairs
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.models import Proposal, Submission
from app.proposals.queries import stands

HEADER = (
    "Nummer",
    "Organisatie",
    "Ronde",
    "Jurylid",
    "Criterium",
    "Gewicht",
    "Niveau",
    "Reden",
    "Telt mee",
    "Ingediend",
)
PORTION = 2_000


def export_rows(addendum_id: int, without: Collection[int]) -> Iterator[tuple[object, ...]]:
    """Rows under HEADER of the sheets that are in, by proposal, round, juror and criterion. Two queries."""
    away = {(juror, proposal) for juror, proposal in db.session.execute(conflict_pairs(addendum_id))}
    rows: Any = db.session.execute(
        select(
            Submission.receipt_number,
            Organisation.name,
            ScoreSheet.round,
            User.name,
            Criterion.name,
            Criterion.weight,
            Score.level,
            Score.reason,
            ScoreSheet.juror_id,
            ScoreSheet.proposal_id,
            ScoreSheet.submitted_at,
        )
        .select_from(ScoreSheet)
        .join(Score, Score.sheet_id == ScoreSheet.id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(User, User.id == ScoreSheet.juror_id)
        .join(Proposal, Proposal.id == ScoreSheet.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(Submission, Submission.proposal_id == Proposal.id)
        .where(
            ScoreSheet.addendum_id == addendum_id,
            ScoreSheet.submitted_at.is_not(None),
            Proposal.organisation_id.not_in(without),
            stands(),
        )
        .order_by(Submission.receipt_number, ScoreSheet.round.desc(), ScoreSheet.juror_id, Criterion.position)
        .execution_options(yield_per=PORTION)
    )
    for number, name, round_name, juror, criterion, weight, level, reason, juror_id, proposal_id, at in rows:
        yield (
            number,
            name,
            ROUND_LABELS[round_name],
            juror,
            criterion,
            f"{weight.normalize():f}".replace(".", ","),
            level,
            reason,
            "nee: belangenconflict" if (juror_id, proposal_id) in away else "ja",
            f"{at.astimezone(BRUSSELS):%Y-%m-%d %H:%M:%S}",
        )
