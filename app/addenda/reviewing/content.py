"""What a document gives, as the content of a call. Pure: the towns are looked up by who calls.

Everything gets a key of its own here: personas and challenges -1, -2 …, rows "new-1", "new-2" …;
`matching` finds which stored ids they stand for.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.addenda.drafting.sections import (
    Analysis,
    Basics,
    ChallengeText,
    ContactText,
    Dates,
    Draft,
    GoalText,
    ObstacleText,
    PersonaText,
)
from app.addenda.importing.result import Challenge, Item, ParsedAddendum
from app.domain.timeline import PitchWindow

OBSTACLE, SENTENCE, NAME = 500, 1000, 80
ANALYSIS = ("service_types", "recurring", "attention", "obstacles", "profiles")
_TIMELINE = {"written_round": "written_from", "pitch_windows": "windows"}


@dataclass(frozen=True)
class Place:
    """Where source lines stand in the result: `at` is a place ("obstacle:12", "introduction:4",
    "analysis.recurring", "deadline"); `text` tells the items of one list of the analysis apart."""

    at: str
    lines: tuple[int, ...]
    text: str = ""


@dataclass(frozen=True)
class Reading:
    """The content, the places of its lines, and notes like the importer's warnings."""

    draft: Draft
    places: tuple[Place, ...]
    notes: tuple[dict[str, Any], ...] = ()


def reading_of(parsed: ParsedAddendum, stored: Draft, towns: tuple[int, ...] | None) -> Reading:
    """The document's content; what a document cannot say (criteria, question date …) and a title, towns or
    objection term that it does not give come from `stored`. `towns` None: it names none."""
    numbers = itertools.count(1)
    names = _persona_names(parsed)
    keys = {name.casefold(): -place for place, name in enumerate(names, start=1)}
    found = {one.name[:NAME].casefold(): one for one in parsed.personas}
    personas = {
        -place: _persona(name, place, found.get(name.casefold())) for place, name in enumerate(names, start=1)
    }
    challenges = {
        -place: (place, _challenge(one, keys, numbers))
        for place, one in enumerate(parsed.challenges, start=1)
    }
    draft = replace(
        stored,
        basics=_basics(parsed, stored.basics, towns),
        dates=_dates(parsed, stored.dates),
        personas=personas,
        challenges=challenges,
        analysis=Analysis(
            **{name: tuple(one.text[:SENTENCE] for one in _list(parsed, name)) for name in ANALYSIS}
        ),
        unrecognised=len(parsed.unrecognised),
    )
    return Reading(draft, tuple(_places(parsed, draft, keys)), tuple(_cut_off(parsed)))


def _persona_names(parsed: ParsedAddendum) -> list[str]:
    """In the order in which the challenges name them, then those who only have a story."""
    named = [name for one in parsed.challenges for name in one.personas]
    told = [one.name for one in parsed.personas]
    return list({name[:NAME].casefold(): name[:NAME] for name in reversed([*named, *told])}.values())[::-1]


def _persona(name: str, place: int, found: Any) -> PersonaText:
    portrait = (place - 1) % 8 + 1
    if found is None:
        return PersonaText(name, portrait=portrait)
    age = found.age if found.age is not None and 0 <= found.age <= 120 else None
    return PersonaText(name, age=age, story=found.story or "", portrait=portrait)


def _challenge(one: Challenge, personas: dict[str, int], numbers: Iterator[int]) -> ChallengeText:
    return ChallengeText(
        introduction=one.introduction or "",
        personas=tuple(sorted({personas[name[:NAME].casefold()] for name in one.personas})),
        obstacles=tuple(ObstacleText(f"new-{next(numbers)}", item.text[:OBSTACLE]) for item in one.obstacles),
        goals=tuple(GoalText(f"new-{next(numbers)}", item.text[:SENTENCE]) for item in one.goals),
    )


def _basics(parsed: ParsedAddendum, stored: Basics, towns: tuple[int, ...] | None) -> Basics:
    title = f"Lokaal addendum {parsed.service_area}"[:200] if parsed.service_area else stored.title
    return replace(
        stored,
        title=title,
        programme=(parsed.programme or "")[:200],
        municipalities=stored.municipalities if towns is None else tuple(sorted(towns)),
        ambition=parsed.ambition or "",
        vision=parsed.vision or "",
        mission=parsed.mission or "",
        local_input=parsed.local_input or "",
        contacts=tuple(
            ContactText(
                (one.name or "")[:120],
                (one.role or "")[:200],
                (one.email or "")[:254],
                (one.phone or "")[:60],
            )
            for one in parsed.contacts
        ),
        submission_email=(parsed.submission.email or "")[:254],
        submission_url=_web_address(parsed.submission.url),
    )


