"""The part of the home page for a juror: the calls in whose jury they sit, and what to evaluate anew."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from app.addenda.queries import Call
from app.domain.access import Actor, may
from app.domain.timeline import Phase
from app.infra.formats import counted, moment
from app.objections.reassessing.queries import Pending
from app.workspace.links import link
from app.workspace.policy import Task
from app.workspace.policy_jury import JurorState, tasks_for_juror
from app.workspace.policy_region import tasks_for_chair
from app.workspace.presenters import CallCard, Line, call_card, call_state, task_lines
from app.workspace.queries import Progress, Seat


def jury_cards(
    calls: Iterable[Call], progress: Mapping[int, Progress], actor: Actor, now: datetime
) -> list[CallCard]:
    """The calls in whose jury the actor sits, from publication on; what is asked soonest first."""
    cards = [
        _jury_card(call, progress[call.id], seat, actor, now)
        for call in calls
        if call.phase > Phase.DRAFT and (seat := progress[call.id].seats.get(actor.user_id or 0))
    ]
    return sorted(cards, key=lambda card: card.due)


def anew_lines(asked: Iterable[Pending], calls: Mapping[int, Call], actor: Actor) -> list[Line]:
    """The proposals this person was asked to evaluate anew, as far as they may."""
    action, endpoint = "reassessment.own.score", "objections.reassessment_sheet"
    return [
        Line(
            f"Beoordeel de kandidatuur van {one.organisation_name} opnieuw, na een weerwoord",
            "",
            "info",
            link(endpoint, objection_id=one.objection_id),
            None,
            about=call.title,
        )
        for one in asked
        if (call := calls.get(one.addendum_id))
        and may(actor, action, call.subject(one.organisation_id), call.phase)
    ]


def _to_score(call: Call, seat: Seat, everything: int) -> int:
    """What is left of everything, or of the part that was given to this juror."""
    if call.phase is Phase.WRITTEN and seat.asked is not None:
        return seat.asked_declared
    return max(everything, 0) if call.phase >= Phase.WRITTEN else 0


def juror_state(call: Call, progress: Progress, seat: Seat) -> JurorState:
    """What one juror has to do in the round that runs (in the written one before it opens)."""
    pitch = call.phase is Phase.PITCH
    numbers = progress.numbers
    total = numbers.invited if pitch else numbers.proposals
    declared = seat.pitch_declared if pitch else seat.declared
    conflicts = seat.pitch_conflicts if pitch else seat.conflicts
    sheets = seat.pitch_sheets if pitch else seat.sheets
    return JurorState(
        phase=call.phase,
        to_declare=max(total - declared, 0),
        to_score=_to_score(call, seat, declared - conflicts - sheets),
        written_from=call.written_from,
        written_until=call.written_until,
        pitch_from=call.pitch_from,
        pitch_until=call.pitch_until,
    )


def _jury_card(call: Call, progress: Progress, seat: Seat, actor: Actor, now: datetime) -> CallCard:
    own = juror_state(call, progress, seat)
    tasks = tasks_for_juror(own)
    if seat.chair:
        tasks += tasks_for_chair(call_state(call, progress, actor))
    elif call.phase is Phase.SEALED:
        tasks.append(Task("De kandidaturen worden nog geopend", "addenda.show", waiting=True))
    lines = task_lines(tasks, call, actor, now, addendum_id=call.id)
    notes = ["Je bent voorzitter"] if seat.chair else []
    card = call_card(call, actor, lines, [*notes, *_pitch_note(call, progress)], now)
    declares = progress.numbers.proposals > seat.declared
    return replace(card, links=_jury_links(call, actor, declares), bar=_bar(call, own, seat))


def _pitch_note(call: Call, progress: Progress) -> list[str]:
    first, last = progress.numbers.first_pitch, progress.numbers.last_pitch
    if call.phase is not Phase.PITCH or first is None or last is None:
        return []
    pitches = counted(progress.numbers.scheduled, "pitch", "pitches")
    return [f"{pitches}: van {moment(first)} tot {moment(last)}"]


def _bar(call: Call, own: JurorState, seat: Seat) -> tuple[str, int, int] | None:
    if call.phase not in (Phase.WRITTEN, Phase.PITCH):
        return None
    done = seat.pitch_sheets if call.phase is Phase.PITCH else seat.sheets
    if call.phase is Phase.WRITTEN and seat.asked is not None:
        return ("Jouw scorebladen", done, done + seat.asked)
    return ("Jouw scorebladen", done, done + own.to_score + own.to_declare)


def _jury_links(call: Call, actor: Actor, declares: bool) -> list[tuple[str, str]]:
    """A page about every applicant waits for whoever still `declares`."""
    wanted = [
        ("Leeslijst", "evaluation.reading_list", "conflict.own.declare", False),
        ("Voortgang", "evaluation.progress", "score.progress", False),
        ("Rangschikking", "evaluation.ranking", "ranking.view", True),
    ]
    found = []
    for label, endpoint, action, everyone in wanted:
        href = link(endpoint, addendum_id=call.id)
        subject = replace(call.subject(), every_applicant=everyone)
        if href and not (everyone and declares) and may(actor, action, subject, call.phase):
            found.append((label, href))
    return found
