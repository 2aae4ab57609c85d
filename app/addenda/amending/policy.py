"""What an amendment may change, and what it touches in the answers of others. Plain values in and out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from app.addenda.drafting.difference_parts import Change, pair_lines
from app.addenda.drafting.sections import ChallengeText, Draft
from app.domain.errors import DomainError
from app.domain.timeline import check_extension, exclusive_deadline

_ASIDE = {"title", "contacts", "submission_email", "submission_url"}
_PERSON = {"name", "age", "occurrence", "story", "strengths"}


def check_amendable(before: Draft, after: Draft) -> None:
    """Refuse what people may have relied on: an earlier deadline, another launch, an obstacle, a challenge or
    a type of service that goes, a challenge with another number."""
    old, new = before.dates, after.dates
    if old.launch != new.launch:
        raise DomainError("amend_launch_frozen", field="launch")
    if old.deadline != new.deadline:
        if old.deadline is None or new.deadline is None:
            raise DomainError("deadline_only_later", field="deadline")
        check_extension(exclusive_deadline(old.deadline), exclusive_deadline(new.deadline))
    _check_challenges(before, after)
    lines = pair_lines(before.analysis.service_types, after.analysis.service_types)
    if len(lines) < len(before.analysis.service_types):
        raise DomainError("amend_service_type_removed", field="service_types")


def _check_challenges(before: Draft, after: Draft) -> None:
    for key, (number, challenge) in before.challenges.items():
        if key not in after.challenges:
            raise DomainError("amend_challenge_removed")
        position, amended = after.challenges[key]
        if position != number:
            raise DomainError("amend_challenge_order")
        if {one.key for one in challenge.obstacles} - {one.key for one in amended.obstacles}:
            raise DomainError("amend_obstacle_removed", field="obstacles")
        if any(not one.label.strip() for one in amended.obstacles):
            raise DomainError("amend_obstacle_removed", field="obstacles")


@dataclass(frozen=True)
class Touched:
    """What an amendment touches: obstacles (ids) that people may have answered, the general part of a
    proposal, and the parts of the call that changed ("challenge:12")."""

    obstacles: frozenset[int] = frozenset()
    general: bool = False
    parts: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"obstacles": sorted(self.obstacles), "general": self.general, "parts": list(self.parts)}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Touched":
        obstacles = frozenset(data.get("obstacles", ()))
        return cls(obstacles, bool(data.get("general")), tuple(data.get("parts", ())))


def touched(changes: Iterable[Change], before: Draft, after: Draft) -> Touched:
    """An obstacle is touched by other words of its own, of a goal for it, of the introduction above it or of
    a persona behind it; not by its place or its life domains, and a new one is answered by nobody yet."""
    changes = list(changes)
    known = {int(one.key) for _, text in before.challenges.values() for one in text.obstacles}
    found = {key for change in changes for key in obstacles_of(change, before, after)}
    parts = dict.fromkeys(f"{one.part.kind}:{one.part.key}".rstrip(":") for one in changes)
    return Touched(frozenset(found & known), any(map(_is_general, changes)), tuple(parts))


def _is_general(change: Change) -> bool:
    if change.part.kind == "basics":
        return change.field not in _ASIDE
    if change.part.kind in ("criteria", "thresholds"):
        return change.kind != "moved"
    return change.part.kind == "analysis" and change.kind != "moved"


def obstacles_of(change: Change, before: Draft, after: Draft) -> Iterator[int]:
    """The obstacles (ids) whose answers one change is about."""
    if change.kind == "moved":
        return
    if change.part.kind == "persona" and change.field in _PERSON:
        yield from _of_persona(int(change.part.key), before, after)
    elif change.part.kind == "challenge":
        yield from _of_challenge(change, *_both(int(change.part.key), before, after))


def touches_whole_challenge(change: Change) -> bool:
    """Whether every obstacle is touched because of what stands above or behind them all."""
    if change.part.kind == "persona":
        return change.field in _PERSON
    return change.part.kind == "challenge" and change.field in ("introduction", "personas")


def _of_persona(persona: int, before: Draft, after: Draft) -> Iterator[int]:
    for content in (before, after):
        for _, challenge in content.challenges.values():
            if persona in challenge.personas:
                yield from _ids(one.key for one in challenge.obstacles)


def _both(key: int, before: Draft, after: Draft) -> list[ChallengeText]:
    return [content.challenges[key][1] for content in (before, after) if key in content.challenges]


def _of_challenge(change: Change, *challenges: ChallengeText) -> Iterator[int]:
    if change.field == "obstacles":
        yield from _ids([change.key])
    elif change.field == "goals":
        yield from _of_goal(change.key, challenges)
    elif change.field in ("introduction", "personas"):
        yield from _ids(one.key for text in challenges for one in text.obstacles)


def _of_goal(key: str, challenges: Iterable[ChallengeText]) -> Iterator[int]:
    """A goal without an obstacle is one for the whole challenge."""
    for text in challenges:
        for goal in text.goals:
            if goal.key == key:
                yield from _ids(goal.obstacles or [one.key for one in text.obstacles])


def _ids(keys: Iterable[str]) -> list[int]:
    return [int(key) for key in keys if key.isdecimal()]
