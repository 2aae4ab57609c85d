"""Handing in: complete, once, in time, with a receipt that can be checked; until then replaced, withdrawn."""

import hashlib
import io
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.models import Addendum
from app.audit.models import AuditEntry
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.notifications.sending import attached_pdf
from app.proposals.handing_in.submitting import submit_proposal, withdraw_proposal
from app.proposals.models import Claim, Proposal, Submission
from app.proposals.queries import stands
from app.proposals.seal.sealing import contents
from app.proposals.seal.unsealing import sign_opening
from tests import factories as make


class World:
    """One open call, one organisation with an owner and a member, a complete draft."""

    def __init__(self) -> None:
        self.region = make.make_region("Klein-Brabant Vaartland")
        self.call = make.make_call(self.region)
        self.organisation = make.make_organisation("Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.member = make.make_member(self.organisation, "member")
        self.proposal = make.make_proposal(self.call, self.organisation, self.owner)
        assert self.call.deadline is not None
        self.deadline = self.call.deadline

    def submit(self, key: str = "key-1", who: Any = None) -> Any:
        return submit_proposal(self.proposal.id, key=key, by=make.actor(who or self.owner))


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def submissions() -> list[Submission]:
    return list(db.session.scalars(select(Submission).order_by(Submission.id)))


def standing() -> list[Submission]:
    return list(db.session.scalars(select(Submission).where(stands())))


def actions() -> list[str]:
    return [one.action for one in db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq))]


def test_a_receipt_carries_the_hash_of_the_exact_text(world: World) -> None:
    receipt = world.submit()
    (row,) = submissions()
    text = contents([row.id], {world.organisation.id})[row.id]
    assert receipt.sha256 == hashlib.sha256(text.encode()).hexdigest() == row.content_sha256
    content = json.loads(text)
    assert text == json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert content["organisation"] == {
        "id": world.organisation.id,
        "name": "Vzw De Brug",
        "enterprise_number": world.organisation.enterprise_number,
    }
    labels = [one["label"] for one in content["challenges"][0]["obstacles"]]
    assert labels == ["Obstakel 1.1", "Obstakel 1.2", "Obstakel 1.3"]
    assert content["capacity_fte"] == "1.50"


def test_the_number_names_region_and_year_and_tells_nothing_about_others(world: World) -> None:
    prefix, year, drawn = world.submit().number.split("-")
    assert (prefix, len(year), len(drawn)) == ("KBV", 4, 6)
    assert not drawn.isdecimal() or drawn != "000001"


def test_the_obstacles_with_an_approach_become_claims_at_the_opening(world: World, at: Any) -> None:
    receipt = world.submit()
    claims = select(Claim.obstacle_id).where(Claim.submission_id == receipt.submission_id)
    assert db.session.scalars(claims).all() == []
    at(world.deadline + timedelta(hours=1))
    for person in (make.make_regisseur(world.region), make.make_juror(world.call, chair=True)):
        sign_opening(world.call.id, by=make.actor(person))
    assert sorted(db.session.scalars(claims)) == sorted(make.obstacle_ids(world.call)[:2])


def test_the_same_key_again_gives_the_same_receipt(world: World) -> None:
    first = world.submit()
    assert world.submit() == first
    assert len(submissions()) == 1
    assert actions().count("proposal.submitted") == 1
    assert db.session.scalar(select(db.func.count(OutboxMessage.id))) == 1


def test_the_same_key_of_another_proposal_is_another_submission(world: World) -> None:
    world.submit()
    rival = make.make_organisation()
    owner = make.make_member(rival)
    other = make.make_proposal(world.call, rival, owner)
    submit_proposal(other.id, key="key-1", by=make.actor(owner))
    assert len(submissions()) == 2


def test_the_receipt_says_that_handing_in_can_for_as_long_as_it_can(
    world: World, client: FlaskClient, at: Any
) -> None:
    receipt = world.submit()
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    assert "Indienen kan tot en met" in client.get(f"/kandidaturen/{world.proposal.id}/ontvangstbewijs").text
    assert "Indienen kan tot en met" in db.session.scalars(select(OutboxMessage.body_text)).one()
    at(world.deadline)
    shown = client.get(f"/kandidaturen/{world.proposal.id}/ontvangstbewijs").text
    assert "Indienen kon tot en met" in shown and receipt.number in shown


def test_a_retry_after_the_deadline_still_gives_the_receipt_that_was_in_time(world: World, at: Any) -> None:
    first = world.submit()
    at(world.deadline + timedelta(minutes=5))
    assert world.submit() == first


def test_a_member_cannot_hand_in(world: World) -> None:
    with pytest.raises(Forbidden, match="owner_only"):
        world.submit(who=world.member)
    assert submissions() == []


