"""What an organisation is given: page, PDF, mail and file say the same, also when there is much of it."""

import io
import json
from email.message import EmailMessage
from typing import Any

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from app.audit.heads import publish_head
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.notifications.sending import compose
from app.proposals.handing_in.submitting import submit_proposal, withdraw_proposal
from app.proposals.models import Answer, Attachment, Submission
from tests import factories as make
from tools.verify_receipt import content_problems, examine, file_finding


class World:
    """41 obstacles answered in full, with 20 files whose names are long."""

    def __init__(self) -> None:
        self.call = make.make_call(make.make_region("Klein-Brabant Vaartland"), obstacles=41)
        self.organisation = make.make_organisation("Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.proposal = make.make_proposal(self.call, self.organisation, self.owner)
        with transaction() as now:
            for one in make.obstacle_ids(self.call)[2:]:
                db.session.add(
                    Answer(
                        proposal_id=self.proposal.id, obstacle_id=one, approach="A", expertise="B", reach="C"
                    )
                )
            for number in range(20):
                db.session.add(
                    Attachment(
                        proposal_id=self.proposal.id,
                        name=f"{number} geheim plan {'lang ' * 30}é.pdf",
                        kind="pdf",
                        size=1_234_567,
                        sha256=f"{number:064x}",
                        object_key=f"key-{number}",
                        uploaded_by_id=self.owner.id,
                        uploaded_at=now,
                    )
                )

    def submit(self, key: str = "k") -> Any:
        return submit_proposal(self.proposal.id, key=key, by=make.actor(self.owner))

    def url(self, ending: str = "", number: str = "") -> str:
        return f"/kandidaturen/{self.proposal.id}/ontvangstbewijs{ending}?nummer={number}"


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def words(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def test_page_and_pdf_list_every_field_and_file_also_when_there_are_many(
    world: World, client: FlaskClient
) -> None:
    receipt = world.submit()
    page = client.sign_in(world.owner).get(world.url()).text  # type: ignore[attr-defined]
    pdf = client.get(world.url(".pdf")).data
    signed = json.loads(client.get(world.url(".json")).data)
    assert len(signed["statement"]["fields"]) >= 41 * 3 and len(signed["statement"]["files"]) == 20
    said, shown = words(pdf), "".join(page.split())
    for one in [*signed["statement"]["fields"], *signed["statement"]["files"]]:
        groups = [one["sha256"][at : at + 8] for at in range(0, 64, 8)]
        assert "".join(f"<span>{group}</span>" for group in groups) in shown
        assert " ".join(groups) in said
    assert "Obstakel 1.41 – Aanpak" in page and "Samenvatting" in page and "1,2 MB" in page
    assert page.count("<details") >= 4 and page.count('href="/controle"') >= 2
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) <= 12 and receipt.number in said
    assert len(client.get(world.url(".json")).data) < 100_000


def test_the_file_proves_itself_and_what_was_handed_in(world: World, client: FlaskClient) -> None:
    world.submit()
    publish_head()
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    answer = client.get(world.url(".json"))
    kept_as = answer.headers["Content-Disposition"]
    assert kept_as.startswith("attachment") and "ontvangstbewijs.json" in kept_as
    signed = json.loads(answer.data)
    lines = [json.loads(one) for one in client.get("/controle/hoofden.jsonl").data.splitlines()]
    assert examine(signed, lines).included
    exact = client.get(f"/kandidaturen/{world.proposal.id}/ingediend.json").data
    assert content_problems(signed["statement"], exact) == []
    assert file_finding(signed["statement"], "x", b"x")[0] is False


def test_the_page_says_where_in_the_chain_it_is(world: World, client: FlaskClient, at: Any) -> None:
    at("2026-11-20T14:13")
    with transaction() as now:
        db.session.execute(text("UPDATE addendum SET published_at = :at"), {"at": "2026-10-01 00:00:00"})
        assert now
    world.submit()
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    assert "Wordt opgenomen in het hoofd van 14u20." in client.get(world.url()).text
    at("2026-11-20T14:43")
    assert "langer op zich wachten" in client.get(world.url()).text
    publish_head()
    assert "Opgenomen in hoofd 1 van vrijdag 20 november 2026, 14u43." in client.get(world.url()).text


def test_the_mail_carries_the_pdf_and_the_file_itself(world: World) -> None:
    receipt = world.submit()
    row = db.session.scalars(select(OutboxMessage)).one()
    mail: EmailMessage = compose(row, "Partnerwijzer <x@partnerwijzer.example>", row.created_at)
    pdf, file = mail.iter_attachments()
    assert (file.get_filename(), file.get_content_type()) == ("ontvangstbewijs.json", "application/json")
    signed = json.loads(file.get_content())
    assert signed["statement"]["number"] == receipt.number in words(pdf.get_content())
    assert examine(signed, [], signed["public_key"]).genuine
    assert "/controle" in row.body_text and "ontvangstbewijs.json" in row.body_text


def test_what_waits_in_the_outbox_does_not_tell_what_was_handed_in(world: World) -> None:
    world.submit()
    stored = str(db.session.execute(text("SELECT * FROM outbox_message")).all())
    assert "geheim plan" not in stored and "Obstakel" not in stored and "obstakels" not in stored


def test_a_withdrawn_and_a_superseded_receipt_say_so_and_stay_genuine(
    world: World, client: FlaskClient
) -> None:
    first = world.submit("one")
    with transaction():
        db.session.get_one(type(world.proposal), world.proposal.id).summary = "Iets anders."
    second = world.submit("two")
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    assert "Vervangen door een nieuwere versie" in client.get(world.url("", first.number)).text
    withdraw_proposal(world.proposal.id, by=make.actor(world.owner))
    assert "Ingetrokken op" in client.get(world.url("", second.number)).text
    assert "telt niet meer mee" in client.get(world.url("", second.number)).text
    for number in (first.number, second.number):
        signed = json.loads(client.get(world.url(".json", number)).data)
        assert examine(signed, [], signed["public_key"]).genuine
    older, newer = db.session.scalars(select(Submission).order_by(Submission.revision))
    assert signed["statement"]["previous"] == older.commitment != newer.commitment


def test_what_was_handed_in_before_receipts_were_signed_has_a_page_and_no_file(
    world: World, client: FlaskClient
) -> None:
    world.submit()
    with transaction():
        row = db.session.scalars(select(Submission)).one()
        row.sealed_statement = row.commitment = row.signature = row.entry_seq = None
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    page = client.get(world.url())
    assert page.status_code == 200 and "ontvangstbewijs.json" not in page.text
    assert client.get(world.url(".pdf")).status_code == 200
    assert client.get(world.url(".json")).status_code == 404
