"""The content of a proposal as one plain dictionary: on screen, before the jury, and frozen in a receipt.

`{format, call, organisation, proposal, summary, expectations, service_types, capacity_fte, cost_estimate,
coordinator, references, declarations, attachments: [{id, name, kind, size, sha256}], challenges: [{id,
number, introduction, personas, obstacles: [{id, label, approach, expertise, reach}]}]}`. Amounts are text
with two decimals, or None; `call` names the version that is answered.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.proposals.wording import ANSWER_PARTS, EXPECTATION_WORDS, EXPECTATIONS, SUMMARY_WORDS, words

FORMAT = "partnerwijzer/kandidatuur/2"
_PARTS = tuple(part.key for part in ANSWER_PARTS)
Content = dict[str, Any]


@dataclass(frozen=True)
class Coverage:
    """How far one challenge is answered: `answered` of `total` obstacles, in order in `levels`."""

    number: int
    answered: int
    total: int
    levels: dict[int, str]


@dataclass(frozen=True)
class Check:
    """One line of the checklist; `blocks` ones must be done before handing in. `place` is where it is put
    right: "general", "amendments", a challenge number, or "" when nothing has to be done."""

    code: str
    done: bool
    blocks: bool
    place: str = ""
    count: int = 0


def canonical(content: Content) -> str:
    """The exact text that is kept and hashed: sorted keys, no spare white space, UTF-8."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def obstacles(content: Content) -> Iterator[dict[str, Any]]:
    for challenge in content.get("challenges", ()):
        yield from challenge["obstacles"]


def answered_obstacles(content: Content) -> list[dict[str, Any]]:
    """The obstacles about which something is written, in the order of the page."""
    return [one for one in obstacles(content) if any(one.get(key) for key in _PARTS)]


def level(obstacle: dict[str, Any]) -> str:
    """ "full" when every part is answered, "part" when something is, else "none"."""
    filled = [bool(obstacle.get(key)) for key in _PARTS]
    return "full" if all(filled) else ("part" if any(filled) else "none")


def claimed(content: Content) -> list[int]:
    """The obstacles that the proposal takes up: those with an approach."""
    return [one["id"] for one in obstacles(content) if one.get("approach")]


def coverage(content: Content) -> list[Coverage]:
    return [
        Coverage(
            challenge["number"],
            sum(bool(one.get("approach")) for one in challenge["obstacles"]),
            len(challenge["obstacles"]),
            {one["id"]: level(one) for one in challenge["obstacles"]},
        )
        for challenge in content.get("challenges", ())
    ]


def blanked(content: Content, sentence: str) -> Content:
    """The same shape with nothing left of what the organisation wrote: `sentence` stands where a text stood.
    Which obstacles are taken up stays: the partnership goes on with them."""

    def said(text: Any) -> str:
        return sentence if text else ""

    return content | {
        "summary": said(content.get("summary")),
        "references": said(content.get("references")),
        "expectations": {key: said(text) for key, text in content.get("expectations", {}).items()},
        "capacity_fte": None,
        "cost_estimate": None,
        "attachments": [],
        "challenges": [
            one
            | {
                "obstacles": [
                    about | {key: said(about.get(key)) for key in _PARTS} for about in one["obstacles"]
                ]
            }
            for one in content.get("challenges", ())
        ],
    }


def essence(content: Content) -> Content:
    """Only what the organisation itself wrote, so that a corrected label is no change of theirs."""
    kept = {
        key: content.get(key)
        for key in ("summary", "capacity_fte", "cost_estimate", "coordinator", "references")
    }
    return kept | {
        "attachments": [one["id"] for one in content.get("attachments", ())],
        "expectations": {key: text for key, text in content.get("expectations", {}).items() if text},
        "service_types": sorted(one["id"] for one in content.get("service_types", ())),
        "answers": {
            one["id"]: [one[key] for key in _PARTS] for one in obstacles(content) if level(one) != "none"
        },
    }


def too_long(content: Content) -> list[str]:
    """Where more words stand than the guideline: "general" or the number of a challenge, once per field."""
    general = [
        *([content["summary"]] if words(content["summary"]) > SUMMARY_WORDS else []),
        *(text for text in content["expectations"].values() if words(text) > EXPECTATION_WORDS),
    ]
    return ["general"] * len(general) + [
        str(challenge["number"])
        for challenge in content["challenges"]
        for one in challenge["obstacles"]
        for part in ANSWER_PARTS
        if words(one[part.key]) > part.words
    ]


def checklist(content: Content, *, cost_requested: bool, unconfirmed: int = 0) -> list[Check]:
    """What has to be there before handing in, then what would make the proposal stronger. `unconfirmed`
    amendments of the call come first."""
    declared = content["declarations"]
    half = [one for one in obstacles(content) if level(one) == "part"]
    silent = [key.key for key in EXPECTATIONS if not content["expectations"].get(key.key)]
    long = too_long(content)
    open_challenge = next((str(one.number) for one in coverage(content) if one.answered < one.total), "")
    return [
        *([Check("amendments", False, True, "amendments", unconfirmed)] if unconfirmed else []),
        Check("one_obstacle", bool(claimed(content)), True, open_challenge),
        Check("summary", bool(content["summary"]), True, "general"),
        Check("truthful", declared["truthful"], True, "general"),
        Check("no_client_data", declared["no_client_data"], True, "general"),
        Check("half_answered", not half, False, open_challenge, len(half)),
        Check("word_limits", not long, False, long[0] if long else "", len(long)),
        Check("service_types", bool(content["service_types"]), False, "general"),
        Check("expectations", not silent, False, "general", len(silent)),
        Check("capacity", content["capacity_fte"] is not None, False, "general"),
        *([Check("cost", content["cost_estimate"] is not None, False, "general")] if cost_requested else []),
        Check("references", bool(content["references"]), False, "general"),
    ]


def blocked_by(content: Content) -> list[str]:
    """The codes of what still stands in the way of handing in."""
    return [
        check.code for check in checklist(content, cost_requested=False) if check.blocks and not check.done
    ]
