"""What a call asks of an organisation that answers it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.timeline import Phase
from app.workspace.policy import Task, last_day


@dataclass(frozen=True)
class OwnState:
    """One proposal of the person's own organisation. `told`: the decision was notified to it."""

    phase: Phase
    organisation: str
    handed_in: bool
    owner: bool
    deadline: datetime | None = None
    pitch_on: date | None = None
    today: date | None = None
    selected: bool = False
    told: bool = False
    objection: str = ""
    objection_until: date | None = None
    answer_until: date | None = None
    to_confirm: int = 0
    complete_until: date | None = None


def tasks_for_applicant(state: OwnState) -> list[Task]:
    """Hand in before the deadline, and read what changed in the call; complete what is asked; be there for
    the pitch; answer the decision inside the window.

    `objection` is "" (none), "draft" or "filed".
    """
    if state.phase is Phase.OPEN:
        return [*_confirm(state), *([] if state.handed_in else [_hand_in(state)])]
    if state.phase is Phase.WRITTEN and state.complete_until:
        text = f"Vul de kandidatuur van {state.organisation} aan"
        return [Task(text, "admissibility.own", state.complete_until, "admissibility.own.answer")]
    if state.phase is Phase.PITCH and state.pitch_on and (not state.today or state.pitch_on >= state.today):
        text = f"Bereid de pitch van {state.organisation} voor"
        return [Task(text, "proposals.edit", state.pitch_on, "proposal.own.draft.view")]
    found = list(_answer(state))
    if state.phase is Phase.COMMUNICATED and state.told and state.objection != "filed":
        found += _object(state)
    return found


def _answer(state: OwnState) -> Iterator[Task]:
    """Who was selected says whether it takes part."""
    if state.answer_until and state.owner:
        text = f"Laat weten of {state.organisation} meedoet aan het partnerschap"
        yield Task(text, "decisions.answer_page", state.answer_until, "decision.own.answer")


def _confirm(state: OwnState) -> Iterator[Task]:
    """What was handed in is an owner's to confirm; in a draft anybody may."""
    if state.to_confirm and (state.owner or not state.handed_in):
        text = f"De oproep is gewijzigd: kijk na of de antwoorden van {state.organisation} nog kloppen"
        yield Task(
            text, "proposals.amendments", last_day(state.deadline), "proposal.own.draft.edit_and_attach"
        )


def _hand_in(state: OwnState) -> Task:
    due = last_day(state.deadline)
    if state.owner:
        text = f"Werk de kandidatuur van {state.organisation} af en dien ze in"
        return Task(text, "proposals.edit", due, "proposal.own.draft.edit_and_attach")
    text = f"Werk mee aan de kandidatuur van {state.organisation}; een eigenaar dient ze in"
    return Task(text, "proposals.edit", due, "proposal.own.draft.edit_and_attach")


def _object(state: OwnState) -> Iterator[Task]:
    if state.objection == "draft":
        text = f"Het weerwoord van {state.organisation} is nog niet ingediend"
        yield Task(text, "objections.own", state.objection_until, "objection.own.draft")
    elif not state.selected:
        text = (
            f"Ben je het niet eens met de beslissing over {state.organisation}? Dan kan je weerwoord indienen"
        )
        yield Task(text, "objections.own", state.objection_until, "objection.own.draft")
