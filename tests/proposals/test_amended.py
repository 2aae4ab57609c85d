"""A call that changes under a proposal: everybody hears of it, nothing typed is lost, what is touched is
confirmed again, and before the opening nobody learns who is writing."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask, current_app
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.amending.pending import load_for_editing, pending_of
from app.addenda.amending.services import publish_amendment
from app.addenda.audience import Reached
from app.addenda.drafting import editing
from app.addenda.drafting.drafts import read_section
from app.addenda.drafting.sections import ObstacleText, Part, fingerprint
from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.proposals.amended.queries import Amended, amendments_for, amendments_of, unconfirmed
from app.proposals.amended.services import confirm_amendment
from app.proposals.content import digest
from app.proposals.handing_in.submitting import submit_proposal
from app.proposals.models import AmendmentConfirmation, Answer, Submission
from app.proposals.own.statuses import own_status
from app.proposals.queries import people_with_a_proposal
from app.proposals.seal.sealing import contents
from app.proposals.writing.services import start_proposal
from tests import factories as make
from tests.counting import queries


class World:
    """One call; organisation A has a draft that answers the first two obstacles."""

    def __init__(self) -> None:
        self.region = make.make_region()
        self.call = make.make_call(self.region, challenges=2)
        self.regisseur = make.make_regisseur(self.region)
        self.part = Part("challenge", str(self.call.challenges[0].id))
        self.organisation = make.make_organisation("Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.member = make.make_member(self.organisation, "member")
        start = self.call.deadline
        assert start
        clock.set_to(start - timedelta(days=8))
        self.id = start_proposal(self.call.id, self.organisation.id, by=make.actor(self.owner))
        proposal = make.db.session.get_one(make.Proposal, self.id)
        with make.transaction():
            proposal.summary, proposal.truthful, proposal.no_client_data = "Wij gaan.", True, True
            proposal.answers = [
                Answer(obstacle_id=one, approach="Huisbezoek.") for one in make.obstacle_ids(self.call)[:2]
            ]
        self.obstacles = make.obstacle_ids(self.call)
        self.url = f"/kandidaturen/{self.id}"
        clock.set_to(start - timedelta(days=7))

    def amend(self, place: int = 0, label: str = "Geen bus na acht uur", **changes: Any) -> int:
        """Reword one obstacle of the first challenge (and change the text) and publish it."""
        by = make.actor(self.regisseur)
        db.session.rollback()
        text: Any = read_section(load_for_editing(self.call.id), self.part)
        rows = list(text.obstacles)
        rows[place] = replace(rows[place], label=label)
        wanted = replace(text, **{"obstacles": tuple(rows), **changes})
        editing.save_section(self.call.id, self.part, wanted, seen=fingerprint(text), by=by)
        return self.publish()

    def publish(self) -> int:
        by = make.actor(self.regisseur)
        amendment = pending_of(self.call.id)
        assert amendment
        seen = amendment.version
        return publish_amendment(self.call.id, reason="De lijn verdween.", seen=seen, by=by).number

    def waiting(self) -> list[int]:
        db.session.rollback()
        return [one.number for one in unconfirmed(self.amendments())]

    def amendments(self) -> list[Amended]:
        return amendments_for(self.id, {self.organisation.id})

    def submit(self) -> Any:
        return submit_proposal(self.id, key="sleutel", by=make.actor(self.owner))


@pytest.fixture
def world(app: Flask) -> World:
    return World()


def mails() -> list[OutboxMessage]:
    db.session.rollback()
    kind = OutboxMessage.kind == "call.amended"
    return list(db.session.scalars(select(OutboxMessage).where(kind).order_by(OutboxMessage.to_address)))


def test_an_amendment_of_an_answered_obstacle_waits_for_confirmation(world: World) -> None:
    world.amend()
    assert world.waiting() == [2]
    confirm_amendment(world.id, 2, by=make.actor(world.member))
    assert world.waiting() == []
    confirm_amendment(world.id, 2, by=make.actor(world.owner))
    assert db.session.scalar(select(func.count()).select_from(AmendmentConfirmation)) == 1


def test_an_amendment_of_another_obstacle_touches_nothing(world: World) -> None:
    world.amend(place=2)
    assert world.waiting() == []


def test_an_answer_that_was_begun_after_the_amendment_is_not_touched(world: World, client: Any) -> None:
    world.amend(place=2)
    third = world.obstacles[2]
    client.sign_in(world.owner)
    fields = {"version": "", "call_version": "2", f"approach-{third}": "Belbus."}
    assert client.post(f"{world.url}/uitdaging/1/bewaar", data=fields).json["state"] == "saved"
    assert world.waiting() == []


def test_an_answer_that_was_begun_on_the_old_words_is_touched(world: World, client: Any) -> None:
    world.amend(place=2)
    third = world.obstacles[2]
    client.sign_in(world.owner)
    fields = {"version": "", "call_version": "1", f"approach-{third}": "Belbus."}
    answer = client.post(f"{world.url}/uitdaging/1/bewaar", data=fields).json
    assert answer["state"] == "saved" and answer["call_changed"]["version"] == 2
    assert world.waiting() == [2]


def test_a_proposal_that_started_later_has_nothing_to_confirm(world: World) -> None:
    world.amend()
    other = make.make_organisation()
    actor = make.actor(make.make_member(other))
    proposal = start_proposal(world.call.id, other.id, by=actor)
    assert amendments_for(proposal) == []


def test_a_new_obstacle_appears_in_a_draft_by_itself(world: World, client: FlaskClient) -> None:
    text: Any = read_section(load_for_editing(world.call.id), world.part)
    rows = (*text.obstacles, ObstacleText("new-1", "Geen kinderopvang"))
    by = make.actor(world.regisseur)
    editing.save_section(
        world.call.id, world.part, replace(text, obstacles=rows), seen=fingerprint(text), by=by
    )
    world.publish()
    assert world.waiting() == []
    page = client.sign_in(world.owner).get(f"{world.url}/uitdaging/1").text  # type: ignore[attr-defined]
    assert "Geen kinderopvang" in page


def test_without_confirmation_a_draft_cannot_be_handed_in(world: World, client: FlaskClient) -> None:
    world.amend()
    with pytest.raises(DomainError) as refused:
        world.submit()
    assert refused.value.code == "amendment_unconfirmed"
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    page = client.get(f"{world.url}/indienen").text
    assert "Wijzigingen van de oproep gelezen en bevestigd" in page and f"{world.url}/wijzigingen" in page
    assert client.post(f"{world.url}/indienen", data={"key": "k"}).status_code == 422
    assert client.post(f"{world.url}/wijzigingen/2/bevestigen").status_code == 302
    assert client.post(f"{world.url}/indienen", data={"key": "k"}).status_code == 302


def test_what_is_handed_in_says_which_version_it_answers_and_its_receipt_still_fits(world: World) -> None:
    world.amend()
    confirm_amendment(world.id, 2, by=make.actor(world.owner))
    receipt = world.submit()
    db.session.rollback()
    submission = db.session.get_one(Submission, receipt.submission_id)
    frozen = contents([submission.id], {world.organisation.id})[submission.id]
    assert json.loads(frozen)["call"]["version"] == 2
    assert digest(frozen) == submission.content_sha256 == receipt.sha256


def test_what_was_handed_in_before_stays_valid_and_an_owner_confirms(world: World) -> None:
    receipt = world.submit()
    world.amend()
    assert world.waiting() == [2]
    assert world.amendments()[0].after_submission
    with pytest.raises(Forbidden) as refused:
        confirm_amendment(world.id, 2, by=make.actor(world.member))
    assert refused.value.code == "confirm_owner_only"
    standing = db.session.get_one(Submission, receipt.submission_id, populate_existing=True)
    assert standing.superseded_at is None and standing.withdrawn_at is None
    confirm_amendment(world.id, 2, by=make.actor(world.owner))
    assert world.waiting() == []


def test_handing_in_is_not_marked_done_while_something_waits(world: World, client: FlaskClient) -> None:
    world.submit()
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    done = 'Nakijken en indienen<span class="pw-visually-hidden"> (in orde)'
    assert done in client.get(f"{world.url}/indienen").text
    world.amend()
    assert done not in client.get(f"{world.url}/indienen").text
    client.post(f"{world.url}/wijzigingen/2/bevestigen")
    assert done in client.get(f"{world.url}/indienen").text


def test_the_pages_show_what_changed_at_the_obstacle_and_on_top(world: World, client: FlaskClient) -> None:
    world.amend()
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    for page in ("", "/algemeen", "/uitdaging/1", "/uitdaging/2", "/indienen", "/wijzigingen"):
        text = client.get(f"{world.url}{page}").text
        assert "Ik heb dit gelezen en blijf bij mijn antwoord" in text, page
    assert "Dit wijzigde in de oproep" in client.get(f"{world.url}/uitdaging/1").text
    assert "Dit wijzigde in de oproep" not in client.get(f"{world.url}/uitdaging/2").text
    client.post(f"{world.url}/wijzigingen/2/bevestigen")
    assert "Ik heb dit gelezen" not in client.get(f"{world.url}/uitdaging/1").text
    assert "bevestigd door" in client.get(f"{world.url}/wijzigingen").text


def test_a_member_sees_that_an_owner_must_confirm_what_was_handed_in(world: World, client: Any) -> None:
    world.submit()
    world.amend()
    client.sign_in(world.member)
    page = client.get(world.url).text
    assert "Een eigenaar van jullie organisatie bevestigt dit" in page and "Ik heb dit gelezen" not in page
    assert client.post(f"{world.url}/wijzigingen/2/bevestigen").status_code == 403


def test_a_version_of_another_call_and_the_publication_itself_cannot_be_confirmed(world: World) -> None:
    for number in (0, 1, 2, 99):
        with pytest.raises(NotFound):
            confirm_amendment(world.id, number, by=make.actor(world.owner))
    world.amend()
    rival = make.actor(make.make_member(make.make_organisation()))
    with pytest.raises(NotFound):
        confirm_amendment(world.id, 2, by=rival)


def test_after_the_deadline_nothing_is_confirmed_and_the_jury_reads_that(
    world: World, client: FlaskClient
) -> None:
    world.submit()
    world.amend()
    assert world.call.deadline
    clock.set_to(world.call.deadline)
    with pytest.raises(DomainError) as refused:
        confirm_amendment(world.id, 2, by=make.actor(world.owner))
    assert refused.value.code == "confirm_too_late"
    client.sign_in(world.owner)  # type: ignore[attr-defined]
    assert client.post(f"{world.url}/wijzigingen/2/bevestigen").status_code == 403
    page = client.get(f"{world.url}/lezen").text
    assert "De kandidaat bevestigde dit niet. De kandidatuur blijft geldig." in page


def test_everybody_with_a_proposal_is_told_and_the_mail_carries_no_call(world: World) -> None:
    rival = make.make_organisation()
    writer = make.make_member(rival)
    start_proposal(world.call.id, rival.id, by=make.actor(writer))
    make.make_member(make.make_organisation())
    told = {one.email for one in people_with_a_proposal(world.call.id)}
    assert told == {world.owner.email, world.member.email, writer.email}
    world.amend()
    sent = mails()
    assert {one.to_address for one in sent} == told
    assert {one.addendum_id for one in sent} == {None}
    assert all(
        "Geen bus na acht uur" in one.body_text and "De lijn verdween." in one.body_text for one in sent
    )
    shared = {one.body_text.replace(one.to_name, "").partition("De kandidatuur van ")[0] for one in sent}
    assert len(shared) == 1, "only where the own proposal stands differs"


def test_nothing_is_mailed_while_an_amendment_is_prepared(world: World) -> None:
    text: Any = read_section(load_for_editing(world.call.id), world.part)
    wanted = replace(text, introduction="Anders.")
    by = make.actor(world.regisseur)
    editing.save_section(world.call.id, world.part, wanted, seen=fingerprint(text), by=by)
    assert mails() == [] and world.waiting() == []


def test_no_page_or_log_of_the_regisseur_tells_who_is_writing(world: World, client: FlaskClient) -> None:
    world.amend()
    confirm_amendment(world.id, 2, by=make.actor(world.owner))
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    hidden = (world.organisation.name, world.owner.email, str(world.id))
    pages = (
        f"/oproepen/{world.call.id}/wijziging",
        f"/oproepen/{world.call.id}/versies",
        f"/regio/{world.region.id}/logboek",
        "/",
    )
    for page in pages:
        text = client.get(page).text
        assert not any(one in text for one in hidden), page
    assert client.get(f"/oproepen/{world.call.id}/uitgaande-post").status_code == 403
    open_entries = db.session.scalars(select(AuditEntry).where(AuditEntry.sealed.is_(False))).all()
    assert all(one.organisation_id is None for one in open_entries if one.action.startswith("addendum."))
    entry = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action == "proposal.amendment_confirmed")
    ).one()
    assert entry.sealed and entry.details == {"number": 2}


def test_the_release_page_tells_the_same_with_and_without_proposals(
    world: World, client: FlaskClient
) -> None:
    quiet = make.make_call(world.region, challenges=2)
    client.sign_in(world.regisseur)  # type: ignore[attr-defined]
    seen = []
    for call in (world.call, quiet):
        part = Part("challenge", str(call.challenges[0].id))
        db.session.rollback()
        text: Any = read_section(load_for_editing(call.id), part)
        wanted = replace(text, introduction="Anders gezegd.")
        by = make.actor(world.regisseur)
        editing.save_section(call.id, part, wanted, seen=fingerprint(text), by=by)
        page = client.get(f"/oproepen/{call.id}/wijziging").text
        start = page.index("<p>", page.index('id="publiceren"'))
        seen.append(page[start : page.index("</p>", start)])
    assert seen[0] == seen[1] and "verzegeld" in seen[0]


def test_a_save_by_button_keeps_the_text_and_tells_that_the_call_changed(world: World, client: Any) -> None:
    client.sign_in(world.owner)
    first = world.obstacles[0]
    world.amend()
    fields = {"version": "", "call_version": "1", f"expertise-{first}": "Tien jaar."}
    page = client.post(f"{world.url}/uitdaging/1", data=fields, follow_redirects=True)
    assert page.status_code == 200 and "De oproep is gewijzigd terwijl je schreef" in page.text
    assert "Tien jaar." in page.text


@pytest.mark.parametrize("sent", ["", "x", "-1", "9" * 40, "²"])
def test_a_version_that_makes_no_sense_does_not_stand_in_the_way(
    world: World, client: Any, sent: str
) -> None:
    client.sign_in(world.owner)
    fields = {"version": "", "call_version": sent, f"reach-{world.obstacles[0]}": "Via de buurt."}
    assert client.post(f"{world.url}/uitdaging/1/bewaar", data=fields).json["state"] == "saved"


def test_an_amendment_of_what_is_asked_of_all_touches_every_proposal(world: World) -> None:
    by = make.actor(world.regisseur)
    part = Part("basics")
    basics: Any = read_section(load_for_editing(world.call.id), part)
    wanted = replace(basics, cost_requested=not basics.cost_requested)
    editing.save_section(world.call.id, part, wanted, seen=fingerprint(basics), by=by)
    world.publish()
    assert world.waiting() == [2]
    assert world.amendments()[0].general


def test_many_proposals_are_asked_about_at_once(world: World) -> None:
    world.amend()
    ids, own = [world.id], {world.organisation.id}

    def add(*, submitted: bool) -> None:
        organisation = make.make_organisation()
        ids.append(make.make_proposal(world.call, organisation, submitted=submitted).id)
        own.add(organisation.id)

    def asked() -> int:
        db.session.rollback()
        with queries() as statements:
            amendments_of(ids, own)
        return len(statements)

    add(submitted=True)
    few = asked()
    for number in range(5):
        add(submitted=number < 3)
    assert asked() == few == 5


def test_who_left_is_not_told(world: World) -> None:
    with make.transaction():
        db.session.get_one(User, world.member.id).active = False
    db.session.rollback()
    assert [one.email for one in people_with_a_proposal(world.call.id)] == [world.owner.email]


def test_in_an_opened_call_the_page_of_the_jury_shows_the_confirmation(world: World, client: Any) -> None:
    world.submit()
    world.amend()
    confirm_amendment(world.id, 2, by=make.actor(world.owner))
    client.sign_in(world.owner)
    assert "bevestigde op" in client.get(f"{world.url}/lezen").text


def test_other_phases_show_the_page_and_refuse_to_confirm(client: Any, app: Flask) -> None:
    call = make.make_call(make.make_region(), Phase.SEALED)
    organisation = make.make_organisation()
    owner = make.make_member(organisation)
    proposal = make.make_proposal(call, organisation, owner, submitted=True)
    client.sign_in(owner)
    assert client.get(f"/kandidaturen/{proposal.id}/wijzigingen").status_code == 200
    assert client.post(f"/kandidaturen/{proposal.id}/wijzigingen/2/bevestigen").status_code == 403


def test_the_mail_about_a_change_says_where_the_own_proposal_stands(world: World) -> None:
    other = make.make_organisation("Vzw Elders")
    stranger = make.make_member(other)
    start_proposal(world.call.id, other.id, by=make.actor(stranger))
    world.amend()
    told = {one.to_address: one.body_text for one in mails()}
    status = own_status(world.id, load_call(world.call.id, clock.read()), clock.read()).status
    db.session.rollback()
    for user in (world.owner, world.member):
        assert "De kandidatuur van Vzw De Brug:" in told[user.email]
        assert status.line in told[user.email] and "De oproep is gewijzigd" in status.line
        assert "Vzw Elders" not in told[user.email]
    assert "Vzw De Brug" not in told[stranger.email]
    assert "Begonnen, nog niets geschreven." in told[stranger.email]


def test_who_only_follows_reads_nothing_of_any_proposal(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    follower = Reached("volger@voorbeeld.be", "Veerle", "https://voorbeeld.be/stop")
    monkeypatch.setitem(current_app.config, "AUDIENCE_SOURCES", (lambda _: [follower],))
    world.amend()
    (mail,) = mails()
    assert "kandidatuur van" not in mail.body_text
