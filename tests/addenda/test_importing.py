"""The importer reads every layout of the corpus, and loses no line of whatever it is given."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.addenda.importing import (
    ImportRefused,
    ParsedAddendum,
    decode,
    parse_addendum,
    raw_lines,
    warning_codes,
)

CORPUS = Path(__file__).parent / "corpus"
NAMES = sorted(path.stem for path in CORPUS.glob("*.txt"))
FIELDS = (
    "programme",
    "service_area",
    "municipalities",
    "challenges",
    "enrichment",
    "service_types",
    "local_input",
    "timeline",
    "contacts",
    "submission",
    "warnings",
    "unrecognised",
    "ambition",
    "vision",
    "mission",
    "personas",
    "certainty",
)


def text_of(name: str) -> str:
    return decode((CORPUS / f"{name}.txt").read_bytes())


def with_lines(*extra: str, name: str = "haspengouw") -> ParsedAddendum:
    return parse_addendum(text_of(name) + "\n" + "\n".join(extra) + "\n")


def with_timing(*rows: str) -> ParsedAddendum:
    head = "Lokaal addendum Proefstreek\nUitdaging 1: persona Nel\nObstakels\n- Schulden\n"
    head += "Doelen\n- Rust\nTiming\n"
    return parse_addendum(head + "\n".join(rows))


def with_contact(*lines: str) -> ParsedAddendum:
    head = "Lokaal addendum Proefstreek\nUitdaging 1: persona Nel\nObstakels\n- Schulden\nContact\n"
    return parse_addendum(head + "\n".join(lines))


def codes(result: ParsedAddendum) -> list[str]:
    return [warning.code for warning in result.warnings]


def assert_no_line_is_lost(text: str, result: ParsedAddendum) -> None:
    booked = {entry.line for group in (result.taken, result.known, result.unrecognised) for entry in group}
    for number, line in enumerate(raw_lines(text), 1):
        assert not line.strip() or number in booked, (number, line)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("name", NAMES)
def test_every_field_of_every_layout_is_read_as_expected(name: str, field: str) -> None:
    expected = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    assert parse_addendum(text_of(name)).to_json()[field] == expected[field]


@pytest.mark.parametrize("name", NAMES)
def test_the_result_is_exactly_the_agreed_object(name: str) -> None:
    assert tuple(parse_addendum(text_of(name)).to_json()) == FIELDS


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_taken_known_or_listed(name: str) -> None:
    assert_no_line_is_lost(text_of(name), parse_addendum(text_of(name)))


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_taken_point_are_in_the_result(name: str) -> None:
    result = parse_addendum(text_of(name))
    words = "".join(json.dumps(result.to_json(), ensure_ascii=False).split()).replace("-", "")
    lines = raw_lines(text_of(name))
    listed = (".obstacles", ".goals", ".recurring", ".attention", ".profiles", "service_types", "local_input")
    headings = {known.line for known in result.known}
    for taken in result.taken:
        if not taken.section.endswith(listed) or taken.line in headings or "|" in lines[taken.line - 1]:
            continue
        for word in (
            lines[taken.line - 1].replace("\u00ad", "").strip(" \f\r-–•▪●*o;.").replace("-", "").split()
        ):
            assert word.endswith(")") or word.strip(":;,.?") in words, (taken, word)


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_spaces_and_quotes_make_no_difference(name: str) -> None:
    text = text_of(name)
    plain = parse_addendum(text).to_json()
    for variant in (
        text.replace("\r", "").replace("\n", "\r\n"),
        "\ufeff" + text,
        text.replace("\r", "").replace("\n", "  \n"),
    ):
        assert parse_addendum(variant).to_json() == plain


def test_the_walked_document_has_the_counts_of_the_real_one() -> None:
    result = parse_addendum(text_of("klein-brabant-vaartland"))
    assert [challenge.personas for challenge in result.challenges] == [
        ("Nora",),
        ("Bart", "Freddy"),
        ("Amor",),
        ("Saled",),
    ]
    assert [len(challenge.obstacles) for challenge in result.challenges] == [9, 10, 11, 11]
    assert [len(challenge.goals) for challenge in result.challenges] == [11, 9, 9, 10]
    assert (len(result.enrichment.recurring), len(result.enrichment.attention)) == (5, 6)
    assert (len(result.enrichment.obstacles), len(result.enrichment.profiles)) == (5, 1)
    assert len(result.service_types) == 6


def test_a_point_remembers_the_lines_it_was_joined_from() -> None:
    result = parse_addendum(text_of("klein-brabant-vaartland"))
    point = result.challenges[1].obstacles[-1]
    assert point.text == "Ontmoediging door de vele regels en wachtlijsten in de hulpverlening"
    assert len(point.lines) == 2
    taken = {(entry.line, entry.section) for entry in result.taken}
    assert {(line, "challenges[1].obstacles") for line in point.lines} <= taken


@pytest.mark.parametrize(
    ("row", "deadline"),
    [
        ("Deadline kandidaturen 02/06/2023 om 23u59", "2023-06-02T23:59"),
        ("Deadline: 2/6/2023 12.00 uur", "2023-06-02T12:00"),
        ("Deadline: 02-06-2023, 9:00", "2023-06-02T09:00"),
        ("Deadline\nvrijdag 2 juni 2023 om 12u", "2023-06-02T12:00"),
        ("Uiterste indiendatum | 2 juni 2023 om 12u30", "2023-06-02T12:30"),
        ("Indienen kandidatuur\ttot en met 2 juni 2023", "2023-06-02T23:59"),
        ("Indienen kandidatuur     voor 2 juni 2023", "2023-06-01T23:59"),
        ("Deadline: 2 juni 2023 om 24u", "2023-06-02T23:59"),
        ("Deadline: vóór 2 juni 2023 om 12 uur", "2023-06-02T11:59"),
        ("Kandidaturen indienen kan van 21 april tot 2 juni 2023, 16u00.", "2023-06-02T16:00"),
    ],
)
def test_the_deadline_is_the_last_minute_that_is_accepted(row: str, deadline: str) -> None:
    assert with_timing(row).to_json()["timeline"]["deadline"] == deadline


def test_a_deadline_without_time_ends_with_the_day_and_says_so() -> None:
    assert "deadline_time_assumed" in codes(with_timing("Deadline: 2 juni 2023"))
    assert "deadline_time_assumed" not in codes(with_timing("Deadline: 2 juni 2023 om 12u"))


@pytest.mark.parametrize(
    ("row", "windows"),
    [
        (
            "Pitches: 6 en 7 mei 2024, telkens van 9u tot 12u30",
            [["06", "09:00", "12:30"], ["07", "09:00", "12:30"]],
        ),
        ("Pitches: dinsdag 7/05/2024 (9:00-\n12:00)", [["07", "09:00", "12:00"]]),
        (
            "Pitch: 7 mei 2024 van 9u tot 12u en van 13u tot 17u",
            [["07", "09:00", "12:00"], ["07", "13:00", "17:00"]],
        ),
        ("Jurydag\n7 mei 2024\nvan 9 tot 12 uur", [["07", "09:00", "12:00"]]),
        ("Pitch: 7 mei 2024", [["07", None, None]]),
        (
            "Pitches van 6 t/m 8 mei 2024, 10.00 - 12.00 uur",
            [["06", "10:00", "12:00"], ["07", "10:00", "12:00"], ["08", "10:00", "12:00"]],
        ),
    ],
)
def test_pitch_windows_take_the_times_that_go_with_their_days(row: str, windows: list[list[str]]) -> None:
    found = with_timing(row).to_json()["timeline"]["pitch_windows"]
    assert found == [[f"2024-05-{day}", start, end] for day, start, end in windows]


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ("Ontvangen en beoordelen van weerwoord einddatum + 14 dagen", 14),
        ("Weerwoord: binnen 10 kalenderdagen na kennisgeving", 10),
        ("Weerwoord\nbinnen de twee weken", 14),
        ("Een weerwoord kan tot veertien dagen na de brief.", 14),
    ],
)
def test_the_objection_term_is_a_number_of_days(row: str, days: int) -> None:
    assert with_timing(row).timeline.objection_days == days


def test_a_day_without_year_takes_the_year_of_the_dates_around_it_and_the_weekday_checks_it() -> None:
    result = with_timing("Deadline: 2 juni 2023 om 12u", "Pitches: dinsdag 20/06 (9:00-17:00)")
    assert result.timeline.to_json()["pitch_windows"] == [["2023-06-20", "09:00", "17:00"]]
    assert "weekday_mismatch" not in codes(result)
    wrong = with_timing("Deadline: 2 juni 2023 om 12u", "Pitches: maandag 20/06 (9:00-17:00)")
    assert "weekday_mismatch" in codes(wrong)


def test_the_turn_of_the_year_is_seen() -> None:
    result = with_timing(
        "Deadline: 15 december 2023 om 12u", "Schriftelijke ronde: 18 december tot 12 januari"
    )
    assert result.timeline.to_json()["written_round"] == ["2023-12-18", "2024-01-12"]


def test_a_timeline_out_of_order_is_told() -> None:
    result = with_timing("Deadline: 2 juni 2023 om 12u", "Pitches: 20 mei 2023 van 9u tot 12u")
    assert "timeline_out_of_order" in codes(result)


def test_a_second_deadline_is_told_and_its_line_listed() -> None:
    result = with_timing("Deadline: 2 juni 2023 om 12u", "Uiterste indiendatum: 3 juni 2023 om 12u")
    assert "timeline_conflict" in codes(result)
    assert [entry.text for entry in result.unrecognised] == ["Uiterste indiendatum: 3 juni 2023 om 12u"]


def test_what_the_document_does_not_give_is_null_and_said() -> None:
    result = parse_addendum(text_of("haspengouw"))
    assert result.programme is None
    assert result.timeline.deadline is None
    assert {"programme_missing", "deadline_missing", "contact_missing", "goals_missing"} <= set(codes(result))
    assert set(codes(result)) <= set(warning_codes())


@pytest.mark.parametrize(
    "lines",
    [
        ("Ann De Wilde, regisseur werk, ann.dewilde@streek.be, 015 55 01 02",),
        ("Ann De Wilde", "regisseur werk", "ann.dewilde@streek.be", "015 55 01 02"),
        (
            "Naam: Ann De Wilde",
            "Functie: regisseur werk",
            "E-mail: ann.dewilde@streek.be",
            "Tel.: 015 55 01 02",
        ),
        ("Ann De Wilde\tregisseur werk\tann.dewilde@streek.be\t015 55 01 02",),
        ("Vragen? Contacteer Ann De Wilde (regisseur werk) via ann.dewilde@streek.be of 015 55 01 02.",),
    ],
)
def test_a_contact_is_read_in_any_usual_form(lines: tuple[str, ...]) -> None:
    assert [contact.to_json() for contact in with_contact(*lines).contacts] == [
        {
            "name": "Ann De Wilde",
            "role": "regisseur werk",
            "email": "ann.dewilde@streek.be",
            "phone": "015 55 01 02",
        }
    ]


def test_the_place_to_submit_is_apart_from_the_contact() -> None:
    result = with_contact(
        "Ann De Wilde, regisseur werk, ann.dewilde@streek.be, 015 55 01 02",
        "Kandidaturen dien je in via https://streek.be/loket of kandidaat@streek.be.",
    )
    assert result.submission.to_json() == {"email": "kandidaat@streek.be", "url": "https://streek.be/loket"}
    assert len(result.contacts) == 1


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("nood aan begeleiding bij regio-\nuitdagingen", "nood aan begeleiding bij regio-uitdagingen"),
        ("nood aan verant-\nwoordelijkheid", "nood aan verantwoordelijkheid"),
        ("nood aan een woon-\nen werkplek", "nood aan een woon- en werkplek"),
        ("nood aan steun in Puurs-Sint-\nAmands", "nood aan steun in Puurs-Sint-Amands"),
        ("nood aan steun van het OCMW-\nteam", "nood aan steun van het OCMW-team"),
        ("nood aan bege\u00ad\nleiding", "nood aan begeleiding"),
        ("nood aan re-\nintegratie", "nood aan re-integratie"),
        ("nood aan steun bij\n\f\n  de overstap", "nood aan steun bij de overstap"),
    ],
)
def test_words_broken_at_the_end_of_a_line_are_joined(broken: str, whole: str) -> None:
    text = (
        f"Lokaal addendum Proefstreek\nUitdaging 1: persona Nel\nObstakels\n- Schulden\n- {broken};\n- Rust"
    )
    assert [item.text for item in parse_addendum(text).challenges[0].obstacles] == ["Schulden", whole, "Rust"]


@pytest.mark.parametrize("bullet", ["•", "-", "–", "●", "▪", "o", "*", "1.", "a)"])
def test_every_kind_of_bullet_starts_a_point(bullet: str) -> None:
    text = (
        f"Lokaal addendum Streek\nUitdaging 1: persona Nel\nDe drempels:\n{bullet} Een\n{bullet} Twee drie\n"
    )
    assert [item.text for item in parse_addendum(text).challenges[0].obstacles] == ["Een", "Twee drie"]


@pytest.mark.parametrize(
    ("heading", "personas"),
    [
        ("Regio-uitdaging 1 gebaseerd op persona Bo & persona Mia (gecombineerd)", ("Bo", "Mia")),
        ("Uitdaging 1 (persona’s Bo, Mia en Cis)", ("Bo", "Mia", "Cis")),
        ("UITDAGING 1: PERSONA MIA", ("Mia",)),
        ("1. Uitdaging 1 – persona Jean-Pierre", ("Jean-Pierre",)),
        ("Eerste regio-uitdaging: persona Mia", ("Mia",)),
        ("Uitdaging 1\nPersona's: Bo en Mia", ("Bo", "Mia")),
    ],
)
def test_the_personas_of_a_challenge_are_read_from_its_heading(
    heading: str, personas: tuple[str, ...]
) -> None:
    text = f"Lokaal addendum Streek\n{heading}\nZo is het.\nObstakels\n- Een\nDoelen\n- Twee\n"
    challenge = parse_addendum(text).challenges[0]
    assert (challenge.personas, challenge.introduction) == (personas, "Zo is het.")


def test_a_section_without_field_goes_to_the_local_input() -> None:
    result = with_lines("Wat we verwachten van partners", "Niemand blijft aan de kant staan.")
    assert result.local_input == "Wat we verwachten van partners\n\nNiemand blijft aan de kant staan."
    assert "section_in_local_input" in codes(result)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n", "empty"),
        (b"a\x00b", "not_text"),
        (b"%PDF-1.7 lokaal addendum", "not_text"),
        (b"\x81\x8d\x8f\x90\x9d", "not_text"),
        (b"x" * (5 * 1024 * 1024), "too_large"),
    ],
)
def test_bytes_that_are_no_text_are_refused_in_dutch(data: bytes, code: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        decode(data)
    assert refused.value.code == code
    assert refused.value.message.endswith(".")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        ("\u00ad \u200b\n\f", "empty"),
        ("Recept voor wafels\n- bloem\n- eieren\n", "not_an_addendum"),
        ("Contact\nAn Peeters, an@peeters.be", "not_an_addendum"),
        ("regel\n" * 20_001, "too_large"),
        ("Uitdaging 1: persona Nel " * 200_000, "too_large"),
    ],
)
def test_texts_that_are_no_addendum_are_refused(text: str, code: str) -> None:
    with pytest.raises(ImportRefused) as refused:
        parse_addendum(text)
    assert refused.value.code == code


def test_text_in_windows_1252_and_with_a_byte_order_mark_is_read() -> None:
    assert decode("één café".encode("cp1252")) == "één café"
    assert decode("één café".encode("utf-8-sig")) == "één café"


@pytest.mark.parametrize(
    "unit",
    [
        "- drempel x\n",
        "a",
        "Hoe kunnen we\n",
        "( ",
        "a@",
        "12/",
        " ",
        "x-\n",
        "\t|",
        "\f",
        "Persona Nel (43)\n",
        "12 mei 2024 pitch\n",
        "Uitdaging 1\n",
        "Obstakels\tDoelen\n",
        "x@y.be\n",
        "eind juni ",
        "regio Gent ",
    ],
)
def test_long_and_odd_texts_are_read_without_a_crash(unit: str) -> None:
    start = "Lokaal addendum Streek\nUitdaging 1: persona Nel\nObstakels\n- Een\nDoelen\n- Twee\n"
    for tail in ("", "Timing\n", "Contact\n", "Andere lokale input\n", "Gemeenten\n"):
        parse_addendum(start + tail + unit * min(150_000 // len(unit), 19_000))


def test_five_megabytes_are_refused() -> None:
    with pytest.raises(ImportRefused) as refused:
        parse_addendum(text_of("klein-brabant-vaartland") * 500)
    assert refused.value.code == "too_large"


def test_the_only_list_of_a_challenge_is_read_as_its_obstacles() -> None:
    text = (
        "Lokaal addendum Streek\nUitdaging 1 (persona Nel)\nHaar rugzak?\na) Eenzaam\nb) Schulden\n"
        "Hoe kunnen we ervoor zorgen dat zij\na) mensen leert kennen\n"
    )
    parsed = parse_addendum(text).to_json()
    assert parsed["challenges"][0]["obstacles"] == ["Eenzaam", "Schulden"]
    assert parsed["challenges"][0]["introduction"] == "Haar rugzak?"
    assert "obstacles_assumed" in [one["code"] for one in parsed["warnings"]]


PIECES = [line for name in NAMES for line in raw_lines(text_of(name))]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=60), st.sampled_from(["\n", "\r\n", "\n\n", "\n\f"]))
def test_shuffled_addenda_lose_no_line(lines: list[str], line_end: str) -> None:
    text = "Lokaal addendum\nUitdaging 1: persona Nel\nObstakels\n- Een" + line_end + line_end.join(lines)
    assert_no_line_is_lost(text, parse_addendum(text))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(NAMES), st.data())
def test_mutated_addenda_lose_no_line(name: str, data: st.DataObject) -> None:
    text = text_of(name)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 40))
        text = text[:place] + data.draw(st.text(max_size=8)) + text[place + cut :]
    try:
        result = parse_addendum(text)
    except ImportRefused:
        return
    assert_no_line_is_lost(text, result)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_or_refused(text: str) -> None:
    for whole in (text, f"Lokaal addendum\nUitdaging 1: persona Nel\nObstakels\n- Een\nDoelen\n{text}"):
        try:
            json.dumps(parse_addendum(whole).to_json())
        except ImportRefused as refused:
            assert refused.message


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except ImportRefused as refused:
        assert refused.code in ("empty", "not_text")
