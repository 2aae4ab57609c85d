"""One act tells everybody: letters, mails, facts and the signed ranking, once."""

import hashlib
import io
import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader
from sqlalchemy import func, select

from app.addenda.models import CallFact
from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.audit.queries import verify
from app.decisions import communicating
from app.decisions.candidates import candidates
from app.decisions.communicating import communicate, prepare
from app.decisions.models import Decision, Letter, SignedRanking
from app.decisions.notifying import Outdated
from app.decisions.post.queries import ALL, mails_in
from app.decisions.services import propose
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.notifications.sending import attached_pdf
from tests import factories as make
from tests.counting import queries
from tests.decisions.world import build, confirm_all, propose_all, stored, tell_all, wanted


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_everybody_is_told_at_once(app: object) -> None:
    world = build()
    make.make_member(world.organisations[0], "member")
    tell_all(world)
    call = load_call(world.call.id, clock.read())
    assert call.phase is Phase.COMMUNICATED
    moments = set(db.session.scalars(select(Decision.notified_at)))
    assert moments == {call.facts.communicated_at}
    notified = db.session.scalars(select(CallFact.subject_id).where(CallFact.kind == "notified")).all()
    assert sorted(notified) == sorted(one.id for one in world.organisations)
    mails = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == "decision")).all()
    assert len(mails) == 4, "each owner and member of each organisation, once"
    for mail in mails:
        assert mail.attachment is None, "the archive has it; a copy in every mail would be a second archive"
        assert (attached_pdf(mail) or b"").startswith(b"%PDF")
        assert mail.attachment_name == "beslissing.pdf"
        assert "Weerwoord kan tot en met" in mail.body_text
        assert mail.sent_at is None
    assert verify().broken_seq is None


def test_the_mail_carries_the_letter_of_that_organisation(app: object) -> None:
    world = build()
    tell_all(world)
    for owner, proposal in zip(world.owners, world.proposals, strict=True):
        mail = db.session.scalars(select(OutboxMessage).where(OutboxMessage.to_address == owner.email)).one()
        letter = db.session.get_one(Letter, stored(world, world.proposals.index(proposal)).id)
        assert attached_pdf(mail) == letter.pdf
        assert letter.sha256 == hashlib.sha256(letter.pdf).hexdigest()
        assert f"/kandidaturen/{proposal.id}/beslissing" in mail.body_text


def test_the_letter_says_everything_in_plain_words(at, app: object) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T16:30")
    world = build()
    tell_all(world)
    row = stored(world, 2)
    pdf = db.session.get_one(Letter, row.id).pdf
    reader = PdfReader(io.BytesIO(pdf))
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).lower().startswith("nl")
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert "Beslissing over je kandidatuur" in str(reader.metadata and reader.metadata.title)
    text = text_of(pdf)
    for part in (
        f"Regio {world.region.name}",
        "Vzw De Brug C Kerkstraat 3 2880 Bornem",
        "maandag 3 juli 2023",
        "Je kandidatuur is niet geselecteerd.",
        "Ze mist een antwoord voor wie geen vervoer heeft",
        "29 juli 1991",
        "tot en met maandag 17 juli 2023, 23u59",
        "Raad van State",
        "60 dagen",
        "guy@voorbeeld.be",
    ):
        assert part in text, part
    before_appeal = text[: text.index("De wettelijke weg, los van het weerwoord")]
    assert "beroep" not in before_appeal.lower(), "weerwoord is never called beroep"


def test_what_people_typed_is_never_markup_in_the_letter(app: object) -> None:
    world = build(1)
    typed = (
        'De jury las #import "x" en $a^2$ en *sterren* en vond dat de kandidaat veel te weinig uitlegt.\n\n'
        "= Geen titel\n- geen lijst <label> @ref en de rest van een lange zin over deze kandidatuur."
    )
    propose(world.proposals[0].id, wanted(reasons=typed), by=make.actor(world.chair))
    confirm_all(world)
    assert communicate(world.call.id, by=make.actor(world.regisseur)) == 1
    db.session.rollback()
    text = text_of(db.session.scalars(select(Letter.pdf)).one())
    assert '#import "x"' in text and "*sterren*" in text and "= Geen titel" in text


