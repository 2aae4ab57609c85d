"""Forming the partnership: from who was selected, once nobody can still object."""

from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.decisions.answering.services import answer, give_more_time
from app.decisions.post.queries import ALL, mails_in
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase, local_day
from app.infra import clock
from app.infra.database import db, transaction
from app.objections.judging import judge
from app.objections.services import submit
from app.organisations.models import Organisation
from app.partnerships.models import Partnership
from app.partnerships.queries import coverage_of, members_of, partnership_of
from app.partnerships.services import Formation, form_partnership
from tests import factories as make
from tests.counting import queries
from tests.decisions.world import World, accept_all, build, tell_all
from tests.objections.test_filing import text
from tests.objections.test_judging import ruling

BEGIN, END = date(2023, 9, 1), date(2025, 8, 31)


def lead() -> Organisation:
    return make.make_organisation("Gemeente Bornem", local_authority=True)


def told(at, count: int = 3, outcomes: tuple[str, ...] = ("selected", "selected", "not_selected")) -> World:  # type: ignore[no-untyped-def]
    """Decisions communicated on 3 July 2023; windows run until 17 July, 24:00."""
    at("2023-07-03T10:00")
    world = build(count)
    tell_all(world, outcomes)
    accept_all(world)
    return world


def ready(at, count: int = 3, outcomes: tuple[str, ...] = ("selected", "selected", "not_selected")) -> World:  # type: ignore[no-untyped-def]
    world = told(at, count, outcomes)
    at("2023-07-18T09:00")
    return world


def wanted(world: World, authority: Organisation, **changes: object) -> Formation:
    members = [one.id for one in world.organisations[:2]]
    values: dict[str, object] = {
        "name": "Partnerschap Klein-Brabant",
        "members": members,
        "coordinator": members[0],
        "lead_authority": authority.id,
        "starts_on": BEGIN,
        "ends_on": END,
        "notice_days": 90,
    }
    return Formation(**(values | changes))  # type: ignore[arg-type]


def sent(world: World, authority: Organisation, **changes: object) -> dict[str, object]:
    return {
        "name": "Partnerschap Klein-Brabant",
        "members": [str(world.organisations[0].id), str(world.organisations[1].id)],
        "coordinator": str(world.organisations[0].id),
        "lead_authority": str(authority.id),
        "starts_on": "2023-09-01",
        "ends_on": "2025-08-31",
        "notice_days": "90",
    } | changes


def test_the_regisseur_forms_it_and_everybody_in_it_hears(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = ready(at)
    colleague = make.make_member(world.organisations[1], "member")
    authority = lead()
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{world.call.id}/partnerschap/vormen").text
    assert page.count("checked") == 2 and "De Brug C" not in page.split("<h1>")[1]
    answer = client.post(f"/oproepen/{world.call.id}/partnerschap/vormen", data=sent(world, authority))
    assert answer.status_code == 302
    db.session.rollback()
    formed = partnership_of(world.call.id)
    assert formed and (formed.starts_on, formed.ends_on, formed.notice_days) == (BEGIN, END, 90)
    assert formed.lead_authority == "Gemeente Bornem" and formed.coordinator == "Vzw De Brug A"
    mails = [one for one in mails_in(world.call.id, ALL) if one.kind == "partnership"]
    assert sorted(one.to_address for one in mails) == sorted(
        [world.owners[0].email, world.owners[1].email, colleague.email]
    )
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "partnership.formed")).one()
    assert entry.details["members"] == [world.organisations[0].id, world.organisations[1].id]
    shown = client.get(f"/oproepen/{world.call.id}/partnerschap").text
    assert "Partnerschap Klein-Brabant" in shown and "Vzw De Brug A (coördinator)" in shown
    assert "2 van 3" in shown and "Uitdaging 1: Obstakel 1.3" in shown, "what nobody covers is named"


