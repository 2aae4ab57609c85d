"""Who can take away an obstacle: found, judged by people, remembered, and invited once with one text."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from app.addenda.models import Addendum, Obstacle
from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db, transaction
from app.matching.candidates import services
from app.matching.candidates.board import Board, board_of
from app.matching.candidates.policy import folded
from app.matching.models import CallInvitation, InvitationText, MatchJudgement
from app.matching.vocabulary.store import vocabulary
from app.notifications.models import OutboxMessage
from app.organisations.models import Offer, Organisation
from app.regions.models import Municipality, ServiceArea
from tests import factories as make
from tests.counting import queries

DEBTS = ("Budgetbegeleiding", "Wij begeleiden gezinnen met schulden en helpen hen een budget opmaken.")
BODY = "Kom mee schulden wegwerken in onze regio."


def make_needs(region: ServiceArea, *labels: str, phase: Phase = Phase.OPEN) -> Addendum:
    call = make.make_call(region, phase, obstacles=len(labels))
    with transaction():
        for id, label in zip(make.obstacle_ids(call), labels, strict=True):
            db.session.get_one(Obstacle, id).label = label
    return call


def make_able(name: str, town: str = "") -> Organisation:
    """An organisation that helps with debts, working in a town."""
    organisation = make.make_organisation(name)
    with transaction():
        db.session.add(Offer(organisation_id=organisation.id, title=DEBTS[0], description=DEBTS[1]))
        if town:
            found = db.session.scalars(select(Municipality).where(Municipality.name == town)).one()
            organisation.municipalities.append(found)
    return organisation


def board(call: Addendum) -> Board:
    return board_of(load_call(call.id, clock.now()))


def able(call: Addendum, place: int = 0) -> list[tuple[str, str]]:
    """Who is on the list of an obstacle, with the level."""
    found = board(call).candidates[make.obstacle_ids(call)[place]]
    return [(one.organisation.name, one.level) for one in found]


def judge(call: Addendum, one: Organisation, verdict: str, by: Any, reason: str = "", seen: int = 0) -> None:
    first = make.obstacle_ids(call)[0]
    services.judge(call.id, first, one.id, verdict, reason, seen=seen, by=make.actor(by))


def newest() -> int:
    return db.session.scalar(select(MatchJudgement.id).order_by(MatchJudgement.id.desc())) or 0


def mails() -> list[OutboxMessage]:
    statement = select(OutboxMessage).where(OutboxMessage.kind == "matching.invitation")
    return list(db.session.scalars(statement.order_by(OutboxMessage.id)))


@pytest.fixture
def region(app: Flask) -> ServiceArea:
    return make.make_region(municipalities=("Bornem", "Puurs"))


def test_gaps_come_first_and_the_region_before_others(region: ServiceArea, client: FlaskClient) -> None:
    make.make_region(municipalities=("Gent",))
    call = make_needs(region, "Schulden", "Geen zwembad")
    for name, town in (("Vzw Ver", "Gent"), ("Vzw Onbekend", ""), ("Vzw Hier", "Puurs")):
        make_able(name, town)
    assert able(call)[0][0] == "Vzw Hier"
    page = client.sign_in(make.make_regisseur(region)).get(f"/oproepen/{call.id}/wie-kan-dit").text
    assert page.index("vonden we niemand") < page.index("Geen zwembad") < page.index("Schulden")
    assert page.index("Vzw Hier") < page.index("Vzw Ver")


def test_the_page_of_an_obstacle_marks_the_words_on_both_sides(
    region: ServiceArea, client: FlaskClient
) -> None:
    call = make_needs(region, "Schulden")
    make_able("Vzw Hier", "Bornem")
    url = f"/oproepen/{call.id}/wie-kan-dit/{make.obstacle_ids(call)[0]}"
    page = client.sign_in(make.make_regisseur(region)).get(url).text
    assert "<mark>Schulden</mark>" in page and "<mark>schulden</mark>" in page.lower()
    assert "Werkt in Bornem" in page and "Waarom" in page


def test_what_is_confirmed_is_certain_and_what_is_rejected_is_gone(region: ServiceArea) -> None:
    by, call = make.make_regisseur(region), make_needs(region, "Schulden")
    make_able("Vzw Beter", "Bornem")
    known, other = make.make_organisation("Vzw Zonder Aanbod"), make_able("Vzw Fout", "Bornem")
    judge(call, known, "confirmed", by)
    judge(call, other, "rejected", by, "Werkt alleen met jongeren.", seen=0)
    found = able(call)
    assert found[0] == ("Vzw Zonder Aanbod", "confirmed") and "Vzw Fout" not in dict(found)
    judge(call, other, "withdrawn", by, seen=newest())
    assert "Vzw Fout" in dict(able(call))


def test_a_rejection_needs_a_reason_and_nobody_judges_over_another(region: ServiceArea) -> None:
    by, call, one = make.make_regisseur(region), make_needs(region, "Schulden"), make_able("Vzw Hier")
    with pytest.raises(DomainError, match="judgement_reason_missing"):
        judge(call, one, "rejected", by, "  ")
    judge(call, one, "confirmed", by)
    with pytest.raises(DomainError, match="judgement_meanwhile"):
        judge(call, one, "rejected", by, "Toch niet.")
    judge(call, one, "rejected", by, "Toch niet.", seen=newest())
    assert able(call) == []
    log = db.session.scalars(select(AuditEntry.action).where(AuditEntry.action.like("match.%"))).all()
    assert log == ["match.confirmed", "match.rejected"]


def test_only_the_regisseur_of_the_region_judges(region: ServiceArea) -> None:
    call, one = make_needs(region, "Schulden"), make_able("Vzw Hier")
    for user in (make.make_regisseur(make.make_region()), make.make_regisseur(region, "observer")):
        with pytest.raises(NotFound):
            judge(call, one, "confirmed", user)


def test_an_earlier_judgement_is_found_back_by_the_same_obstacle(region: ServiceArea) -> None:
    by = make.make_regisseur(region)
    before, one = make_needs(region, "Hoge schulden!"), make.make_organisation("Vzw Bekend")
    judge(before, one, "confirmed", by)
    call, elsewhere = make_needs(region, "hoge  Schulden"), make_needs(make.make_region(), "hoge schulden")
    assert able(call) == [("Vzw Bekend", "earlier")] and able(elsewhere) == []
    assert folded("Hoge schulden!") == folded("  hoge  Schülden") == "hoge schulden"
    judge(before, one, "withdrawn", by, seen=newest())
    assert able(call) == []


def test_what_was_said_of_a_merged_organisation_counts_for_the_one_that_stays(region: ServiceArea) -> None:
    by, call = make.make_regisseur(region), make_needs(region, "Schulden")
    stays, gone = make.make_organisation("Vzw Blijft"), make.make_organisation("Vzw Weg")
    judge(call, gone, "confirmed", by)
    with transaction() as now:
        gone.merged_into_id, gone.merged_at = stays.id, now
    assert able(call) == [("Vzw Blijft", "confirmed")]
    judge(call, stays, "withdrawn", by, seen=newest())
    assert able(call) == []


def test_a_refused_judgement_comes_back_as_typed(region: ServiceArea, client: FlaskClient) -> None:
    call, one = make_needs(region, "Schulden"), make_able("Vzw Hier", "Bornem")
    first = make.obstacle_ids(call)[0]
    url = f"/oproepen/{call.id}/wie-kan-dit/{first}/oordeel"
    sent = {"organisation": one.id, "verdict": "rejected", "reason": "x" * 501, "version": 0}
    client.sign_in(make.make_regisseur(region))
    answer = client.post(url, data=sent)
    assert answer.status_code == 422 and "x" * 501 in answer.text and "te lang" in answer.text
    assert client.post(url, data=sent | {"reason": "Past niet."}).status_code == 302
    assert client.post(url, data=sent | {"reason": "Past niet."}).status_code == 409
    assert "1 organisatie is afgewezen" in client.get(f"/oproepen/{call.id}/wie-kan-dit/{first}").text


@pytest.mark.parametrize("number", [str(10**20), str(2**31), "9" * 5000, "-1", "٣", "x"])
def test_a_number_of_no_row_is_refused_or_dropped(
    region: ServiceArea, client: FlaskClient, number: str
) -> None:
    call, one = make_needs(region, "Schulden"), make_able("Vzw Hier", "Bornem")
    client.sign_in(make.make_regisseur(region))
    url = f"/oproepen/{call.id}/wie-kan-dit"
    judging = f"{url}/{make.obstacle_ids(call)[0]}/oordeel"
    sent = {"organisation": number, "verdict": "confirmed", "version": "0"}
    assert client.post(judging, data=sent).status_code == 422
    done = client.post(judging, data=sent | {"organisation": str(one.id), "offer": number, "pagina": number})
    assert done.status_code == 302
    assert db.session.scalars(select(MatchJudgement.offer_id)).all() == [None]
    form = {"organisatie": number, "body": BODY, "version": "0", "doe": "verstuur"}
    assert client.post(f"{url}/uitnodigen", data=form).status_code == 422
    assert client.get(f"{url}/uitnodigen?organisatie={number}").status_code == 200
    assert client.get(f"{url}?pagina={number}").status_code == 200


def test_everybody_invited_gets_the_same_text_once(region: ServiceArea, client: FlaskClient) -> None:
    by, call = make.make_regisseur(region), make_needs(region, "Schulden")
    first, second = make_able("Vzw Een", "Bornem"), make_able("Vzw Twee", "Bornem")
    for one in (first, first, second):
        make.make_member(one)
    make.make_member(first, "member")
    client.sign_in(by)
    url = f"/oproepen/{call.id}/wie-kan-dit/uitnodigen"
    form = {"body": BODY, "version": "0", "organisatie": [str(first.id)]}
    seen = client.post(url, data=form | {"doe": "voorbeeld"})
    assert BODY in seen.text and "Verstuur naar 1 organisatie" in seen.text and not mails()
    assert client.post(url, data=form | {"doe": "verstuur"}).status_code == 302
    assert len(mails()) == 2 and all(BODY in one.body_text for one in mails())
    again = client.post(url, data=form | {"doe": "verstuur"}, follow_redirects=True)
    assert again.status_code == 200 and len(mails()) == 2
    assert "Deze organisaties waren al uitgenodigd." in again.text
    nobody = client.post(url, data=form | {"doe": "verstuur", "organisatie": []})
    assert nobody.status_code == 422 and "nog niet uitgenodigd" in nobody.text
    other = form | {"organisatie": [str(second.id)], "doe": "verstuur", "body": "Iets anders."}
    refused = client.post(url, data=other)
    assert refused.status_code == 422 and "Iets anders." in refused.text and len(mails()) == 2
    assert client.post(url, data=other | {"body": BODY}).status_code == 302
    assert [one.obstacle_ids for one in db.session.scalars(select(CallInvitation))] == [
        [make.obstacle_ids(call)[0]]
    ] * 2
    assert len({one.body_text.split("\n", 1)[1].replace("Vzw Twee", "Vzw Een") for one in mails()}) == 1
    assert "uitgenodigd op" in client.get(f"/oproepen/{call.id}/wie-kan-dit").text


def test_a_text_can_wait_and_two_authors_see_each_other(region: ServiceArea, client: FlaskClient) -> None:
    by, call = make.make_regisseur(region), make_needs(region, "Schulden")
    make.make_member(make_able("Vzw Een", "Bornem"))
    url = f"/oproepen/{call.id}/wie-kan-dit/uitnodigen"
    client.sign_in(by)
    assert client.post(url, data={"body": BODY, "version": "0", "doe": "bewaar"}).status_code == 302
    stale = client.post(url, data={"body": "Mijn tekst.", "version": "0", "doe": "bewaar"})
    assert stale.status_code == 409 and BODY in stale.text and "Mijn tekst." in stale.text
    assert db.session.scalars(select(InvitationText.body)).all() == [BODY]
    assert client.post(url, data={"body": " ", "version": "0", "doe": "bewaar"}).status_code == 422


def test_who_has_no_owner_is_not_invited(region: ServiceArea) -> None:
    by, call, one = make.make_regisseur(region), make_needs(region, "Schulden"), make_able("Vzw Een")
    with pytest.raises(DomainError, match="invitation_unreachable"):
        services.invite(call.id, {one.id: []}, BODY, seen=0, by=make.actor(by))
    assert db.session.scalars(select(InvitationText)).all() == []


@pytest.mark.parametrize("phase", [Phase.DRAFT, Phase.SEALED, Phase.WRITTEN])
def test_inviting_is_for_the_open_phase_and_looking_for_all(
    region: ServiceArea, client: FlaskClient, phase: Phase
) -> None:
    by, call, one = make.make_regisseur(region), make_needs(region, "Schulden", phase=phase), make_able("A")
    with pytest.raises(Forbidden):
        services.invite(call.id, {one.id: []}, BODY, seen=0, by=make.actor(by))
    client.sign_in(by)
    page = client.get(f"/oproepen/{call.id}/wie-kan-dit")
    assert page.status_code == 200 and "Nodig organisaties uit" not in page.text
    assert client.get(f"/oproepen/{call.id}/wie-kan-dit/uitnodigen").status_code == 403


def test_a_call_without_obstacles_or_offers_has_a_page(region: ServiceArea, client: FlaskClient) -> None:
    client.sign_in(make.make_regisseur(region))
    empty, lonely = make_needs(region), make_needs(region, "Schulden")
    assert "Nog geen obstakels" in client.get(f"/oproepen/{empty.id}/wie-kan-dit").text
    assert "Geen enkele match" in client.get(f"/oproepen/{lonely.id}/wie-kan-dit").text
    one = f"/oproepen/{lonely.id}/wie-kan-dit/{make.obstacle_ids(lonely)[0]}"
    assert "We vonden niemand" in client.get(one).text
    assert client.get(f"/oproepen/{empty.id}/wie-kan-dit/999999").status_code == 404


def test_somebody_who_is_missing_is_found_by_name(region: ServiceArea, client: FlaskClient) -> None:
    call, _ = make_needs(region, "Schulden"), make.make_organisation("Vzw Zoekmij")
    url = f"/oproepen/{call.id}/wie-kan-dit/{make.obstacle_ids(call)[0]}?zoek="
    client.sign_in(make.make_regisseur(region))
    assert "Vzw Zoekmij" in client.get(url + "zoekm").text
    assert "Niemand gevonden" in client.get(url + "bestaatniet").text


def test_the_pages_need_the_same_queries_for_any_number(region: ServiceArea, client: FlaskClient) -> None:
    call = make_needs(region, "Schulden", "Budget")
    client.sign_in(make.make_regisseur(region))
    vocabulary()
    first = f"/oproepen/{call.id}/wie-kan-dit"
    pages = (first, f"{first}/{make.obstacle_ids(call)[0]}", f"{first}/uitnodigen")
    counts, done = [], 0
    for number in (1, 3, 30):
        for _ in range(number - done):
            make.make_member(make_able("", "Bornem"))
        done = number
        client.get(first)  # the offers are read
        seen = []
        for page in pages:
            with queries() as asked:
                assert client.get(page).status_code == 200
            seen.append(len(asked))
        counts.append(seen)
    assert counts[0] == counts[1] == counts[2] and max(counts[0]) <= 30


def test_what_was_said_outlives_the_obstacle(region: ServiceArea, client: FlaskClient) -> None:
    call, one = make_needs(region, "Schulden"), make_able("Vzw Hier", "Bornem")
    other = make_needs(region, "Schulden")
    client.sign_in(make.make_regisseur(region))
    (first,) = make.obstacle_ids(call)
    sent = {
        "organisation": str(one.id),
        "verdict": "rejected",
        "reason": "Zij stoppen ermee.",
        "version": "0",
    }
    assert client.post(f"/oproepen/{call.id}/wie-kan-dit/{first}/oordeel", data=sent).status_code == 302
    with transaction():
        db.session.execute(delete(Obstacle).where(Obstacle.id == first))
    page = client.get(f"/oproepen/{other.id}/wie-kan-dit/{make.obstacle_ids(other)[0]}").text
    assert "Eerder afgewezen bij een obstakel dat geschrapt is: Zij stoppen ermee." in page
