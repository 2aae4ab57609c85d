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


HEAD = "Lokaal addendum Demerdal\nUitdaging 1: persona Nora\nNora zoekt werk.\nObstakels\n- Schulden\n"


def test_columns_of_equal_length_are_paired_but_never_sure() -> None:
    steps = "Lancering\nDeadline kandidaturen\nCommunicatie beslissing\n"
    result = parse_addendum(f"{HEAD}Timing\n{steps}\n8/1/2024\n23/2/2024 om 16u\nVoor 31/3/2024\n")
    assert result.timeline.to_json()["deadline"] == "2024-02-23T16:00"
    assert result.certainty["timeline.deadline"].level == "check"


def test_a_week_of_pitches_is_listed_and_gives_no_day() -> None:
    result = parse_addendum(f"{HEAD}Timing\nLancering: 8/1/2024\nPitches: in de week van 18 maart 2024\n")
    assert result.timeline.pitch_windows == ()
    assert "Pitches: in de week van 18 maart 2024" in [entry.text for entry in result.unrecognised]


def test_what_stands_in_a_third_column_is_listed() -> None:
    rows = "Lancering\t8/1/2024\tOp de website\nDeadline\t23/2/2024 om 16u\tLaattijdig wordt niet aanvaard\n"
    result = parse_addendum(f"{HEAD}Timing\n{rows}")
    assert [entry.text for entry in result.unrecognised] == [
        "Op de website",
        "Laattijdig wordt niet aanvaard",
    ]


def test_prose_below_a_heading_that_tells_a_fact_is_listed() -> None:
    prose = "De verrijkingssessie was in Kortrijk met 52 deelnemers."
    result = parse_addendum(f"{HEAD}Lokale analyse\n{prose}\nAandachtspunten\n- Tolken\n")
    assert [entry.text for entry in result.unrecognised] == [prose]


@pytest.mark.parametrize("label", ["Hoe kunnen we ervoor zorgen dat ze", "Hoe kunnen we zorgen dat ze:"])
def test_the_label_of_a_row_may_ask_for_the_goals(label: str) -> None:
    result = parse_addendum(f"{HEAD}{label}\t- rust vinden en\n- een huis vinden?\n")
    assert [item.text for item in result.challenges[0].goals] == ["rust vinden", "een huis vinden"]
