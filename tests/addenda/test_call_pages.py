"""The frame of every page about a call: the strip and the tabs."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.addenda.presenters import day_range
from app.addenda.queries import load_call
from app.addenda.strip import call_steps
from app.domain.timeline import Phase, start_of_day
from app.infra import clock
from tests import factories as make

# (stations behind us, the period that goes on, the station after which today stands) as `make_call` dates
STANDS = {
    Phase.DRAFT: (0, [], []),
    Phase.OPEN: (1, [], ["Lancering"]),
    Phase.SEALED: (2, [], ["Uiterste indiendatum"]),
    Phase.WRITTEN: (4, [], ["Schriftelijke ronde"]),
    Phase.PITCH: (5, [], ["Pitch"]),
    Phase.DECIDED: (5, [], ["Pitch"]),
    Phase.COMMUNICATED: (6, ["Weerwoord"], ["Weerwoord"]),
    Phase.OBJECTIONS: (7, [], ["Weerwoord"]),
    Phase.PARTNERSHIP: (7, ["Partnerschap"], ["Partnerschap"]),
}


@pytest.mark.parametrize("phase", list(Phase))
def test_today_stands_between_the_stations_of_the_strip(app: object, phase: Phase) -> None:
    steps = call_steps(load_call(make.make_call(make.make_region(), phase).id, clock.now()), clock.now())
    done, current, after = STANDS[phase]
    assert [step.state for step in steps[:done]] == ["done"] * done
    assert [step.label for step in steps if step.state == "current"] == current
    assert [step.label for step in steps if step.today_at] == after
    assert len(steps) == 8


def test_today_moves_along_with_time(app: object) -> None:
    call = load_call(make.make_call(make.make_region(), Phase.OPEN).id, clock.now())
    assert call.launch and call.deadline
    places = [call_steps(call, call.deadline - timedelta(days=days))[0].today_at for days in (42, 21, 1)]
    assert places == [1, 5, 9]


def test_a_round_goes_on_only_on_its_own_days(app: object) -> None:
    call = load_call(make.make_call(make.make_region(), Phase.WRITTEN).id, clock.now())
    assert call.written_from and call.written_until
    before = call_steps(call, start_of_day(call.written_from) - timedelta(minutes=1))
    during = call_steps(call, start_of_day(call.written_until))
    assert (before[3].state, before[2].today_at) == ("upcoming", 9)
    assert (during[3].state, during[3].today_at is not None) == ("current", True)


def test_an_open_call_says_what_comes_next_and_not_that_it_is_today(client: FlaskClient) -> None:
    page = client.get(f"/oproepen/{make.make_call(make.make_region()).id}").get_data(as_text=True)
    strip = page[page.index('class="pw-timeline"') : page.index("</ol>", page.index('class="pw-timeline"'))]
    assert "tussen lancering en uiterste indiendatum" in strip and "nu bezig" not in strip
    assert "Volgende: <strong>uiterste indiendatum</strong>" in page


def test_before_the_launch_today_stands_before_the_first_station(app: Any) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.DRAFT)
    regisseur = app.test_client().sign_in(make.make_regisseur(region))
    page = regisseur.get(f"/oproepen/{call.id}/voorbeeld").get_data(as_text=True)
    assert "pw-timeline--ahead" in page and "nu bezig" not in page
    assert "Volgende: <strong>lancering</strong>" in page


def test_every_published_phase_has_a_public_page(client: FlaskClient) -> None:
    region = make.make_region()
    for phase in list(Phase)[1:]:
        call = make.make_call(region, phase)
        assert client.get(f"/oproepen/{call.id}").status_code == 200


def test_a_range_of_days_says_no_more_than_needed() -> None:
    day = make.some_day().replace(year=2023, month=6, day=5)
    assert day_range(day, day.replace(day=14)) == "5 tot en met 14 juni 2023"
    assert day_range(day, day.replace(month=7)) == "5 juni tot en met 5 juli 2023"
    assert day_range(day, day.replace(day=6)) == "5 tot en met 6 juni 2023"
    assert day_range(None, None) == "nog te kiezen"


def test_days_with_pitches_are_named_when_there_are_two(app: object) -> None:
    day = date(2027, 5, 19)
    assert day_range(day, day, whole=False) == "19 mei 2027"
    assert day_range(day, date(2027, 5, 20), whole=False) == "19 en 20 mei 2027"
    eve = date(2027, 12, 31)
    assert day_range(eve, date(2028, 1, 1), whole=False) == "31 december 2027 en 1 januari 2028"
    assert day_range(day, date(2027, 6, 3), whole=False) == "19 mei tot en met 3 juni 2027"


def deeper_pages(app: Flask) -> list[tuple[str, str]]:
    """(endpoint, rule) of every page that needs no more than a call."""
    return [
        (one.endpoint, one.rule)
        for one in app.url_map.iter_rules()
        if one.arguments == {"addendum_id"} and "GET" in (one.methods or ())
    ]


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.OPEN, Phase.WRITTEN, Phase.COMMUNICATED])
def test_every_page_of_a_call_stands_under_one_tab(app: Any, phase: Phase) -> None:
    region = make.make_region()
    call = make.make_call(region, phase)
    regisseur = app.test_client().sign_in(make.make_regisseur(region))
    wrong, seen = {}, 0
    for endpoint, rule in deeper_pages(app):
        page = regisseur.get(rule.replace("<int:addendum_id>", str(call.id)))
        if page.status_code != 200 or "text/html" not in page.content_type:
            continue
        start = page.text.find('aria-label="Over deze oproep"')
        if start >= 0:
            seen += 1
            active = page.text[start : page.text.index("</nav>", start)].count('aria-current="page"')
            wrong |= {endpoint: active} if active != 1 else {}
    assert wrong == {} and seen > 3


def test_a_deeper_page_stands_under_the_tab_it_was_reached_from(app: Any) -> None:
    region = make.make_region()
    call, draft = make.make_call(region), make.make_call(region, Phase.DRAFT)
    regisseur = app.test_client().sign_in(make.make_regisseur(region))
    for path, tab in (
        (f"{draft.id}/bewerken/basis", "Bewerken"),
        (f"{draft.id}/bewerken/uitdagingen/{draft.challenges[0].id}", "Bewerken"),
        (f"{draft.id}/publiceren", "Bewerken"),
        (f"{draft.id}/opnieuw-inlezen", "Bron en resultaat"),
        (f"{call.id}/bewerken/uitdagingen", "Wijzigen"),
        (f"{call.id}/versies", "Oproep"),
        (f"{call.id}/vragen", "Vragen"),
    ):
        text = regisseur.get(f"/oproepen/{path}").text
        start = text.index('aria-label="Over deze oproep"')
        active = text[text.index('aria-current="page"', start) :]
        assert re.sub(r"<[^>]*>", "", active[active.index(">") + 1 : active.index("</a>")]).strip() == tab, (
            path
        )


def tab_rows(page: str) -> list[list[str]]:
    """The labels in each row of tabs."""
    start = page.find('aria-label="Over deze oproep"')
    rows = page[start : page.index("</nav>", start)].split("<ul")[1:] if start >= 0 else []
    return [re.findall(r">([^<>]+)</a>", row) for row in rows]


def test_who_has_many_pages_first_chooses_the_stretch_of_the_road(app: Any) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.COMMUNICATED)
    page = app.test_client().sign_in(make.make_regisseur(region)).get(f"/oproepen/{call.id}/weerwoorden").text
    groups, tabs = tab_rows(page)
    assert groups[0] == "Oproep" and "Beslissing" in groups and len(groups) <= 7
    assert "Weerwoorden" in tabs and "Rangschikking" not in tabs
    assert len(re.findall('aria-current="true">Beslissing<', page)) == 1


def test_who_has_few_pages_sees_them_in_one_row(app: Any) -> None:
    call = make.make_call(make.make_region(), Phase.COMMUNICATED)
    page = app.test_client().get(f"/oproepen/{call.id}").text
    assert tab_rows(page) == [["Oproep", "Resultaat"]]
