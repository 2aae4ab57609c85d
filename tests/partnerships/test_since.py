"""What still moves once a partnership is formed, and what moves while a reserve moves up."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.addenda.queries import load_call
from app.decisions.answering.notices import NewNotice, notify_again
from app.decisions.answering.services import answer
from app.decisions.later.queries import pending_of
from app.decisions.later.services import confirm_later, propose_later
from app.decisions.later.telling import communicate_later
from app.decisions.later.withdrawing import withdraw_later
from app.decisions.queries import standing_decision
from app.domain.errors import DomainError, Forbidden
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.objections.judging import judge
from app.objections.reassessing.deciding import propose_after
from app.objections.reassessing.services import Closing, Naming, close_reassessment, open_reassessment
from app.objections.services import submit
from app.partnerships.queries import members_of, partnership_of
from app.partnerships.services import form_partnership
from tests import factories as make
from tests.counting import queries
from tests.decisions.test_later import NEW
from tests.decisions.world import World, wanted
from tests.objections.reassessing.world import CONCLUSION, fresh_jurors, score_all
from tests.objections.test_filing import text
from tests.objections.test_judging import conflict, ruling
from tests.partnerships.test_forming import lead, ready, told
from tests.partnerships.test_forming import wanted as formation

BOUNCED = "De mail kwam terug: het adres bestaat niet meer."


def formed(at) -> World:  # type: ignore[no-untyped-def]
    """Told on 3 July, formed on 18 July; the mail of the third applicant turns out not to have arrived."""
    world = ready(at)
    form_partnership(world.call.id, formation(world, lead()), by=make.actor(world.regisseur))
    return world


def told_again(world: World, number: int = 2, received: date = date(2023, 7, 20)) -> None:
    notice = NewNotice("registered", BOUNCED, received, seen=1)
    notify_again(world.proposals[number].id, notice, by=make.actor(world.regisseur))
    db.session.rollback()


def phase(world: World) -> Phase:
    db.session.rollback()
    return load_call(world.call.id, clock.read()).phase


def test_who_was_never_told_keeps_its_days_also_after_the_partnership(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = formed(at)
    assert phase(world) is Phase.PARTNERSHIP
    at("2023-07-20T15:00")
    client.sign_in(world.regisseur)
    notices = f"/kandidaturen/{world.proposals[2].id}/beslissing/kennisgeving"
    assert "houdt het recht op een weerwoord" in client.get(notices).text
    sent = {"way": "registered", "reason": BOUNCED, "received": "2023-07-20", "seen": "1"}
    assert client.post(notices, data=sent).status_code == 302
    assert phase(world) is Phase.COMMUNICATED, "a window is open"
    page = client.get(f"/oproepen/{world.call.id}/partnerschap")
    assert page.status_code == 200 and "Partnerschap Klein-Brabant" in page.text
    assert "weerwoord kan tot en met donderdag 3 augustus 2023, 23u59" in page.text
    with pytest.raises(Forbidden, match="objection_too_late"):
        submit(world.proposals[1].id, text(), by=make.actor(world.owners[1]))
    client.sign_in(world.owners[0])
    own = client.get(f"/kandidaturen/{world.proposals[0].id}/partnerschap")
    assert own.status_code == 200 and "Partnerschap Klein-Brabant" in own.text, "members keep their page"
    assert "Doet mee" in client.get(f"/kandidaturen/{world.proposals[0].id}/antwoord").text
    assert "Partner" in client.get("/").text
    at("2023-08-03T23:59:59")
    assert submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))
    at("2023-08-04T00:00")
    assert phase(world) is Phase.OBJECTIONS


def test_the_home_page_does_not_ask_to_form_what_is_formed(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = formed(at)
    at("2023-07-20T15:00")
    told_again(world)
    client.sign_in(world.regisseur)
    home = client.get("/").text
    assert "Nog geen antwoord van" not in home and "Vorm het partnerschap" not in home


def test_a_mail_after_it_asks_no_answer_any_more(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = formed(at)
    at("2023-07-20T15:00")
    notice = NewNotice("mail", BOUNCED, address=world.owners[0].email, seen=1)
    notify_again(world.proposals[0].id, notice, by=make.actor(world.regisseur))
    mail = db.session.query(OutboxMessage).filter_by(kind="decision.again").one()
    assert "Weerwoord kan tot en met donderdag 3 augustus 2023, 23u59" in mail.body_text
    assert "Laten weten of jullie meedoen" not in mail.body_text
    with pytest.raises(DomainError, match="partnership_formed_already"):
        answer(world.proposals[0].id, "declined", "Toch niet", by=make.actor(world.owners[0]))


def upheld(world: World) -> int:
    objection_id = submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))
    judge(objection_id, ruling(world, "upheld", reassess=True), by=make.actor(world.regisseur))
    db.session.rollback()
    return objection_id


def test_an_objection_upheld_after_it_ends_with_a_decision_shown_at_the_partnership(
    client: FlaskClient, at
) -> None:  # type: ignore[no-untyped-def]
    world = formed(at)
    at("2023-07-20T15:00")
    told_again(world)
    objection_id = upheld(world)
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/partnerschap"
    assert "opnieuw beoordeeld" in client.get(address).text
    by, people = make.actor(world.regisseur), fresh_jurors(world)
    naming = Naming(tuple(one.id for one in people), "Zij scoorden niet.", "both")
    open_reassessment(objection_id, naming, by=by)
    score_all(world, objection_id, people)
    close_reassessment(objection_id, Closing(CONCLUSION, version=1), by=by)
    propose_after(objection_id, wanted("selected", name="C"), by=make.actor(world.chair))
    reserve = wanted("reserve", reasons=NEW)
    with pytest.raises(DomainError, match="partnership_formed_already"):
        propose_later(world.proposals[0].id, reserve, cause="other", by=make.actor(world.chair))
    page = client.get(f"/oproepen/{world.call.id}/beslissingen/nieuwe").text
    assert "Bevestig wat is aangevinkt" in page
    seen = {one.decision.id: one.decision.version for one in pending_of(world.call.id)}
    confirm_later(world.call.id, seen, by=by)
    page = client.get(f"/oproepen/{world.call.id}/beslissingen/nieuwe").text
    assert "Deel mee" in page
    assert communicate_later(world.call.id, seen, by=by) == 1
    db.session.rollback()
    shown = client.get(address).text
    assert "Er is een nieuwe beslissing over het partnerschap nodig" in shown
    assert "is nu geselecteerd, na een weerwoord, maar zit niet in het partnerschap" in shown
    assert len(members_of(world.call.id)) == 2, "it does not change by itself"
    assert answer(world.proposals[2].id, "accepted", "", by=make.actor(world.owners[2])), "it is asked"
    at("2023-08-04T00:00:01")
    assert phase(world) is Phase.PARTNERSHIP


def test_who_is_in_conflict_with_an_applicant_reads_nothing_of_it_there(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = formed(at)
    at("2023-07-20T15:00")
    told_again(world)
    observer = make.make_regisseur(world.region, "observer")
    conflict(world, world.regisseur.id, world.organisations[2].id)
    for user, reads in ((observer, True), (world.regisseur, False)):
        client.sign_in(user)
        page = client.get(f"/oproepen/{world.call.id}/partnerschap")
        assert page.status_code == 200 and ("Vzw De Brug C" in page.text) is reads


def test_a_reserve_that_moves_up_gives_nobody_else_new_days(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at, outcomes=("selected", "reserve", "not_selected"))
    objection_id = submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))
    at("2023-07-20T10:00")
    assert phase(world) is Phase.OBJECTIONS
    by = make.actor(world.regisseur)
    one = propose_later(
        world.proposals[1].id, wanted("selected", reasons=NEW), cause="reserve", by=make.actor(world.chair)
    )
    confirm_later(world.call.id, {one.id: one.version}, by=by)
    communicate_later(world.call.id, {one.id: one.version}, by=by)
    assert phase(world) is Phase.COMMUNICATED
    with pytest.raises(Forbidden, match="objection_too_late"):
        submit(world.proposals[0].id, text(), by=make.actor(world.owners[0]))
    client.sign_in(world.owners[0])
    own = client.get(f"/kandidaturen/{world.proposals[0].id}/beslissing").text
    assert "De termijn liep tot en met maandag 17 juli 2023, 23u59" in own
    assert "Schrijf een weerwoord" not in own
    assert "tot en met 17 juli 2023, later voor wie later bericht kreeg" in own, "the road says whose days"
    calendar = client.get(f"/oproepen/{world.call.id}/tijdlijn.ics").data
    assert b"20230717" in calendar and b"20230803" not in calendar, "nobody is promised another's days"
    public = client.application.test_client().get(f"/oproepen/{world.call.id}").text
    assert "Weerwoord kon tot en met 17 juli 2023, wie later bericht kreeg heeft een eigen termijn" in public
    judge(objection_id, ruling(world, "dismissed"), by=by)
    assert phase(world) is Phase.COMMUNICATED, "the objection of another is judged meanwhile"
    at("2023-08-04T00:00")
    assert phase(world) is Phase.PARTNERSHIP


def test_no_partnership_while_a_new_decision_is_on_its_way(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = ready(at)
    authority, by = lead(), make.actor(world.regisseur)
    other = wanted("reserve", reasons=NEW)
    propose_later(world.proposals[2].id, other, cause="other", by=make.actor(world.chair))
    with pytest.raises(DomainError, match="new_decisions_pending"):
        form_partnership(world.call.id, formation(world, authority), by=by)
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{world.call.id}/partnerschap").text
    assert "nieuwe beslissing op weg voor Vzw De Brug C" in page
    withdraw_later(world.proposals[2].id, "Niet nodig", seen=1, by=by)
    assert form_partnership(world.call.id, formation(world, authority), by=by)
    assert partnership_of(world.call.id)


def test_before_it_is_formed_the_page_says_what_it_waits_for(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{world.call.id}/partnerschap").text
    assert "termijn voor een weerwoord loopt nog, tot en met maandag 17 juli 2023, 23u59" in page


def test_the_page_asks_as_many_questions_for_any_number_told_again(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = formed(at)
    at("2023-07-20T15:00")
    client.sign_in(world.regisseur)
    counts = []
    for number in range(3):
        told_again(world, number)
        with queries() as asked:
            assert client.get(f"/oproepen/{world.call.id}/partnerschap").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts
    stands = standing_decision(world.proposals[0].id)
    assert stands and stands.number == 1
