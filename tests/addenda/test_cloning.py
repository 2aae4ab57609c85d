"""A new call from an earlier one: its content under ids of its own, never what happened to it."""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.cloning.services import PARTS, sources
from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.models import Addendum, CallFact
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db, transaction
from app.proposals.models import Proposal
from app.regions.models import RegionRole, ServiceArea
from tests import factories as make
from tests.addenda.helpers import imported
from tests.counting import queries

Move = Callable[[str], None]
ALL: dict[str, object] = {"title": "Een nieuwe oproep", "parts": list(PARTS), "dates": "shift", "weeks": "52"}


def world(phase: Phase = Phase.OPEN) -> tuple[Addendum, ServiceArea, User]:
    """A call, and another region with its regisseur."""
    call = make.make_call(make.make_region(), phase, challenges=2)
    region = make.make_region()
    return call, region, make.make_regisseur(region)


def newest(region_id: int) -> Addendum:
    db.session.rollback()
    db.session.expire_all()
    rows = db.session.scalars(
        select(Addendum).where(Addendum.service_area_id == region_id).order_by(Addendum.id.desc())
    )
    return rows.first()  # type: ignore[return-value]


def test_everything_comes_along_under_ids_of_its_own(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    source, regisseur = imported()
    with transaction():
        row = load_addendum(source)
        first = row.challenges[0]
        first.goals[0].obstacles = first.obstacles[:2]
        first.obstacles[0].life_domains = ["Huisvesting"]
        row.personas[0].story, row.personas[0].strengths = "Een verhaal.", ["Geduldig"]
        row.vision, row.minimum_total, row.least_reason = "Samen.", 65, 35
        next(one for one in row.criteria if one.round == "written").may_be_skipped = True
    before = read_draft(load_addendum(source))
    area = load_addendum(source).service_area_id
    client.sign_in(regisseur)
    assert client.post(f"/regio/{area}/oproepen/uit/{source}", data=ALL).status_code == 302
    new = newest(area)
    after = read_draft(new)
    assert (new.cloned_from_id, new.published_at, new.title) == (source, None, "Een nieuwe oproep")
    assert (new.source_text, new.import_report) == ("", {})
    assert list(after.personas.values()) == list(before.personas.values())
    assert not set(after.personas) & set(before.personas)
    for (_, old), (_, fresh) in zip(before.challenges.values(), after.challenges.values(), strict=True):
        assert [(one.label, one.life_domains) for one in fresh.obstacles] == [
            (one.label, one.life_domains) for one in old.obstacles
        ]
        assert not {one.key for one in fresh.obstacles} & {one.key for one in old.obstacles}
        named = [
            [[o.label for o in text.obstacles if o.key in goal.obstacles] for goal in text.goals]
            for text in (old, fresh)
        ]
        assert named[0] == named[1]
        people = [
            [draft.personas[one].name for one in text.personas]
            for draft, text in ((before, old), (after, fresh))
        ]
        assert people[0] == people[1]
    assert after.analysis == before.analysis
    assert [one.weight for one in after.written.criteria] == [one.weight for one in before.written.criteria]
    assert after.written.minimum_total == 65
    assert after.thresholds is not None and after.thresholds.least_reason == 35
    assert [one.may_be_skipped for one in after.written.criteria].count(True) == 1
    assert after.basics.vision == "Samen." and after.basics.contacts == before.basics.contacts
    assert load_addendum(source).title != new.title


def test_dates_move_by_whole_weeks_and_keep_their_weekday(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    source, regisseur = imported()
    area = load_addendum(source).service_area_id
    old = read_draft(load_addendum(source)).dates
    client.sign_in(regisseur)
    client.post(f"/regio/{area}/oproepen/uit/{source}", data={**ALL, "weeks": "30"})
    new = read_draft(newest(area)).dates
    for name in ("launch", "written_from", "written_until", "decision_before"):
        assert (getattr(new, name) - getattr(old, name)).days == 210
    assert new.deadline and old.deadline and new.deadline.time() == old.deadline.time()  # also in winter
    assert (new.deadline.date() - old.deadline.date()).days == 210
    assert [one.day.weekday() for one in new.windows] == [one.day.weekday() for one in old.windows]


def test_a_date_that_lands_on_a_holiday_is_told(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    source, regisseur = imported()
    area = load_addendum(source).service_area_id
    with transaction():
        load_addendum(source).launch = date(2023, 4, 10)
    client.sign_in(regisseur)
    data = {**ALL, "weeks": "51"}  # Monday 1 April 2024, Easter Monday
    page = client.post(f"/regio/{area}/oproepen/uit/{source}", data=data, follow_redirects=True).text
    assert "Na het opschuiven" in page
    assert "maandag 1 april 2024, een feestdag: Paasmaandag" in page


def test_only_what_was_chosen_comes_along(client: FlaskClient) -> None:
    call, region, regisseur = world()
    source_id, region_id = call.id, region.id
    towns = {one.id for one in region.municipalities}
    client.sign_in(regisseur)
    path = f"/regio/{region_id}/oproepen/uit/{source_id}"
    data = {"title": "Alleen de uitdagingen", "parts": ["challenges"], "dates": "shift", "weeks": ""}
    assert client.post(path, data=data).status_code == 302
    new = newest(region_id)
    assert len(new.challenges) == 2 and new.challenges[0].personas == []
    assert (new.personas, new.contacts, new.service_types, new.findings) == ([], [], [], [])
    assert (new.launch, new.deadline, new.pitch_windows) == (None, None, [])
    assert len(new.criteria) == 9  # those of the programme
    assert {one.id for one in new.municipalities} == towns
    assert client.post(path, data={"title": "Niets", "parts": []}).status_code == 302
    assert newest(region_id).challenges == []


def test_dates_can_stay_empty(client: FlaskClient) -> None:
    call, region, regisseur = world()
    region_id = region.id
    client.sign_in(regisseur)
    data = {**ALL, "dates": "empty", "weeks": ""}
    assert client.post(f"/regio/{region_id}/oproepen/uit/{call.id}", data=data).status_code == 302
    new = newest(region_id)
    assert (new.launch, new.deadline, new.questions_until) == (None, None, None)
    assert new.objection_days == 14


def test_what_happened_to_a_call_never_comes_along(client: FlaskClient) -> None:
    call, region, regisseur = world(Phase.PARTNERSHIP)
    region_id, call_id = region.id, call.id
    make.make_proposal(call, make.make_organisation(), submitted=True)
    client.sign_in(regisseur)
    assert client.post(f"/regio/{region_id}/oproepen/uit/{call_id}", data=ALL).status_code == 302
    new = newest(region_id).id
    for model in (CallFact, Proposal):
        count = select(func.count()).select_from(model).where(model.addendum_id == new)
        assert db.session.scalar(count) == 0


def test_the_form_proposes_a_title_and_the_weeks_that_bring_the_launch_ahead(
    client: FlaskClient, at: Move
) -> None:
    at("2023-04-20T09:00")
    call, region, regisseur = world()
    with transaction():
        row = load_addendum(call.id)
        row.title = f"Lokaal partnerschap {db.session.get_one(ServiceArea, row.service_area_id).name} 2022"
        row.launch = date(2023, 4, 3)
    region_id, name = region.id, region.name
    client.sign_in(regisseur)
    page = client.get(f"/regio/{region_id}/oproepen/uit/{call.id}").text
    assert f'value="Lokaal partnerschap {name} 2023"' in page
    assert 'value="3"' in page and "kopie" not in page
    assert 'value="contacts" checked' not in page.replace("checked ", "checked")


@pytest.mark.parametrize(
    "changes",
    [
        {"title": " "},
        {"title": "x" * 201},
        {"weeks": ""},
        {"weeks": "-1"},
        {"weeks": "9" * 400},
        {"weeks": "twee"},
        {"parts": ["personas", "proposals"]},
        {"dates": "gisteren"},
    ],
    ids=str,
)
def test_a_choice_that_makes_no_sense_is_refused(client: FlaskClient, changes: dict[str, object]) -> None:
    call, region, regisseur = world()
    region_id = region.id
    client.sign_in(regisseur)
    path = f"/regio/{region_id}/oproepen/uit/{call.id}"
    assert client.post(path, data={**ALL, **changes}).status_code == 422
    assert newest(region_id) is None


def test_a_title_that_the_region_has_already_is_refused(client: FlaskClient) -> None:
    call, region, regisseur = world()
    region_id, path = region.id, f"/regio/{region.id}/oproepen/uit/{call.id}"
    client.sign_in(regisseur)
    assert client.post(path, data=ALL).status_code == 302
    again = client.post(path, data={**ALL, "title": "een nieuwe OPROEP"})
    assert again.status_code == 422 and "al een oproep met deze titel" in again.text
    assert db.session.scalar(select(func.count()).where(Addendum.service_area_id == region_id)) == 1


def test_a_draft_of_another_region_does_not_exist(client: FlaskClient, app: Flask) -> None:
    foreign, region, regisseur = world(Phase.DRAFT)
    region_id, foreign_id = region.id, foreign.id
    client.sign_in(regisseur)
    path = f"/regio/{region_id}/oproepen/uit/{foreign_id}"
    assert client.get(path).status_code == client.post(path, data=ALL).status_code == 404
    assert client.get(f"/regio/{region_id}/oproepen/uit/99999999").status_code == 404
    assert foreign.title not in client.get(f"/regio/{region_id}/oproepen/uit-een-vroegere").text
    with transaction() as now:  # once regisseur there too, the draft may travel
        db.session.add(
            RegionRole(
                user_id=regisseur.id,
                service_area_id=foreign.service_area_id,
                role="regisseur",
                granted_at=now,
            )
        )
    assert client.post(path, data=ALL).status_code == 302
    member = app.test_client().sign_in(make.make_member(make.make_organisation()))  # type: ignore[attr-defined]
    assert member.get(path).status_code in (403, 404)
    assert member.post(path, data=ALL).status_code in (403, 404)


def test_a_call_that_is_planned_elsewhere_is_still_a_secret(client: FlaskClient) -> None:
    call, region, regisseur = world()
    region_id, call_id = region.id, call.id
    with transaction() as now:
        row = load_addendum(call_id)
        row.launch, row.published_at = date(2999, 1, 4), now
    client.sign_in(regisseur)
    assert client.get(f"/regio/{region_id}/oproepen/uit/{call_id}").status_code == 404
    db.session.rollback()
    assert call_id not in {one.id for one in sources(region_id, "", clock.now())}


def test_the_list_of_sources_is_searched_and_keeps_its_number_of_queries(client: FlaskClient) -> None:
    region = make.make_region("Het Zuiderland")
    regisseur = make.make_regisseur(region)
    make.make_call(region, Phase.DRAFT)
    path = f"/regio/{region.id}/oproepen/uit-een-vroegere"
    client.sign_in(regisseur)
    with queries() as few:
        client.get(path)
    for _ in range(5):
        make.make_call(make.make_region(), Phase.OPEN)
    with queries() as many:
        page = client.get(path).text
    assert len(many) == len(few)
    assert page.count("Vertrek hiervan") == 6
    assert client.get(f"{path}?q=zuider").text.count("Vertrek hiervan") == 1
    assert "Geen oproep met “100%_”" in client.get(f"{path}?q=100%25_").text
