"""The challenges: number, personas, introduction, obstacles and goals from the sections between them."""

from collections.abc import Sequence

from .challenge_heading import names
from .joining import Joiner, join_items
from .ledger import Ledger
from .notices import Notices
from .result import Challenge, Item
from .section import Section
from .source import Line
from .vocabulary import Kind

_LONGEST_NAMES = 60


def read_challenges(
    sections: Sequence[Section], joiner: Joiner, ledger: Ledger, notices: Notices
) -> tuple[Challenge, ...]:
    """In document order; a challenge that gives no number takes the next one."""
    challenges: list[Challenge] = []
    count = max((section.challenge + 1 for section in sections if section.challenge is not None), default=0)
    by_challenge: list[list[Section]] = [[] for _ in range(count)]
    for section in sections:
        if section.challenge is not None:
            by_challenge[section.challenge].append(section)
    for index, group in enumerate(by_challenge):
        challenge = _challenge(index, group, joiner, ledger)
        if challenge.obstacles and not any(section.kind is Kind.OBSTACLES for section in group):
            notices.add("obstacles_assumed", challenge.line, ", ".join(challenge.personas))
        previous = challenges[-1].number if challenges else 0
        if challenge.number == 0:
            challenge = _numbered(challenge, previous + 1)
            if not challenge.personas:
                notices.add("challenge_without_heading", challenge.line)
        elif challenge.number != previous + 1:
            notices.add("challenge_number_unexpected", challenge.line, f"{challenge.number} na {previous}")
        challenges.append(challenge)
    return tuple(challenges)


def _challenge(index: int, group: Sequence[Section], joiner: Joiner, ledger: Ledger) -> Challenge:
    path = f"challenges[{index}]"
    head = next((section.head for section in group if section.head), None)
    heading = next((section.heading for section in group if section.heading), None)
    lines = [
        line
        for section in group
        if section.kind in (Kind.CHALLENGE, Kind.CHALLENGE_PERSONAS)
        for line in section.lines
    ]
    named = head.personas if head and head.personas else _first_line_names(lines)
    if named and not (head and head.personas):
        ledger.take_all([(lines[0], f"{path}.personas")])
        lines = lines[1:]
    lines, listed = _unannounced(group, lines)
    assumed, closing = join_items(listed, joiner)
    ledger.take_except(listed, closing, f"{path}.obstacles")
    ledger.take_all((line, f"{path}.introduction") for line in lines)
    if heading is not None:
        ledger.name(heading, f"{path}.personas" if head and head.personas else path)
    return Challenge(
        number=(head.number if head else None) or 0,
        personas=named,
        introduction=_introduction(head.title if head else "", lines, joiner),
        obstacles=(*assumed, *_items(group, Kind.OBSTACLES, f"{path}.obstacles", joiner, ledger)),
        goals=_items(group, Kind.GOALS, f"{path}.goals", joiner, ledger),
        line=heading.number if heading else None,
    )


def _first_line_names(lines: Sequence[Line]) -> tuple[str, ...]:
    """A challenge in a table, of which the cell below its number holds nothing but names."""
    if len(lines) < 2 or len(lines[0].text) > _LONGEST_NAMES or lines[0].bullet:
        return ()
    return names(lines[0].text)


def _unannounced(group: Sequence[Section], lines: list[Line]) -> tuple[list[Line], list[Line]]:
    """(introduction, list) of a challenge that never names its obstacles: its only list must be theirs."""
    first = next((index for index, line in enumerate(lines) if line.bullet), None)
    if first is None or any(section.kind is Kind.OBSTACLES for section in group):
        return lines, []
    return lines[:first], lines[first:]


def _introduction(title: str, lines: Sequence[Line], joiner: Joiner) -> str | None:
    parts = [f"{title}." if title and title[-1] not in ".:?!" else title, *(line.text for line in lines)]
    return joiner.text(part for part in parts if part) or None


def _items(
    group: Sequence[Section], kind: Kind, field: str, joiner: Joiner, ledger: Ledger
) -> tuple[Item, ...]:
    items: list[Item] = []
    for section in group:
        if section.kind is kind:
            found, left_over = join_items(section.lines, joiner)
            items.extend(found)
            ledger.take_except(section.lines, left_over, field)
    return tuple(items)


def _numbered(challenge: Challenge, number: int) -> Challenge:
    return Challenge(
        number,
        challenge.personas,
        challenge.introduction,
        challenge.obstacles,
        challenge.goals,
        challenge.line,
    )
