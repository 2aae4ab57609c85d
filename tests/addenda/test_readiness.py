"""The checklist says what of an imported document nobody looked at, and says one thing about a portrait."""

import re

from flask.testing import FlaskClient

from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.publishing.readiness import readiness
from app.addenda.reviewing.places import Atlas
from app.infra import clock
from app.infra.database import db
from tests.addenda.helpers import fields, imported, send


def found(draft: int, code: str) -> list[object]:
    db.session.rollback()
    db.session.expire_all()
    return [one for one in readiness(load_addendum(draft), clock.now()) if one.code == code]


def test_sections_that_nobody_looked_at_are_counted_and_lead_to_the_review(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    atlas = Atlas(read_draft(load_addendum(draft)))
    keys = atlas.sections()
    page = client.get(f"/oproepen/{draft}/bewerken").text
    said = re.search(r'<a href="([^"]+)">Nog (\d+) onderdelen van het document niet nagekeken', page)
    assert said and said[1] == f"/oproepen/{draft}/bron" and int(said[2]) == len(keys)
    seen = [f"{key}={atlas.fingerprint(key)}" for key in keys]
    client.post(f"/oproepen/{draft}/bron/klopt", data={"onderdeel": seen[:-1]})
    assert "Nog 1 onderdeel van het document" in client.get(f"/oproepen/{draft}/bewerken").text
    client.post(f"/oproepen/{draft}/bron/klopt", data={"onderdeel": seen})
    assert found(draft, "publish_not_reviewed") == []


def test_a_portrait_that_nobody_chose_is_one_piece_of_advice(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    people = load_addendum(draft).personas
    path = f"/oproepen/{draft}/bewerken/personas/{people[0].id}"
    page = client.get(path).text
    assert f"Kies een portret voor {people[0].name}" in page
    assert "schrijf wat er op het portret te zien is" not in page
    assert len(found(draft, "publish_persona_portrait")) == len(people)
    assert send(client, path).status_code == 302
    assert len(found(draft, "publish_persona_portrait")) == len(people) - 1
    assert "Kies een portret" not in client.get(path).text


def test_a_planned_call_says_from_when_it_can_be_read(client: FlaskClient, at: object) -> None:
    at("2023-04-20T09:00")  # type: ignore[operator]
    draft, regisseur = imported()
    client.sign_in(regisseur)
    data = fields(client.get(f"/oproepen/{draft}/publiceren"))
    answer = client.post(f"/oproepen/{draft}/publiceren", data=data, follow_redirects=True).text
    assert "Gepland: zichtbaar vanaf vrijdag 21 april 2023." in answer
    assert "De oproep is gepubliceerd" not in answer


def test_reading_nothing_asks_for_a_file_or_a_text(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    region = load_addendum(draft).service_area_id
    for path in (f"/regio/{region}/oproepen/nieuw", f"/oproepen/{draft}/opnieuw-inlezen"):
        answer = client.post(path, data={"text": "  ", "nonce": "n"})
        assert answer.status_code == 422
        assert "Kies een bestand of plak de tekst." in answer.text
        assert "Het document is leeg" not in answer.text


def test_what_was_saved_elsewhere_blames_nobody(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/bewerken/basis"
    data = fields(client.get(path))
    send(client, path, title="Eerst dit")
    answer = client.post(path, data={**data, "title": "Dan dat"})
    assert answer.status_code == 409
    assert "ook elders bewaard, door jezelf of een collega" in answer.text
    assert "Iemand" not in answer.text
