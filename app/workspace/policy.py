"""What somebody still has to do, from plain facts. The words are here too: a task is a sentence.

Each task names the row of the table of rights that its page asks, so that nobody is sent to a closed door.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.reassessment import Stages
from app.domain.timeline import Phase, last_accepted_minute


@dataclass(frozen=True)
class Task:
    """`due` is the last day on which it is in time; None when no date was promised.

    Without `action` it is for whoever sees it. `waiting`: somebody else has to act.
    """

    text: str
    endpoint: str
    due: date | None = None
    action: str = ""
    waiting: bool = False


@dataclass(frozen=True)
class CallState:
    """How far the work on one call is. Counts are 0 before the opening of what they count."""

    phase: Phase
    published: bool = True
    publication_asked_by: str = ""
    launch: date | None = None
    deadline: datetime | None = None
    written_from: date | None = None
    written_until: date | None = None
    pitch_from: date | None = None
    pitch_until: date | None = None
    decision_before: date | None = None
    jurors: int = 0
    chairs: int = 0
    signed_by: str = ""
    signed_by_me: bool = False
    proposals: int = 0
    invited: int = 0
    scheduled: int = 0
    written_missing: int = 0
    pitch_missing: int = 0
    proposed: int = 0
    confirmed: int = 0
    open_objections: int = 0
    again: Stages = Stages()
    unanswered: int = 0
    later_proposed: int = 0
    later_confirmed: int = 0
    questions: int = 0
    to_check: int = 0
    to_confirm: int = 0
    partnership: bool = False
    undelivered: int = 0
    to_destroy: int = 0


def tasks_for_regisseur(state: CallState) -> list[Task]:
    """What a call asks of its regisseur now."""
    return [
        *_jury_tasks(state),
        *_formal_check(state),
        *_second_signature(state),
        *_undelivered(state),
        *_to_destroy(state),
        *_STEPS[state.phase](state),
    ]


def tasks_for_chair(state: CallState) -> list[Task]:
    """What the chair shares with the regisseur (opening, rounds, objections) and what is the chair's own."""
    if state.phase is Phase.DECIDED:
        return list(_propose(state))
    if state.phase in (Phase.DRAFT, Phase.OPEN, Phase.PARTNERSHIP):
        return []
    return [*_second_signature(state), *_STEPS[state.phase](state)]


def _undelivered(state: CallState) -> Iterator[Task]:
    """Nobody promised a date, but who did not get a decision does not know that days are running."""
    if state.undelivered:
        mails = "mail is" if state.undelivered == 1 else "mails zijn"
        text = f"{state.undelivered} {mails} niet bezorgd"
        yield Task(text, "decisions.undelivered", None, "mail.preview_and_outbox")


def _to_destroy(state: CallState) -> Iterator[Task]:
    if state.to_destroy:
        text = "Een voorstel om stukken te vernietigen wacht op een tweede regisseur"
        yield Task(text, "dossiers.keeping", None, "retention.propose_and_approve")


def _last_day(deadline: datetime | None, before: int = 0) -> date | None:
    """The day of the last minute that counts, or some days earlier."""
    return last_accepted_minute(deadline).date() - timedelta(days=before) if deadline else None


def _jury_tasks(state: CallState) -> Iterator[Task]:
    if state.phase > Phase.WRITTEN or not state.published or (state.jurors and state.chairs):
        return
    text = "Stel de jury samen" if not state.jurors else "Wijs een voorzitter van de jury aan"
    due = _last_day(state.deadline)
    yield Task(text, "evaluation.jury", due, "jury.manage_of_own_region")


def _formal_check(state: CallState) -> Iterator[Task]:
    """Scoring may have begun: it does not wait for this, but the round had better not be closed before."""
    if state.to_check and state.phase is Phase.WRITTEN:
        proposals = _count(state.to_check, "kandidatuur", "kandidaturen")
        text = f"{proposals} nog op ontvankelijkheid na te kijken"
        yield Task(text, "admissibility.overview", state.written_until, "admissibility.check")


def _second_signature(state: CallState) -> Iterator[Task]:
    """A refusal, or taking one back, that somebody else proposed."""
    if state.to_confirm and state.phase is Phase.WRITTEN:
        what = _count(state.to_confirm, "voorstel wacht", "voorstellen wachten")
        text = f"Ontvankelijkheid: {what} op jouw bevestiging"
        yield Task(text, "admissibility.overview", state.written_until, "admissibility.refuse")


