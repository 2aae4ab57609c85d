"""What an applicant knows from a decision, by the names of `proposals.own.facts.Later`."""

from datetime import datetime
from typing import Any

from app.decisions.wording import OUTCOMES, SENTENCES
from app.domain.acceptance import term_state
from app.domain.motivation import DecisionOutcome
from app.domain.objection import last_day


def told_facts(outcome: str, notified_at: datetime, objection_days: int) -> dict[str, Any]:
    """From the notice on."""
    label, tone = OUTCOMES[outcome]
    return {
        "outcome": SENTENCES[outcome].replace("Je kandidatuur", "Jullie kandidatuur"),
        "outcome_label": label,
        "outcome_tone": tone,
        "selected": outcome == DecisionOutcome.SELECTED,
        "notified_at": notified_at,
        "objection_until": last_day(notified_at, objection_days),
    }


def just_told(outcome: str, at: datetime, objection_days: int, acceptance_days: int) -> dict[str, Any]:
    """The same at the moment of the notice itself: nothing was answered or objected to yet."""
    facts = told_facts(outcome, at, objection_days)
    term = term_state(at, acceptance_days, None, at)
    nothing_yet = {"answer": "", "objection": "", "objection_at": None, "ruling": ""}
    return facts | nothing_yet | {"answer_until": term.last_day if facts["selected"] else None}
