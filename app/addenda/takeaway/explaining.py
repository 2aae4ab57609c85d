"""The JSON Schema as tables for people: one table per object, its fields in order."""

from dataclasses import dataclass, field
from typing import Any

from app.addenda.takeaway.open_data import schema

_KINDS = {
    "string": "tekst",
    "integer": "geheel getal",
    "number": "getal",
    "boolean": "ja of nee",
    "array": "lijst",
    "object": "groep",
    "null": "leeg",
}
_FORMATS = {"date": "dag", "date-time": "ogenblik", "uri": "adres"}


@dataclass(frozen=True)
class Field:
    """`path` as "timeline.deadline", a list as "personas[]"."""

    path: str
    kind: str
    text: str


@dataclass
class Described:
    title: str
    text: str
    fields: list[Field] = field(default_factory=list)


def described() -> list[Described]:
    """The call first, then the list."""
    whole = schema()
    call = Described("Eén oproep: oproep.json", whole["description"])
    _add(call.fields, "", whole)
    listed = whole["$defs"]["list"]
    every = Described("Alle oproepen: oproepen.json", listed["description"])
    _add(every.fields, "", listed)
    return [call, every]


def _add(found: list[Field], path: str, part: dict[str, Any]) -> None:
    for name, inner in part.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        items = inner.get("items", {})
        found.append(Field(here, _kind(inner), inner.get("description", "")))
        _add(found, here, inner)
        _add(found, f"{here}[]", items)


def _kind(part: dict[str, Any]) -> str:
    types: list[str] = part["type"] if isinstance(part["type"], list) else [part["type"]]
    if part.get("format") in _FORMATS:
        types = [_FORMATS[part["format"]], *types[1:]]
    words = " of ".join(_KINDS.get(one, one) for one in types)
    items = str(part.get("items", {}).get("type"))
    return f"{words} van {_KINDS[items]}" if items in ("string", "integer") else words
