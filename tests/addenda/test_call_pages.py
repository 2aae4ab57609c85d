"""The frame of every page about a call: the strip and the tabs."""

import pytest
from flask.testing import FlaskClient

from app.addenda.presenters import call_steps, day_range
from app.addenda.queries import load_call
from app.domain.timeline import Phase
from app.infra import clock
from tests import factories as make

STATIONS = {
    Phase.DRAFT: "Lancering",
    Phase.OPEN: "Uiterste indiendatum",
    Phase.SEALED: "Opening",
    Phase.WRITTEN: "Schriftelijke ronde",
    Phase.PITCH: "Pitch",
    Phase.DECIDED: "Beslissing",
    Phase.COMMUNICATED: "Weerwoord",
    Phase.OBJECTIONS: "Weerwoord",
    Phase.PARTNERSHIP: "Partnerschap",
}


@pytest.mark.parametrize("phase", list(Phase))
def test_the_strip_marks_where_the_call_stands(app: object, phase: Phase) -> None:
    call = load_call(make.make_call(make.make_region(), phase).id, clock.now())
    steps = call_steps(call)
    assert [step.label for step in steps if step.state == "current"] == [STATIONS[phase]]
    assert len(steps) == 8


def test_every_published_phase_has_a_public_page(client: FlaskClient) -> None:
    region = make.make_region()
    for phase in list(Phase)[1:]:
        call = make.make_call(region, phase)
        assert client.get(f"/oproepen/{call.id}").status_code == 200


def test_a_range_of_days_says_no_more_than_needed() -> None:
    day = make.some_day().replace(year=2023, month=6, day=5)
    assert day_range(day, day.replace(day=14)) == "5 tot en met 14 juni 2023"
    assert day_range(day, day.replace(month=7)) == "5 juni tot en met 5 juli 2023"
    assert day_range(day, day.replace(day=22), whole=False) == "tussen 5 en 22 juni 2023"
    assert day_range(None, None) == "nog te kiezen"
