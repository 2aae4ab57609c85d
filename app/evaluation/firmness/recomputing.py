"""A ranking worked out again from its raw rows, beside what is shown and what was signed."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from app.domain.outcome import Outcome
from app.domain.ranking import Placed
from app.domain.scoring import Failure, shown
from app.evaluation.firmness.services import Recomputed, recompute
from app.evaluation.standings import ranking_of


class Signed(NamedTuple):
    """What was signed of a call. `ranking` {proposal id: {place, tied, total, passes, pitched}}, the total
    exact as text; `changed`: in words, which rows under it are no longer those that were signed."""

    sha256: str
    intact: bool
    ranking: Mapping[int, Mapping[str, Any]]
    changed: Sequence[str]


SIGNED: list[Callable[[int], Signed | None]] = []
"""How to find what was signed; decisions registers it."""


class Comparison(NamedTuple):
    """`content` is the recomputed ranking as JSON has it; `differences` is empty when all are the same."""

    content: dict[str, Any]
    differences: list[str]


def compare(addendum_id: int) -> Comparison:
    """From the raw rows; held against the ranking on the pages, and against the signed one if there is."""
    found = recompute(addendum_id)
    own = {one.proposal_id: _facts(one) for one in found.ranking.placed}
    shown_now = {one.proposal_id: _facts(one) for one in ranking_of(addendum_id).placed}
    differences = _differences(found, own, shown_now, "in de rangschikking op het scherm")
    signed = next((one for look in SIGNED if (one := look(addendum_id)) is not None), None)
    if signed is not None:
        if not signed.intact:
            differences.append("De ondertekende tekst is veranderd: de controlesom klopt niet meer.")
        differences += _differences(found, own, signed.ranking, "in wat ondertekend is")
        differences += signed.changed
    return Comparison(_content(found, signed, differences), differences)


def _facts(one: Placed[Outcome]) -> dict[str, Any]:
    return {
        "place": one.place,
        "tied": one.tied,
        "total": str(one.score.total),
        "passes": one.passes,
        "pitched": one.score.pitched,
    }


NAMES = {
    "place": "plaats",
    "tied": "gedeelde plaats",
    "total": "totaal",
    "passes": "haalt elk minimum",
    "pitched": "gaf een pitch",
}
ANSWERS = {True: "ja", False: "nee"}


def _differences(
    found: Recomputed,
    own: Mapping[int, Mapping[str, Any]],
    other: Mapping[int, Mapping[str, Any]],
    where: str,
) -> list[str]:
    said = []
    for proposal in sorted(own.keys() | other.keys()):
        name = _name(found, proposal)
        if proposal not in other:
            said.append(f"{name}: heeft volgens de scores een plaats, maar niet {where}.")
        elif proposal not in own:
            said.append(f"{name}: heeft een plaats {where}, maar niet volgens de scores.")
        else:
            said += [
                f"{name}: {word} is {_word(own[proposal][key])} volgens de scores, "
                f"{_word(other[proposal].get(key))} {where}."
                for key, word in NAMES.items()
                if own[proposal][key] != other[proposal].get(key)
            ]
    return said


def _word(value: Any) -> Any:
    return ANSWERS[value] if isinstance(value, bool) else value


def _name(found: Recomputed, proposal: int) -> str:
    row = found.proposals.get(proposal)
    return f"{row.organisation_name} ({row.receipt_number})" if row else f"Kandidatuur {proposal}"


def _content(found: Recomputed, signed: Signed | None, differences: list[str]) -> dict[str, Any]:
    """Totals exact as a fraction ("4213/50") and shown with two decimals."""
    number = {one: row.receipt_number for one, row in found.proposals.items()}
    return {
        "ranking": [
            {
                "place": one.place,
                "tied": one.tied,
                "proposal": one.proposal_id,
                "receipt": number[one.proposal_id],
                "total": str(shown(one.score.total or 0)),
                "exact": str(one.score.total),
                "pitched": one.score.pitched,
                "sheets": one.score.sheet_count,
                "passes": one.passes,
                "failures": [_failure(failure) for failure in one.score.failures],
            }
            for one in found.ranking.placed
        ],
        "unscored": [number[one.proposal_id] for one in found.ranking.unscored],
        "signed": signed.sha256 if signed else None,
        "equal": not differences,
    }


def _failure(failure: Failure) -> dict[str, Any]:
    return {
        "round": failure.round,
        "criterion": failure.criterion_id,
        "reached": str(failure.reached),
        "needed": str(failure.needed),
    }
