"""A new evaluation of one proposal after an objection that was upheld: who may do it, when it is whole, and
what it would change in the ranking. Worked out on a copy; nothing of the first evaluation is touched.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.domain.errors import DomainError
from app.domain.outcome import Outcome
from app.domain.ranking import Ranking, rank
from app.domain.scoring import ProposalScore, RoundRules, Sheet, score_proposal

LEAST_JURORS = 2
MOST_JURORS = 12
WRITTEN, PITCH, BOTH = "written", "pitch", "both"
ROUNDS: Mapping[str, tuple[str, ...]] = {WRITTEN: (WRITTEN,), PITCH: (PITCH,), BOTH: (WRITTEN, PITCH)}
"""What is scored again, and which rounds that are."""


def check_panel(named: Collection[int], possible: Collection[int], scorers: Collection[int]) -> None:
    """`named`, `possible` (may be chosen: known here and without a conflict) and `scorers` (handed in a sheet
    for this proposal the first time) are person ids.

    Raises reassess_juror_unknown, reassess_too_few, reassess_too_many and reassess_mostly_scored: at least
    half of who looks again did not look before.
    """
    people = set(named)
    if people - set(possible):
        raise DomainError("reassess_juror_unknown", field="jurors")
    if len(people) < LEAST_JURORS:
        raise DomainError("reassess_too_few", field="jurors", least=LEAST_JURORS)
    if len(people) > MOST_JURORS:
        raise DomainError("reassess_too_many", field="jurors", most=MOST_JURORS)
    if 2 * len(people - set(scorers)) < len(people):
        raise DomainError("reassess_mostly_scored", field="jurors")


def check_closing(sheets_in: Collection[int], named: Collection[int], scorers: Collection[int]) -> None:
    """Whether what is in (juror ids of sheets that count) is enough to end with, `named` being everybody who
    was asked. What is missing needs a reason; that is asked by `missing_from`.

    Raises reassess_too_few_in and reassess_mostly_scored_in (the sheets that are in do not keep the rule of
    `check_panel` when somebody new did not hand in).
    """
    present = set(sheets_in) & set(named)
    if len(present) < LEAST_JURORS:
        raise DomainError("reassess_too_few_in", least=LEAST_JURORS, count=len(present))
    if 2 * len(present - set(scorers)) < len(present):
        raise DomainError("reassess_mostly_scored_in")


def with_new_scores(
    old: Outcome, rules: Mapping[str, RoundRules], sheets: Mapping[str, Mapping[int, Sheet]]
) -> Outcome:
    """The same proposal with the rounds in `sheets` ({round: {juror id: sheet}}) scored anew.

    The new sheets come in the place of the old ones of that round and of what the first jury agreed on in it;
    a round that is not in `sheets` stays as it was. Raises what `score_proposal` raises.
    """

    def scored(name: str, before: ProposalScore | None) -> ProposalScore | None:
        if name not in sheets:
            return before
        return score_proposal(rules[name], old.proposal_id, sheets[name], round_name=name)

    written, pitch = scored(WRITTEN, old.written), scored(PITCH, old.pitch)
    assert written is not None
    return Outcome(old.proposal_id, written, pitch if pitch and pitch.sheet_count else None, old.weights)


def ranking_on_a_copy(
    outcomes: Mapping[int, Outcome], anew: Mapping[int, Outcome], receipt_numbers: Mapping[int, str]
) -> Ranking[Outcome]:
    """The ranking as it would be with `anew` in the place of the outcomes of those proposals."""
    return rank([anew.get(one, outcome) for one, outcome in outcomes.items()], receipt_numbers)


@dataclass(frozen=True)
class Standing:
    """Where a proposal stands in one ranking; `place` None: nobody scored it. `total` in percent, exact."""

    place: int | None = None
    tied: bool = False
    total: Fraction | None = None
    passes: bool = False


@dataclass(frozen=True)
class Shift:
    """One proposal before and after. `chosen_before` and `chosen_after`: its place is among the first so many
    as were selected, and it reaches every minimum. That is what the numbers say; people decide."""

    proposal_id: int
    before: Standing
    after: Standing
    chosen_before: bool
    chosen_after: bool

    @property
    def moved(self) -> bool:
        return self.before != self.after

    @property
    def turned(self) -> bool:
        """Whether it would come in, or fall out."""
        return self.chosen_before != self.chosen_after


def shifts(before: Mapping[int, Standing], after: Ranking[Outcome], selected: int) -> Sequence[Shift]:
    """Every proposal of either ranking, by its new place, unscored ones last; `selected`: how many are."""
    now = {
        one.proposal_id: Standing(one.place, one.tied, one.score.total, one.passes) for one in after.placed
    }
    order = [*now, *(one for one in before if one not in now)]
    nothing = Standing()
    return [
        Shift(
            one,
            before.get(one, nothing),
            now.get(one, nothing),
            _chosen(before.get(one, nothing), selected),
            _chosen(now.get(one, nothing), selected),
        )
        for one in order
    ]


def _chosen(one: Standing, selected: int) -> bool:
    return one.place is not None and one.passes and one.place <= selected


@dataclass(frozen=True)
class Stages:
    """How many objections that led to a new evaluation stand where, in one call: nobody asked yet, sheets to
    come, all sheets in, closed without a new decision proposed; `unsettled` counts also who waits for that
    decision to be told."""

    to_name: int = 0
    scoring: int = 0
    to_close: int = 0
    to_decide: int = 0
    unsettled: int = 0