def test_somebody_else_does_not_even_find_it(world: World) -> None:
    stranger = make.make_member(make.make_organisation())
    for person in (stranger, make.make_regisseur(world.region), make.make_juror(world.call, chair=True)):
        with pytest.raises(NotFound):
            world.submit(who=person)


@pytest.mark.parametrize("missing", ["summary", "truthful", "no_client_data", "answers"])
def test_what_is_needed_must_be_there(world: World, missing: str) -> None:
    empty: dict[str, Any] = {"summary": "", "truthful": False, "no_client_data": False, "answers": []}
    with transaction():
        setattr(db.session.get_one(Proposal, world.proposal.id), missing, empty[missing])
    with pytest.raises(DomainError, match="not_complete"):
        world.submit()
    assert submissions() == []


def test_one_second_before_the_deadline_is_in_time(world: World, at: Any) -> None:
    at(world.deadline - timedelta(seconds=1))
    assert world.submit().submitted_at < world.deadline


@pytest.mark.parametrize("seconds", [0, 1])
def test_at_and_after_the_deadline_is_too_late_and_logged(world: World, at: Any, seconds: int) -> None:
    at(world.deadline + timedelta(seconds=seconds))
    with pytest.raises(DomainError, match="too_late"):
        world.submit()
    assert submissions() == []
    entry = db.session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.sealed, entry.details) == (
        "proposal.refused_late",
        True,
        {"attempt": "submit"},
    )


