"""The same document in four formats gives the same result, through the very process that reads uploads."""

from dataclasses import fields

import pytest

from app.addenda.importing import ParsedAddendum, parse_addendum
from app.addenda.reading import read_document
from app.addenda.reading.extract import text_of
from app.addenda.reading.sample import sample_document
from app.addenda.reading.values import from_plain, to_plain
from tests.addenda.documents import stored
from tests.addenda.helpers import CORPUS, source

NUMBERED = {"taken", "known", "unrecognised", "warnings", "certainty"}


def told(parsed: ParsedAddendum) -> dict[str, object]:
    """What a result says, without the numbers of lines, which differ by format."""
    return {name: value for name, value in parsed.to_json().items() if name not in NUMBERED}


SAMPLES = {
    "docx": sample_document(),
    "odt": stored("sample.odt"),
    "pdf": stored("sample.pdf"),
    "text": text_of(sample_document()).encode(),
}


@pytest.mark.parametrize("kind", list(SAMPLES))
def test_every_format_gives_the_same_result(kind: str) -> None:
    read = read_document(SAMPLES[kind], "naam-die-niets-zegt.xyz")
    assert read.kind == kind
    assert told(read.parsed) == told(parse_addendum(text_of(sample_document())))
    assert read.parsed == parse_addendum(read.text)


def test_the_sample_is_understood_whole() -> None:
    parsed = parse_addendum(text_of(sample_document()))
    assert [(one.personas, len(one.obstacles), len(one.goals)) for one in parsed.challenges] == [
        (("Yasmina",), 3, 3),
        (("Willy", "Oksana"), 2, 2),
    ]
    assert parsed.municipalities == ("Lint", "Kontich", "Hove")
    assert parsed.timeline.to_json() == {
        "launch": "2025-03-03",
        "deadline": "2025-04-04T12:00",
        "written_round": ["2025-04-07", "2025-04-18"],
        "pitch_windows": [["2025-04-24", "09:00", "12:30"]],
        "decision_before": "2025-05-16",
        "objection_days": 10,
    }
    assert parsed.contacts[0].email == "els@voorbeeldstreek.example"
    assert parsed.submission.email == "indienen@voorbeeldstreek.example"
    assert parsed.unrecognised == ()


@pytest.mark.parametrize("name", sorted(path.stem for path in CORPUS.glob("*.txt")))
def test_a_result_goes_through_json_without_loss(name: str) -> None:
    parsed = parse_addendum(source(name))
    again = from_plain(ParsedAddendum, to_plain(parsed))
    assert again == parsed
    assert all(type(getattr(again, one.name)) is type(getattr(parsed, one.name)) for one in fields(parsed))


@pytest.mark.parametrize("value", [[], {"challenges": [{}]}, {"timeline": 3}, {"programme": 3}])
def test_json_that_is_no_result_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        from_plain(ParsedAddendum, value)


def test_text_in_utf_16_and_windows_1252_is_read() -> None:
    text = text_of(sample_document())
    assert text_of(text.encode("utf-16")) == text
    assert text_of(text.encode("cp1252")) == text
