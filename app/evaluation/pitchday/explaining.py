"""Why no plan was found, in sentences."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from app.domain.pitch_blocks import Block, Longer, Nowhere, Short, TooMany, Without
from app.domain.pitch_plan import PlanWindow
from app.evaluation.pitchday.planning import DayFacts, Suggestion
from app.infra.formats import counted, enumeration, hour, short_day

NOT_FOUND = (
    "Er is geen indeling gevonden. Kies kortere pitches of een kortere pauze, of plaats ze met de hand."
)


def window_label(window: PlanWindow) -> str:
    """ "22 juni 2026, 9u00 tot 12u00"."""
    return f"{short_day(window.begins.date())}, {hour(window.begins.time())} tot {hour(window.ends.time())}"


def why_not(facts: DayFacts, found: Suggestion, closed: Collection[int]) -> list[str]:
    """One sentence for each thing in the way; empty when there is a plan. Of `closed` applicants no name."""
    if found.plan is not None:
        return []
    said = [line for block in found.blocked for line in _said(facts, found, block, closed)]
    return said or [NOT_FOUND]


def _said(facts: DayFacts, found: Suggestion, block: Block, closed: Collection[int]) -> Iterator[str]:
    if isinstance(block, Nowhere):
        name = _name(facts, block.proposal_id, closed)
        windows = [_short(facts, found, one) for one in block.short] or ["er zijn geen pitchvensters"]
        nowhere = f"Voor {name} is er nergens {_minutes(found.day.minutes)} vrij."
        yield " ".join([nowhere, *(f"{one[:1].upper()}{one[1:]}." for one in windows)])
    elif isinstance(block, TooMany):
        yield (
            f"Er passen maar {counted(block.fit, 'pitch', 'pitches')} in de vensters, "
            f"er zijn er {block.asked}. Kies kortere pitches of een kortere pauze."
        )
    elif isinstance(block, Longer):
        lacks = f"{'Er ontbreekt' if block.minutes == 1 else 'Er ontbreken'} {_minutes(block.minutes)}"
        same_day = (block.window.ends + timedelta(minutes=block.minutes)).date() == block.window.ends.date()
        label = window_label(block.window)
        yield (
            f"{lacks}: het lukt als het venster van {label} zoveel later eindigt."
            if same_day
            else f"{lacks}."
        )
    else:
        yield from _without(facts, found, block, closed)


def _short(facts: DayFacts, found: Suggestion, one: Short) -> str:
    label = window_label(one.window)
    if one.window in found.soon:
        return f"{label}: te kort dag, de eerste mogelijke dag is {short_day(found.earliest)}"
    names = {juror.user_id: juror.name for juror in facts.jurors}
    who = [
        *(["de kandidaat"] if one.applicant else []),
        *(names[juror] for juror in one.jurors if juror in names),
        *(["de zaal"] if one.room else []),
    ]
    because = f" (niet vrij: {enumeration(who)})" if who else ""
    return f"{label}: hoogstens {_minutes(one.longest)} na elkaar, {one.lacks} te kort{because}"


def _without(facts: DayFacts, found: Suggestion, block: Without, closed: Collection[int]) -> Iterator[str]:
    names = {juror.user_id: juror.name for juror in facts.jurors}
    who = [_name(facts, one, closed) for one in block.applicants]
    who += [names[one] for one in block.jurors if one in names]
    if who:
        yield f"Samen past het niet. Het lukt wel als een van deze altijd kan: {', '.join(who)}."
    for window in block.rooms:
        label = window_label(window)
        if window in found.soon:
            yield (
                f"Samen past het niet. Het zou lukken als {label} nog mocht, maar dat is te kort dag: "
                f"de eerste mogelijke dag is {short_day(found.earliest)}."
            )
        else:
            yield f"Samen past het niet. Het lukt wel als de zaal vrij is op {label}."


def _minutes(number: int) -> str:
    return counted(number, "minuut", "minuten")


def _name(facts: DayFacts, proposal_id: int, closed: Collection[int]) -> str:
    if proposal_id in closed:
        return "een kandidaat die niet voor jou is"
    return facts.rows[proposal_id].organisation_name
