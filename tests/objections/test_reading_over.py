"""What is contested, reading it over before filing, and the second click."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.addenda.models import CallFact
from app.audit.models import AuditEntry
from app.domain.errors import DomainError, Forbidden
from app.infra.database import db, transaction
from app.infra.messages import say
from app.objections.queries import criteria_of
from app.objections.services import save_draft, submit
from tests import factories as make
from tests.decisions.world import World
from tests.objections.test_filing import TEXT, address, mails, row, text, told


def ticks(world: World) -> list[str]:
    return [str(one.id) for one in criteria_of(world.call.id)]


def details() -> tuple[str, dict[str, object]]:
    db.session.rollback()
    entry = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert entry is not None
    return entry.action, entry.details


def test_the_applicant_ticks_criteria_the_procedure_or_the_admissibility(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[2])
    page = client.get(address(world)).text
    assert all(f'value="{one}"' in page for one in [*ticks(world), "procedure", "admissibility"])
    chosen = [ticks(world)[1], "procedure", ticks(world)[0]]
    sent = TEXT | {"version": "0", "criteria": chosen, "next": "read"}
    answer = client.post(address(world), data=sent, follow_redirects=True)
    read = answer.text.split("Dit leest de regio")[1]
    assert "Schriftelijke ronde: " in read and "De procedure" in read
    assert "Pitch: " not in read and "De ontvankelijkheid" not in read
    assert row(world).criteria == [int(ticks(world)[0]), int(ticks(world)[1]), "procedure"]
    assert "checked" in client.get(address(world)).text


@pytest.mark.parametrize(
    "forged", ["0", "-1", "999999", "1" * 400, "１２", "drop", "\x00", "2147483648", "written"]
)
def test_an_edited_criterion_is_refused_kept_and_logged(client: FlaskClient, forged: str) -> None:
    world = told()
    client.sign_in(world.owners[2])
    sent = TEXT | {"version": "0", "criteria": [forged]}
    answer = client.post(address(world, file=True), data=sent)
    assert answer.status_code == 422 and "Kruis alleen aan" in answer.text and TEXT["grounds"] in answer.text
    assert row(world) is None
    assert details() == ("objection.refused", {"reason": "objection_criterion_unknown"} | details()[1])


def test_the_criteria_of_another_call_are_no_criteria_here(app: object) -> None:
    world, other = told(), told()
    foreign = criteria_of(other.call.id)[0].id
    with pytest.raises(DomainError, match="objection_criterion_unknown"):
        submit(
            world.proposals[2].id,
            text(criteria=(foreign,)),  # type: ignore[arg-type]
            by=make.actor(world.owners[2]),
        )


@pytest.mark.parametrize("forged", ["999999", "-1", "x", "9" * 400])
def test_a_page_about_another_decision_is_not_filed(client: FlaskClient, forged: str) -> None:
    world = told()
    client.sign_in(world.owners[2])
    answer = client.post(address(world, file=True), data=TEXT | {"version": "0", "decision": forged})
    assert answer.status_code == 422 and "andere beslissing" in answer.text and TEXT["grounds"] in answer.text
    assert row(world) is None and details()[0] == "objection.refused"


def test_reading_over_says_what_is_missing_and_offers_no_filing(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[2])
    assert client.get(f"{address(world)}/nalezen").status_code == 302, "nothing to read yet"
    sent = TEXT | {"grounds": "", "version": "0", "next": "read"}
    page = client.post(address(world), data=sent, follow_redirects=True).text
    assert "Dit ontbreekt nog" in page and "Waarom" in page and "Dien het weerwoord in" not in page
    forged = client.post(address(world, file=True), data={"version": "1"})
    assert forged.status_code == 422 and TEXT["contested"] in forged.text
    assert details() == ("objection.refused", {"reason": "objection_field_missing"} | details()[1])


def test_what_was_read_is_what_is_filed(client: FlaskClient) -> None:
    world = told()
    by = make.actor(world.owners[2])
    save_draft(world.proposals[2].id, text(), by=by)
    save_draft(world.proposals[2].id, text(1, grounds="Van een collega"), by=by)
    client.sign_in(world.owners[2])
    stale = client.post(address(world, file=True), data={"version": "1"})
    assert stale.status_code == 409 and row(world).submitted_at is None
    assert client.post(address(world, file=True), data={"version": "2"}).status_code == 302
    assert row(world).grounds == "Van een collega" and row(world).submitted_at is not None


def test_a_second_click_files_once_and_says_so_kindly(client: FlaskClient) -> None:
    world = told()
    client.sign_in(world.owners[2])
    client.post(address(world), data=TEXT | {"version": "0"})
    for data in ({"version": "1"}, TEXT | {"version": "1"}):
        client.post(address(world, file=True), data=data)
        again = client.post(address(world, file=True), data=data, follow_redirects=True)
        assert again.status_code == 200 and "was al ingediend" in again.text
    changed = client.post(address(world, file=True), data=TEXT | {"grounds": "Iets anders", "version": "1"})
    assert changed.status_code == 403 and "Iets anders" in changed.text and "al ingediend" in changed.text
    db.session.rollback()
    assert db.session.scalar(select(func.count(CallFact.id)).where(CallFact.kind == "objection_filed")) == 1
    assert len(mails(world, "objection_filed")) == 1


def test_a_click_that_comes_twice_over_midnight_is_not_too_late(app: object, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T16:30")
    world = told()
    by = make.actor(world.owners[2])
    at("2023-07-17T23:59:58")
    submit(world.proposals[2].id, text(), by=by)
    at("2023-07-18T00:00:02")
    with pytest.raises(DomainError, match="objection_filed_already"):
        submit(world.proposals[2].id, text(), by=by)
    assert row(world).late_at is None


def test_a_member_who_may_not_file_is_refused_and_logged(client: FlaskClient) -> None:
    world = told()
    client.sign_in(make.make_member(world.organisations[2], "member"))
    answer = client.post(address(world, file=True), data=TEXT | {"version": "0"})
    assert (
        answer.status_code == 403 and "Alleen een eigenaar" in answer.text and TEXT["request"] in answer.text
    )
    assert details() == ("objection.refused", {"reason": "objection_owner_only"} | details()[1])
    assert row(world) is None


def test_a_member_who_is_late_keeps_the_words_but_did_not_try_to_file(app: object, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T16:30")
    world = told()
    member = make.make_member(world.organisations[2], "member")
    at("2023-07-18T09:00")
    with pytest.raises(Forbidden) as caught:
        save_draft(world.proposals[2].id, text(), by=make.actor(member), to_file=True)
    assert "maandag 17 juli 2023, 23u59" in say(caught.value)
    assert row(world).grounds == TEXT["grounds"] and row(world).late_at is None
    with pytest.raises(Forbidden):
        save_draft(world.proposals[2].id, text(1), by=make.actor(world.owners[2]), to_file=True)
    assert row(world).late_at is not None


def test_what_comes_too_late_never_goes_over_the_words_of_a_colleague(app: object, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T16:30")
    world = told()
    by = make.actor(world.owners[2])
    save_draft(world.proposals[2].id, text(grounds="Wat mijn collega schreef"), by=by)
    at("2023-07-18T00:00:01")
    with pytest.raises(Forbidden, match="objection_too_late"):
        submit(world.proposals[2].id, text(), by=by)
    assert row(world).grounds == "Wat mijn collega schreef" and row(world).late_at is not None


def test_the_region_learns_nothing_of_a_draft_from_its_log(client: FlaskClient) -> None:
    world = told()
    member = make.make_member(world.organisations[2], "member")
    with pytest.raises(Forbidden):
        submit(world.proposals[2].id, text(), by=make.actor(member))
    save_draft(world.proposals[2].id, text(), by=make.actor(member))
    client.sign_in(world.regisseur)
    log = client.get(f"/regios/{world.region.id}/logboek").text
    assert "weerwoord" not in log.split("<h1>")[-1].lower() or "geweigerd" not in log


def test_days_run_from_the_last_notice_for_this_applicant_alone(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-10-16T10:00")
    world = told()
    at("2023-10-20T10:00")
    with transaction() as now:
        decision = row_decision(world)
        decision.notified_at = now
        db.session.add(
            make_notice(decision.id, now, world.regisseur.id),
        )
        db.session.add(
            CallFact(addendum_id=world.call.id, kind="notified", subject_id=world.organisations[2].id, at=now)
        )
    at("2023-11-03T23:59:30")  # 29 October has 25 hours
    client.sign_in(world.owners[2])
    page = client.get(address(world)).text
    assert "Vandaag is de laatste dag" in page and "aangetekend" in page
    with pytest.raises(Forbidden):
        submit(world.proposals[0].id, text(), by=make.actor(world.owners[0]))
    client.sign_in(world.regisseur)
    listed = client.get(f"/oproepen/{world.call.id}/weerwoorden").text
    assert "aangetekend" in listed and "Vandaag de laatste dag" in listed and "maandag 30 oktober" in listed
    submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))
    at("2023-11-04T00:00:00")
    assert row(world).submitted_at is not None


def row_decision(world: World):  # type: ignore[no-untyped-def]
    from app.decisions.models import Decision

    return db.session.scalars(select(Decision).where(Decision.proposal_id == world.proposals[2].id)).one()


def make_notice(decision_id: int, now, by_id: int):  # type: ignore[no-untyped-def]
    from app.decisions.models import DecisionNotice

    return DecisionNotice(
        decision_id=decision_id, at=now, way="registered", reason="De mail kwam terug.", by_id=by_id
    )
