"""Before communication applicants and the public learn nothing; afterwards everybody learns their part."""

import io
import itertools
import re
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import func, select

from app.decisions.letters.making import ask_for_letters
from app.decisions.letters.services import save_words
from app.decisions.letters.wording import Words
from app.decisions.models import PreparedLetter
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.database import db
from app.infra.jobs import work_off
from app.notifications.models import OutboxMessage
from tests import factories as make
from tests.conftest import _lay_back
from tests.decisions.world import World, build, confirm_all, propose_all, stored, tell_all

SEARCHED = ("/oproepen", "/oproepen.json", "/kandidaturen")
QUESTIONS = ("q=geselecteerd", "q=De+Brug", "fase=5", "fase=6")
OPPOSITES = (("selected", "not_selected", "inadmissible"), ("not_selected", "selected", "reserve"))
DIFFERENT_EVERY_TIME = {
    "Date",
    "Set-Cookie",
    "X-Request-ID",
    "Content-Length",
    "ETag",
    "Content-Security-Policy",
}
_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="[^"]*"')
_HASH = re.compile(rb"\b[0-9a-f]{8,}\b")


def addresses(app: Flask, world: World, applicant: int = 0) -> list[str]:
    """Every page that needs no more than ids of this world, whether one may see it or not."""
    values = {
        "addendum_id": world.call.id,
        "proposal_id": world.proposals[applicant].id,
        "organisation_id": world.organisations[applicant].id,
        "service_area_id": world.region.id,
        "objection_id": 1,
        "message_id": 1,
        "number": 1,
        "round_name": "written",
        "outcome": "selected",
        "attachment_id": 1,
        "user_id": world.owners[0].id,
    }
    found = [f"{page}?{asked}" for page in SEARCHED for asked in QUESTIONS]
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        if rule.endpoint != "static" and "GET" in (rule.methods or ()) and rule.arguments <= set(values):
            found.append(adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}))
    return sorted(set(found))


def answers(app: Flask, world: World) -> dict[tuple[str, int], tuple[Any, ...]]:
    """What the public, owners, a colleague, and somebody of an organisation that did not apply
    are told on every page: status, headers and bytes."""
    colleague = make.make_member(world.organisations[0], "member")
    stranger = make.make_member(make.make_organisation("Vzw Elders"))
    people = [None, *world.owners, colleague, stranger]
    found = {}
    for number, user in enumerate(people):
        client = app.test_client()
        if user is not None:
            client.sign_in(user)  # type: ignore[attr-defined]
        for address in addresses(app, world):
            if address in ("/readyz", "/healthz"):
                continue
            answer = client.get(address)
            headers = {name: value for name, value in answer.headers if name not in DIFFERENT_EVERY_TIME}
            found[address, number] = (answer.status_code, headers, _comparable(answer.data))
    return found


def _comparable(data: bytes) -> bytes:
    """Without what differs on every request or is drawn by lot: the form's token, when a PDF was made, and
    what follows from the salt of a receipt."""
    if data.startswith(b"%PDF"):
        data = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages).encode()
    return _HASH.sub(b"", _TOKEN.sub(b"", data))


def test_opposite_outcomes_give_the_same_bytes_before_communication(
    app: Flask,
    database_url: str,
    still,
    monkeypatch,  # type: ignore[no-untyped-def]
) -> None:
    seen = []
    for outcomes in OPPOSITES:
        monkeypatch.setattr(make, "_count", itertools.count(1))
        still("2023-07-03T10:00:00")
        world = build()
        prepare_to_tell(world, outcomes)
        still("2023-07-03T11:00:00")
        seen.append(answers(app, world) | {("the outbox", 0): outgoing()})
        db.session.remove()
        _lay_back(database_url)
    first, second = seen
    assert first.keys() == second.keys() and len(first) > 20
    assert [key for key in first if first[key] != second[key]] == []
    told = [
        key
        for key, answer in first.items()
        if b"geselecteerd" in answer[-1].lower() and "geselecteerd" not in key[0]
    ]
    assert told == []


def prepare_to_tell(world: World, outcomes: tuple[str, ...]) -> None:
    """Everything but the act: proposed, confirmed, words of letters changed, all letters made."""
    propose_all(world, outcomes)
    confirm_all(world)
    assert stored(world, 0).outcome == outcomes[0]
    by = make.actor(world.regisseur)
    for outcome in dict.fromkeys(outcomes):
        save_words(world.call.id, outcome, Words(f"Onze opening voor {outcome}."), seen=0, by=by)
    ask_for_letters(world.call.id, local_day(clock.read()), by=by)
    assert work_off() >= 1
    assert db.session.scalar(select(func.count()).select_from(PreparedLetter)) == len(world.proposals)
    db.session.rollback()


def outgoing() -> tuple[Any, ...]:
    """Every mail that waits or left, without what is drawn by lot."""
    rows = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id))
    mails = [(row.kind, row.to_address, row.subject, row.body_text, row.attachment_name) for row in rows]
    db.session.rollback()
    return (mails, b"")


def test_an_applicant_reads_the_own_decision_and_no_other(client: FlaskClient) -> None:
    world = build()
    tell_all(world)
    client.sign_in(world.owners[2])
    page = client.get(f"/kandidaturen/{world.proposals[2].id}/beslissing")
    assert page.status_code == 200
    assert "Niet geselecteerd" in page.text and "Ze mist een antwoord" in page.text
    assert "29 juli 1991" in page.text and "Nog 14 dagen, tot en met" in page.text
    letter = client.get(f"/kandidaturen/{world.proposals[2].id}/beslissing.pdf")
    assert letter.data.startswith(b"%PDF") and "attachment" in letter.headers["Content-Disposition"]
    for path in ("beslissing", "beslissing.pdf", "beslissing/brief.pdf", "beslissing/ontwerp.pdf"):
        assert client.get(f"/kandidaturen/{world.proposals[0].id}/{path}").status_code in (403, 404)


def test_the_public_reads_only_selected_and_reserve(client: FlaskClient) -> None:
    world = build()
    before = client.get(f"/oproepen/{world.call.id}/resultaat")
    assert before.status_code in (302, 403, 404)
    tell_all(world)
    page = client.get(f"/oproepen/{world.call.id}/resultaat")
    assert page.status_code == 200
    assert "De Brug A" in page.text and "De Brug B" in page.text and "De Brug C" not in page.text
    assert "Ze mist" not in page.text


def test_jury_regisseur_and_observer_read_all_afterwards(client: FlaskClient) -> None:
    world = build()
    tell_all(world)
    observer = make.make_regisseur(world.region, "observer")
    for user in (world.chair, world.jurors[0], world.regisseur, observer):
        client.sign_in(user)
        page = client.get(f"/oproepen/{world.call.id}/beslissingen/overzicht")
        assert page.status_code == 200 and page.text.count("Ze mist een antwoord") == 3
        copy = client.get(f"/kandidaturen/{world.proposals[1].id}/beslissing/brief.pdf")
        assert copy.data.startswith(b"%PDF")


def test_the_preview_of_a_letter_is_for_those_who_prepare_it(client: FlaskClient) -> None:
    world = build(1)
    propose_all(world)
    address = f"/kandidaturen/{world.proposals[0].id}/beslissing/ontwerp.pdf"
    assert client.sign_in(world.regisseur).get(address).data.startswith(b"%PDF")
    assert client.sign_in(world.owners[0]).get(address).status_code in (403, 404)
