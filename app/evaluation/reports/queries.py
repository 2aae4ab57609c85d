"""What the files of a jury are made of. Applicants that are closed to the viewer are in none of it."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.models import Criterion
from app.addenda.queries import Call
from app.domain.criteria import Criterion as Rule
from app.domain.ranking import Interval
from app.evaluation.models import Consensus, JurySeat, Score, ScoreSheet
from app.evaluation.queries import Declaration, JurorRow, declarations_of, jurors_of
from app.evaluation.standings import Standings, conflict_pairs, intervals_of, standings_of
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.models import Proposal, Submission
from app.proposals.policy import left_out
from app.proposals.queries import StandingRow, in_the_running, of_opened_call, stands

PORTION = 2_000


class ScoreLine(NamedTuple):
    """`level` is None when the criterion was found not to apply."""

    criterion_id: int
    level: int | None
    not_applicable: bool
    reason: str


class SheetRow(NamedTuple):
    """A sheet that is in. `outside` says why it does not count: "", "conflict" or "refused"."""

    proposal_id: int
    receipt_number: str
    organisation: str
    juror_id: int
    juror: str
    round: str
    submitted_at: datetime
    remark_applicant: str
    remark_internal: str
    outside: str
    scores: tuple[ScoreLine, ...]


class Agreement(NamedTuple):
    """`present`: user ids of the jurors who were there."""

    proposal_id: int
    criterion_id: int
    level: int
    reason: str
    recorded_at: datetime
    recorded_by: str
    present: Sequence[int]


@dataclass(frozen=True)
class Material:
    """A call after its rounds, as far as the viewer may know. `left_out` says how much is not in it; then
    there are no places either, since a place tells about the others."""

    call: Call
    made_at: datetime
    standings: Standings
    intervals: Mapping[int, Interval]
    jurors: Sequence[JurorRow]
    declarations: Sequence[Declaration]
    agreements: Sequence[Agreement]
    people: Mapping[int, str]
    left_out: str

    @property
    def whole(self) -> bool:
        return not self.left_out

    @cached_property
    def by_name(self) -> list[StandingRow]:
        """The proposals in the running, in alphabetical order."""
        rows = self.standings.proposals.values()
        return sorted(rows, key=lambda one: (one.organisation_name.casefold(), one.receipt_number))

    @cached_property
    def criteria(self) -> dict[int, tuple[str, Rule]]:
        """{criterion id: (round, criterion)}, the written round first."""
        rounds = self.standings.rules.rounds
        return {one.id: (name, one) for name, rules in rounds.items() for one in rules.criteria}

    def named(self, people: Collection[int]) -> list[str]:
        return [self.people.get(one, "iemand die er niet meer is") for one in people]


def material_of(call: Call, without: Collection[int], now: datetime) -> Material:
    """Eleven queries, whatever the size of the call; nine when somebody is left out."""
    standings = standings_of(call.id, without=without)
    agreements = _agreements(call.id, without)
    jurors = jurors_of(call.id)
    return Material(
        call,
        now,
        standings,
        {} if without else intervals_of(call.id, standings),
        jurors,
        [one for one in declarations_of(call.id) if one.organisation_id not in without],
        agreements,
        {one.user_id: one.name for one in jurors} | _names(agreements),
        left_out(len(without)),
    )


def _agreements(addendum_id: int, without: Collection[int]) -> Sequence[Agreement]:
    rows: Sequence[Any] = db.session.execute(
        select(
            Consensus.proposal_id,
            Consensus.criterion_id,
            Consensus.level,
            Consensus.reason,
            Consensus.recorded_at,
            User.name.label("recorded_by"),
            Consensus.present,
        )
        .join(User, User.id == Consensus.recorded_by_id)
        .join(Criterion, Criterion.id == Consensus.criterion_id)
        .join(Proposal, Proposal.id == Consensus.proposal_id)
        .where(Criterion.addendum_id == addendum_id, Proposal.organisation_id.not_in(without))
        .order_by(Consensus.proposal_id, Criterion.round.desc(), Criterion.position)
    ).all()
    return rows


def _names(agreements: Sequence[Agreement]) -> dict[int, str]:
    ids = {one for row in agreements for one in row.present}
    return {one: name for one, name in db.session.execute(select(User.id, User.name).where(User.id.in_(ids)))}


Execute = Callable[..., Any]


def read_sheets(addendum_id: int, without: Collection[int], execute: Execute) -> Iterator[SheetRow]:
    """Every sheet that is in on a proposal that stands, by number, round and juror; read in portions over
    `execute` (a session's or a connection's). Two queries."""
    outside = {(juror, proposal) for juror, proposal in execute(conflict_pairs(addendum_id))}
    rows = execute(_sheets(addendum_id, without), execution_options={"yield_per": PORTION})
    for _, lines in groupby(rows, key=lambda row: row.id):
        yield _sheet(list(lines), outside)


def _sheet(rows: Sequence[Any], outside: Collection[tuple[int, int]]) -> SheetRow:
    one = rows[0]
    conflict = (one.juror_id, one.proposal_id) in outside
    return SheetRow(
        one.proposal_id,
        one.receipt_number,
        one.organisation,
        one.juror_id,
        one.juror,
        one.round,
        one.submitted_at,
        one.remark_applicant,
        one.remark_internal,
        "conflict" if conflict else "refused" if one.refused_at else "",
        tuple(ScoreLine(row.criterion_id, row.level, row.not_applicable, row.reason) for row in rows),
    )


def _sheets(addendum_id: int, without: Collection[int]) -> Any:
    return (
        select(
            ScoreSheet.id,
            ScoreSheet.proposal_id,
            Submission.receipt_number,
            Organisation.name.label("organisation"),
            ScoreSheet.juror_id,
            User.name.label("juror"),
            ScoreSheet.round,
            ScoreSheet.submitted_at,
            ScoreSheet.remark_applicant,
            ScoreSheet.remark_internal,
            Submission.refused_at,
            Score.criterion_id,
            Score.level,
            Score.not_applicable,
            Score.reason,
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
        .order_by(
            Submission.receipt_number,
            ScoreSheet.round.desc(),
            User.name,
            ScoreSheet.id,
            Criterion.position,
            Criterion.id,
        )
    )


def levels_by_criterion(sheets: Collection[SheetRow]) -> dict[tuple[int, int], list[int]]:
    """{(proposal, criterion): the levels of the sheets that count, from low to high}."""
    found: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
    for sheet in sheets:
        for line in sheet.scores if not sheet.outside else ():
            if line.level is not None:
                found[sheet.proposal_id, line.criterion_id].append(line.level)
    return {key: sorted(levels) for key, levels in found.items()}


def sizes(addendum_id: int, without: Collection[int]) -> tuple[int, int, int]:
    """How many proposals in the running, sheets on them that are in, and jurors. One query."""
    running = (
        select(Submission.proposal_id)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .where(
            Submission.addendum_id == addendum_id,
            in_the_running(),
            of_opened_call(),
            Proposal.organisation_id.not_in(without),
        )
    )
    sheets = select(func.count()).where(
        ScoreSheet.proposal_id.in_(running), ScoreSheet.submitted_at.is_not(None)
    )
    jurors = select(func.count()).where(JurySeat.addendum_id == addendum_id)
    counts = (select(func.count()).select_from(running.subquery()), sheets, jurors)
    row = db.session.execute(select(*(one.scalar_subquery() for one in counts))).one()
    return row[0], row[1], row[2]
