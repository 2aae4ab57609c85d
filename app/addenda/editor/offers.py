"""Offers beside the rows of a challenge, in words: what they propose and why."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.domain.suggestions import Candidate, Offer, suggest_life_domains, suggest_obstacles


@dataclass(frozen=True)
class Offered:
    """`target` is what gets ticked, `label` how it reads, `reason` the words it rests on."""

    target: str
    label: str
    reason: str


Obstacle = tuple[str, str, tuple[str, ...]]


def offers_for(
    name: str, obstacles: Sequence[Obstacle], goals: Sequence[tuple[str, bool]]
) -> dict[int, list[Offered]]:
    """{place: offers} for the rows where nobody chose yet. `obstacles` are (key, label, life domains),
    `goals` (text, whether it is linked)."""
    return _for_obstacles(obstacles) if name == "obstacles" else _for_goals(obstacles, goals)


def _for_obstacles(obstacles: Sequence[Obstacle]) -> dict[int, list[Offered]]:
    found = {
        place: [Offered(one.target, one.target, _words(one)) for one in suggest_life_domains(label)]
        for place, (_, label, ticked) in enumerate(obstacles)
        if label and not ticked
    }
    return {place: offers for place, offers in found.items() if offers}


def _for_goals(obstacles: Sequence[Obstacle], goals: Sequence[tuple[str, bool]]) -> dict[int, list[Offered]]:
    candidates = [Candidate(*one) for one in obstacles if one[1]]
    labels = {key: f"{place}. {label}" for place, (key, label, _) in enumerate(obstacles, start=1)}
    found = {
        place: [
            Offered(one.target, labels[one.target], _link_reason(one))
            for one in suggest_obstacles(text, candidates)
        ]
        for place, (text, linked) in enumerate(goals)
        if text and not linked
    }
    return {place: offers for place, offers in found.items() if offers}


def _link_reason(offer: Offer) -> str:
    return f"allebei {offer.shared}: {_words(offer)}" if offer.shared else _words(offer)


def _words(offer: Offer) -> str:
    return ", ".join(f"“{one}”" for one in offer.words[:3])