def _web_address(url: str | None) -> str:
    """Only what a browser may follow safely."""
    return url[:300] if url and url.lower().startswith(("https://", "http://")) else ""


def _dates(parsed: ParsedAddendum, stored: Dates) -> Dates:
    """Dates out of order are taken as they stand: the checklist says so before publication."""
    timeline = parsed.timeline
    first, last = timeline.written_round or (None, None)
    days = timeline.objection_days
    return replace(
        stored,
        launch=timeline.launch,
        deadline=timeline.deadline,
        written_from=first,
        written_until=last,
        windows=tuple(
            PitchWindow(one.day, one.start, one.end)
            for one in timeline.pitch_windows
            if one.start and one.end and one.start < one.end
        ),
        decision_before=timeline.decision_before,
        objection_days=days if days and 1 <= days <= 90 else stored.objection_days,
    )


def _list(parsed: ParsedAddendum, name: str) -> Sequence[Item]:
    return parsed.service_types if name == "service_types" else getattr(parsed.enrichment, name)


def _places(parsed: ParsedAddendum, draft: Draft, personas: dict[str, int]) -> Iterator[Place]:
    """Item by item where the importer says so, else by the path of the line."""
    itemised = list(_item_places(parsed, draft, personas))
    yield from (place for _, place in itemised)
    booked = {(line, path) for path, place in itemised for line in place.lines}
    rest: dict[str, list[int]] = {}
    for taken in parsed.taken:
        if (taken.line, taken.section) not in booked:
            rest.setdefault(place_of_path(taken.section), []).append(taken.line)
    for at, lines in rest.items():
        yield Place(at, tuple(lines))


def _item_places(
    parsed: ParsedAddendum, draft: Draft, personas: dict[str, int]
) -> Iterator[tuple[str, Place]]:
    """Each item with its lines, and the importer's path for those lines."""
    for index, (key, one) in enumerate(zip(draft.challenges, parsed.challenges, strict=True)):
        text = draft.challenges[key][1]
        for row, item in zip(text.obstacles, one.obstacles, strict=True):
            yield f"challenges[{index}].obstacles", Place(f"obstacle:{row.key}", item.lines)
        for aim, item in zip(text.goals, one.goals, strict=True):
            yield f"challenges[{index}].goals", Place(f"goal:{aim.key}", item.lines)
    for name in ANALYSIS:
        path = name if name == "service_types" else f"enrichment.{name}"
        for item in _list(parsed, name):
            yield path, Place(f"analysis.{name}", item.lines, item.text[:SENTENCE])
    for index, told in enumerate(parsed.personas):
        yield f"personas[{index}]", Place(f"persona:{personas[told.name[:NAME].casefold()]}", told.lines)


def place_of_path(path: str) -> str:
    """ "challenges[0].introduction" -> "introduction:-1", "timeline.deadline" -> "deadline"."""
    stem, _, field = path.partition(".")
    name, _, index = stem.partition("[")
    if name == "challenges" and index:
        key = -int(index.rstrip("]")) - 1
        return f"introduction:{key}" if field == "introduction" else f"challenge:{key}"
    if name == "enrichment":
        return f"analysis.{field}"
    if name == "timeline":
        return _TIMELINE.get(field, field)
    return {"service_area": "title", "service_types": "analysis.service_types"}.get(name, name)


def _cut_off(parsed: ParsedAddendum) -> Iterator[dict[str, Any]]:
    """Items that do not fit are cut off, and say so: nothing goes silently."""
    obstacles = [item for one in parsed.challenges for item in one.obstacles if len(item.text) > OBSTACLE]
    others = [item for one in parsed.challenges for item in one.goals]
    others += [item for name in ANALYSIS for item in _list(parsed, name)]
    for item in [*obstacles, *(item for item in others if len(item.text) > SENTENCE)]:
        yield {
            "code": "item_cut_off",
            "message": "Deze tekst is te lang en werd afgebroken. Kijk het resultaat na.",
            "line": item.lines[0] if item.lines else None,
        }
