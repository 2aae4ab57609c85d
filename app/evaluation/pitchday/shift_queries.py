"""Reading what moved each proposal from the written round to the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import Criterion
from app.addenda.queries import Call
from app.domain.outcome import Outcome
from app.domain.ranking import rank
from app.domain.scoring import Sheet, score_proposal
from app.domain.shifts import Judged, Shift, shift_of
from app.evaluation.deliberating.queries import RoundAct, round_acts
from app.evaluation.models import Consensus, Score, ScoreSheet
from app.evaluation.policy import PITCH, WRITTEN
from app.evaluation.queries import Declaration, declarations_of
from app.evaluation.standings import Standings, standings_of
from app.infra.database import db

Sheets = dict[tuple[str, int], dict[int, dict[int, int | None]]]  # (round, proposal), juror, criterion


class Agreement(NamedTuple):
    """What the jury agreed upon for one criterion of one proposal, and who wrote it down."""

    proposal_id: int
    criterion_id: int
    level: int
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Shifts:
    """`places` {proposal: (place after the written round, place in the end)}, of who has both; `passes` the
    same for whether every minimum is reached."""

    standings: Standings
    shifts: Mapping[int, Shift]
    places: Mapping[int, tuple[int, int]]
    passes: Mapping[int, tuple[bool, bool]]
    agreements: Mapping[tuple[int, int], Agreement]
    conflicts: Mapping[tuple[int, int], Declaration]
    names: Mapping[int, str]
    sheets: Mapping[int, int]
    rounds: Sequence[RoundAct]


def shifts_of(call: Call) -> Shifts:
    """Everything that moved a proposal of this call. Ten queries, whatever the number of proposals."""
    standings = standings_of(call.id)
    agreements = _agreements(call.id)
    conflicts = {
        (one.juror_id, one.organisation_id): one for one in declarations_of(call.id) if one.in_conflict
    }
    sheets, names = _sheets(call.id)
    judged = {
        name: {
            one: _judged(call, standings, name, one, sheets.get((name, one), {}), conflicts, agreements)
            for one in standings.proposals
        }
        for name in (WRITTEN, PITCH)
    }
    shifts = {
        one: shift_of(one, judged[WRITTEN][one], judged[PITCH][one], standings.rules.weights)
        for one in standings.proposals
    }
    places, passes = _places(standings, judged[WRITTEN])
    return Shifts(
        standings,
        shifts,
        places,
        passes,
        {(one.proposal_id, one.criterion_id): one for one in agreements},
        conflicts,
        names,
        {one: len(judged[PITCH][one].sheets) for one in standings.proposals},
        round_acts(call.id),
    )


def _judged(
    call: Call,
    standings: Standings,
    name: str,
    proposal_id: int,
    sheets: Mapping[int, Mapping[int, int | None]],
    conflicts: Mapping[tuple[int, int], Declaration],
    agreements: Sequence[Agreement],
) -> Judged:
    """A conflict from before the written round was closed is no shift: that sheet was not in its total."""
    rules = standings.rules.rounds[name]
    organisation = standings.proposals[proposal_id].organisation_id
    counting: dict[int, Sheet] = {}
    out: list[tuple[datetime, int, Sheet]] = []
    closed = call.facts.written_closed_at
    for juror, sheet in sheets.items():
        conflict = conflicts.get((juror, organisation))
        if set(sheet) != set(rules.ids):
            continue
        if conflict is None:
            counting[juror] = sheet
        elif name == PITCH or closed is None or conflict.declared_at >= closed:
            out.append((conflict.declared_at, juror, sheet))
    agreed = {
        one.criterion_id: one.level
        for one in agreements
        if one.proposal_id == proposal_id and one.criterion_id in rules.ids
    }
    return Judged(rules, counting, {juror: sheet for _, juror, sheet in sorted(out, key=_first)}, agreed)


def _first(out: tuple[datetime, int, Sheet]) -> tuple[datetime, int]:
    return out[0], out[1]


def _places(
    standings: Standings, written: Mapping[int, Judged]
) -> tuple[dict[int, tuple[int, int]], dict[int, tuple[bool, bool]]]:
    at_closing = [
        Outcome(
            one,
            score_proposal(judged.rules, one, {**judged.sheets, **judged.taken_out}),
            None,
            standings.rules.weights,
        )
        for one, judged in written.items()
    ]
    numbers = {one: row.receipt_number for one, row in standings.proposals.items()}
    before = {one.proposal_id: one for one in rank(at_closing, numbers).placed}
    after = {one.proposal_id: one for one in standings.ranking.placed}
    both = before.keys() & after.keys()
    return (
        {one: (before[one].place, after[one].place) for one in both},
        {one: (before[one].passes, after[one].passes) for one in both},
    )


def _sheets(addendum_id: int) -> tuple[Sheets, dict[int, str]]:
    """The levels on every sheet that is in, whether it counts or not, and the names of who wrote them. One
    query."""
    rows = db.session.execute(
        select(
            ScoreSheet.round,
            ScoreSheet.proposal_id,
            ScoreSheet.juror_id,
            User.name,
            Score.criterion_id,
            Score.level,
            Score.not_applicable,
        )
        .join(Score, Score.sheet_id == ScoreSheet.id)
        .join(User, User.id == ScoreSheet.juror_id)
        .where(ScoreSheet.addendum_id == addendum_id, ScoreSheet.submitted_at.is_not(None))
        .order_by(ScoreSheet.proposal_id, ScoreSheet.juror_id)
    )
    sheets: Sheets = {}
    names: dict[int, str] = {}
    for name, proposal, juror, who, criterion, level, skipped in rows:
        names[juror] = who
        if level is not None or skipped:
            sheets.setdefault((name, proposal), {}).setdefault(juror, {})[criterion] = level
    return sheets, names


def _agreements(addendum_id: int) -> list[Agreement]:
    """In the order in which the jury agreed. One query."""
    rows: Sequence[Any] = db.session.execute(
        select(
            Consensus.proposal_id,
            Consensus.criterion_id,
            Consensus.level,
            Consensus.reason,
            User.name,
            Consensus.recorded_at,
        )
        .join(Criterion, Criterion.id == Consensus.criterion_id)
        .join(User, User.id == Consensus.recorded_by_id)
        .where(Criterion.addendum_id == addendum_id)
        .order_by(Consensus.recorded_at, Consensus.proposal_id, Consensus.criterion_id)
    ).all()
    return [Agreement(*row) for row in rows]
