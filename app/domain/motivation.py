"""The reasons of a decision, its legal basis and the routes the letter must state.

Sources: law of 29 July 1991 on the formal motivation of administrative acts, articles 2 and 3 (reasons in
law and in fact, in the act itself, and adequate); coordinated laws on the Council of State of 12 January
1973, articles 14 and 19 (appeal, and stating it in the notification); Regent's decree of 23 August 1948,
article 4 (60 days).
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from app.domain.errors import DomainError

MIN_CHARACTERS = 80
MIN_WORDS = 12
# A part of a sentence with a figure and no more words than this is a score line ("Expertise: 20 punten").
SCORE_LINE_WORDS = 6

LEGAL_BASIS = (
    "Deze beslissing is gemotiveerd zoals de wet van 29 juli 1991 betreffende de uitdrukkelijke motivering "
    "van de bestuurshandelingen het vraagt: de redenen in rechte en in feite staan in de beslissing zelf. "
    "Ze steunt op het gepubliceerde addendum van de oproep en op de criteria, de wegingen en de minima die "
    "daarin voor iedereen gelijk zijn vastgelegd."
)

OBJECTION_PARAGRAPH = (
    "Ga je niet akkoord, dan kan je een weerwoord indienen bij de regio. Dat kan tot en met de {days}e "
    "kalenderdag na de dag waarop je deze kennisgeving kreeg. Zeg wat je betwist, waarom, en wat je vraagt. "
    "Het weerwoord wordt bekeken door mensen van wie minstens één je kandidatuur niet heeft gescoord. Je "
    "krijgt een antwoord met redenen."
)

APPEAL_PARAGRAPH = (
    "Los daarvan staat de wettelijke weg open: je kan deze beslissing aanvechten met een verzoekschrift bij "
    "de Raad van State, afdeling Bestuursrechtspraak, Wetenschapsstraat 33, 1040 Brussel. Dat beroep tot "
    "nietigverklaring dien je in binnen 60 dagen na deze kennisgeving, aangetekend of via het elektronische "
    "platform van de Raad van State. Reken er niet op dat een ander initiatief die termijn verlengt."
)


class DecisionOutcome(StrEnum):
    SELECTED = "selected"
    RESERVE = "reserve"
    NOT_SELECTED = "not_selected"
    INADMISSIBLE = "inadmissible"


def parse_outcome(raw: str) -> DecisionOutcome:
    """Raises `outcome_unknown` at field `outcome`."""
    if raw not in list(DecisionOutcome):
        raise DomainError("outcome_unknown", field="outcome")
    return DecisionOutcome(raw)


def check_motivation(outcome: str, reasons: str, legal_basis: str, appeal_routes: str) -> DecisionOutcome:
    """Whether a decision may be proposed or confirmed; raises the first of `motivation_problems`."""
    for problem in motivation_problems(outcome, reasons, legal_basis, appeal_routes):
        raise problem
    return DecisionOutcome(outcome)


def motivation_problems(
    outcome: str, reasons: str, legal_basis: str, appeal_routes: str
) -> Iterator[DomainError]:
    """Everything that keeps a decision from standing, each at its field.

    Selected or not, every outcome needs the same. Codes: outcome_unknown, those of `check_reasons`,
    legal_basis_missing (it must name the law of 29 July 1991), appeal_routes_missing (they must name the
    Raad van State and the 60 days).
    """
    if outcome not in list(DecisionOutcome):
        yield DomainError("outcome_unknown", field="outcome")
    code = _reasons_problem(reasons)
    if code:
        yield _reasons_error(code, "reasons")
    yield from basis_problems(legal_basis, appeal_routes)


def basis_problems(legal_basis: str, appeal_routes: str) -> Iterator[DomainError]:
    """What the law asks to stand beside the reasons: legal_basis_missing, appeal_routes_missing."""
    if "29 juli 1991" not in _flat(legal_basis):
        yield DomainError("legal_basis_missing", field="legal_basis")
    routes = _flat(appeal_routes)
    if "raad van state" not in routes or not re.search(r"\b(60|zestig) dagen\b", routes):
        yield DomainError("appeal_routes_missing", field="appeal_routes")


def check_reasons(reasons: str, *, field: str = "reasons") -> None:
    """Reasons are words about this proposal: at least 80 characters and 12 words besides score lines.

    Raises reasons_empty, reasons_points_alone, reasons_too_short (facts `characters`, `words`: the
    minimums).
    """
    code = _reasons_problem(reasons)
    if code:
        raise _reasons_error(code, field)


def _reasons_error(code: str, field: str) -> DomainError:
    return DomainError(code, field=field, characters=MIN_CHARACTERS, words=MIN_WORDS)


def _reasons_problem(reasons: str) -> str | None:
    text = " ".join(reasons.split())
    if not text:
        return "reasons_empty"
    said, has_score_lines = _words_besides_scores(reasons)
    if has_score_lines and said <= SCORE_LINE_WORDS:
        return "reasons_points_alone"
    if len(text) < MIN_CHARACTERS or said < MIN_WORDS:
        return "reasons_too_short"
    return None


def _words_besides_scores(reasons: str) -> tuple[int, bool]:
    """How many words stand outside score lines, and whether there are score lines at all."""
    said, has_score_lines = 0, False
    for part in re.split(r"[;\n]|[.,!?](?!\d)", reasons):
        words = re.findall(r"[^\W\d_]{2,}", part)
        if any(map(str.isdigit, part)) and len(words) <= SCORE_LINE_WORDS:
            has_score_lines = True
        else:
            said += len(words)
    return said, has_score_lines


def _flat(text: str) -> str:
    return " ".join(text.lower().split())