def test_a_second_click_does_nothing(client: FlaskClient) -> None:
    world = build()
    tell_all(world)
    counts = [db.session.scalar(select(func.count()).select_from(one)) for one in (OutboxMessage, CallFact)]
    assert communicate(world.call.id, by=make.actor(world.regisseur)) == 0
    client.sign_in(world.regisseur)
    again = client.post(f"/oproepen/{world.call.id}/beslissingen/meedelen", data={"agreed": "y"})
    assert again.status_code == 403
    db.session.rollback()
    after = [db.session.scalar(select(func.count()).select_from(one)) for one in (OutboxMessage, CallFact)]
    assert after == counts


def test_a_second_click_that_raced_does_nothing(app: object) -> None:
    world = build(1)
    propose_all(world)
    confirm_all(world)
    by = make.actor(world.regisseur)
    prepared = prepare(load_call(world.call.id, clock.read()), clock.read())
    assert communicate(world.call.id, by=by) == 1
    assert communicating._commit(world.call.id, prepared, by) == 0
    db.session.rollback()
    assert len(mails_in(world.call.id, ALL)) == 1


def test_letters_that_are_no_longer_right_never_leave(app: object) -> None:
    world = build(1)
    propose_all(world)
    confirm_all(world)
    by = make.actor(world.regisseur)
    prepared = prepare(load_call(world.call.id, clock.read()), clock.read())
    propose(world.proposals[0].id, wanted("reserve", version=1), by=make.actor(world.chair))
    confirm_all(world)
    with pytest.raises(Outdated):
        communicating._commit(world.call.id, prepared, by)
    db.session.rollback()
    assert stored(world, 0).notified_at is None and mails_in(world.call.id, ALL) == []
    assert communicate(world.call.id, by=by) == 1
    db.session.rollback()
    assert "reservelijst" in text_of(db.session.scalars(select(Letter.pdf)).one())


def test_letters_made_before_midnight_do_not_leave_after(at, app: object) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T23:59:50")
    world = build(1)
    propose_all(world)
    confirm_all(world)
    prepared = prepare(load_call(world.call.id, clock.read()), clock.read())
    at("2023-07-04T00:00:05")
    with pytest.raises(Outdated):
        communicating._commit(world.call.id, prepared, make.actor(world.regisseur))


def test_one_that_is_missing_stops_all_with_the_list(client: FlaskClient) -> None:
    world = build()
    propose_all(world)
    confirm_all(world)
    propose(world.proposals[1].id, wanted("selected", version=1), by=make.actor(world.chair))
    with pytest.raises(DomainError) as caught:
        communicate(world.call.id, by=make.actor(world.regisseur))
    assert caught.value.code == "decisions_not_confirmed"
    assert caught.value.facts["names"] == "Vzw De Brug B"
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{world.call.id}/beslissingen/meedelen").text
    assert "<bdi>Vzw De Brug B</bdi>: te bevestigen" in page and "Deel alles nu mee" not in page
    answer = client.post(f"/oproepen/{world.call.id}/beslissingen/meedelen", data={"agreed": "y"})
    assert answer.status_code == 422 and "Het gaat om: Vzw De Brug B." in answer.text
    assert all(stored(world, number).notified_at is None for number in range(3))


def test_the_overview_is_searched_by_name_and_outcome(client: FlaskClient) -> None:
    world = build(6)
    tell_all(world)
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/beslissingen/overzicht"

    def shown(asked: str) -> list[str]:
        return re.findall("<bdi>Vzw De Brug ([A-F])</bdi>", client.get(f"{address}?{asked}").text)

    assert shown("") == list("ABCDEF") and shown("stand=selected") == ["A", "D"]
    assert shown("stand=not_selected&naam=BRUG+f") == ["F"]
    assert "Niemand gevonden" in client.get(f"{address}?stand=inadmissible").text


def test_a_call_without_proposals_has_nothing_to_tell(app: object) -> None:
    world = build(0)
    with pytest.raises(DomainError, match="nothing_to_communicate"):
        communicate(world.call.id, by=make.actor(world.regisseur))


