"""What is right in the addenda that were written without knowledge of the importer, stays right."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from app.addenda.importing import parse_addendum, raw_lines

FOLDER = Path(__file__).parent / "unseen"
NAMES = sorted(path.name.removesuffix(".txt") for path in FOLDER.glob("*.txt"))
COLUMNS_APART = frozenset(
    ("launch", "deadline", "written_round", "pitch_windows", "decision_before", "contacts.email")
)
NOT_YET = {"a10-denderstreek.txt": COLUMNS_APART}


def text_of(name: str) -> str:
    return (FOLDER / f"{name}.txt").read_bytes().decode()


def plain(value: Any) -> Any:
    """Without differences of white space, case, quotes or the grouping of a telephone number."""
    if isinstance(value, list):
        return [plain(one) for one in value]
    if not isinstance(value, str):
        return value
    if re.fullmatch(r"[+\d\s/.()]{8,}", value):
        return re.sub(r"\D", "", value)
    return re.sub(r"\s+", " ", value.replace("’", "'")).strip().casefold()


def fields(result: dict[str, Any]) -> dict[str, Any]:
    found = {name: result[name] for name in ("programme", "service_area", "service_types", "local_input")}
    found["municipalities"] = sorted(result["municipalities"])
    for name in ("number", "personas", "obstacles", "goals", "introduction"):
        found[f"challenges.{name}"] = [one[name] for one in result["challenges"]]
    for name in ("name", "role", "email", "phone"):
        found[f"contacts.{name}"] = [one[name] for one in result["contacts"]]
    found.update({name: plain(value) for name, value in result["timeline"].items()})
    found.update({f"enrichment.{name}": value for name, value in result["enrichment"].items()})
    found.update({f"submission.{name}": value for name, value in result["submission"].items()})
    return {name: plain(value) for name, value in found.items()}


@pytest.mark.parametrize("name", NAMES)
def test_every_field_is_what_its_writer_expects(name: str) -> None:
    wanted = json.loads((FOLDER / f"{name.rsplit('.', 1)[0]}.json").read_text(encoding="utf-8"))
    expected, found = fields(wanted), fields(parse_addendum(text_of(name)).to_json())
    wrong = {field for field in expected if expected[field] != found[field]}
    assert wrong == NOT_YET.get(name, frozenset())


@pytest.mark.parametrize("name", NAMES)
def test_no_line_of_it_is_lost(name: str) -> None:
    result = parse_addendum(text_of(name))
    booked = {entry.line for group in (result.taken, result.known, result.unrecognised) for entry in group}
    blank = {place for place, line in enumerate(raw_lines(text_of(name)), 1) if not line.strip()}
    assert booked | blank == set(range(1, len(raw_lines(text_of(name))) + 1))


def test_dates_of_which_the_steps_stand_elsewhere_are_listed_and_not_guessed() -> None:
    result = parse_addendum(text_of("a10-denderstreek.txt"))
    listed = " ".join(entry.text for entry in result.unrecognised)
    for value in (
        "Maandag 13 januari 2025",
        "Donderdag 27 maart 2025",
        "Voor 30 april 2025",
        "Vragen stellen",
    ):
        assert value in listed
    assert result.timeline.decision_before is None


def test_a_table_of_people_that_came_apart_gives_nobody_the_age_of_another() -> None:
    result = parse_addendum(text_of("a02-westhoek.txt"))
    assert [one.age for one in result.personas] == [None] * 4
    assert {"61", "44", "49", "55"} <= {entry.text for entry in result.unrecognised}
