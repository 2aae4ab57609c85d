"""How sure the importer is of each part, the aims, the personas, and dates as people write them."""

import pytest

from app.addenda.importing import Certainty, ParsedAddendum, parse_addendum

HEAD = "Lokaal addendum Proefstreek\nUitdaging 1: persona Nel\nZo is het.\n"
HEAD += "Obstakels\n- Schulden\nDoelen\n- Rust\n"


def read(*lines: str) -> ParsedAddendum:
    return parse_addendum(HEAD + "\n".join(lines))


def timing(*rows: str) -> ParsedAddendum:
    return read("Timing", *rows)


def test_every_part_of_the_result_has_a_certainty() -> None:
    found = read().certainty
    assert found["challenges[0].obstacles"] == Certainty("sure")
    assert found["vision"].level == found["timeline.deadline"].level == "missing"
    assert all(one.reason.endswith(".") for one in found.values() if one.level != "sure")
    assert {"contacts", "submission", "service_types", "enrichment.profiles", "personas"} <= set(found)


@pytest.mark.parametrize(
    ("row", "path"),
    [
        ("Pitch: maandag 20 juni 2023 van 9u tot 12u", "timeline.pitch_windows"),
        ("Deadline: 2 juni 2023", "timeline.deadline"),
        ("Beslissing: uiterlijk 14 juli 2023", "timeline.decision_before"),
        ("Weerwoord: tien werkdagen", "timeline.objection_days"),
        ("Schriftelijke ronde: week van 5 juni 2023", "timeline.written_round"),
    ],
)
def test_a_date_that_was_guessed_or_does_not_fit_is_to_check(row: str, path: str) -> None:
    assert timing(row).certainty[path].level == "check"


def test_a_list_without_marks_is_to_check() -> None:
    text = HEAD.replace("- Schulden", "Schulden\nEenzaamheid")
    assert parse_addendum(text).certainty["challenges[0].obstacles"].level == "check"


def test_ambition_vision_and_mission_have_fields_of_their_own() -> None:
    result = read("Ambitie", "Iedereen mee.", "Visie", "Werk is een weg.", "Missie", "Samen sterk.")
    assert (result.ambition, result.vision, result.mission) == (
        "Iedereen mee.",
        "Werk is een weg.",
        "Samen sterk.",
    )
    assert result.local_input is None


def test_a_heading_for_two_aims_goes_to_the_vision_and_is_to_check() -> None:
    result = read("Visie en missie", "Samen sterk.")
    assert (result.vision, result.mission) == ("Samen sterk.", None)
    assert result.certainty["vision"].level == "check"


@pytest.mark.parametrize(
    "lines",
    [
        ("Persona's", "Nel (43 jaar)", "Nel woont alleen."),
        ("Persona's", "Persona Nel, 43", "Nel woont alleen."),
        ("Persona's", "Naam\tLeeftijd\tVerhaal", "Nel\t43 jaar\tNel woont alleen."),
        ("Wie zijn de persona's?", "Naam: Nel", "Leeftijd: 43 jaar", "Verhaal: Nel woont alleen."),
    ],
)
def test_the_story_of_a_persona_is_read_in_any_usual_form(lines: tuple[str, ...]) -> None:
    assert [one.to_json() for one in read(*lines).personas] == [
        {"name": "Nel", "age": 43, "story": "Nel woont alleen."}
    ]


@pytest.mark.parametrize(
    ("row", "deadline"),
    [
        ("Deadline: 2/6/23 om 23u59", "2023-06-02T23:59"),
        ("Deadline: 2.6.2023 12.00 uur", "2023-06-02T12:00"),
        ("Deadline: 2023-06-02 om 9u", "2023-06-02T09:00"),
        ("Deadline: 1ste juni 2023 24u", "2023-06-01T23:59"),
        ("Deadline: 2 juni 2023, middernacht", "2023-06-02T23:59"),
        ("Deadline: 2 juni 2023 om 12 uur 's middags", "2023-06-02T12:00"),
        ("Deadline: 2 juni 2023 om 5 uur 's namiddags", "2023-06-02T17:00"),
        ("Deadline: ten laatste 2 juni 2023 (12u)", "2023-06-02T12:00"),
        ("Deadline: tegen 2 juni 2023", "2023-06-02T23:59"),
        ("Deadline: 2 juni '23 om 12u", "2023-06-02T12:00"),
        ("Deadline: vrijdag 2/6 om 12 uur (2023)", "2023-06-02T12:00"),
        ("Kandidaturen moeten ingediend zijn vóór 2 juni 2023 middernacht", "2023-06-02T23:59"),
    ],
)
def test_a_deadline_is_read_as_people_write_it(row: str, deadline: str) -> None:
    assert timing(row).timeline.to_json()["deadline"] == deadline


@pytest.mark.parametrize(
    ("row", "windows"),
    [
        ("Pitch 1: 20 juni 2023, 9u à 12u", ["20 09:00 12:00"]),
        ("Pitchdag: 20 juni 2023 (09.00-17.00)", ["20 09:00 17:00"]),
        (
            "Pitches: op 20, 21 en 22 juni 2023 telkens tussen 9 en 12 uur",
            [f"{d} 09:00 12:00" for d in (20, 21, 22)],
        ),
        ("Pitches: 20-21 juni 2023 van 9u tot 12u", ["20 09:00 12:00", "21 09:00 12:00"]),
        (
            "Pitches\n20/06/2023 van 9u tot 12u\n21/06/2023 van 13u tot 16u",
            ["20 09:00 12:00", "21 13:00 16:00"],
        ),
    ],
)
def test_pitch_days_keep_their_own_hours(row: str, windows: list[str]) -> None:
    found = timing(row).timeline.to_json()["pitch_windows"]
    assert found == [[f"2023-06-{w.split()[0]}", *w.split()[1:]] for w in windows]


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ("Weerwoord: binnen de 14 (veertien) dagen", 14),
        ("Weerwoord tot 14 d. na de beslissing", 14),
        ("Weerwoord: 1 maand", 30),
        ("Weerwoord\nbinnen 10 dagen na bekendmaking", 10),
    ],
)
def test_the_term_of_an_objection_is_read_in_any_wording(row: str, days: int) -> None:
    assert timing(row).timeline.objection_days == days


def test_a_moment_that_is_no_date_is_listed() -> None:
    result = timing("Deadline: 2 juni 2023 12u", "Communicatie: tegen midden juli 2023")
    assert [entry.text for entry in result.unrecognised] == ["Communicatie: tegen midden juli 2023"]


def test_unforeseen_headings_are_known_by_what_stands_below() -> None:
    text = HEAD.replace("Doelen", "Als het lukt") + (
        "Zet in je agenda\nLancering: 1 mei 2023\nDeadline: 2 juni 2023 om 12u\nPitch: 20 juni 2023, 9u-12u\n"
    )
    result = parse_addendum(text)
    assert [item.text for item in result.challenges[0].goals] == ["Rust"]
    assert "goals_assumed" in [one.code for one in result.warnings]
    assert result.timeline.to_json()["deadline"] == "2023-06-02T12:00"
    assert result.unrecognised == ()