def _draft(state: CallState) -> Iterator[Task]:
    if state.publication_asked_by:
        text = f"{state.publication_asked_by} vraagt je om de oproep te publiceren"
        yield Task(text, "addenda.publish", state.launch, "addendum.draft.edit_and_publish")
    elif not state.published:
        text = "Werk het addendum af en publiceer het"
        yield Task(text, "addenda.edit", state.launch, "addendum.draft.edit_and_publish")


def _open(state: CallState) -> Iterator[Task]:
    if state.questions:
        text = f"{_count(state.questions, 'vraag wacht', 'vragen wachten')} op een gepubliceerd antwoord"
        due = _last_day(state.deadline, 5)
        yield Task(text, "questions.inbox", due, "question.answer")


def _open_seal(state: CallState) -> Iterator[Task]:
    due = _day_before(state.written_from)
    action = "proposal.open_seal"
    if state.signed_by_me:
        yield Task(
            "Jij tekende voor de opening; een tweede handtekening volgt nog",
            "proposals.opening",
            due,
            action,
            waiting=True,
        )
    elif state.signed_by:
        text = f"Teken als tweede voor de opening ({state.signed_by} tekende al)"
        yield Task(text, "proposals.opening", due, action)
    else:
        yield Task("Open de kandidaturen: twee mensen tekenen", "proposals.opening", due, action)


def _written(state: CallState) -> Iterator[Task]:
    if state.written_missing:
        text = f"{_count(state.written_missing, 'scoreblad ontbreekt', 'scorebladen ontbreken')} nog"
        yield Task(text, "evaluation.progress", state.written_until, "score.progress", waiting=True)
        return
    text = "Alle scorebladen zijn binnen: sluit de schriftelijke ronde"
    if not state.proposals:
        text = "Er kwam geen kandidatuur binnen: sluit de schriftelijke ronde"
    yield Task(text, "evaluation.progress", state.written_until, "round.close_and_reopen")


def _pitch(state: CallState) -> Iterator[Task]:
    unplaced = state.invited - state.scheduled
    if state.proposals and not state.invited:
        due = _day_before(state.pitch_from)
        yield Task("Kies wie mag pitchen", "evaluation.pitch_day", due, "round.close_and_reopen")
        return
    if unplaced > 0:
        text = f"Plan nog {_count(unplaced, 'pitch', 'pitches')} in"
        yield Task(text, "evaluation.pitch_day", _day_before(state.pitch_from), "round.close_and_reopen")
    if state.pitch_missing:
        sheets = _count(state.pitch_missing, "pitchscoreblad ontbreekt", "pitchscorebladen ontbreken")
        text = f"{sheets} nog"
        yield Task(text, "evaluation.progress", state.pitch_until, "score.progress", waiting=True)
    elif unplaced <= 0:
        text = "Alles is binnen: sluit de pitchronde"
        yield Task(text, "evaluation.progress", state.pitch_until, "round.close_and_reopen")


def _propose(state: CallState) -> Iterator[Task]:
    due = _day_before(state.decision_before)
    missing = state.proposals - state.proposed
    if missing > 0:
        text = f"Stel nog {_count(missing, 'beslissing', 'beslissingen')} voor, met de redenen"
        yield Task(text, "decisions.table", due, "decision.propose")


def _decide(state: CallState) -> Iterator[Task]:
    due = _day_before(state.decision_before)
    missing, unconfirmed = state.proposals - state.proposed, state.proposed - state.confirmed
    if missing > 0:
        text = f"De voorzitter stelt nog {_count(missing, 'beslissing', 'beslissingen')} voor"
        yield Task(text, "decisions.table", due, "decision.view_embargoed", waiting=True)
    if unconfirmed > 0:
        text = f"Bevestig {_count(unconfirmed, 'voorgestelde beslissing', 'voorgestelde beslissingen')}"
        yield Task(text, "decisions.review", due, "decision.confirm")
    if missing <= 0 and unconfirmed <= 0:
        text = "Deel de beslissingen aan iedereen tegelijk mee"
        yield Task(text, "decisions.announce", due, "decision.communicate")


def _objections(state: CallState) -> Iterator[Task]:
    unruled = state.open_objections - state.again.unsettled
    if unruled > 0:
        text = f"Behandel {_count(unruled, 'weerwoord', 'weerwoorden')}"
        yield Task(text, "objections.listing", None, "objection.judge")
    yield from _evaluated_again(state.again)
    yield from _follow_up(state)


