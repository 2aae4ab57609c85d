"""The ranking made ready for its template: one tuple of texts per row, worked out once per version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, NamedTuple

from flask import render_template, url_for
from markupsafe import Markup
from sqlalchemy import func, select

from app.addenda.models import Challenge, Obstacle
from app.domain.outcome import Outcome
from app.domain.ranking import Interval, Placed
from app.domain.scoring import Failure, ProposalScore, shown
from app.evaluation.memory import version_of
from app.evaluation.policy import PITCH
from app.evaluation.standings import CallRules, Standings, Summed, intervals_of, standings_of
from app.infra.database import db
from app.infra.formats import number
from app.infra.remembered import remembered
from app.proposals.models import Claim, Submission
from app.proposals.queries import in_the_running

FEW = 250  # up to so many proposals the places without each juror are worked out unasked


class RankedRow(NamedTuple):
    """All text; `bar`, `low` and `high` are percentages for the drawing ("" when there is none)."""

    place: str
    href: str
    name: str
    total: str
    bar: str
    low: str
    high: str
    spread: str
    written: str
    pitch: str
    passes: bool
    remarks: str
    coverage: str
    interval: str


@dataclass(frozen=True)
class RankingPage:
    """`table` is the drawn table of the rows, the same for everybody with the same `closed`."""

    rows: list[RankedRow]
    unscored: list[tuple[str, str]]
    minimum: str
    weights: str
    with_intervals: bool
    passing: int
    table: Markup = Markup()


def ranking_page(
    addendum_id: int, *, closed: Collection[int] = frozenset(), intervals: bool = False
) -> RankingPage:
    """The page of a call at this version; `closed` are the organisations whose sheets the viewer may not
    open. One query when nothing changed."""
    key = ("ranking", frozenset(closed), intervals, version_of(addendum_id))
    return remembered(key, lambda: _drawn(_work_out(addendum_id, closed, intervals)))


def _drawn(page: RankingPage) -> RankingPage:
    return replace(page, table=Markup(render_template("evaluation/_ranking_table.html", page=page)))


def _work_out(addendum_id: int, closed: Collection[int], intervals: bool) -> RankingPage:
    standings = standings_of(addendum_id)
    wanted = intervals or len(standings.proposals) <= FEW
    places = intervals_of(addendum_id, standings) if wanted else {}
    total, covered = covered_by(addendum_id)
    before, _, after = url_for("evaluation.sheets", proposal_id=0).partition("0")
    names = _criterion_names(standings.rules)
    rows = []
    for one in standings.ranking.placed:
        proposal = standings.proposals[one.proposal_id]
        href = "" if proposal.organisation_id in closed else f"{before}{one.proposal_id}{after}"
        coverage = f"{covered.get(one.proposal_id, 0)} van {total}"
        rows.append(_row(one, proposal.organisation_name, href, coverage, places.get(one.proposal_id), names))
    return RankingPage(
        rows,
        [
            (standings.proposals[one.proposal_id].receipt_number, _name(standings, one))
            for one in standings.ranking.unscored
        ],
        percent(Fraction(standings.rules.rounds["written"].minimum_total)),
        _weights(standings.rules),
        bool(places),
        sum(one.passes for one in standings.ranking.placed),
    )


def _name(standings: Standings, one: Outcome) -> str:
    return standings.proposals[one.proposal_id].organisation_name


def _weights(rules: CallRules) -> str:
    written, pitch = rules.weights.written, rules.weights.pitch
    return f"schriftelijke ronde {number(written)} %, pitch {number(pitch)} %"


def percent(value: Any) -> str:
    """ "84,20"; a dash when there is none. Plain text work: babel is too slow for a thousand rows."""
    return "–" if value is None else str(shown(value)).replace(".", ",")


def _row(
    one: Placed[Outcome],
    name: str,
    href: str,
    coverage: str,
    interval: Interval | None,
    names: Mapping[int, str],
) -> RankedRow:
    outcome = one.score
    low, high = _bounds(outcome)
    return RankedRow(
        f"{one.place} (gelijk)" if one.tied else str(one.place),
        href,
        name,
        percent(outcome.total),
        str(shown(outcome.total or 0)),
        str(shown(low)),
        str(shown(high)),
        f"{percent(low)} tot {percent(high)}",
        percent(outcome.written.total),
        percent(outcome.pitch.total) if outcome.pitch else "–",
        one.passes,
        "; ".join(_missed(failure, names) for failure in outcome.failures),
        coverage,
        _places(interval),
    )


def _bounds(outcome: Outcome) -> tuple[Fraction, Fraction]:
    """From the lowest to the highest a juror gave, per round and weighted like the total."""
    low, high = _range(outcome.written)
    if outcome.pitch is None:
        return low, high
    pitch_low, pitch_high = _range(outcome.pitch)
    return outcome.weights.apply(low, pitch_low), outcome.weights.apply(high, pitch_high)


def _range(score: ProposalScore) -> tuple[Fraction, Fraction]:
    return score.range if isinstance(score, Summed) else (Fraction(0), Fraction(0))


def _criterion_names(rules: CallRules) -> dict[int, str]:
    return {one.id: one.name for each in rules.rounds.values() for one in each.criteria}


def _missed(failure: Failure, names: Mapping[int, str]) -> str:
    needed, reached = percent(failure.needed), percent(failure.reached)
    if failure.criterion_id is None:
        return f"in het geheel {reached} waar {needed} nodig is"
    where = " (pitch)" if failure.round == PITCH else ""
    return f"{names[failure.criterion_id]}{where}: gemiddeld {reached} waar {needed} nodig is"


def _places(interval: Interval | None) -> str:
    if interval is None:
        return ""
    if not interval.tested:
        return "één jurylid: niet te toetsen"
    if interval.firm:
        return f"vast op {interval.best}"
    return f"{interval.best} tot {interval.worst}"


def covered_by(addendum_id: int) -> tuple[int, dict[int, int]]:
    """(number of obstacles, {proposal id: how many it takes up}). One query."""
    total = (
        select(func.count(Obstacle.id))
        .join(Challenge, Challenge.id == Obstacle.challenge_id)
        .where(Challenge.addendum_id == addendum_id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Submission.proposal_id, func.count(Claim.obstacle_id), total)
        .outerjoin(Claim, Claim.submission_id == Submission.id)
        .where(Submission.addendum_id == addendum_id, in_the_running())
        .group_by(Submission.proposal_id)
    ).all()
    return (rows[0][2] if rows else 0), {proposal: count for proposal, count, _ in rows}