@pytest.mark.parametrize(
    ("last_minute", "deadline"),
    [
        ("2026-03-29T23:59:59", datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
        ("2026-10-25T23:59:59", datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ],
)
def test_the_deadline_holds_on_the_day_the_clock_changes(
    world: World, at: Any, last_minute: str, deadline: datetime
) -> None:
    at("2026-03-01T12:00")
    with transaction() as now:
        call = db.session.get_one(Addendum, world.call.id)
        call.deadline, call.launch = deadline, now.date()
        call.published_at = now
    at(last_minute)
    world.submit("in time")
    at(deadline)
    with pytest.raises(DomainError, match="too_late"):
        world.submit("late")


def test_handing_in_again_supersedes_the_older_one(world: World) -> None:
    first = world.submit("one")
    with transaction():
        db.session.get_one(Proposal, world.proposal.id).summary = "Een latere tekst."
    second = world.submit("two")
    assert (first.revision, second.revision) == (1, 2)
    older, newer = submissions()
    assert older.superseded_at == newer.submitted_at and newer.superseded_at is None
    assert [one.id for one in standing()] == [second.submission_id]


def test_what_is_withdrawn_no_longer_stands_and_can_be_handed_in_again(world: World) -> None:
    world.submit("one")
    withdraw_proposal(world.proposal.id, reason="Geen personeel", by=make.actor(world.owner))
    assert standing() == []
    assert submissions()[0].withdrawal_reason == "Geen personeel"
    with pytest.raises(DomainError, match="nothing_to_withdraw"):
        withdraw_proposal(world.proposal.id, by=make.actor(world.owner))
    assert world.submit("two").revision == 2
    assert [row.receipt_number for row in standing()] == [submissions()[1].receipt_number]


def test_withdrawing_too_late_is_refused_and_logged(world: World, at: Any) -> None:
    world.submit()
    at(world.deadline)
    with pytest.raises(DomainError, match="too_late"):
        withdraw_proposal(world.proposal.id, by=make.actor(world.owner))
    assert actions()[-1] == "proposal.refused_late"
    assert len(standing()) == 1


def test_everything_in_the_log_is_sealed_and_without_texts(world: World) -> None:
    world.submit()
    withdraw_proposal(world.proposal.id, reason="Geheime reden", by=make.actor(world.owner))
    entries = list(db.session.scalars(select(AuditEntry)))
    assert [one.action for one in entries] == ["proposal.submitted", "proposal.withdrawn"]
    assert all(one.sealed for one in entries)
    assert "Geheime" not in json.dumps([one.details for one in entries])


NAMES = ["Vzw 🎉 Ñoël 👩‍👩‍👧", "עמותת שלום", "Ze\u0301 & <Zonen>", "漢字会"]


@pytest.mark.parametrize("name", NAMES)
def test_any_name_survives_in_mail_and_pdf(app: Flask, name: str) -> None:
    region = make.make_region()
    call = make.make_call(region)
    organisation = make.make_organisation(name)
    owner = make.make_member(organisation)
    proposal = make.make_proposal(call, organisation, owner)
    receipt = submit_proposal(proposal.id, key="k", by=make.actor(owner))
    (mail,) = db.session.scalars(select(OutboxMessage))
    assert name in mail.body_text and receipt.number in mail.body_text and receipt.sha256 in mail.body_text
    reader = pypdf.PdfReader(io.BytesIO(attached_pdf(mail) or b""))
    root: Any = reader.trailer["/Root"]
    assert root["/Lang"] == "nl" and root["/MarkInfo"]["/Marked"]
    shown = "".join(page.extract_text() for page in reader.pages)
    assert receipt.number in shown
    assert receipt.sha256[:8] in shown


def test_the_receipt_shows_seconds_and_zone(world: World, client: FlaskClient, at: Any) -> None:
    summer = datetime(2026, 7, 1, 8, 30, 15, tzinfo=UTC)
    with transaction():
        call = db.session.get_one(Addendum, world.call.id)
        call.deadline, call.launch = summer + timedelta(days=3), summer.date() - timedelta(days=9)
        call.published_at = summer - timedelta(days=9)
    at(summer)
    receipt = world.submit()
    page = client.sign_in(world.owner).get(f"/kandidaturen/{world.proposal.id}/ontvangstbewijs").text
    assert receipt.number in page
    assert "10:30:15 (CEST)" in page
    assert "woensdag 1 juli 2026" in page


def test_the_downloaded_text_has_the_hash_of_the_receipt(world: World, client: FlaskClient) -> None:
    receipt = world.submit()
    answer = client.sign_in(world.member).get(f"/kandidaturen/{world.proposal.id}/ingediend.json")
    assert hashlib.sha256(answer.data).hexdigest() == receipt.sha256
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_button_leads_to_the_receipt_and_a_double_click_does_no_more(
    world: World, client: FlaskClient
) -> None:
    client.sign_in(world.owner)
    url = f"/kandidaturen/{world.proposal.id}/indienen"
    first, second = (client.post(url, data={"key": "zelfde"}) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert first.location == second.location
    assert len(submissions()) == 1
    page = client.get(first.location)
    assert page.status_code == 200 and "NIET INGEDIEND" not in page.text


def test_too_late_keeps_the_page_with_what_was_typed(world: World, client: FlaskClient, at: Any) -> None:
    at(world.deadline)
    answer = client.sign_in(world.owner).post(
        f"/kandidaturen/{world.proposal.id}/indienen", data={"key": "laat"}
    )
    assert answer.status_code == 403
    assert "Te laat" in answer.text
    assert "Wij gaan naast mensen staan." in answer.text
    assert "NIET INGEDIEND" in answer.text


def test_a_member_sees_the_checklist_but_no_button(world: World, client: FlaskClient) -> None:
    client.sign_in(world.member)
    page = client.get(f"/kandidaturen/{world.proposal.id}/indienen").text
    assert "Een eigenaar dient in" in page and "Dien de kandidatuur in" not in page
    assert client.post(f"/kandidaturen/{world.proposal.id}/indienen", data={"key": "x"}).status_code == 403
    assert client.get(f"/kandidaturen/{world.proposal.id}/intrekken").status_code == 404
    assert submissions() == []


def test_withdrawing_asks_first_and_then_says_so_everywhere(world: World, client: FlaskClient) -> None:
    world.submit()
    client.sign_in(world.owner)
    assert "Trek de kandidatuur in" in client.get(f"/kandidaturen/{world.proposal.id}/intrekken").text
    client.post(f"/kandidaturen/{world.proposal.id}/intrekken", data={"reason": ""})
    page = client.get(f"/kandidaturen/{world.proposal.id}").text
    assert "NIET INGEDIEND" in page and "Ingetrokken op" in page
    receipt = client.get(f"/kandidaturen/{world.proposal.id}/ontvangstbewijs")
    assert "Ingetrokken op" in receipt.text


def test_a_number_of_somebody_else_is_not_found(world: World, client: FlaskClient) -> None:
    world.submit()
    rival = make.make_organisation()
    other = make.make_proposal(world.call, rival, submitted=True)
    number = db.session.scalar(select(Submission.receipt_number).where(Submission.proposal_id == other.id))
    client.sign_in(world.owner)
    for path in ("ontvangstbewijs", "ontvangstbewijs.pdf", "ontvangstbewijs.json", "ingediend.json"):
        assert client.get(f"/kandidaturen/{world.proposal.id}/{path}?nummer={number}").status_code == 404
        assert client.get(f"/kandidaturen/{other.id}/{path}").status_code == 404


def test_the_moment_is_read_inside_the_transaction(world: World) -> None:
    before = clock.read()
    receipt = world.submit()
    assert before <= receipt.submitted_at <= clock.read()
