"""What a call asks of its regisseur, and of the chair of its jury."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from app.domain.reassessment import Stages
from app.domain.timeline import Phase
from app.infra.formats import counted
from app.workspace.policy import Task, day_before, last_day


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


def _jury_tasks(state: CallState) -> Iterator[Task]:
    if state.phase > Phase.WRITTEN or not state.published or (state.jurors and state.chairs):
        return
    text = "Stel de jury samen" if not state.jurors else "Wijs een voorzitter van de jury aan"
    due = last_day(state.deadline)
    yield Task(text, "evaluation.jury", due, "jury.manage_of_own_region")


def _formal_check(state: CallState) -> Iterator[Task]:
    """Scoring may have begun: it does not wait for this, but the round had better not be closed before."""
    if state.to_check and state.phase is Phase.WRITTEN:
        proposals = counted(state.to_check, "kandidatuur", "kandidaturen")
        text = f"{proposals} nog op ontvankelijkheid na te kijken"
        yield Task(text, "admissibility.overview", state.written_until, "admissibility.check")


def _second_signature(state: CallState) -> Iterator[Task]:
    """A refusal, or taking one back, that somebody else proposed."""
    if state.to_confirm and state.phase is Phase.WRITTEN:
        what = counted(state.to_confirm, "voorstel wacht", "voorstellen wachten")
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
        text = f"{counted(state.questions, 'vraag wacht', 'vragen wachten')} op een gepubliceerd antwoord"
        due = last_day(state.deadline, 5)
        yield Task(text, "questions.inbox", due, "question.answer")


def _open_seal(state: CallState) -> Iterator[Task]:
    due = day_before(state.written_from)
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
        text = f"{counted(state.written_missing, 'scoreblad ontbreekt', 'scorebladen ontbreken')} nog"
        yield Task(text, "evaluation.progress", state.written_until, "score.progress", waiting=True)
        return
    text = "Alle scorebladen zijn binnen: sluit de schriftelijke ronde"
    if not state.proposals:
        text = "Er kwam geen kandidatuur binnen: sluit de schriftelijke ronde"
    yield Task(text, "evaluation.progress", state.written_until, "round.close_and_reopen")


def _pitch(state: CallState) -> Iterator[Task]:
    unplaced = state.invited - state.scheduled
    if state.proposals and not state.invited:
        due = day_before(state.pitch_from)
        yield Task("Kies wie mag pitchen", "evaluation.pitch_day", due, "round.close_and_reopen")
        return
    if unplaced > 0:
        text = f"Plan nog {counted(unplaced, 'pitch', 'pitches')} in"
        yield Task(text, "evaluation.pitch_day", day_before(state.pitch_from), "round.close_and_reopen")
    if state.pitch_missing:
        sheets = counted(state.pitch_missing, "pitchscoreblad ontbreekt", "pitchscorebladen ontbreken")
        text = f"{sheets} nog"
        yield Task(text, "evaluation.progress", state.pitch_until, "score.progress", waiting=True)
    elif unplaced <= 0:
        text = "Alles is binnen: sluit de pitchronde"
        yield Task(text, "evaluation.progress", state.pitch_until, "round.close_and_reopen")


def _propose(state: CallState) -> Iterator[Task]:
    due = day_before(state.decision_before)
    missing = state.proposals - state.proposed
    if missing > 0:
        text = f"Stel nog {counted(missing, 'beslissing', 'beslissingen')} voor, met de redenen"
        yield Task(text, "decisions.table", due, "decision.propose")


def _decide(state: CallState) -> Iterator[Task]:
    due = day_before(state.decision_before)
    missing, unconfirmed = state.proposals - state.proposed, state.proposed - state.confirmed
    if missing > 0:
        text = f"De voorzitter stelt nog {counted(missing, 'beslissing', 'beslissingen')} voor"
        yield Task(text, "decisions.table", due, "decision.view_embargoed", waiting=True)
    if unconfirmed > 0:
        text = f"Bevestig {counted(unconfirmed, 'voorgestelde beslissing', 'voorgestelde beslissingen')}"
        yield Task(text, "decisions.review", due, "decision.confirm")
    if missing <= 0 and unconfirmed <= 0:
        text = "Deel de beslissingen aan iedereen tegelijk mee"
        yield Task(text, "decisions.announce", due, "decision.communicate")


def _objections(state: CallState) -> Iterator[Task]:
    unruled = state.open_objections - state.again.unsettled
    if unruled > 0:
        text = f"Behandel {counted(unruled, 'weerwoord', 'weerwoorden')}"
        yield Task(text, "objections.listing", None, "objection.judge")
    yield from _evaluated_again(state.again)
    yield from _follow_up(state)


def _evaluated_again(again: Stages) -> Iterator[Task]:
    """What a ruling that asks a new evaluation still needs."""
    if again.to_name:
        text = f"Kies wie {counted(again.to_name, 'kandidatuur', 'kandidaturen')} opnieuw beoordeelt"
        yield Task(text, "objections.listing", None, "reassessment.name_jurors")
    if again.to_close:
        many = counted(again.to_close, "nieuwe beoordeling", "nieuwe beoordelingen")
        yield Task(
            f"Sluit {many} af: alles is binnen", "objections.listing", None, "reassessment.name_jurors"
        )
    if again.to_decide:
        many = counted(again.to_decide, "nieuwe beslissing", "nieuwe beslissingen")
        text = f"Stel {many} voor, na een nieuwe beoordeling"
        yield Task(text, "objections.listing", None, "decision.follow_up.propose")
    if again.scoring:
        verb = "wacht" if again.scoring == 1 else "wachten"
        many = counted(again.scoring, "nieuwe beoordeling", "nieuwe beoordelingen")
        yield Task(f"{many} {verb} op scorebladen", "objections.listing", None, "objection.other.view", True)


def _follow_up(state: CallState) -> Iterator[Task]:
    """What follows the decisions: later ones, and the answers of who was selected."""
    unconfirmed = state.later_proposed - state.later_confirmed
    if unconfirmed > 0:
        text = f"Bevestig {counted(unconfirmed, 'nieuwe beslissing', 'nieuwe beslissingen')}"
        yield Task(text, "decisions.later", None, "decision.follow_up.confirm_and_communicate")
    if state.later_confirmed:
        text = f"Deel {counted(state.later_confirmed, 'nieuwe beslissing', 'nieuwe beslissingen')} mee"
        yield Task(text, "decisions.later", None, "decision.follow_up.confirm_and_communicate")
    if state.unanswered and not state.partnership:
        who = counted(state.unanswered, "geselecteerde organisatie", "geselecteerde organisaties")
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
