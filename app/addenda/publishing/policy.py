"""What keeps a draft from being published, and what is worth another look. Plain facts in and out."""

from collections.abc import Iterator
from datetime import datetime

from app.addenda.drafting.sections import Draft, Part
from app.addenda.publishing.advice import (
    TIMELINE,
    Item,
    challenge_advice,
    persona_advice,
    remark,
    text_advice,
    timeline_advice,
)
from app.domain.criteria import RoundRules, rule_problems
from app.domain.errors import DomainError
from app.domain.timeline import TimelineProblem, problems

_FORM_FIELDS = {"written_round": "written_until"}


def publication_items(draft: Draft, now: datetime) -> list[Item]:
    """Everything that blocks (first) or advises, in the order of the editor. Empty: ready and complete."""
    found = [
        *_basics(draft),
        *_dates(draft, now),
        *timeline_advice(draft),
        *persona_advice(draft),
        *_challenges(draft),
        *_analysis(draft),
        *text_advice(draft),
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
        yield Item("publish_title", part, fields=("title",))
    if not basics.municipalities:
        yield Item("publish_municipalities", part, fields=("municipalities",))
    if not any(one.name and (one.email or one.phone) for one in basics.contacts):
        yield Item("publish_contact", part, fields=("contacts",))
    if not basics.ambition:
        yield remark("publish_ambition", part, "ambition")
    if draft.unrecognised:
        yield remark("publish_unrecognised", Part("review"), count=draft.unrecognised)


def _dates(draft: Draft, now: datetime) -> Iterator[Item]:
    timeline = draft.dates.timeline()
    for problem in problems(timeline):
        refusal = timeline_refusal(problem)
        yield Item(refusal.code, TIMELINE, problem.blocks, fields=(refusal.field or "",))
    if timeline.deadline and timeline.deadline <= now:
        yield Item("publish_deadline_passed", TIMELINE, fields=("deadline",))


def _challenges(draft: Draft) -> Iterator[Item]:
    if not draft.challenges:
        yield Item("publish_no_challenge", Part("challenges"))
    for challenge_id, (number, challenge) in draft.challenges.items():
        part = Part("challenge", str(challenge_id))
        if not challenge.obstacles:
            yield Item("publish_no_obstacle", part, facts={"number": number}, fields=("obstacles",))
        yield from challenge_advice(number, part, challenge)


def _analysis(draft: Draft) -> Iterator[Item]:
    if not draft.analysis.service_types:
        yield remark("publish_no_service_type", Part("analysis"), "service_types")


def _rounds(draft: Draft) -> Iterator[Item]:
    rounds: tuple[tuple[str, RoundRules], ...] = (("written", draft.written), ("pitch", draft.pitch))
    for name, rules in rounds:
        for problem in rule_problems(rules):
            facts = {key: value for key, value in problem.facts.items() if key != "criterion"}
            yield Item(problem.code, Part("criteria", name), True, facts, ("criteria",))
