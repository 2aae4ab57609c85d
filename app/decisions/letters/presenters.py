"""What the pages about letters show."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from app.addenda.queries import Call
from app.decisions.letters.data import decision_letter, decision_letters
from app.decisions.letters.policy import reading_hints
from app.decisions.letters.queries import Stored, last_made, made_before, ready, run_of, words_of
from app.decisions.letters.wording import NEXT_STEPS, PLACES, PROPOSED, Words
from app.decisions.models import LetterRun
from app.decisions.queries import DecisionRow, decisions_of
from app.decisions.wording import OUTCOMES
from app.domain.letter_texts import places_of
from app.domain.motivation import APPEAL_PARAGRAPH, LEGAL_BASIS
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.formats import day as in_words
from app.infra.formats import moment
from app.proposals.letters import Correspondents, LetterData, correspondents

WRITTEN_HERE = frozenset({NEXT_STEPS})
MADE = ("Klaar", "success")
OLD = ("Niet meer juist, wordt opnieuw gemaakt", "warning")
TO_MAKE = ("Nog te maken", "neutral")
STILL = timedelta(seconds=20)
"""A letter takes a moment: when none came for so long, the worker is off or was stopped."""


@dataclass(frozen=True)
class LetterRow:
    proposal_id: int
    name: str
    outcome: tuple[str, str]
    state: tuple[str, str]


def texts_facts(call: Call) -> dict[str, Any]:
    """The words for every outcome, and who wrote them."""
    return {
        "rows": [
            {
                "outcome": outcome,
                "label": OUTCOMES[outcome],
                "origin": _origin(one, outcome),
            }
            for outcome, one in words_of(call.id).items()
        ]
    }


def _origin(one: Stored, outcome: str) -> str:
    if one.is_proposed(outcome):
        return "Voorstel van Partnerwijzer"
    return f"Laatst gewijzigd door {one.by} op {moment(one.at)}"


def words_facts(call: Call, outcome: str, stored: Stored, words: Words) -> dict[str, Any]:
    """One outcome: the letter with `words` in it, for an applicant that does not exist."""
    return {
        "outcome": outcome,
        "label": OUTCOMES[outcome],
        "others": [(one, OUTCOMES[one][0]) for one in PROPOSED],
        "origin": _origin(stored, outcome),
        "changed": not stored.is_proposed(outcome),
        "places": [(name, PLACES[name]) for name in places_of(outcome)],
        "hints": reading_hints(words),
        "sample": _sample(call, outcome, words),
        "written_here": WRITTEN_HERE,
    }


def _sample(call: Call, outcome: str, words: Words) -> LetterData:
    now = clock.now()
    row = DecisionRow(
        id=0,
        addendum_id=call.id,
        proposal_id=0,
        organisation_id=0,
        organisation_name="Naam van de organisatie",
        outcome=outcome,
        motivation="Hier staan de redenen van de beslissing over deze kandidaat, in de woorden van de jury.",
        legal_basis=LEGAL_BASIS,
        appeal_routes=APPEAL_PARAGRAPH,
        proposed_by_id=0,
        proposed_by="",
        proposed_at=now,
        confirmed_by_id=None,
        confirmed_by=None,
        confirmed_at=None,
        notified_at=None,
        version=1,
        number=1,
        cause="jury",
        confirmed_on=None,
    )
    real = correspondents(call, [])
    address = ["Naam van de organisatie", "Straat en nummer", "Postcode en gemeente"]
    people = Correspondents(real.sender, real.contact, {0: address}, {0: "nummer van het ontvangstbewijs"})
    return decision_letter(call, row, people, words, local_day(now))


def letters_facts(call: Call, day: date | None = None) -> dict[str, Any]:
    """Every letter of a call with how far it is, for the local day `day`, else the day that was asked."""
    run, today = run_of(call.id), local_day(clock.now())
    wanted = day or (run.day if run and run.day > today else today)
    decisions = decisions_of(call.id)
    letters = decision_letters(call, decisions, wanted)
    fit, made = ready(letters), made_before(list(letters))
    rows = [
        LetterRow(
            row.proposal_id,
            row.organisation_name,
            OUTCOMES[row.outcome],
            MADE if row.id in fit else OLD if row.id in made else TO_MAKE,
        )
        for row in decisions
    ]
    asked = run if run is not None and run.finished_at is None and run.day == wanted else None
    busy = asked is not None and len(fit) < len(rows)
    return {
        "rows": rows,
        "day": wanted,
        "day_text": in_words(wanted),
        "is_today": wanted == today,
        "ready": len(fit),
        "missing": len(rows) - len(fit),
        "total": len(rows),
        "busy": busy,
        "stalled": busy and asked is not None and _is_still(asked),
        "problem": _problem(run, wanted),
    }


def _is_still(run: LetterRun) -> bool:
    """Whether nothing was made for a while, of what was asked."""
    last = last_made(run.addendum_id)
    return clock.now() - max(run.asked_at, last or run.asked_at) > STILL


def _problem(run: LetterRun | None, day: date) -> str | None:
    return run.problem if run is not None and run.day == day and run.finished_at is not None else None


def letter_facts(call: Call, decision: DecisionRow) -> dict[str, Any]:
    """The letter as it would leave on the day that was asked, else today."""
    run, today = run_of(call.id), local_day(clock.now())
    day = run.day if run and run.day > today else today
    return {
        "letter_data": decision_letters(call, [decision], day)[decision.id],
        "outcome": OUTCOMES[decision.outcome],
    }