def test_members_see_it_and_others_do_not(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = ready(at)
    client.sign_in(world.owners[0])
    address = f"/kandidaturen/{world.proposals[0].id}/partnerschap"
    assert "nog niet gevormd" in client.get(address).text
    form_partnership(world.call.id, wanted(world, lead()), by=make.actor(world.regisseur))
    assert "Partnerschap Klein-Brabant" in client.get(address).text
    client.sign_in(world.owners[2])
    left_out = client.get(f"/kandidaturen/{world.proposals[2].id}/partnerschap").text
    assert "Jullie zitten niet in dit partnerschap" in left_out
    assert client.get(address).status_code == 404
    public = client.application.test_client().get(f"/oproepen/{world.call.id}/resultaat").text
    assert "Het partnerschap" in public and "Vzw De Brug A" in public and "De Brug C" not in public


def test_not_while_the_window_is_open(client: FlaskClient, app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    authority = lead()
    at("2023-07-17T23:59:50")
    with pytest.raises(DomainError, match="objection_window_open") as caught:
        form_partnership(world.call.id, wanted(world, authority), by=make.actor(world.regisseur))
    assert caught.value.facts["until"] == "maandag 17 juli 2023, 23u59"
    client.sign_in(world.regisseur)
    answer = client.post(f"/oproepen/{world.call.id}/partnerschap/vormen", data=sent(world, authority))
    assert answer.status_code == 403
    db.session.rollback()
    assert partnership_of(world.call.id) is None
    at("2023-07-18T00:00:01")
    form_partnership(world.call.id, wanted(world, authority), by=make.actor(world.regisseur))


def test_not_while_an_objection_waits(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    authority = lead()
    objection_id = submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))
    at("2023-07-20T10:00")
    by = make.actor(world.regisseur)
    with pytest.raises(DomainError, match="objections_open"):
        form_partnership(world.call.id, wanted(world, authority), by=by)
    judge(objection_id, ruling(world, "dismissed"), by=by)
    assert load_call(world.call.id, clock.read()).phase is Phase.PARTNERSHIP
    form_partnership(world.call.id, wanted(world, authority), by=by)
    db.session.rollback()
    assert len(members_of(world.call.id)) == 2


def test_the_command_line_is_refused_in_the_same_words(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    authority = lead()
    first, second = world.organisations[0].id, world.organisations[1].id
    arguments = [
        *("partnership", "form", str(world.call.id), "--by", world.regisseur.email, "--name", "Samen"),
        *("--member", str(first), "--member", str(second), "--coordinator", str(first)),
        *("--lead", str(authority.id), "--from", "2023-09-01", "--until", "2025-08-31"),
    ]
    db.session.rollback()
    early = app.test_cli_runner().invoke(args=arguments)
    assert early.exit_code == 1 and "loopt nog, tot en met maandag 17 juli 2023, 23u59" in early.output
    at("2023-07-18T09:00")
    stranger = app.test_cli_runner().invoke(args=[*arguments[:4], "niemand@voorbeeld.be", *arguments[5:]])
    assert stranger.exit_code == 1
    done = app.test_cli_runner().invoke(args=arguments)
    assert done.exit_code == 0, done.output
    db.session.rollback()
    assert partnership_of(world.call.id) is not None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"members": []}, "Kies minstens één organisatie"),
        ({"members": ["999999"]}, "Kies alleen organisaties die geselecteerd zijn"),
        ({"members": ["x"]}, "Kies alleen organisaties die geselecteerd zijn"),
        ({"coordinator": ""}, "Kies wie coördineert"),
        ({"coordinator": "999999"}, "moet zelf lid zijn"),
        ({"lead_authority": "0"}, "Kies een penhouder"),
        ({"lead_authority": "999999"}, "Kies een penhouder"),
        ({"name": " "}, "Geef het partnerschap een naam"),
        ({"name": "x" * 201}, "hoogstens 200 tekens"),
        ({"starts_on": "gisteren"}, "Kies een datum"),
        ({"ends_on": ""}, "Kies een datum"),
        ({"ends_on": "2023-09-01"}, "Het einde moet na het begin komen"),
        ({"notice_days": "-1"}, "0 tot 365 dagen"),
        ({"notice_days": "NaN"}, "0 tot 365 dagen"),
    ],
)
def test_what_does_not_fit_is_refused_and_kept(
    client: FlaskClient,
    at,
    changes: dict[str, object],
    sentence: str,  # type: ignore[no-untyped-def]
) -> None:
    world = ready(at)
    client.sign_in(world.regisseur)
    data = sent(world, lead()) | {"name": "Een naam die blijft staan"} | changes
    answer = client.post(f"/oproepen/{world.call.id}/partnerschap/vormen", data=data)
    assert answer.status_code == 422 and sentence in answer.text
    assert "name" in changes or "Een naam die blijft staan" in answer.text
    db.session.rollback()
    assert partnership_of(world.call.id) is None


