"""What a new evaluation would change in the ranking, worked out on a copy from the raw rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from app.decisions.queries import decisions_of
from app.decisions.resigning import signed_of
from app.domain.outcome import Outcome
from app.domain.reassessment import ROUNDS, Shift, Standing, ranking_on_a_copy, shifts, with_new_scores
from app.domain.scoring import Sheet
from app.evaluation.firmness.services import Recomputed, recompute
from app.evaluation.reading import SheetState
from app.evaluation.standings import CallRules
from app.objections.reassessing.queries import ReassessmentRow, reassessments_of, sheets_in

SheetsOfRounds = Mapping[str, Mapping[int, Sheet]]


@dataclass(frozen=True)
class Compared:
    """`shifts` by the new place; `names` {proposal id: organisation}; `selected`: how many were selected the
    first time; `anew`: the outcome of this proposal with its new scores; `others`: the organisations whose
    own new evaluation, closed earlier, is in the copy too."""

    shifts: Sequence[Shift]
    names: Mapping[int, str]
    organisations: Mapping[int, int]
    selected: int
    anew: Outcome
    others: Sequence[str]

    @property
    def own(self) -> Shift:
        return next(one for one in self.shifts if one.proposal_id == self.anew.proposal_id)


def compared(row: ReassessmentRow) -> Compared | None:
    """The ranking with the new scores of this proposal beside the signed one; None as long as no sheet
    counts, or without a first ranking. Reads only."""
    found = recompute(row.addendum_id)
    earlier = [one for one in reassessments_of(row.addendum_id) if one.closed_at and one.id < row.id]
    anew = {one.proposal_id: outcome for one in [*earlier, row] if (outcome := _anew(one, found)) is not None}
    if row.proposal_id not in anew:
        return None
    numbers = {one: standing.receipt_number for one, standing in found.proposals.items()}
    selected = sum(one.outcome == "selected" for one in decisions_of(row.addendum_id))
    after = ranking_on_a_copy(found.outcomes, anew, numbers)
    return Compared(
        shifts(_before(row.addendum_id, found), after, selected),
        {one: standing.organisation_name for one, standing in found.proposals.items()},
        {one: standing.organisation_id for one, standing in found.proposals.items()},
        selected,
        anew[row.proposal_id],
        [one.organisation_name for one in earlier if one.proposal_id != row.proposal_id],
    )


def sheets_per_round(rules: CallRules, round_choice: str, sheets: Sequence[SheetState]) -> SheetsOfRounds:
    """{round: {juror id: {criterion id: level, None for what does not apply}}}."""
    return {
        name: {
            sheet.juror_id: {one: sheet.levels[one] for one in rules.rounds[name].ids if one in sheet.levels}
            for sheet in sheets
        }
        for name in ROUNDS[round_choice]
    }


def _anew(row: ReassessmentRow, found: Recomputed) -> Outcome | None:
    old, sheets = found.outcomes.get(row.proposal_id), sheets_in(row)
    if old is None or not sheets:
        return None
    return with_new_scores(old, found.rules.rounds, sheets_per_round(found.rules, row.round, sheets))


def _before(addendum_id: int, found: Recomputed) -> Mapping[int, Standing]:
    """The signed ranking; without one (never, once decisions were told) the one of the raw rows."""
    signed = signed_of(addendum_id)
    if signed is None:
        return {
            one.proposal_id: Standing(one.place, one.tied, one.score.total, one.passes)
            for one in found.ranking.placed
        }
    return {proposal: _standing(one) for proposal, one in signed.ranking.items()}


def _standing(signed: Mapping[str, Any]) -> Standing:
    total = signed["total"]
    return Standing(
        signed["place"], signed["tied"], None if total is None else Fraction(total), signed["passes"]
    )
