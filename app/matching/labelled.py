"""Needs and offers from JSON files: read whole and checked before anything is done with them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.domain.errors import DomainError


@dataclass(frozen=True)
class Labelled:
    """A set with answers: `relevant` holds, per offer, the ids of the needs that it takes away."""

    needs: dict[str, str]
    offers: dict[str, str]
    relevant: list[frozenset[str]]


def read_texts(path: Path) -> dict[str, str]:
    """`{id: text}`. Raises DomainError naming the file and what is wrong with it."""
    return _texts(_read(path), path.name)


def read_labelled(path: Path) -> Labelled:
    """`{"obstacles": {id: text}, "offers": [{"id", "text", "relevant": [ids]}]}`."""
    found = _read(path)
    if not isinstance(found, dict) or not isinstance(found.get("offers"), list):
        raise DomainError("match_file_shape", file=path.name)
    needs = _texts(found.get("obstacles"), path.name)
    rows = [_offer(one, needs, path.name) for one in found["offers"]]
    if not needs or not any(relevant for _, _, relevant in rows):
        raise DomainError("match_nothing_labelled", file=path.name)
    offers = _without_twice(((id, text) for id, text, _ in rows), path.name)
    return Labelled(needs, offers, [relevant for _, _, relevant in rows])


def _offer(one: Any, needs: dict[str, str], file: str) -> tuple[str, str, frozenset[str]]:
    if not isinstance(one, dict):
        raise DomainError("match_file_shape", file=file)
    id, text, relevant = one.get("id"), one.get("text"), one.get("relevant")
    if not isinstance(id, str) or not isinstance(text, str) or not isinstance(relevant, list):
        raise DomainError("match_offer_shape", file=file, offer=str(id)[:60])
    unknown = next((each for each in relevant if not isinstance(each, str) or each not in needs), None)
    if unknown is not None:
        raise DomainError("match_need_unknown", file=file, offer=id[:60], need=str(unknown)[:60])
    _sound(text, id, file)
    return id, text, frozenset(relevant)


def _texts(found: Any, file: str) -> dict[str, str]:
    if not isinstance(found, dict):
        raise DomainError("match_file_shape", file=file)
    for id, text in found.items():
        if not isinstance(text, str):
            raise DomainError("match_not_a_text", file=file, id=id[:60])
        _sound(text, id, file)
    return found


def _sound(text: str, id: str, file: str) -> None:
    try:
        (id + text).encode()
    except UnicodeEncodeError:
        raise DomainError("match_broken_characters", file=file, id=ascii(id)[:60]) from None


def _without_twice(rows: Iterable[tuple[str, Any]], file: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for id, value in rows:
        if id in found:
            raise DomainError("match_twice", file=file, id=ascii(id)[1:-1][:60])
        found[id] = value
    return found


def _read(path: Path) -> Any:
    def number(text: str) -> None:
        raise DomainError("match_not_a_number", file=path.name, value=text)

    def pairs(rows: list[tuple[str, Any]]) -> dict[str, Any]:
        return _without_twice(rows, path.name)

    try:
        return json.loads(
            path.read_text(encoding="utf-8-sig"), object_pairs_hook=pairs, parse_constant=number
        )
    except (ValueError, RecursionError, OSError) as error:
        raise DomainError("match_file_unreadable", file=path.name) from error
