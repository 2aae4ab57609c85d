"""All scores of a call as rows, read in portions so that a large call does not fill the memory."""

from collections.abc import Collection, Iterator
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import Criterion
from app.domain.timeline import BRUSSELS
from app.evaluation.models import Score, ScoreSheet
from app.evaluation.policy import ROUND_LABELS, SKIPPED
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
    """Rows under HEADER of the sheets that are in, by proposal, round, juror and criterion. Two queries.

    The rows come over a connection of their own, so that they can be read after the request has ended.
    """
    statement, conflicts, engine = _scores(addendum_id, without), conflict_pairs(addendum_id), db.engine

    def read() -> Iterator[tuple[object, ...]]:
        with engine.connect() as connection:
            away = {(juror, proposal) for juror, proposal in connection.execute(conflicts)}
            for row in connection.execute(statement.execution_options(yield_per=PORTION)):
                yield _cells(row, (row.juror_id, row.proposal_id) not in away)

    return read()


def _scores(addendum_id: int, without: Collection[int]) -> Any:
    return (
        select(
            Submission.receipt_number,
            Organisation.name.label("organisation"),
            ScoreSheet.round,
            User.name.label("juror"),
            Criterion.name.label("criterion"),
            Criterion.weight,
            Score.level,
            Score.not_applicable,
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
    )


def _cells(row: Any, counts: bool) -> tuple[object, ...]:
    return (
        row.receipt_number,
        row.organisation,
        ROUND_LABELS[row.round],
        row.juror,
        row.criterion,
        _weight(row.weight),
        SKIPPED if row.not_applicable else row.level,
        row.reason,
        "ja" if counts else "nee: belangenconflict",
        _moment(row.submitted_at),
    )


@lru_cache(maxsize=64)
def _weight(weight: Decimal) -> str:
    return f"{weight.normalize():f}".replace(".", ",")


@lru_cache(maxsize=512)
def _moment(at: datetime) -> str:
    return f"{at.astimezone(BRUSSELS):%Y-%m-%d %H:%M:%S}"
