"""Every layout, in every format, gives back the facts it was made from."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.addenda.importing import ImportRefused, ParsedAddendum, parse_addendum, raw_lines
from tests.addenda.layouts.accuracy import FORMATS
from tests.addenda.layouts.as_text import text
from tests.addenda.layouts.catalogue import ALL_LAYOUTS, ALL_REGIONS
from tests.addenda.layouts.content import Region
from tests.addenda.layouts.expected import COUNTS, DATES, FIELDS, WHO, expected, read_back
from tests.addenda.layouts.expected import right as is_right
from tests.addenda.layouts.model import Doc, Layout

FILES = [name for name in FORMATS if name != "text"]


def wrong(
    read: Callable[[Doc], str], layout: Layout, region: Region, fields: tuple[str, ...]
) -> list[object]:
    doc = layout.make(region)
    source = read(doc)
    parsed = parse_addendum(source)
    assert_no_line_is_lost(source, parsed)
    wanted, found = expected(region, doc), read_back(parsed.to_json())
    return [(n, wanted[n], found[n]) for n in fields if not is_right(n, wanted[n], found[n])]


def assert_no_line_is_lost(source: str, result: ParsedAddendum) -> None:
    booked = {entry.line for group in (result.taken, result.known, result.unrecognised) for entry in group}
    for number, line in enumerate(raw_lines(source), 1):
        assert not line.strip() or number in booked, (number, line)


@pytest.mark.parametrize("region", ALL_REGIONS, ids=lambda region: region.area)
@pytest.mark.parametrize("layout", ALL_LAYOUTS, ids=lambda layout: layout.name)
def test_a_text_gives_back_all_its_facts(layout: Layout, region: Region) -> None:
    assert wrong(text, layout, region, FIELDS) == []


@pytest.mark.parametrize("form", FILES)
@pytest.mark.parametrize("place", range(len(ALL_LAYOUTS)), ids=[layout.name for layout in ALL_LAYOUTS])
def test_a_file_gives_back_its_counts_dates_and_contacts(place: int, form: str) -> None:
    for region in (ALL_REGIONS[place % 7], ALL_REGIONS[(place + 2) % 7]):
        assert wrong(FORMATS[form], ALL_LAYOUTS[place], region, COUNTS + DATES + WHO) == []


LINES = [
    line
    for layout in ALL_LAYOUTS
    for region in (ALL_REGIONS[0], ALL_REGIONS[5])
    for line in raw_lines(text(layout.make(region)))
]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(LINES), max_size=80), st.sampled_from(["\n", "\n\n", "\r\n", "\n\f"]))
def test_a_mixture_of_all_layouts_loses_no_line(lines: list[str], end: str) -> None:
    source = "Lokaal addendum\nUitdaging 1: persona Nel\nObstakels\n- Een" + end + end.join(lines)
    assert_no_line_is_lost(source, parse_addendum(source))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(ALL_LAYOUTS), st.sampled_from(ALL_REGIONS), st.data())
def test_a_layout_cut_off_or_turned_around_loses_no_line(
    layout: Layout, region: Region, data: st.DataObject
) -> None:
    lines = raw_lines(text(layout.make(region)))
    start = data.draw(st.integers(0, len(lines)))
    stop = data.draw(st.integers(start, len(lines)))
    pieces = [lines[:start], lines[start:stop], lines[stop:]]
    order = data.draw(st.permutations(pieces[: data.draw(st.integers(1, 3))]))
    source = "\n".join(line for piece in order for line in piece)
    try:
        parsed = parse_addendum(source)
    except ImportRefused:
        return
    assert_no_line_is_lost(source, parsed)


def test_half_a_line_that_got_lost_is_listed_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The check on words works apart from the books by line."""
    from app.addenda.importing import challenges

    whole = challenges.join_items
    monkeypatch.setattr(
        challenges,
        "join_items",
        lambda *args, **kwargs: (
            [type(i)(i.text.split()[0], i.lines) for i in whole(*args, **kwargs)[0]],
            [],
        ),
    )
    parsed = parse_addendum("Lokaal addendum Streek\nUitdaging 1: persona Nel\nObstakels\n- Geen rijbewijs\n")
    assert [entry.text for entry in parsed.unrecognised] == ["- Geen rijbewijs"]
