"""On paper every page of a call says of which call it is, once."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests import factories as make

_HEAD = re.compile(r'<p class="pw-paper-only pw-paper-head">(.*?)</p>', re.DOTALL)


@pytest.mark.parametrize("below", ["", "/vragen", "/versies"])
def test_a_printed_page_names_its_call_region_address_and_day(
    client: FlaskClient, at: Any, below: str
) -> None:
    at("2026-06-01T10:00")
    call = make.make_call(make.make_region("Denderstreek"))
    title = call.title
    text = client.get(f"/oproepen/{call.id}{below}?weergave=naast").text
    (head,) = _HEAD.findall(text)
    assert "Denderstreek" in head and f"/oproepen/{call.id}{below}" in head
    assert "weergave" not in head
    if below:
        assert title in head and "stand van 1 juni 2026" in head


def test_a_page_to_work_on_has_that_line_too(client: FlaskClient) -> None:
    region = make.make_region()
    call = make.make_call(region)
    client.sign_in(make.make_regisseur(region))  # type: ignore[attr-defined]
    assert len(_HEAD.findall(client.get(f"/oproepen/{call.id}/datum-verlengen").text)) == 1
