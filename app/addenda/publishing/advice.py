"""What in a draft is worth another look before publication. Nothing here blocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.addenda.drafting.sections import ChallengeText, Draft, Part
from app.domain.readability import long_sentences, placeholders
from app.domain.timeline_advice import advice
from app.infra.holidays import holiday

TIMELINE = Part("timeline")


@dataclass(frozen=True)
class Item:
    """One line of the checklist: `code` has a Dutch sentence with `facts`; advice does not block.

    `fields` are the ids of the fields on the page of `part` that it is about; the line leads to the first.
    """

    code: str
    part: Part
    blocks: bool = True
    facts: Mapping[str, object] = field(default_factory=dict)
    fields: tuple[str, ...] = ()


def remark(code: str, part: Part, *fields: str, **facts: object) -> Item:
    return Item(code, part, False, facts, fields)


def timeline_advice(draft: Draft) -> Iterator[Item]:
    """Free days, a short notice, no date for questions, and days that do not match their date."""
    timeline = draft.dates.timeline()
    if timeline.questions_until is None:
        yield remark("publish_questions_until", TIMELINE, "questions_until")
    for problem in advice(timeline, holiday):
        facts = {"step": problem.field, **problem.facts}
        yield remark(f"timeline_{problem.code}", TIMELINE, problem.field, **facts)
    for message in draft.day_warnings:
        yield remark("timeline_import_warning", TIMELINE, message=message)


def persona_advice(draft: Draft) -> Iterator[Item]:
    used = {one for _, challenge in draft.challenges.values() for one in challenge.personas}
    for persona_id, persona in draft.personas.items():
        part = Part("persona", str(persona_id))
        if not persona.story:
            yield remark("publish_persona_story", part, "story", name=persona.name)
        if not persona.portrait_alt:
            yield remark("publish_persona_alt", part, "portrait_alt", name=persona.name)
        if persona_id not in used:
            yield remark("publish_persona_unused", part, name=persona.name)


def challenge_advice(number: int, part: Part, challenge: ChallengeText) -> Iterator[Item]:
    """What one challenge misses; the rows it is about are named by their place."""
    if not challenge.personas:
        yield remark("publish_challenge_persona", part, "personas", number=number)
    if not challenge.introduction:
        yield remark("publish_introduction", part, "introduction", number=number)
    if not challenge.goals:
        yield remark("publish_no_goal", part, "goals", number=number)
    linked = {one for goal in challenge.goals for one in goal.obstacles}
    if challenge.goals:
        unhelped = [place for place, one in enumerate(challenge.obstacles) if one.key not in linked]
        yield from _rows("publish_obstacle_without_goal", part, number, unhelped, "obstacles-{}-label")
    loose = [place for place, one in enumerate(challenge.goals) if not one.obstacles]
    yield from _rows("publish_goal_without_obstacle", part, number, loose, "goals-{}-text")
    untagged = [place for place, one in enumerate(challenge.obstacles) if not one.life_domains]
    yield from _rows("publish_obstacle_life_domain", part, number, untagged, "obstacles-{}-label")


def _rows(code: str, part: Part, number: int, places: list[int], name: str) -> Iterator[Item]:
    if places:
        fields = (name.format(place) for place in places)
        yield remark(code, part, *fields, number=number, count=len(places))


def text_advice(draft: Draft) -> Iterator[Item]:
    """Texts with something left to fill in, and pages with long sentences."""
    by_part: dict[Part, list[tuple[str, str]]] = {}
    for part, name, text in _texts(draft):
        by_part.setdefault(part, []).append((name, text))
    for part, texts in by_part.items():
        for name, text in texts:
            if left := placeholders(text):
                yield remark("publish_placeholder", part, name, example=left[0])
        counts = {name: long_sentences(text) for name, text in texts}
        if total := sum(counts.values()):
            fields = (name for name, count in counts.items() if count)
            yield remark("publish_long_sentences", part, *fields, count=total)


def _texts(draft: Draft) -> Iterator[tuple[Part, str, str]]:
    """(page, id of the field, text) of everything that people will read."""
    for name in ("title", "programme", "ambition", "vision", "mission", "local_input"):
        yield Part("basics"), name, getattr(draft.basics, name)
    for persona_id, persona in draft.personas.items():
        part = Part("persona", str(persona_id))
        for name in ("name", "occurrence", "story", "portrait_alt"):
            yield part, name, getattr(persona, name)
        yield part, "strengths", "\n\n".join(persona.strengths)
    for challenge_id, (_, challenge) in draft.challenges.items():
        yield from _texts_of(Part("challenge", str(challenge_id)), challenge)
    values: dict[str, Any] = vars(draft.analysis)
    for name, lines in values.items():
        yield Part("analysis"), name, "\n\n".join(lines)


def _texts_of(part: Part, challenge: ChallengeText) -> Iterator[tuple[Part, str, str]]:
    yield part, "introduction", challenge.introduction
    for place, obstacle in enumerate(challenge.obstacles):
        yield part, f"obstacles-{place}-label", obstacle.label
    for place, goal in enumerate(challenge.goals):
        yield part, f"goals-{place}-text", goal.text
