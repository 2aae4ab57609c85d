"""Putting the parts of a draft in another order, or under another challenge. Ids stay what they are."""

from collections.abc import Sequence
from typing import Any

from app.addenda.drafting.drafts import part_of
from app.addenda.drafting.editing import editable, note_edit
from app.addenda.models import Addendum, Challenge
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.infra.database import db, transaction

MOST_ROWS = 60  # as the page of a challenge takes
ABOVE_ALL = 100_000  # a number that no challenge has


def order_personas(addendum_id: int, ids: Sequence[int], *, by: Actor) -> None:
    """The personas in the order of these ids; `call_order_changed` unless each is there exactly once."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        for place, row in enumerate(_in_order(addendum.personas, ids)):
            row.position = place
        note_edit(addendum, by, now, "addendum.personas_ordered")


def order_challenges(addendum_id: int, ids: Sequence[int], *, by: Actor) -> None:
    """The same for the challenges, whose numbers follow."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        _number(_in_order(addendum.challenges, ids))
        note_edit(addendum, by, now, "addendum.challenges_ordered")


def move_challenge(addendum_id: int, challenge_id: int, step: int, *, by: Actor) -> None:
    """One place up (-1) or down (1); at the ends it stays."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        challenge = part_of(addendum, Challenge, str(challenge_id))
        rows = [one for one in addendum.challenges if one is not challenge]
        rows.insert(min(max(addendum.challenges.index(challenge) + step, 0), len(rows)), challenge)
        _number(rows)
        note_edit(addendum, by, now, "addendum.challenge_moved", challenge_id=challenge_id)


def move_rows(
    addendum_id: int,
    challenge_id: int,
    target_id: int,
    *,
    obstacles: Sequence[int],
    goals: Sequence[int],
    by: Actor,
) -> int:
    """Obstacles and goals to the end of another challenge. A link between a goal and an obstacle stays when
    both go or both stay; the number of links that could not."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        source, target = _both(addendum, challenge_id, target_id)
        moving = _chosen(source.obstacles, obstacles)
        moving_goals = _chosen(source.goals, goals)
        if not moving and not moving_goals:
            raise DomainError("move_nothing_chosen", field="rows")
        lost = _cut_links(source, moving, moving_goals)
        _carry(source.obstacles, target.obstacles, moving)
        _carry(source.goals, target.goals, moving_goals)
        note_edit(addendum, by, now, "addendum.rows_moved", challenge_id=challenge_id, target_id=target_id)
        return lost


def _both(addendum: Addendum, challenge_id: int, target_id: int) -> tuple[Challenge, Challenge]:
    source = part_of(addendum, Challenge, str(challenge_id))
    target = next((one for one in addendum.challenges if one.id == target_id), None)
    if target is None or target is source:
        raise DomainError("move_target_unknown", field="target")
    return source, target


def _chosen(rows: Sequence[Any], ids: Sequence[int]) -> list[Any]:
    found = [one for one in rows if one.id in ids]
    if len(found) != len(set(ids)):
        raise DomainError("call_row_unknown", field="rows")
    return found


def _cut_links(source: Challenge, moving: Sequence[Any], moving_goals: Sequence[Any]) -> int:
    lost = 0
    for goal in source.goals:
        kept = [one for one in goal.obstacles if (one in moving) == (goal in moving_goals)]
        lost += len(goal.obstacles) - len(kept)
        goal.obstacles = kept
    return lost


def _carry(source: list[Any], target: list[Any], moving: Sequence[Any]) -> None:
    if len(target) + len(moving) > MOST_ROWS:
        raise DomainError("move_too_many", field="target")
    for one in moving:
        source.remove(one)
        target.append(one)
    for rows in (source, target):
        for place, one in enumerate(rows):
            one.position = place


def _in_order(rows: Sequence[Any], ids: Sequence[int]) -> list[Any]:
    by_id = {one.id: one for one in rows}
    if sorted(ids) != sorted(by_id):
        raise DomainError("call_order_changed")
    return [by_id[one] for one in ids]


def _number(rows: Sequence[Challenge]) -> None:
    """A number is taken only once, so all make room first."""
    for place, row in enumerate(rows, start=1):
        row.number = ABOVE_ALL + place
    db.session.flush()
    for place, row in enumerate(rows, start=1):
        row.number = place