def _evaluated_again(again: Stages) -> Iterator[Task]:
    """What a ruling that asks a new evaluation still needs."""
    if again.to_name:
        text = f"Kies wie {_count(again.to_name, 'kandidatuur', 'kandidaturen')} opnieuw beoordeelt"
        yield Task(text, "objections.listing", None, "reassessment.name_jurors")
    if again.to_close:
        many = _count(again.to_close, "nieuwe beoordeling", "nieuwe beoordelingen")
        yield Task(
            f"Sluit {many} af: alles is binnen", "objections.listing", None, "reassessment.name_jurors"
        )
    if again.to_decide:
        many = _count(again.to_decide, "nieuwe beslissing", "nieuwe beslissingen")
        text = f"Stel {many} voor, na een nieuwe beoordeling"
        yield Task(text, "objections.listing", None, "decision.follow_up.propose")
    if again.scoring:
        verb = "wacht" if again.scoring == 1 else "wachten"
        many = _count(again.scoring, "nieuwe beoordeling", "nieuwe beoordelingen")
        yield Task(f"{many} {verb} op scorebladen", "objections.listing", None, "objection.other.view", True)


def _follow_up(state: CallState) -> Iterator[Task]:
    """What follows the decisions: later ones, and the answers of who was selected."""
    unconfirmed = state.later_proposed - state.later_confirmed
    if unconfirmed > 0:
        text = f"Bevestig {_count(unconfirmed, 'nieuwe beslissing', 'nieuwe beslissingen')}"
        yield Task(text, "decisions.later", None, "decision.follow_up.confirm_and_communicate")
    if state.later_confirmed:
        text = f"Deel {_count(state.later_confirmed, 'nieuwe beslissing', 'nieuwe beslissingen')} mee"
        yield Task(text, "decisions.later", None, "decision.follow_up.confirm_and_communicate")
    if state.unanswered and not state.partnership:
        who = _count(state.unanswered, "geselecteerde organisatie", "geselecteerde organisaties")
        text = f"Nog geen antwoord van {who}"
        action = "decision.other.view_with_motivation"
        yield Task(text, "decisions.other", None, action, waiting=True)


def _form(state: CallState) -> Iterator[Task]:
    yield from _follow_up(state)
    if not state.partnership:
        text = "Vorm het partnerschap met de gekozen organisaties"
        yield Task(text, "partnerships.compose", None, "partnership.form")


_STEPS = {
    Phase.DRAFT: _draft,
    Phase.OPEN: _open,
    Phase.SEALED: _open_seal,
    Phase.WRITTEN: _written,
    Phase.PITCH: _pitch,
    Phase.DECIDED: _decide,
    Phase.COMMUNICATED: _objections,
    Phase.OBJECTIONS: _objections,
    Phase.PARTNERSHIP: _form,
}


@dataclass(frozen=True)
class JurorState:
    """One juror in one call, in the round that runs. `to_score` leaves out what was not declared yet."""

    phase: Phase
    to_declare: int = 0
    to_score: int = 0
    written_from: date | None = None
    written_until: date | None = None
    pitch_from: date | None = None
    pitch_until: date | None = None


def tasks_for_juror(state: JurorState) -> list[Task]:
    """Declare first, then score."""
    found = []
    if state.to_declare and state.phase in (Phase.WRITTEN, Phase.PITCH):
        text = f"Verklaar je belangen voor {_count(state.to_declare, 'kandidaat', 'kandidaten')}"
        last = state.written_until if state.phase is Phase.WRITTEN else state.pitch_from
        found.append(Task(text, "evaluation.declare", last, "conflict.own.declare"))
    if state.to_score and state.phase is Phase.WRITTEN:
        text = f"Dien nog {_count(state.to_score, 'scoreblad', 'scorebladen')} in"
        found.append(Task(text, "evaluation.reading_list", state.written_until, "score.own.edit_written"))
    if state.to_score and state.phase is Phase.PITCH:
        text = f"Score nog {_count(state.to_score, 'pitch', 'pitches')}"
        found.append(Task(text, "evaluation.reading_list", state.pitch_until, "score.own.edit_pitch"))
    return found


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
            text, "proposals.amendments", _last_day(state.deadline), "proposal.own.draft.edit_and_attach"
        )


def _hand_in(state: OwnState) -> Task:
    due = _last_day(state.deadline)
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


def by_date(tasks: Iterable[Task]) -> list[Task]:
    """Soonest first; what has no date comes last."""
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max))


def _day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
