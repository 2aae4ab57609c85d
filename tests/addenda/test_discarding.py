"""A draft can go, with everything that hangs on it; what others wrote only when that was asked for. And an
act that takes something away asks first, also without JavaScript."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.addenda.drafting.drafts import load_addendum
from app.addenda.models import Addendum, Challenge, Obstacle, Persona
from app.addenda.reading.models import ImportJob
from app.addenda.reviewing.imports import create_draft
from app.audit.models import AuditEntry
from app.audit.queries import verify
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.workshops.models import Note, NoteGroup, Participant, Workshop
from tests import factories as make
from tests.addenda.helpers import fields, imported, source
from tests.addenda.review_helpers import read_job

Move = Callable[[str], None]


def there(model: type) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def test_a_draft_is_named_before_it_goes_and_goes_whole(client: FlaskClient) -> None:
    draft, regisseur = imported()
    read_job(draft, source())
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/verwijderen"
    assert path in client.get(f"/oproepen/{draft}/bewerken").text
    title = load_addendum(draft).title
    page = client.get(path)
    assert title in page.text and there(Addendum) == 1
    answer = client.post(path, data=fields(page), follow_redirects=True)
    assert f"Het ontwerp “{title}” is verwijderd." in answer.text
    assert [there(one) for one in (Addendum, Challenge, Persona, Obstacle, ImportJob)] == [0] * 5
    actions = db.session.scalars(select(AuditEntry.action).where(AuditEntry.addendum_id == draft)).all()
    assert "addendum.drafted" in actions and actions[-1] == "addendum.draft_discarded"
    assert verify().broken_seq is None
    assert client.get(path).status_code == 404


def test_a_planned_or_an_open_call_is_not_discarded(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    draft, regisseur = imported()
    client.sign_in(regisseur)
    with transaction() as now:
        load_addendum(draft).published_at = now
    path = f"/oproepen/{draft}/verwijderen"
    assert "Trek eerst de publicatie in" in client.get(path).text
    assert client.post(path, data={"version": "1"}).status_code == 422
    at("2023-04-22T09:00")
    assert client.get(path).status_code == 403
    assert client.post(path, data={"version": "1"}).status_code == 403
    assert there(Addendum) == 1


def test_who_changed_it_meanwhile_is_not_overruled(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    answer = client.post(f"/oproepen/{draft}/verwijderen", data={"version": "0"})
    assert answer.status_code == 422 and there(Addendum) == 1


def test_notes_of_the_session_go_only_when_ticked(client: FlaskClient) -> None:
    draft, regisseur = imported()
    call = load_addendum(draft)
    workshop = make.make_workshop(call, regisseur)
    make.make_note(workshop, call.challenges[0].id, "Geen opvang in de buurt")
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/verwijderen"
    data = fields(client.get(path))
    refused = client.post(path, data=data)
    assert refused.status_code == 422 and there(Note) == 2
    assert "briefjes" in refused.text
    assert client.post(path, data={**data, "notes_too": "y"}).status_code == 302
    assert [there(one) for one in (Note, NoteGroup, Participant, Workshop, Addendum)] == [0] * 5


def test_a_draft_with_a_jury_stays(app: Flask, client: FlaskClient) -> None:
    region = make.make_region()
    client.sign_in(make.make_regisseur(region))
    call = make.make_call(region, Phase.DRAFT)
    make.make_juror(call)
    answer = client.post(f"/oproepen/{call.id}/verwijderen", data={"version": call.version})
    assert answer.status_code == 422 and "jury" in answer.text and there(Addendum) == 1


def test_what_was_begun_from_it_stays(client: FlaskClient) -> None:
    draft, regisseur = imported()
    other = make.make_call(make.make_region(), Phase.DRAFT)
    with transaction():
        other.cloned_from_id = draft
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/verwijderen"
    assert client.post(path, data=fields(client.get(path))).status_code == 302
    assert db.session.scalars(select(Addendum.cloned_from_id)).all() == [None]


def test_nobody_of_elsewhere_discards_a_draft(client: FlaskClient) -> None:
    draft, _ = imported()
    client.sign_in(make.make_regisseur(make.make_region()))
    assert client.post(f"/oproepen/{draft}/verwijderen", data={"version": "1"}).status_code == 404
    assert there(Addendum) == 1


def test_a_document_that_was_read_before_is_told(client: FlaskClient) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    assert "werd al eens ingelezen" not in client.get(f"/oproepen/{draft}/bron").text
    region = load_addendum(draft).service_area_id
    again = create_draft(region, by=make.actor(regisseur), text=source(), source_name="kopie.txt")
    for page in ("bron", "bewerken"):
        shown = client.get(f"/oproepen/{again}/{page}").text
        assert "werd al eens ingelezen" in shown and f'"/oproepen/{draft}/bewerken"' in shown


@pytest.mark.parametrize("kind", ["personas", "uitdagingen"])
def test_removing_asks_first_where_there_was_no_dialog(client: FlaskClient, kind: str) -> None:
    draft, regisseur = imported()
    client.sign_in(regisseur)
    model = Persona if kind == "personas" else Challenge
    call = load_addendum(draft)
    one = (call.personas if kind == "personas" else call.challenges)[0]
    path, before = f"/oproepen/{draft}/bewerken/{kind}/{one.id}/verwijderen", there(model)
    asked = client.post(path)
    assert asked.status_code == 200 and "bevestigd" in asked.text and "Nee, terug" in asked.text
    assert there(model) == before
    assert client.post(path, data={"bevestigd": "ja"}).status_code == 302
    assert there(model) == before - 1


def test_the_question_sends_everything_once_more(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    draft, regisseur = imported()
    with transaction() as now:
        load_addendum(draft).published_at = now
    client.sign_in(regisseur)
    path = f"/oproepen/{draft}/publiceren/intrekken"
    asked = client.post(path, data={"version": "1"})
    assert asked.status_code == 200 and fields(asked)["version"] == "1"
    db.session.rollback()
    assert load_addendum(draft).published_at is not None