def test_it_is_asked_once_more_before_it_happens(client: FlaskClient) -> None:
    world = build(1)
    propose_all(world)
    confirm_all(world)
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/beslissingen/meedelen"
    page = client.get(address)
    assert page.status_code == 200 and "maar één keer" in page.text
    assert client.post(address, data={}).status_code == 422
    assert stored(world, 0).notified_at is None
    assert client.post(address, data={"agreed": "y"}).status_code == 302
    assert stored(world, 0).notified_at is not None


def test_only_a_regisseur_tells(app: object) -> None:
    world = build(1)
    propose_all(world)
    confirm_all(world)
    for user in (world.chair, world.jurors[0], make.make_regisseur(make.make_region())):
        with pytest.raises((Forbidden, NotFound)):
            communicate(world.call.id, by=make.actor(user))


def test_the_ranking_is_frozen_so_that_it_can_be_worked_out_again(app: object) -> None:
    world = build()
    tell_all(world)
    signed = db.session.get_one(SignedRanking, world.call.id)
    assert signed.sha256 == hashlib.sha256(signed.content.encode()).hexdigest()
    content = json.loads(signed.content)
    assert json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")) == signed.content
    places = {one["proposal"]: one["place"] for one in content["ranking"]}
    assert places == {one.proposal.proposal_id: one.place.place for one in candidates(world.call.id)}
    assert [one["total"] for one in content["ranking"]] == ["100", "80", "60"]
    assert len(content["sheets"]) == 3 * 2 * 2 * 2 and len(content["criteria"]) == 4
    assert {one["outcome"] for one in content["decisions"]} == {"selected", "reserve", "not_selected"}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "decisions.communicated")).one()
    assert entry.details["ranking_sha256"] == signed.sha256


def test_afterwards_nothing_can_be_changed(app: object) -> None:
    world = build(1)
    tell_all(world)
    with pytest.raises(Forbidden):
        propose(world.proposals[0].id, wanted("reserve", version=1), by=make.actor(world.chair))


def test_a_forty_letter_act_stays_quick_and_complete(app: object) -> None:
    world = build(12)
    tell_all(world)
    assert db.session.scalar(select(func.count()).select_from(Letter)) == 12
    assert len(mails_in(world.call.id, ALL)) == 12


@pytest.mark.parametrize("part", ["beslissingen", "beslissingen/bevestigen", "beslissingen/meedelen"])
def test_pages_ask_the_same_number_of_questions_for_any_number_of_rows(
    client: FlaskClient, part: str
) -> None:
    counts = []
    for size in (1, 3, 12):
        world = build(size)
        propose_all(world)
        client.sign_in(world.regisseur)
        with queries() as asked:
            assert client.get(f"/oproepen/{world.call.id}/{part}").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


@pytest.mark.parametrize("part", ["beslissingen/overzicht", "uitgaande-post", "resultaat"])
def test_pages_afterwards_too(client: FlaskClient, part: str) -> None:
    counts = []
    for size in (1, 3, 12):
        world = build(size)
        tell_all(world, ("selected",))
        client.sign_in(world.regisseur)
        with queries() as asked:
            assert client.get(f"/oproepen/{world.call.id}/{part}").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_the_outbox_tells_what_became_of_each_mail(client: FlaskClient) -> None:
    world = build()
    tell_all(world)
    mails = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    moment = datetime(2023, 7, 3, 10, tzinfo=UTC)
    mails[0].sent_at, mails[1].given_up_at = moment, moment
    mails[2].attempts, mails[2].next_attempt_at = 1, moment + timedelta(hours=1)
    db.session.commit()
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{world.call.id}/uitgaande-post").text
    for words in ("Verstuurd op 3 juli 2023, 12u00", "Niet bezorgd", "nieuwe poging volgt"):
        assert words in page
    one = client.get(f"/oproepen/{world.call.id}/uitgaande-post/{mails[0].id}")
    assert one.status_code == 200 and "Weerwoord kan tot en met" in one.text
    file = client.get(f"/oproepen/{world.call.id}/uitgaande-post/{mails[0].id}/bijlage")
    assert file.data.startswith(b"%PDF") and "attachment" in file.headers["Content-Disposition"]
    elsewhere = build(1)
    client.sign_in(elsewhere.regisseur)
    assert client.get(f"/oproepen/{elsewhere.call.id}/uitgaande-post/{mails[0].id}").status_code == 404
