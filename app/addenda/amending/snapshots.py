"""The content of a call as JSON, without loss: for versions, and for the sections of a pending amendment.

A field that a later release adds reads from an older snapshot as its default.
"""

import types
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from app.addenda.drafting.sections import (
    Analysis,
    Basics,
    ChallengeText,
    Criteria,
    Dates,
    Draft,
    Part,
    PersonaText,
    Section,
    Thresholds,
)

KINDS: dict[str, type[Any]] = {
    "basics": Basics,
    "timeline": Dates,
    "persona": PersonaText,
    "challenge": ChallengeText,
    "analysis": Analysis,
    "criteria": Criteria,
    "thresholds": Thresholds,
}
_TEXTS: dict[type[Any], Callable[[str], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    time: time.fromisoformat,
    Decimal: Decimal,
}


def to_json(draft: Draft) -> dict[str, Any]:
    """The whole content; personas and challenges as [id, content] in their order."""
    found: dict[str, Any] = _plain(draft)
    return found


def from_json(data: dict[str, Any]) -> Draft:
    """What `to_json` wrote."""
    draft: Draft = _value(Draft, data)
    return draft


def section_to_json(section: Section) -> dict[str, Any]:
    """One page of the editor."""
    found: dict[str, Any] = _plain(section)
    return found


def section_from_json(kind: str, data: dict[str, Any]) -> Section:
    """What `section_to_json` wrote, for a section of this kind (`Part.kind`)."""
    section: Section = _value(KINDS[kind], data)
    return section


def part_name(part: Part) -> str:
    """ "challenge:12": the name of a section in `Amendment.patches`."""
    return f"{part.kind}:{part.key}"


def part_of_name(name: str) -> Part:
    """The reverse of `part_name`."""
    kind, _, key = name.partition(":")
    return Part(kind, key)


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, dict):
        return [[key, _plain(one)] for key, one in value.items()]
    if isinstance(value, tuple | list):
        return [_plain(one) for one in value]
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _value(wanted: Any, data: Any) -> Any:
    if data is None:
        return None
    if get_origin(wanted) in (Union, types.UnionType):
        wanted = next(one for one in get_args(wanted) if one is not type(None))
    if is_dataclass(wanted):
        hints: dict[str, Any] = _hints(wanted)  # type: ignore[arg-type]
        return wanted(**{name: _value(hints[name], one) for name, one in data.items() if name in hints})  # type: ignore[operator]
    if get_origin(wanted) is dict:
        key_type, value_type = get_args(wanted)
        return {key_type(key): _value(value_type, one) for key, one in data}
    if get_origin(wanted) is tuple:
        return tuple(_items(get_args(wanted), data))
    return _TEXTS[wanted](data) if wanted in _TEXTS else data


def _items(wanted: tuple[Any, ...], data: list[Any]) -> list[Any]:
    kinds = [wanted[0]] * len(data) if wanted[-1] is Ellipsis else wanted
    return [_value(kind, one) for kind, one in zip(kinds, data, strict=True)]


@cache
def _hints(wanted: Any) -> dict[str, Any]:
    names = {one.name for one in fields(wanted)}
    return {name: hint for name, hint in get_type_hints(wanted).items() if name in names}
