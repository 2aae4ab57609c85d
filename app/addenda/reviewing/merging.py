"""The draft after a newer document and the choices of the regisseur. Pure.

Nothing is given to two: each stored id occurs once at most, and what no difference speaks of stays hers.
"""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from app.addenda.drafting.sections import Analysis, ChallengeText, Draft, GoalText, ObstacleText
from app.addenda.reviewing.comparing import NEW, Difference, Sides
from app.addenda.reviewing.content import ANALYSIS
from app.addenda.reviewing.matching import Items, Spot, rows_of

Key = TypeVar("Key", bound=Hashable)


def merge(sides: Sides, differences: Sequence[Difference], choices: Mapping[str, str]) -> Draft:
    """Her draft with the differences for which `choices` (or the default) says NEW."""
    taken = {one.key: one for one in differences if choices.get(one.key, one.default) == NEW}
    mine = sides.mine
    personas = _personas(sides, taken)
    return replace(
        mine,
        basics=replace(mine.basics, **_values(taken, "basics")),
        dates=replace(mine.dates, **_values(taken, "timeline")),
        personas=personas,
        challenges=_challenges(sides, taken, personas),
        analysis=_analysis(sides, taken),
        unrecognised=sides.new.unrecognised,
    )


def _values(taken: Mapping[str, Difference], prefix: str) -> dict[str, Any]:
    """The fields of one section that follow the document."""
    found = (one for key, one in taken.items() if key.startswith(f"{prefix}."))
    return {one.field: _empty(one.mine) if one.new is None else one.new for one in found}


def _empty(value: Any) -> Any:
    return "" if isinstance(value, str) else () if isinstance(value, tuple) else None


def sequence(lead: Sequence[Key], other: Sequence[Key], wanted: Collection[Key]) -> list[Key]:
    """The wanted keys in the order of `lead`; those that only `other` has come after what precedes them
    there."""
    order = [key for key in lead if key in wanted]
    known = set(order)
    for place, key in enumerate(other):
        if key in known or key not in wanted:
            continue
        before = next((one for one in reversed(other[:place]) if one in known), None)
        order.insert(order.index(before) + 1 if before is not None else 0, key)
        known.add(key)
    return order


def _whole_order(
    kind: str, mine: Sequence[int], new: Sequence[int], wanted: set[int], taken: Collection[str]
) -> list[int]:
    follow = f"order:{kind}" in taken
    return sequence(new, mine, wanted) if follow else sequence(mine, new, wanted)


def _staying(kind: str, mine: Mapping[int, Any], new: Mapping[int, Any], taken: Collection[str]) -> set[int]:
    hers = {key for key in mine if key in new or f"{kind}:{key}" not in taken}
    return hers | {key for key in new if key not in mine and f"{kind}:{key}" in taken}


def _personas(sides: Sides, taken: Mapping[str, Difference]) -> dict[int, Any]:
    mine, new = sides.mine.personas, sides.new.personas
    wanted = _staying("persona", mine, new, taken)
    order = _whole_order("personas", list(mine), list(new), wanted, taken)
    return {
        key: replace(mine[key], **_values(taken, f"persona:{key}")) if key in mine else new[key]
        for key in order
    }


def _challenges(
    sides: Sides, taken: Mapping[str, Difference], personas: Collection[int]
) -> dict[int, tuple[int, ChallengeText]]:
    mine, new = sides.mine.challenges, sides.new.challenges
    wanted = _staying("challenge", mine, new, taken)
    order = _whole_order("challenges", list(mine), list(new), wanted, taken)
    holders = {str(key) for key in wanted}
    obstacles = _rows(sides, "obstacle", taken, holders)
    goals = _rows(sides, "goal", taken, holders)
    found = {}
    for number, key in enumerate(order, start=1):
        text = replace(mine[key][1], **_values(taken, f"challenge:{key}")) if key in mine else new[key][1]
        here = _obstacles(sides, obstacles.get(str(key), {}))
        found[key] = (
            number,
            replace(
                text,
                personas=tuple(sorted(one for one in text.personas if one in personas)),
                obstacles=here,
                goals=_goals(sides, goals.get(str(key), {}), {one.key for one in here}),
            ),
        )
    return found


def _rows(
    sides: Sides, kind: str, taken: Mapping[str, Difference], holders: Collection[str]
) -> dict[str, dict[str, str]]:
    """Per challenge or list the texts by key, in their new order."""
    base, mine, new = sides.items(kind)
    final: Items = {}
    for key, hers in mine.items():
        spot = _spot(hers, new.get(key), f"{kind}:{key}" in taken, holders)
        if spot:
            final[key] = spot
    for key, there in new.items():
        whole = f"challenge:{there.holder}" in taken and f"{kind}:{key}" not in sides.dropped
        if key not in mine and there.holder in holders and (whole or f"{kind}:{key}" in taken):
            final[key] = there
    return {holder: _ordered(kind, holder, final, mine, new, taken) for holder in holders}


def _spot(hers: Spot, there: Spot | None, taken: bool, holders: Collection[str]) -> Spot | None:
    """Where an item of hers ends; it stays where it was when its new challenge is not taken."""
    if taken:
        if there is None:
            return None
        hers = Spot(there.holder if there.holder in holders else hers.holder, there.text)
    return hers if hers.holder in holders else None


def _ordered(
    kind: str, holder: str, final: Items, mine: Items, new: Items, taken: Collection[str]
) -> dict[str, str]:
    wanted = [key for key, one in final.items() if one.holder == holder]
    hers, theirs = (
        [key for key in items if key in wanted and items[key].holder == holder] for items in (mine, new)
    )
    follow = f"order:{kind}:{holder}" in taken
    order = sequence(theirs, hers, wanted) if follow else sequence(hers, theirs, wanted)
    return {key: final[key].text for key in [*order, *(key for key in wanted if key not in order)]}


def _obstacles(sides: Sides, texts: Mapping[str, str]) -> tuple[ObstacleText, ...]:
    known = {one.key: one for _, text in sides.mine.challenges.values() for one in text.obstacles}
    return tuple(
        replace(known[key], label=text) if key in known else ObstacleText(key, text)
        for key, text in texts.items()
    )


def _goals(sides: Sides, texts: Mapping[str, str], obstacles: Collection[str]) -> tuple[GoalText, ...]:
    """Links stay as far as the obstacle is still in the same challenge."""
    known = {one.key: one for _, text in sides.mine.challenges.values() for one in text.goals}
    return tuple(
        replace(
            known[key], text=text, obstacles=tuple(one for one in known[key].obstacles if one in obstacles)
        )
        if key in known
        else GoalText(key, text)
        for key, text in texts.items()
    )


def _analysis(sides: Sides, taken: Mapping[str, Difference]) -> Analysis:
    lists = _rows(sides, "finding", taken, ANALYSIS)
    return Analysis(**{name: tuple(lists[name].values()) for name in ANALYSIS})


def removed(before: Draft, after: Draft) -> list[str]:
    """The obstacles that go, by id: what refers to them would break."""
    left = rows_of(after, "obstacle")
    return [key for key in rows_of(before, "obstacle") if key not in left]
