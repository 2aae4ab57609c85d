"""What the jury has to talk about: criteria on which jurors lie furthest apart, and who gave what."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.addenda.models import Criterion
from app.evaluation.models import Consensus, Score, ScoreSheet
from app.evaluation.policy import PITCH, ROUND_LABELS, WRITTEN
from app.evaluation.reading import SheetState, sent_sheets
from app.evaluation.standings import counting_sheets, rules_of
from app.infra.database import db
from app.infra.formats import number
from app.organisations.models import Organisation
from app.proposals.models import Proposal, Submission
from app.proposals.queries import in_the_running

PAGE = 50


class Divergence(NamedTuple):
    """One criterion of one proposal; `levels` from lowest to highest, `agreed` the consensus if any."""

    proposal_id: int
    organisation_name: str
    criterion: str
    round: str
    lowest: int
    highest: int
    sheets: int
    agreed: int | None


def divergences(addendum_id: int, *, without: Collection[int], page: int) -> Sequence[Divergence]:
    """Most divergence first, PAGE + 1 rows from page `page` (the last tells whether there are more)."""
    width = func.max(Score.level) - func.min(Score.level)
    rows: Sequence[Any] = db.session.execute(
        select(
            ScoreSheet.proposal_id,
            Organisation.name.label("organisation_name"),
            Criterion.name.label("criterion"),
            Criterion.round,
            func.min(Score.level).label("lowest"),
            func.max(Score.level).label("highest"),
            func.count().label("sheets"),
            func.max(Consensus.level).label("agreed"),
        )
        .join(Score, Score.sheet_id == ScoreSheet.id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Proposal, Proposal.id == ScoreSheet.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(Submission, (Submission.proposal_id == Proposal.id) & in_the_running())
        .outerjoin(
            Consensus,
            (Consensus.proposal_id == ScoreSheet.proposal_id)
            & (Consensus.criterion_id == Score.criterion_id),
        )
        .where(
            *counting_sheets(addendum_id, WRITTEN, PITCH),
            Score.level.is_not(None),
            Proposal.organisation_id.not_in(without),
        )
        .group_by(
            ScoreSheet.proposal_id,
            Organisation.name,
            Criterion.id,
            Criterion.name,
            Criterion.round,
            Criterion.position,
        )
        .having(width > 0)
        .order_by(
            width.desc(),
            Organisation.name,
            ScoreSheet.proposal_id,
            Criterion.round.desc(),
            Criterion.position,
        )
        .limit(PAGE + 1)
        .offset((page - 1) * PAGE)
    ).all()
    return rows


def agenda_rows(found: Sequence[Divergence], href: str) -> list[dict[str, Any]]:
    """Rows of the list; `href` is the address of a proposal's page with 0 for its id."""
    before, _, after = href.partition("0")
    return [
        {
            "href": f"{before}{row.proposal_id}{after}",
            "name": row.organisation_name,
            "criterion": row.criterion,
            "round": ROUND_LABELS[row.round],
            "levels": f"{row.lowest} tot {row.highest}",
            "sheets": row.sheets,
            "agreed": "" if row.agreed is None else str(row.agreed),
        }
        for row in found
    ]


def agreements(proposal_id: int) -> dict[int, Consensus]:
    """{criterion id: consensus} of one proposal. One query."""
    rows = db.session.scalars(select(Consensus).where(Consensus.proposal_id == proposal_id))
    return {row.criterion_id: row for row in rows}


def deliberation_rows(
    addendum_id: int, proposal_id: int, conflicted: Collection[int]
) -> list[dict[str, Any]]:
    """The criteria of both rounds with what each juror gave, the widest apart first."""
    sheets = [one for one in sent_sheets(proposal_id) if one.juror_id not in conflicted]
    agreed = agreements(proposal_id)
    rows = [
        _deliberation_row(name, one, [sheet for sheet in sheets if sheet.round == name], agreed.get(one.id))
        for name, rules in rules_of(addendum_id).rounds.items()
        for one in rules.criteria
    ]
    rows = [row for row in rows if row["points"]]
    return sorted(rows, key=lambda row: min(row["points"]) - max(row["points"]))


def _deliberation_row(
    round_name: str, criterion: Any, sheets: Sequence[SheetState], agreed: Consensus | None
) -> dict[str, Any]:
    given = [
        (sheet.juror, level, sheet.reasons.get(criterion.id, ""))
        for sheet in sheets
        if (level := sheet.levels.get(criterion.id)) is not None
    ]
    points = sorted(level for _, level, _ in given)
    mean = sum(points) / len(points) if points else None
    return {
        "id": criterion.id,
        "label": f"{criterion.name} ({ROUND_LABELS[round_name]})",
        "levels": [(str(one.value), one.description) for one in criterion.levels],
        "given": given,
        "points": points,
        "mean": mean,
        "text": number(mean),
        "points_text": ", ".join(map(str, points)),
        "tone": "warning" if points and points[-1] - points[0] >= 3 else None,
        "agreed": agreed,
        "maximum": criterion.highest,
    }
