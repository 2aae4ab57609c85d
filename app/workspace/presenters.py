"""The home page of somebody with any set of roles: their calls, and the tasks in them by date."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from app.addenda.presenters import state_of
from app.addenda.queries import Call
from app.addenda.strip import Step, call_steps
from app.admissibility.refusing import REFUSE
from app.domain.access import Actor, Role, may
from app.domain.timeline import Phase, end_of_day, local_day
from app.infra.formats import counted, days_left, short_day
from app.workspace.links import link
from app.workspace.policy import Task, by_date
from app.workspace.policy_region import CallState, tasks_for_regisseur
from app.workspace.queries import Progress


@dataclass(frozen=True)
class Line:
    """A task on the page. `href` is None for who only watches, or when somebody else has to act."""

    text: str
    when: str
    tone: str
    href: str | None
    due: date | None
    waiting: bool = False
    about: str = ""


@dataclass(frozen=True)
class CallCard:
    """One call on somebody's home page. `notes` are facts in words; `bar` is (label, value, maximum)."""

    id: int
    title: str
    region_id: int
    href: str | None
    state: str
    tone: str
    steps: list[Step]
    lines: list[Line]
    notes: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    bar: tuple[str, int, int] | None = None

    @property
    def due(self) -> tuple[bool, bool, date]:
        """Sorts what is asked soonest first, what only waits for others next, and the rest last."""
        asked = [line for line in self.lines if not line.waiting] or self.lines
        days = [line.due for line in asked if line.due]
        return (not self.lines, all(line.waiting for line in self.lines), min(days, default=date.max))


def task_lines(
    tasks: Iterable[Task],
    call: Call,
    actor: Actor,
    now: datetime,
    *,
    organisation_id: int | None = None,
    **values: int,
) -> list[Line]:
    """The tasks as lines by date; without an address where the actor may not act (an observer reads)."""
    return [_line(task, call, actor, now, organisation_id, values) for task in by_date(tasks)]


def _line(
    task: Task,
    call: Call,
    actor: Actor,
    now: datetime,
    organisation_id: int | None,
    values: Mapping[str, int],
) -> Line:
    subject = call.subject(organisation_id)
    if task.endpoint.startswith("decisions."):
        subject = replace(subject, every_applicant=True)
    allowed = not task.action or may(actor, task.action, subject, call.phase)
    href = link(task.endpoint, **values) if allowed else None
    when, tone = due_words(task.due, now)
    return Line(task.text, when, tone, href, task.due, task.waiting, call.title)


def due_words(due: date | None, now: datetime) -> tuple[str, str]:
    """ "tegen 14 juni 2023, nog 3 dagen", and the tone that goes with it."""
    if due is None:
        return "", "info"
    end = end_of_day(due)
    if end <= now:
        return f"had klaar moeten zijn op {short_day(due)}", "danger"
    if due == local_day(now):
        return "vandaag", "warning"
    return f"tegen {short_day(due)}, {days_left(end, now)}", "info"


def region_cards(
    calls: Iterable[Call], progress: Mapping[int, Progress], actor: Actor, now: datetime
) -> list[CallCard]:
    """The calls of the actor's regions, what is asked soonest first."""
    return sorted((_region_card(call, progress[call.id], actor, now) for call in calls), key=lambda c: c.due)


def _region_card(call: Call, progress: Progress, actor: Actor, now: datetime) -> CallCard:
    lines = task_lines(
        tasks_for_regisseur(call_state(call, progress, actor)), call, actor, now, addendum_id=call.id
    )
    notes = []
    if call.phase > Phase.SEALED:
        notes.append(counted(progress.numbers.proposals, "kandidatuur", "kandidaturen"))
    if progress.seats and call.phase <= Phase.DECIDED:
        notes.append(counted(len(progress.seats), "jurylid", "juryleden"))
    return call_card(call, actor, lines, notes, now)


def call_card(call: Call, actor: Actor, lines: list[Line], notes: list[str], now: datetime) -> CallCard:
    state, tone = state_of(call)
    return CallCard(
        call.id,
        call.title,
        call.service_area_id,
        call_href(call, actor),
        state,
        tone,
        call_steps(call, now),
        lines,
        [*_window_note(call), *notes],
    )


def _window_note(call: Call) -> list[str]:
    if call.phase is not Phase.COMMUNICATED or call.facts.windows_end_at is None:
        return []
    last = local_day(call.facts.windows_end_at - timedelta(seconds=1))
    return [f"Weerwoord kan nog tot en met {short_day(last)}"]


def call_href(call: Call, actor: Actor) -> str | None:
    """A draft opens where it is written or previewed, everything else on its public page."""
    if call.phase > Phase.DRAFT:
        return link("addenda.show", addendum_id=call.id)
    unpublished = call.facts.published_at is None
    if unpublished and may(actor, "addendum.draft.edit_and_publish", call.subject(), call.phase):
        return link("addenda.edit", addendum_id=call.id)
    return link("addenda.preview", addendum_id=call.id)


def call_state(call: Call, progress: Progress, actor: Actor) -> CallState:
    """What `policy` wants to know about a call."""
    numbers, seats = progress.numbers, progress.seats.values()
    return CallState(
        phase=call.phase,
        published=call.facts.published_at is not None,
        publication_asked_by=_asked_by_other(progress, actor),
        launch=call.launch,
        deadline=call.deadline,
        written_from=call.written_from,
        written_until=call.written_until,
        pitch_from=call.pitch_from,
        pitch_until=call.pitch_until,
        decision_before=call.decision_before,
        jurors=len(seats),
        chairs=sum(seat.chair for seat in seats),
        signed_by=progress.signed[1] if progress.signed else "",
        signed_by_me=bool(progress.signed and progress.signed[0] == actor.user_id),
        proposals=numbers.proposals,
        invited=numbers.invited,
        scheduled=numbers.scheduled,
        written_missing=sum(seat.written_missing(numbers.proposals) for seat in seats),
        pitch_missing=sum(numbers.invited - seat.pitch_conflicts - seat.pitch_sheets for seat in seats),
        proposed=numbers.proposed,
        confirmed=numbers.confirmed - progress.lapsed,
        unanswered=progress.unanswered,
        later_proposed=progress.later[0],
        later_confirmed=progress.later[1],
        open_objections=call.facts.open_objections,
        again=progress.again,
        partnership=progress.partnership,
        undelivered=progress.undelivered,
        to_destroy=progress.to_destroy,
        questions=progress.questions,
        to_check=progress.to_check,
        to_confirm=_for_a_second(call, progress, actor),
    )


def _for_a_second(call: Call, progress: Progress, actor: Actor) -> int:
    """How many refusals wait for this person to confirm: not their own, and no conflict in between."""
    others = [one for one in progress.to_confirm if one.by_id != actor.user_id]
    return sum(bool(may(actor, REFUSE, call.subject(one.organisation_id), call.phase)) for one in others)


def _asked_by_other(progress: Progress, actor: Actor) -> str:
    """Who waits for this person to publish; nobody publishes what they asked for themselves."""
    asked = progress.publication_asked
    return asked[1] if asked and asked[0] != actor.user_id else ""


def regions_of(actor: Actor) -> dict[int, bool]:
    """{region id: may write there} for regisseurs and observers."""
    writing = actor.scopes(Role.REGISSEUR, "service_area_id")
    reading = actor.scopes(Role.OBSERVER, "service_area_id")
    return {one: one in writing for one in sorted(writing | reading)}


def seats_of(actor: Actor) -> frozenset[int]:
    return actor.scopes(Role.JUROR, "addendum_id") | actor.scopes(Role.CHAIR, "addendum_id")
