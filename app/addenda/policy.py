"""What keeps a draft from being published, and what is worth another look. Plain facts in and out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from app.addenda.sections import ChallengeText, Draft, Part
from app.domain.criteria import RoundRules, rule_problems
from app.domain.errors import DomainError
from app.domain.timeline import TimelineProblem, problems

_FORM_FIELDS = {"written_round": "written_until"}
TIMELINE = Part("timeline")


@dataclass(frozen=True)
class Item:
    """One line of the checklist: `code` has a Dutch sentence with `facts`; advice does not block."""

    code: str
    part: Part
    blocks: bool = True
    facts: Mapping[str, object] = field(default_factory=dict)


def publication_items(draft: Draft, now: datetime) -> list[Item]:
    """Everything that blocks (first) or advises, in the order of the editor. Empty: ready and complete."""
    found = [
        *_basics(draft),
        *_dates(draft, now),
        *_personas(draft),
        *_challenges(draft),
        *_analysis(draft),
        *_rounds(draft),
    ]
    return sorted(found, key=lambda item: not item.blocks)


def check_publication(draft: Draft, now: datetime) -> None:
    """Raise when anything blocks; fact `count` says how many."""
    blocking = [item for item in publication_items(draft, now) if item.blocks]
    if blocking:
        raise DomainError("publication_blocked", count=len(blocking))


def timeline_refusal(problem: TimelineProblem) -> DomainError:
    """A problem in the timeline as a refusal at the form's field; the code names the step before it."""
    name = _FORM_FIELDS.get(problem.field, problem.field)
    if problem.code == "out_of_order":
        return DomainError(f"timeline_after_{problem.facts['before']}", field=name)
    return DomainError(f"timeline_{problem.code}", field=name)


def _basics(draft: Draft) -> Iterator[Item]:
    part, basics = Part("basics"), draft.basics
    if not basics.title.strip():
        yield Item("publish_title", part)
    if not basics.municipalities:
        yield Item("publish_municipalities", part)
    if not any(one.name and (one.email or one.phone) for one in basics.contacts):
        yield Item("publish_contact", part)
    if not basics.ambition:
        yield Item("publish_ambition", part, blocks=False)
    if draft.unrecognised:
        yield Item("publish_unrecognised", Part("review"), False, {"count": draft.unrecognised})


def _dates(draft: Draft, now: datetime) -> Iterator[Item]:
    timeline = draft.dates.timeline()
    for problem in problems(timeline):
        yield Item(timeline_refusal(problem).code, TIMELINE, problem.blocks)
    if timeline.deadline and timeline.deadline <= now:
        yield Item("publish_deadline_passed", TIMELINE)


def _personas(draft: Draft) -> Iterator[Item]:
    used = {one for _, challenge in draft.challenges.values() for one in challenge.personas}
    for persona_id, persona in draft.personas.items():
        part, facts = Part("persona", str(persona_id)), {"name": persona.name}
        if not persona.story:
            yield Item("publish_persona_story", part, False, facts)
        if persona_id not in used:
            yield Item("publish_persona_unused", part, False, facts)


def _challenges(draft: Draft) -> Iterator[Item]:
    if not draft.challenges:
        yield Item("publish_no_challenge", Part("challenges"))
    for challenge_id, (number, challenge) in draft.challenges.items():
        for code, blocks, facts in _challenge(challenge):
            part = Part("challenge", str(challenge_id))
            yield Item(code, part, blocks, {"number": number, **facts})


def _challenge(challenge: ChallengeText) -> Iterator[tuple[str, bool, dict[str, object]]]:
    if not challenge.obstacles:
        yield "publish_no_obstacle", True, {}
    if not challenge.personas:
        yield "publish_challenge_persona", False, {}
    if not challenge.introduction:
        yield "publish_introduction", False, {}
    if not challenge.goals:
        yield "publish_no_goal", False, {}
    linked = {one for goal in challenge.goals for one in goal.obstacles}
    without = [one for one in challenge.obstacles if one.key not in linked]
    if challenge.goals and without:
        yield "publish_obstacle_without_goal", False, {"count": len(without)}
    loose = sum(not goal.obstacles for goal in challenge.goals)
    if loose:
        yield "publish_goal_without_obstacle", False, {"count": loose}
    unnamed = sum(not one.life_domains for one in challenge.obstacles)
    if unnamed:
        yield "publish_obstacle_life_domain", False, {"count": unnamed}


def _analysis(draft: Draft) -> Iterator[Item]:
    if not draft.analysis.service_types:
        yield Item("publish_no_service_type", Part("analysis"), blocks=False)


def _rounds(draft: Draft) -> Iterator[Item]:
    rounds: tuple[tuple[str, RoundRules], ...] = (("written", draft.written), ("pitch", draft.pitch))
    for name, rules in rounds:
        for problem in rule_problems(rules):
            facts = {key: value for key, value in problem.facts.items() if key != "criterion"}
            yield Item(problem.code, Part("criteria", name), True, facts)
