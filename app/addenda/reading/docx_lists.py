"""Styles and numbering of a Word document, as far as they decide what stands in front of a paragraph."""

import re
from dataclasses import dataclass, field

from app.infra.xmlstream import Node

from .counters import BULLET, Counter, shown

_STYLES = {"lowerLetter": "a", "upperLetter": "A", "lowerRoman": "i", "upperRoman": "I"}
_PLACE = re.compile(r"%([1-9])")
_OUTLINE_NAME = re.compile(r"(?:heading|kop) [1-9]|title|titel", re.IGNORECASE)
_CONTENTS_NAME = re.compile(r"(?:toc|inhopg) [1-9]", re.IGNORECASE)
_MOST_STEPS = 20


@dataclass(slots=True)
class Style:
    based_on: str = ""
    number: str | None = None
    level: int | None = None
    heading: bool = False
    contents: bool = False
    hidden: bool = False


@dataclass(slots=True)
class Level:
    kind: str = "decimal"
    text: str = ""
    start: int = 1
    style: str = ""


@dataclass(slots=True)
class _Number:
    abstract: str
    starts: dict[int, int] = field(default_factory=dict)
    levels: dict[int, Level] = field(default_factory=dict)


class Styles:
    def __init__(self, root: Node) -> None:
        self._styles: dict[str, Style] = {}
        for node in root.find("w:style"):
            self._styles[node.attrs.get("w:styleId", "")] = _style(node)

    def chain(self, name: str) -> list[tuple[str, Style]]:
        """The style and those it is based on, nearest first."""
        found: list[tuple[str, Style]] = []
        while name in self._styles and len(found) < _MOST_STEPS:
            found.append((name, self._styles[name]))
            name = self._styles[name].based_on
        return found


def _style(node: Node) -> Style:
    name = node.value("w:name") or ""
    level = node.value("w:pPr", "w:numPr", "w:ilvl")
    return Style(
        based_on=node.value("w:basedOn") or "",
        number=node.value("w:pPr", "w:numPr", "w:numId"),
        level=_whole(level) if level else None,
        heading=bool(_OUTLINE_NAME.fullmatch(name)) or node.first("w:pPr", "w:outlineLvl") is not None,
        contents=bool(_CONTENTS_NAME.fullmatch(name)),
        hidden=is_on(node.first("w:rPr", "w:vanish")),
    )


def is_on(node: Node | None) -> bool:
    """A property that is present, unless it says that it is off."""
    return node is not None and node.attrs.get("w:val", "1") not in ("0", "false", "off")


class Numbering:
    """The markers of lists; remembers how far each list has counted."""

    def __init__(self, root: Node, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._numbers: dict[str, _Number] = {}
        self._counters: dict[str, Counter] = {}
        self._seen: set[str] = set()
        for node in root.find("w:abstractNum"):
            name = node.attrs.get("w:abstractNumId", "")
            self._levels[name] = _levels(node)
            self._links[name] = node.value("w:numStyleLink") or ""
        for node in root.find("w:num"):
            self._numbers[node.attrs.get("w:numId", "")] = _number(node)

    def marker(self, style: str, number: str | None, level: int | None) -> tuple[str, int]:
        """(marker, level) of a paragraph; the list it is in itself beats that of its style."""
        number, level = self._found(style, number, level)
        known = self._numbers.get(number or "")
        if number in (None, "", "0") or known is None:
            return "", 0
        abstract = self._linked(known.abstract)
        one = known.levels.get(level) or self._levels.get(abstract, {}).get(level)
        if one is None or one.kind == "none" and not one.text:
            return "", level
        counter = self._counters.setdefault(abstract, Counter())
        self._restart(str(number), known, counter)
        counter.step(level, known.starts.get(level, one.start))
        if one.kind == "bullet":
            return BULLET, level
        levels = {**self._levels.get(abstract, {}), **known.levels}
        return _PLACE.sub(lambda found: _place(int(found[1]) - 1, counter, levels), one.text), level

    def _found(self, style: str, number: str | None, level: int | None) -> tuple[str | None, int]:
        for name, one in self._styles.chain(style):
            if number is None and one.number is not None:
                number = one.number
                level = level if level is not None else one.level
                level = level if level is not None else self._level_of_style(number, name)
        return number, level or 0

    def _level_of_style(self, number: str, style: str) -> int | None:
        known = self._numbers.get(number)
        levels = self._levels.get(known.abstract, {}) if known else {}
        return next((place for place, one in levels.items() if one.style == style), None)

    def _linked(self, abstract: str) -> str:
        """A list that only points at a list style counts as that style's list."""
        link = self._links.get(abstract, "")
        number = next((one.number for _, one in self._styles.chain(link) if one.number), None)
        return self._numbers[number].abstract if number in self._numbers else abstract

    def _restart(self, number: str, known: _Number, counter: Counter) -> None:
        if number not in self._seen:
            self._seen.add(number)
            for level in known.starts:
                counter.restart(level)


def _place(level: int, counter: Counter, levels: dict[int, Level]) -> str:
    one = levels.get(level, Level())
    return shown(counter.number(level, one.start), _STYLES.get(one.kind, "1"))


def _levels(node: Node) -> dict[int, Level]:
    return {
        _whole(one.attrs.get("w:ilvl", "0")): Level(
            kind=one.value("w:numFmt") or "decimal",
            text=one.value("w:lvlText") or "",
            start=_whole(one.value("w:start") or "1"),
            style=one.value("w:pStyle") or "",
        )
        for one in node.nodes("w:lvl")
    }


def _number(node: Node) -> _Number:
    number = _Number(node.value("w:abstractNumId") or "")
    for one in node.nodes("w:lvlOverride"):
        level = _whole(one.attrs.get("w:ilvl", "0"))
        start = one.value("w:startOverride")
        if start is not None:
            number.starts[level] = _whole(start)
        number.levels.update(_levels(one))
    return number


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
