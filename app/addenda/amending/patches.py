"""The sections that an amendment changes, and the content of a call with them put in. Pure.

Patches are {"basics:": content, "persona:12": content, …} as snapshots hold sections, and "personas" or
"challenges": the ids in their order where rows came, went or moved. Rows that are not published yet have
ids from NEW_FROM on.
"""

from dataclasses import replace
from typing import Any

from app.addenda.amending.snapshots import part_name, section_from_json, section_to_json
from app.addenda.drafting.sections import ChallengeText, Draft, Part, Section, criteria_of, rules_from

NEW_FROM = 1_000_000_000
Patches = dict[str, Any]
ROUNDS = ("written", "pitch")
_SINGLE = {"basics": "basics", "timeline": "dates", "analysis": "analysis"}


def sections_of(content: Draft) -> dict[Part, Section]:
    """Everything that an amendment can change, by page."""
    found: dict[Part, Section] = {Part(kind): getattr(content, name) for kind, name in _SINGLE.items()}
    found |= {Part("criteria", name): criteria_of(getattr(content, name)) for name in ROUNDS}
    if content.thresholds is not None:
        found[Part("thresholds")] = content.thresholds
    found |= {Part("persona", str(key)): one for key, one in content.personas.items()}
    return found | {Part("challenge", str(key)): one for key, (_, one) in content.challenges.items()}


def patches_of(before: Draft, after: Draft) -> Patches:
    """What has to be put in `before` to make it `after`."""
    known = sections_of(before)
    found: Patches = {
        part_name(part): section_to_json(section)
        for part, section in sections_of(after).items()
        if known.get(part) != section
    }
    for name in ("personas", "challenges"):
        if list(getattr(before, name)) != list(getattr(after, name)):
            found[name] = list(getattr(after, name))
    return found


def overlay(content: Draft, patches: Patches) -> Draft:
    """The content with the patches put in."""
    single = {
        name: section_from_json(kind, patches[f"{kind}:"])
        for kind, name in _SINGLE.items()
        if f"{kind}:" in patches
    }
    personas = {
        key: _patched(Part("persona", str(key)), content.personas.get(key), patches)
        for key in patches.get("personas", content.personas)
    }
    known = {key: one for key, (_, one) in content.challenges.items()}
    challenges: dict[int, tuple[int, ChallengeText]] = {}
    for number, key in enumerate(patches.get("challenges", known), start=1):
        challenge = _patched(Part("challenge", str(key)), known.get(key), patches)
        present = tuple(one for one in challenge.personas if one in personas)
        challenges[key] = (number, replace(challenge, personas=present))
    judged = _judged(content, patches)
    return replace(content, personas=personas, challenges=challenges, **judged, **single)  # type: ignore[arg-type]


def _judged(content: Draft, patches: Patches) -> dict[str, Any]:
    """The criteria of both rounds and the thresholds: how proposals will be judged."""
    thresholds = _patched(Part("thresholds"), content.thresholds, patches)
    least = thresholds.minimum_total if thresholds else content.written.minimum_total
    rounds = {
        name: rules_from(
            _patched(Part("criteria", name), criteria_of(getattr(content, name)), patches), least
        )
        for name in ROUNDS
    }
    return {"thresholds": thresholds, **rounds}


def _patched(part: Part, section: Section | None, patches: Patches) -> Any:
    name = part_name(part)
    return section_from_json(part.kind, patches[name]) if name in patches else section


def rebased(before: Draft, after: Draft, patches: Patches) -> Patches:
    """Patches made on `before`, now that the published content is `after`: of the dates, what the amendment
    did not touch follows the published ones."""
    if "timeline:" not in patches:
        return patches
    wanted: Any = section_from_json("timeline", patches["timeline:"])
    old, new = before.dates, after.dates
    moved = {
        name: getattr(new, name)
        for name in old.__dataclass_fields__
        if getattr(wanted, name) == getattr(old, name)
    }
    dates = section_to_json(replace(wanted, **moved))
    return patches_of(after, overlay(after, {**patches, "timeline:": dates}))
