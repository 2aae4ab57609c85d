"""Ticking, asking and giving more time."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.admissibility import checking
from app.admissibility.checking import Ticked
from app.admissibility.models import TermExtension
from app.audit.models import AuditEntry
from app.domain.admissibility import State
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import Phase, end_of_day
from app.evaluation.models import ConflictDeclaration
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.regions.models import Municipality
from tests import factories as make
from tests.admissibility.world import REASON, REGION, World, build, today
from tests.counting import queries


@pytest.fixture
def world(app: Flask) -> World:
    return build()


def mails() -> list[OutboxMessage]:
    found = list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))
    db.session.rollback()
    return found


def actions() -> list[str]:
    found = list(db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq)))
    db.session.rollback()
    return found


def test_what_is_automatic_is_filled_in_with_its_reason(world: World) -> None:
    cells = {cell.requirement.kind: cell for cell in world.look().cells}
    assert [str(cells[one].item.outcome) for one in list(cells)[:3]] == ["met", "met", "met"]
    assert "Ingediend op" in cells["in_time"].fact  # type: ignore[index]
    assert world.look().state is State.TO_CHECK


def test_a_number_whose_check_digits_are_wrong_is_found_missing(world: World) -> None:
    with transaction():
        db.session.merge(world.organisation).enterprise_number = "0123456789"
    number = world.look().cells[2]
    assert str(number.item.outcome) == "missing" and "klopt niet" in number.fact


def test_ticking_is_kept_with_note_and_name_and_logged(world: World) -> None:
    world.tick("met", "Werkt in Bornem.")
    cell = world.look().cells[REGION - 1]
    assert (str(cell.item.outcome), cell.note, cell.by) == ("met", "Werkt in Bornem.", "Rik De Regisseur")
    assert world.look().state is State.IN_ORDER
    assert actions()[-1] == "admissibility.checked"


def test_quality_is_recorded_and_never_stands_in_the_way(world: World) -> None:
    world.tick("met")
    world.tick("missing", number=5)
    assert world.look().state is State.IN_ORDER


def test_the_note_is_unreadable_in_the_database(world: World) -> None:
    world.tick("missing", "Geheim over deze vzw")
    stored = db.session.connection().exec_driver_sql("SELECT note FROM admissibility_check").scalar()
    assert stored and "Geheim" not in stored


@pytest.mark.parametrize(
    ("ticked", "code"),
    [
        ({REGION: Ticked("maybe")}, "admissibility_outcome_unknown"),
        ({REGION: Ticked("met", "x" * 1001)}, "admissibility_text_long"),
        ({1: Ticked("missing")}, "not_found"),
        ({99: Ticked("met")}, "not_found"),
    ],
)
def test_what_is_not_on_the_list_or_unknown_is_refused(world: World, ticked: Any, code: str) -> None:
    with pytest.raises(DomainError) as error:
        checking.save_checks(world.proposal.id, ticked, seen=0, by=make.actor(world.regisseur))
    assert error.value.code == code


def test_two_regisseurs_at_once_both_texts_are_shown(world: World, client: Any) -> None:
    world.tick("missing", "Eerste nota")
    with pytest.raises(Stale) as error:
        world.tick("met", "Tweede nota", by=world.second, seen=0)
    assert error.value.theirs[str(REGION)] == ("missing", "Eerste nota")
    sent = {"version": "0", f"outcome-{REGION}": "met", f"note-{REGION}": "Tweede nota"}
    page = client.sign_in(world.second).post(f"/kandidaturen/{world.proposal.id}/ontvankelijkheid", data=sent)
    assert page.status_code == 409 and "Eerste nota" in page.text and "Tweede nota" in page.text


def test_all_in_order_is_one_click(world: World, client: Any) -> None:
    url = f"/kandidaturen/{world.proposal.id}/ontvankelijkheid/in-orde"
    assert client.sign_in(world.regisseur).post(url, data={"version": "0"}).status_code == 302
    assert world.look().state is State.IN_ORDER
    assert client.post(url, data={"version": "0"}).status_code == 302
    assert "intussen" in client.get(f"/oproepen/{world.call.id}/ontvankelijkheid").text


def test_all_in_order_never_covers_what_was_found_missing(world: World) -> None:
    world.tick("missing")
    with pytest.raises(DomainError) as error:
        checking.all_in_order(world.proposal.id, seen=world.look().version, by=make.actor(world.regisseur))
    assert error.value.code == "admissibility_something_missing"


@pytest.mark.parametrize("phase", [Phase.PITCH, Phase.DECIDED])
def test_nothing_is_ticked_after_the_written_round(app: Flask, phase: Phase) -> None:
    late = build(phase)
    with pytest.raises(Forbidden):
        late.tick("met")


def test_a_regisseur_of_elsewhere_and_an_observer_tick_nothing(world: World) -> None:
    stranger = make.make_regisseur(make.make_region())
    observer = make.make_regisseur(world.region, "observer")
    for user in (stranger, observer, world.chair, world.owner):
        with pytest.raises((NotFound, Forbidden)):
            world.tick("met", by=user)


def test_a_request_goes_to_everybody_of_the_organisation_in_one_act(world: World) -> None:
    world.tick("missing")
    until = world.ask(5, message="Zeg in welke gemeente.")
    assert until == end_of_day(today() + timedelta(days=5))
    assert {one.to_address for one in mails()} == {world.owner.email, world.member.email}
    assert "Zeg in welke gemeente." in mails()[0].body_text
    assert world.look().state is State.REQUESTED
    assert actions()[-1] == "admissibility.requested"


@pytest.mark.parametrize(
    ("days", "numbers", "message", "code"),
    [
        (0, (REGION,), "Zeg waar.", "admissibility_term_past"),
        (-3, (REGION,), "Zeg waar.", "admissibility_term_past"),
        (31, (REGION,), "Zeg waar.", "admissibility_term_long"),
        (5, (), "Zeg waar.", "admissibility_nothing_asked"),
        (5, (99,), "Zeg waar.", "admissibility_not_askable"),
        (5, (1,), "Zeg waar.", "admissibility_not_askable"),
        (5, (5,), "Zeg waar.", "admissibility_not_askable"),
        (5, (REGION,), "", "admissibility_message_missing"),
        (5, (REGION,), "x" * 3001, "admissibility_text_long"),
    ],
)
def test_a_request_that_makes_no_sense_is_not_sent(
    world: World, days: int, numbers: tuple[int, ...], message: str, code: str
) -> None:
    world.tick("missing")
    with pytest.raises(DomainError) as error:
        world.ask(days, numbers, message)
    assert error.value.code == code
    assert mails() == []


def test_the_same_is_not_asked_twice_while_the_term_runs(world: World, at: Any) -> None:
    until = world.missing_and_asked()
    with pytest.raises(DomainError) as error:
        world.ask()
    assert error.value.code == "admissibility_not_askable"
    at(until)
    assert world.look().state is State.EXPIRED
    world.ask()
    assert world.look().state is State.REQUESTED


def test_the_page_proposes_five_working_days_and_keeps_what_was_typed(world: World, client: Any) -> None:
    url = f"/kandidaturen/{world.proposal.id}/ontvankelijkheid/aanvulling"
    assert "niets om te vragen" in client.sign_in(world.regisseur).get(url).text
    world.tick("missing")
    page = client.get(url).text
    assert "7 dagen: tot en met" in page or "8 dagen: tot en met" in page or "9 dagen: tot en met" in page
    sent = {"version": "1", "items": str(REGION), "message": "Mijn bericht", "last_day": "gisteren"}
    answer = client.post(url, data=sent)
    assert answer.status_code == 422 and "Mijn bericht" in answer.text and "na vandaag" in answer.text
    answer = client.post(url, data={**sent, "last_day": str(today() + timedelta(days=3)), "version": "0"})
    assert answer.status_code == 409 and "Mijn bericht" in answer.text
    answer = client.post(url, data={**sent, "last_day": str(today() + timedelta(days=3))})
    assert answer.status_code == 302


def extend(world: World, days: int, reason: str = REASON) -> Any:
    return checking.extend_term(
        world.proposal.id,
        today() + timedelta(days=days),
        reason,
        seen=world.look().version,
        by=make.actor(world.regisseur),
    )


def test_more_time_for_one_applicant_is_reasoned_and_logged(world: World) -> None:
    before = world.missing_and_asked(3)
    until = extend(world, 6)
    assert until > before and world.look().cells[REGION - 1].item.until == until
    row = db.session.scalars(select(TermExtension)).one()
    assert (row.before, row.until, row.reason) == (before, until, REASON)
    assert actions()[-1] == "admissibility.extended"
    assert REASON in mails()[-1].body_text


@pytest.mark.parametrize(
    ("days", "reason", "code"),
    [
        (3, REASON, "admissibility_only_later"),
        (2, REASON, "admissibility_only_later"),
        (40, REASON, "admissibility_term_long"),
        (6, "", "admissibility_reason_empty"),
        (6, "zie mail", "admissibility_reason_elsewhere"),
        (6, "ziek", "admissibility_reason_short"),
    ],
)
def test_a_term_is_not_extended_without_reason_or_backwards(
    world: World, days: int, reason: str, code: str
) -> None:
    world.missing_and_asked(3)
    with pytest.raises(DomainError) as error:
        extend(world, days, reason)
    assert error.value.code == code


def test_there_is_nothing_to_extend_without_a_request(world: World, client: Any) -> None:
    with pytest.raises(DomainError) as error:
        extend(world, 6)
    assert error.value.code == "admissibility_nothing_runs"
    url = f"/kandidaturen/{world.proposal.id}/ontvankelijkheid/termijn"
    page = client.sign_in(world.regisseur).post(url, data={"last_day": str(today()), "reason": "Mijn reden"})
    assert page.status_code in (409, 422) and "Mijn reden" in page.text


def in_conflict(world: World) -> None:
    with transaction() as now:
        db.session.query(ConflictDeclaration).filter_by(juror_id=world.chair.id).delete()
        db.session.add(
            ConflictDeclaration(
                addendum_id=world.call.id,
                juror_id=world.chair.id,
                organisation_id=world.organisation.id,
                in_conflict=True,
                kind="board",
                declared_at=now,
            )
        )


def test_a_chair_in_conflict_sees_neither_the_row_nor_the_page(world: World, client: Any) -> None:
    url = f"/oproepen/{world.call.id}/ontvankelijkheid"
    assert world.organisation.name in client.sign_in(world.chair).get(url).text
    in_conflict(world)
    assert world.organisation.name not in client.get(url).text
    assert client.get(f"/kandidaturen/{world.proposal.id}/ontvankelijkheid").status_code in (403, 404)


def test_the_table_asks_as_much_for_thirty_as_for_one(app: Flask, client: Any) -> None:
    counts = []
    for number in (1, 30):
        region = make.make_region()
        call, regisseur = make.make_call(region, Phase.WRITTEN), make.make_regisseur(region)
        for _ in range(number):
            make.make_proposal(call, make.make_organisation(), submitted=True)
        fresh = app.test_client().sign_in(regisseur)  # type: ignore[attr-defined]
        with queries() as seen:
            page = fresh.get(f"/oproepen/{call.id}/ontvankelijkheid")
        assert page.text.count("Alles in orde") == number
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_another_call_knows_nothing_of_this_proposal(world: World, client: Any) -> None:
    other = make.make_call(make.make_region(), Phase.WRITTEN)
    regisseur = make.make_regisseur(db.session.merge(other).municipalities and world.region)
    client.sign_in(regisseur)
    assert client.get("/kandidaturen/987654321/ontvankelijkheid").status_code == 404
    assert client.get(f"/oproepen/{other.id}/ontvankelijkheid").status_code == 404
    assert clock.read() is not None


def plan_end(world: World, days: int) -> None:
    with transaction():
        db.session.merge(world.call).written_until = today() + timedelta(days=days)


def test_no_term_is_offered_beyond_the_planned_end_of_the_round(world: World, client: Any) -> None:
    plan_end(world, 4)
    world.tick("missing")
    client.sign_in(world.regisseur)
    base = f"/kandidaturen/{world.proposal.id}/ontvankelijkheid"
    page = client.get(f"{base}/aanvulling").text
    assert "4 dagen: tot en met" in page and "5 dagen: tot en met" not in page
    with pytest.raises(DomainError) as error:
        world.ask(5)
    assert error.value.code == "admissibility_term_beyond_round"
    world.ask(3)
    page = client.get(f"{base}/termijn").text
    assert "4 dagen: tot en met" in page and "3 dagen:" not in page and "5 dagen:" not in page
    with pytest.raises(DomainError) as error:
        extend(world, 5)
    assert error.value.code == "admissibility_term_beyond_round"
    extend(world, 4)
    assert "Meer tijd kan niet" in client.get(f"{base}/termijn").text


def test_what_never_stands_in_the_way_is_not_something_to_do(world: World, client: Any) -> None:
    url = f"/kandidaturen/{world.proposal.id}/ontvankelijkheid"
    page = client.sign_in(world.regisseur).get(url).text
    quality = page.split("Kwaliteitsregistratie", 1)[1]
    assert '<span class="pw-badge pw-badge--neutral">Niet genoteerd</span>' in quality
    assert "Nog na te kijken" not in quality and "Nog na te kijken" in page
    assert "Niet genoteerd" in client.get(f"/oproepen/{world.call.id}/ontvankelijkheid").text


def test_after_the_round_what_was_not_noted_asks_nothing(app: Flask, client: Any) -> None:
    late = build(Phase.PITCH)
    page = client.sign_in(late.regisseur).get(f"/kandidaturen/{late.proposal.id}/ontvankelijkheid").text
    assert page.count(">Niet genoteerd<") == 2


def test_the_examination_lays_the_working_area_beside_the_call(world: World, client: Any) -> None:
    with transaction():
        organisation = db.session.merge(world.organisation)
        organisation.municipalities = [Municipality(name="Verrewinkel")]
    towns = [one.name for one in db.session.merge(world.call).municipalities]
    db.session.rollback()
    url = f"/kandidaturen/{world.proposal.id}/ontvankelijkheid"
    page = client.sign_in(world.regisseur).get(url).text
    assert "Verrewinkel" in page and all(town in page for town in towns)
    assert f'href="/kandidaturen/{world.proposal.id}/lezen"' in page
    assert f'href="/oproepen/{world.call.id}/ontvankelijkheid"' in page
    links = set(re.findall(r'href="(/kandidaturen/[^"#]+)"', page))
    assert all(client.get(link).status_code == 200 for link in links), links
