"""From the written round to the end: what moved a proposal, in percent points that add up exactly.

The steps are taken one after another, each with everything before it: sheets that a late conflict took out,
what the jury agreed upon, the pitch criterion by criterion. The sum of the steps is the difference between
the two totals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.criteria import RoundRules
from app.domain.outcome import RoundWeights
from app.domain.scoring import ProposalScore, Sheet, score_proposal

SHEET_OUT, AGREED, PITCH = "sheet_out", "agreed", "pitch"


@dataclass(frozen=True)
class Judged:
    """One round of one proposal. `sheets` are those that count, by juror id; `taken_out` those that were in
    before their juror declared a conflict, in the order in which that happened; `agreed` {criterion id:
    level}, in the order in which the jury agreed."""

    rules: RoundRules
    sheets: Mapping[int, Sheet]
    taken_out: Mapping[int, Sheet]
    agreed: Mapping[int, int]


@dataclass(frozen=True)
class Step:
    """One thing that moved the total by `points` (percent points; None when there was no total to move).
    `subject` is a juror id for SHEET_OUT, else a criterion id; `level` for PITCH what counts in the end."""

    kind: str
    round: str
    subject: int
    points: Fraction | None
    level: Fraction | None = None


@dataclass(frozen=True)
class Shift:
    """`before`: the total of the written round as the jury closed it; `after`: the total in the end."""

    proposal_id: int
    before: Fraction | None
    after: Fraction | None
    pitched: bool
    steps: tuple[Step, ...]

    @property
    def moved(self) -> Fraction | None:
        return None if self.before is None or self.after is None else self.after - self.before


def shift_of(proposal_id: int, written: Judged, pitch: Judged | None, weights: RoundWeights) -> Shift:
    """What moved one proposal. Without a pitch sheet that counts it did not pitch, and its total is that of
    the written round."""
    before, total, steps = _through(proposal_id, "written", written)
    if pitch is None:
        return Shift(proposal_id, before, total, False, tuple(steps))
    _, last, moved = _through(proposal_id, "pitch", pitch)
    if total is None or last is None:
        outside = [Step(one.kind, one.round, one.subject, None, one.level) for one in moved]
        return Shift(proposal_id, before, total, False, tuple(steps + outside))
    share = Fraction(weights.pitch) / 100
    heard = _score(proposal_id, "pitch", pitch, {**pitch.sheets, **pitch.taken_out}, {})
    steps += _pitch_steps(heard, total, share)
    steps += [
        Step(one.kind, one.round, one.subject, one.points and one.points * share, one.level) for one in moved
    ]
    return Shift(proposal_id, before, weights.apply(total, last), True, tuple(steps))


def _through(
    proposal_id: int, name: str, judged: Judged
) -> tuple[Fraction | None, Fraction | None, list[Step]]:
    """The total with every sheet that was in, the total that counts, and the steps between them."""
    sheets = {**judged.sheets, **judged.taken_out}
    first = total = _score(proposal_id, name, judged, sheets, {}).total
    steps = []
    for juror in judged.taken_out:
        sheets = {one: sheet for one, sheet in sheets.items() if one != juror}
        after = _score(proposal_id, name, judged, sheets, {}).total
        steps.append(Step(SHEET_OUT, name, juror, _between(total, after)))
        total = after
    agreed: dict[int, int] = {}
    for criterion, level in judged.agreed.items():
        agreed[criterion] = level
        after = _score(proposal_id, name, judged, sheets, agreed).total
        steps.append(Step(AGREED, name, criterion, _between(total, after), Fraction(level)))
        total = after
    return first, total, steps


def _between(before: Fraction | None, after: Fraction | None) -> Fraction | None:
    return None if before is None or after is None else after - before


def _score(
    proposal_id: int, name: str, judged: Judged, sheets: Mapping[int, Sheet], agreed: Mapping[int, int]
) -> ProposalScore:
    return score_proposal(judged.rules, proposal_id, sheets, agreed, round_name=name)


def _pitch_steps(heard: ProposalScore, written_total: Fraction, share: Fraction) -> list[Step]:
    """Per criterion how much better or worse the pitch was than the total it was added to; together exactly
    what the pitch did."""
    counting = [one for one in heard.rules.criteria if one.id in heard.averages]
    weight = sum((Fraction(one.weight) for one in counting), Fraction(0))
    return [
        Step(
            PITCH,
            "pitch",
            one.id,
            share
            * Fraction(one.weight)
            / weight
            * (100 * heard.averages[one.id] / one.highest - written_total),
            heard.averages[one.id],
        )
        for one in counting
    ]


Passed = tuple[list[int], list[int]]


def overtaken(order: Sequence[int], before: Mapping[int, int], after: Mapping[int, int]) -> dict[int, Passed]:
    """{proposal: (whom it went past, who went past it)}. `before` and `after` are {proposal: place}, `order`
    all proposals in the first order; who was or ends at an equal place was not passed."""
    found: dict[int, Passed] = {one: ([], []) for one in order}
    for at, one in enumerate(order):
        for other in order[at + 1 :]:
            if before[one] < before[other] and after[other] < after[one]:
                found[other][0].append(one)
                found[one][1].append(other)
    return found
