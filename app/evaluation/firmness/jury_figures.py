"""How far the jury agrees and how severe each juror is, as rows of text."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from app.domain.agreement import RELIABLE, TENTATIVE, Severity
from app.domain.scoring import shown
from app.evaluation.firmness.services import JuryAgreement, RoundAgreement
from app.evaluation.policy import ROUND_LABELS
from app.infra.formats import counted


class AlphaRow(NamedTuple):
    name: str
    compared: str
    ordinal: str
    interval: str
    word: str
    tone: str


class SeverityRow(NamedTuple):
    """In percent; `difference` with its sign, `word` says it."""

    name: str
    own: str
    others: str
    difference: str
    word: str
    proposals: str


@dataclass(frozen=True)
class RoundFigures:
    label: str
    alphas: list[AlphaRow]
    severities: list[SeverityRow]


def round_figures(agreement: JuryAgreement) -> list[RoundFigures]:
    return [
        RoundFigures(ROUND_LABELS[one.round], _alphas(one), _severities(one.severities, agreement.names))
        for one in agreement.rounds
    ]


def _alphas(of_round: RoundAgreement) -> list[AlphaRow]:
    rows = [
        AlphaRow(
            one.name, str(one.compared), _alpha(one.ordinal), _alpha(one.interval), *_judged(one.ordinal)
        )
        for one in of_round.criteria
    ]
    total = of_round.total
    return [
        *rows,
        AlphaRow("Totaal van het blad", str(of_round.compared), "", _alpha(total), *_judged(total)),
    ]


def _alpha(alpha: Fraction | None) -> str:
    return "–" if alpha is None else str(shown(alpha)).replace(".", ",").replace("-", "−")


def _judged(alpha: Fraction | None) -> tuple[str, str]:
    """In words (Krippendorff's own limits) and the tone of a badge."""
    if alpha is None:
        return "niet te berekenen", "neutral"
    if alpha >= RELIABLE:
        return "eensgezind", "success"
    return ("redelijk eensgezind", "info") if alpha >= TENTATIVE else ("verdeeld", "warning")


def _severities(found: Mapping[int, Severity], names: Mapping[int, str]) -> list[SeverityRow]:
    ordered = sorted(found.values(), key=lambda one: (one.difference, names.get(one.juror_id, "")))
    return [_severity(one, names.get(one.juror_id, "")) for one in ordered]


NOTICEABLE = 5  # percent


def _severity(one: Severity, name: str) -> SeverityRow:
    difference = one.difference
    word = "ongeveer zoals de anderen"
    if abs(difference) >= NOTICEABLE:
        word = "strenger dan de anderen" if difference < 0 else "milder dan de anderen"
    sign = "+" if shown(difference) > 0 else ""
    return SeverityRow(
        name,
        _number(one.own),
        _number(one.others),
        sign + _number(difference),
        word,
        counted(one.proposals, "kandidatuur", "kandidaturen"),
    )


def _number(value: Fraction) -> str:
    return str(shown(value)).replace(".", ",").replace("-", "−")