def test_the_lead_is_a_local_authority(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = ready(at)
    with pytest.raises(DomainError, match="lead_not_local_authority"):
        form_partnership(world.call.id, wanted(world, world.organisations[0]), by=make.actor(world.regisseur))


def test_who_was_not_selected_is_no_member(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = ready(at)
    members = [world.organisations[0].id, world.organisations[2].id]
    with pytest.raises(DomainError, match="member_not_selected"):
        form_partnership(
            world.call.id, wanted(world, lead(), members=members), by=make.actor(world.regisseur)
        )


def test_there_is_one_partnership_in_a_call(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = ready(at)
    authority = lead()
    by = make.actor(world.regisseur)
    form_partnership(world.call.id, wanted(world, authority), by=by)
    with pytest.raises(DomainError, match="partnership_exists"):
        form_partnership(world.call.id, wanted(world, authority), by=by)
    with pytest.raises(IntegrityError), transaction() as now:
        db.session.add(
            Partnership(
                addendum_id=world.call.id,
                name="Nog een",
                lead_authority_id=authority.id,
                coordinator_id=authority.id,
                starts_on=BEGIN,
                ends_on=END,
                formed_by_id=world.regisseur.id,
                formed_at=now,
            )
        )


def test_only_the_regisseur_of_the_region_forms_it(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = ready(at)
    authority = lead()
    observer = make.make_regisseur(world.region, "observer")
    for user in (world.owners[0], world.chair, observer, make.make_regisseur(make.make_region())):
        with pytest.raises((Forbidden, NotFound)):
            form_partnership(world.call.id, wanted(world, authority), by=make.actor(user))


def test_coverage_uses_the_obstacles_of_the_addendum(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = ready(at)
    form_partnership(world.call.id, wanted(world, lead()), by=make.actor(world.regisseur))
    db.session.rollback()
    found = coverage_of(world.call.id)
    assert [one.id for one in found.obstacles] == make.obstacle_ids(world.call)
    expected = {
        (obstacle, organisation.id)
        for obstacle in make.obstacle_ids(world.call)[:2]
        for organisation in world.organisations[:2]
    }
    assert found.claims == expected


def test_the_page_asks_the_same_number_of_questions_for_any_number_of_members(
    client: FlaskClient, at
) -> None:  # type: ignore[no-untyped-def]
    counts = []
    for size in (1, 3, 12):
        world = ready(at, size, ("selected",))
        members = [one.id for one in world.organisations]
        form_partnership(
            world.call.id,
            wanted(world, lead(), members=members, coordinator=members[0]),
            by=make.actor(world.regisseur),
        )
        client.sign_in(world.regisseur)
        with queries() as asked:
            assert client.get(f"/oproepen/{world.call.id}/partnerschap").status_code == 200
        counts.append(len(asked))
    assert len(set(counts)) == 1, counts


def test_only_who_let_know_that_it_takes_part(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T10:00")
    world = build(3)
    tell_all(world, ("selected", "selected", "not_selected"))
    authority, by = lead(), make.actor(world.regisseur)
    answer(world.proposals[0].id, "accepted", "", by=make.actor(world.owners[0]))
    at("2023-07-17T10:00")
    until = local_day(clock.read()).replace(day=21)
    give_more_time(world.proposals[1].id, until, "De raad komt dan samen", by=by)
    at("2023-07-20T10:00")
    with pytest.raises(DomainError, match="answers_awaited") as caught:
        form_partnership(world.call.id, wanted(world, authority), by=by)
    assert caught.value.facts == {"names": "Vzw De Brug B", "until": "vrijdag 21 juli 2023, 23u59"}
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{world.call.id}/partnerschap/vormen").text
    assert "nog geen antwoord" in page and page.count("checked") == 1
    at("2023-07-22T00:00")
    with pytest.raises(DomainError, match="member_not_accepted"):
        form_partnership(world.call.id, wanted(world, authority), by=by)
    alone = wanted(world, authority, members=[world.organisations[0].id])
    assert form_partnership(world.call.id, alone, by=by)
    with pytest.raises(DomainError, match="partnership_formed_already"):
        answer(world.proposals[0].id, "declined", "Toch niet", by=make.actor(world.owners[0]))
