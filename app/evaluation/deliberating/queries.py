"""What the jury has to talk about, what it agreed upon before, and who may be there."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import case, func, select

from app.accounts.models import User
from app.addenda.queries import Call
from app.audit.models import AuditEntry
from app.domain.criteria import Criterion
from app.evaluation.deliberating.policy import WIDE, step_of
from app.evaluation.models import ConflictDeclaration, Consensus, JurySeat, Score, ScoreSheet
from app.evaluation.policy import PITCH, WRITTEN, round_is_closed
from app.evaluation.standings import CallRules, counting_sheets
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.models import Proposal, Submission
from app.proposals.queries import in_the_running

RECORDED, WITHDRAWN = "consensus.recorded", "consensus.withdrawn"


class Cell(NamedTuple):
    """What the jurors gave for one criterion of one proposal; `lowest` and `highest` None when nobody gave a
    level, `given` how many did, `skipped` how many found it not applicable, `agreed` the consensus if any."""

    proposal_id: int
    organisation_name: str
    criterion_id: int
    lowest: int | None
    highest: int | None
    given: int
    total: int | None
    skipped: int
    agreed: int | None

    @property
    def width(self) -> int:
        return (self.highest or 0) - (self.lowest or 0)

    @property
    def diverges(self) -> bool:
        """Different levels, or a level beside "not applicable"."""
        return self.width > 0 or bool(self.skipped and self.given)


def closed_rounds(call: Call) -> list[str]:
    """The rounds of which the scores may be laid beside each other."""
    return [name for name in (WRITTEN, PITCH) if round_is_closed(name, call.phase)]


def cells_of(addendum_id: int, rounds: Iterable[str], *, without: Collection[int]) -> Sequence[Cell]:
    """Every criterion of every proposal with a sheet that counts; `without` are organisations to leave out.
    One query."""
    rows = db.session.execute(
        select(
            ScoreSheet.proposal_id,
            Organisation.name,
            Score.criterion_id,
            func.min(Score.level),
            func.max(Score.level),
            func.count(Score.level),
            func.sum(Score.level),
            func.sum(case((Score.not_applicable, 1), else_=0)),
            func.max(Consensus.level),
        )
        .join(Score, Score.sheet_id == ScoreSheet.id)
        .join(Proposal, Proposal.id == ScoreSheet.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(Submission, (Submission.proposal_id == Proposal.id) & in_the_running())
        .outerjoin(
            Consensus,
            (Consensus.proposal_id == ScoreSheet.proposal_id)
            & (Consensus.criterion_id == Score.criterion_id),
        )
        .where(*counting_sheets(addendum_id, *rounds), Proposal.organisation_id.not_in(without))
        .group_by(ScoreSheet.proposal_id, Organisation.name, Score.criterion_id)
    )
    return [Cell(*row) for row in rows]


@dataclass(frozen=True)
class Point:
    """A cell on the agenda. `weight`: percent of the whole, both rounds together."""

    cell: Cell
    criterion: Criterion
    round: str
    place: int
    weight: Decimal

    @property
    def undone(self) -> bool:
        return self.cell.agreed is None

    @property
    def wide(self) -> bool:
        return step_in(self.cell, self.criterion) in WIDE


def step_in(cell: Cell, criterion: Criterion) -> str:
    """How far apart the jurors lie, as a key of `policy.STEP_WORDS`."""
    return step_of(cell.lowest, cell.highest, cell.given, span_of(criterion))


def span_of(criterion: Criterion) -> int:
    return criterion.highest - min((one.value for one in criterion.levels), default=0)


def weights_of(rules: CallRules) -> dict[int, Decimal]:
    """{criterion id: percent of the whole}: the weight in its round times what the round counts for."""
    share = {WRITTEN: rules.weights.written, PITCH: rules.weights.pitch}
    return {
        one.id: one.weight * share[name] / 100
        for name, found in rules.rounds.items()
        for one in found.criteria
    }


def agenda_of(cells: Iterable[Cell], rules: CallRules) -> list[Point]:
    """What diverges, the widest first; of equally wide ones what weighs most."""
    weight = weights_of(rules)
    known = {
        one.id: (place, name, one)
        for name, found in rules.rounds.items()
        for place, one in enumerate(found.criteria)
    }
    points = [
        Point(cell, known[cell.criterion_id][2], known[cell.criterion_id][1], known[cell.criterion_id][0], w)
        for cell in cells
        if cell.diverges and (w := weight.get(cell.criterion_id)) is not None
    ]
    return sorted(points, key=_order)


def _order(point: Point) -> tuple[Any, ...]:
    cell = point.cell
    name = cell.organisation_name.casefold()
    return (-cell.width, -point.weight, name, cell.proposal_id, point.round == PITCH, point.place)


def agreements(proposal_id: int) -> dict[int, Consensus]:
    """{criterion id: consensus} of one proposal. One query."""
    rows = db.session.scalars(select(Consensus).where(Consensus.proposal_id == proposal_id))
    return {row.criterion_id: row for row in rows}


class FreeJuror(NamedTuple):
    user_id: int
    name: str
    chair: bool


def free_jurors(addendum_id: int, organisation_id: int) -> Sequence[FreeJuror]:
    """The jurors who declared to be free to judge this applicant, the chair first. One query."""
    rows = db.session.execute(
        select(JurySeat.user_id, User.name, JurySeat.chair)
        .join(User, User.id == JurySeat.user_id)
        .join(
            ConflictDeclaration,
            (ConflictDeclaration.addendum_id == JurySeat.addendum_id)
            & (ConflictDeclaration.juror_id == JurySeat.user_id),
        )
        .where(
            JurySeat.addendum_id == addendum_id,
            ConflictDeclaration.organisation_id == organisation_id,
            ConflictDeclaration.in_conflict.is_(False),
        )
        .order_by(JurySeat.chair.desc(), User.name, JurySeat.id)
    )
    return [FreeJuror(*row) for row in rows]


def present_last(addendum_id: int, *, without: Collection[int]) -> Collection[int]:
    """Who was there when the jury agreed last in this call, on whatever it was. One query."""
    found = db.session.scalar(
        select(Consensus.present)
        .join(Proposal, Proposal.id == Consensus.proposal_id)
        .where(Proposal.addendum_id == addendum_id, Proposal.organisation_id.not_in(without))
        .order_by(Consensus.recorded_at.desc(), Consensus.criterion_id.desc())
        .limit(1)
    )
    return found or ()


class Agreed(NamedTuple):
    """One line of the log: what the jury agreed, `level` None when it was taken back."""

    at: datetime
    by: str
    level: int | None
    present: int


def history_of(addendum_id: int, proposal_id: int) -> dict[int, list[Agreed]]:
    """{criterion id: what was agreed, the newest first}, as the log has it. One query."""
    rows = db.session.execute(
        select(AuditEntry.at, User.name, AuditEntry.details)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.addendum_id == addendum_id,
            AuditEntry.subject == f"proposal:{proposal_id}",
            AuditEntry.action.in_((RECORDED, WITHDRAWN)),
        )
        .order_by(AuditEntry.seq.desc())
    )
    found: dict[int, list[Agreed]] = {}
    for at, name, details in rows:
        line = Agreed(at, name or "Iemand", details.get("level"), len(details.get("present", ())))
        found.setdefault(details.get("criterion", 0), []).append(line)
    return found


def names_of(user_ids: Collection[int]) -> Mapping[int, str]:
    """{person: name}. One query."""
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(user_ids)))
    return {one: name for one, name in rows}


class RoundAct(NamedTuple):
    """A round was closed or opened again. `missing`: how many sheets were not in when it closed."""

    at: datetime
    by_id: int | None
    by: str
    round: str
    closed: bool
    reason: str
    missing: int


def round_acts(addendum_id: int) -> list[RoundAct]:
    """When the rounds of a call were closed and opened again, the oldest first. One query."""
    rows = db.session.execute(
        select(AuditEntry.at, AuditEntry.actor_id, User.name, AuditEntry.action, AuditEntry.details)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.addendum_id == addendum_id,
            AuditEntry.action.in_(("round.closed", "round.reopened")),
        )
        .order_by(AuditEntry.seq)
    )
    return [
        RoundAct(
            at,
            actor_id,
            name or "Iemand",
            details.get("round", WRITTEN),
            action == "round.closed",
            details.get("reason", ""),
            details.get("missing", 0),
        )
        for at, actor_id, name, action, details in rows
    ]
