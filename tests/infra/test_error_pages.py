"""Pages for what went wrong say what it is, and give back what was typed."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from wtforms import PasswordField

from app.infra.forms import Form
from app.infra.kept import LIMIT, is_secret
from tests import factories as make

PLACE = "/mijn-account"
TYPED = "Mia & <Jan>\nop twee regels"


@pytest.fixture
def guarded(app: Flask) -> Iterator[Any]:
    """A visitor, with the check of the token on."""
    app.config["WTF_CSRF_ENABLED"] = True
    yield app.test_client()
    app.config["WTF_CSRF_ENABLED"] = False


def test_an_address_that_only_takes_forms_says_so(client: FlaskClient) -> None:
    answer = client.get("/afmelden")
    assert answer.status_code == 405 and "POST" in answer.headers["Allow"]
    assert "Melding 405" in answer.text and "Er ontbreekt iets" not in answer.text


def test_what_was_typed_in_a_form_without_a_valid_token_comes_back(guarded: Any) -> None:
    data = MultiDict([("name", TYPED), ("keuze", "a"), ("keuze", "b"), ("csrf_token", "verlopen")])
    answer = guarded.post("/aanmelden?next=/x", data=data)
    assert answer.status_code == 400
    assert "Mia &amp; &lt;Jan&gt;\nop twee regels</textarea>" in answer.text
    assert answer.text.count('name="keuze"') == 2 and "verlopen" not in answer.text
    assert 'action="/aanmelden?next=/x"' in answer.text and "Verstuur opnieuw" in answer.text


def test_the_form_on_that_page_is_accepted(guarded: Any) -> None:
    person = make.make_user()
    guarded.sign_in(person)
    lost = guarded.post(PLACE, data={"name": "Mia Nieuw"})
    token = re.search(r'<form class="pw-form".*?name="csrf_token" value="([^"]+)"', lost.text, re.DOTALL)
    assert lost.status_code == 400 and token and "Mia Nieuw" in lost.text
    again = guarded.post(PLACE, data={"name": "Mia Nieuw", "csrf_token": token[1]})
    assert again.status_code == 302


def test_passwords_and_files_are_never_given_back(guarded: Any) -> None:
    secret = {name: "geheim geheim geheim" for name in ("password", "again", "current")}
    answer = guarded.post("/aanmelden", data={"email": "mia@voorbeeld.be", **secret})
    assert "mia@voorbeeld.be" in answer.text and "geheim geheim" not in answer.text
    assert "wachtwoord" in answer.text.lower()


def test_every_password_field_is_known_as_one() -> None:
    def kinds(kind: type[Any]) -> Iterator[type[Any]]:
        for one in kind.__subclasses__():
            yield one
            yield from kinds(one)

    names = {
        name
        for form in kinds(Form)
        for name in dir(form)
        if getattr(getattr(form, name), "field_class", None) is PasswordField
    }
    assert names >= {"password", "again", "current"} and all(map(is_secret, names))


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elders.be"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Referer": "https://elders.be/pagina"},
    ],
    ids=str,
)
def test_another_site_cannot_have_its_text_shown_here(guarded: Any, headers: dict[str, str]) -> None:
    answer = guarded.post("/aanmelden", data={"email": "Van elders, voor jou"}, headers=headers)
    assert answer.status_code == 400 and "Van elders" not in answer.text
    assert "Je tekst staat" not in answer.text


def test_own_pages_are_not_another_site(guarded: Any) -> None:
    headers = {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin", "Referer": "http://localhost/x"}
    assert "Van hier" in guarded.post("/aanmelden", data={"email": "Van hier"}, headers=headers).text


def test_more_than_a_page_can_hold_is_not_promised(guarded: Any) -> None:
    answer = guarded.post("/aanmelden", data={"email": "x" * (LIMIT + 1)})
    assert answer.status_code == 400 and "xxxx" not in answer.text
    assert "niet verloren" not in answer.text


def test_a_form_with_only_a_button_is_offered_again(guarded: Any) -> None:
    answer = guarded.post("/afmelden", data={})
    assert answer.status_code == 400 and 'action="/afmelden"' in answer.text
    assert "niet verloren" not in answer.text and "Verstuur opnieuw" in answer.text
