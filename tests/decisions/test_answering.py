"""Who is selected answers within the own term; a partnership takes only who said yes."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.audit.models import AuditEntry
from app.decisions.answering.queries import answer_on, sorted_answers
from app.decisions.answering.reminding import remind_selected_when_due
from app.decisions.answering.services import answer, give_more_time
from app.decisions.models import Acceptance, AcceptanceReminder, AcceptanceTerm
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.database import db
from app.notifications.models import OutboxMessage
from tests import factories as make
from tests.counting import queries
from tests.decisions.world import World, build, tell_all


def told(at, count: int = 3) -> World:  # type: ignore[no-untyped-def]
    """Told on 3 July 2023; who is selected answers until 17 July, 24:00."""
    at("2023-07-03T10:00")
    world = build(count)
    tell_all(world)
    return world


def page(world: World, number: int = 0) -> str:
    return f"/kandidaturen/{world.proposals[number].id}/antwoord"


def mails(kind: str) -> list[OutboxMessage]:
    return list(
        db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind).order_by(OutboxMessage.id))
    )


def test_an_owner_accepts_and_everybody_of_the_organisation_hears(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    colleague = make.make_member(world.organisations[0], "member")
    client.sign_in(world.owners[0])
    shown = client.get(f"/kandidaturen/{world.proposals[0].id}/beslissing").text
    assert "Doen jullie mee?" in shown and "Nog geen antwoord" in shown
    assert "Nog 14 dagen, tot en met maandag 17 juli 2023, 23u59" in client.get(page(world)).text
    sent = client.post(page(world), data={"answer": "accepted"})
    assert sent.status_code == 302
    assert "Doet mee" in client.get(page(world)).text
    assert {one.to_address for one in mails("decision.answered")} == {world.owners[0].email, colleague.email}
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "decision.answered")).one()
    assert entry.details["answer"] == "accepted"
    client.post(page(world), data={"answer": "accepted"})
    assert len(mails("decision.answered")) == 2, "a second click tells nobody again"
    client.sign_in(world.regisseur)
    overview = client.get(f"/oproepen/{world.call.id}/beslissingen/overzicht").text
    assert "Doet mee" in overview


def test_a_member_reads_and_does_not_answer(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    client.sign_in(make.make_member(world.organisations[0], "member"))
    assert "Een eigenaar antwoordt" in client.get(page(world)).text
    refused = client.post(page(world), data={"answer": "declined", "reason": "Wij hebben geen volk."})
    assert refused.status_code == 403 and "Alleen een eigenaar" in refused.text
    assert "Wij hebben geen volk." in refused.text, "what was typed is not lost"
    assert db.session.scalar(select(Acceptance)) is None
    client.sign_in(world.owners[1])
    assert client.get(page(world)).status_code == 404, "nobody of another organisation"
    assert client.post(page(world), data={"answer": "accepted"}).status_code == 404


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({}, "Kies of jullie meedoen"),
        ({"answer": "misschien"}, "Kies of jullie meedoen"),
        ({"answer": "declined", "reason": "   "}, "Zeg kort waarom"),
        ({"answer": "declined", "reason": "x" * 5001}, "hoogstens 5000 tekens"),
        ({"answer": "\x00", "reason": "\x00"}, "Kies of jullie meedoen"),
    ],
)
def test_what_does_not_fit_is_refused(client: FlaskClient, at, data: dict[str, str], sentence: str) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    client.sign_in(world.owners[0])
    answered = client.post(page(world), data=data)
    assert answered.status_code == 422 and sentence in answered.text
    assert db.session.scalar(select(Acceptance)) is None


def test_who_was_not_selected_is_asked_nothing(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    client.sign_in(world.owners[2])
    assert "hoort geen antwoord" in client.get(page(world, 2)).text
    assert client.post(page(world, 2), data={"answer": "accepted"}).status_code == 422
    assert "Doen jullie mee" not in client.get(f"/kandidaturen/{world.proposals[2].id}/beslissing").text


def test_too_late_is_refused_with_the_last_moment_kept_and_logged(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    client.sign_in(world.owners[0])
    at("2023-07-17T23:59:59")
    assert client.get(page(world)).text.count("Vandaag is de laatste dag") == 1
    at("2023-07-18T00:00")
    late = client.post(page(world), data={"answer": "declined", "reason": "Ons bestuur zei nee."})
    assert late.status_code == 422 and "maandag 17 juli 2023, 23u59" in late.text
    assert "Ons bestuur zei nee." in late.text
    db.session.rollback()
    assert db.session.scalar(select(Acceptance)) is None
    actions = db.session.scalars(select(AuditEntry.action)).all()
    assert actions.count("decision.answer_refused_late") == 1


def test_yes_can_become_no_until_the_partnership_and_not_the_other_way(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    one, by = world.proposals[0].id, make.actor(world.owners[0])
    assert answer(one, "declined", "Geen volk", by=by)
    assert answer(one, "accepted", "", by=by), "inside the term minds may change"
    at("2023-07-20T10:00")
    with pytest.raises(DomainError, match="decline_reason_missing"):
        answer(one, "declined", "", by=by)
    assert answer(one, "declined", "De coach vertrekt", by=by)
    with pytest.raises(DomainError, match="decline_is_final"):
        answer(one, "accepted", "", by=by)
    row = answer_on(one)
    assert row and (row.answer, row.reason) == ("declined", "De coach vertrekt")


def test_more_time_counts_for_that_organisation_alone(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T10:00")
    world = build(2)
    tell_all(world, ("selected",))
    at("2023-07-16T10:00")
    client.sign_in(world.regisseur)
    address = f"/kandidaturen/{world.proposals[0].id}/antwoord/meer-tijd"
    for data, sentence in (
        ({"until": "2023-07-17", "more_reason": "x"}, "later zijn dan de huidige"),
        ({"until": "9999-12-31", "more_reason": "x"}, "binnen 90 dagen"),
        ({"until": "0001-01-01", "more_reason": "x"}, "later zijn dan de huidige"),
        ({"until": "morgen", "more_reason": "Omdat het moet"}, "Kies de nieuwe laatste dag"),
        ({"until": "2023-07-24", "more_reason": " "}, "Zeg waarom je meer tijd geeft"),
    ):
        refused = client.post(address, data=data)
        assert refused.status_code == 422 and sentence in refused.text
    assert db.session.scalar(select(AcceptanceTerm)) is None
    done = client.post(address, data={"until": "2023-07-24", "more_reason": "De raad komt pas dan samen"})
    assert done.status_code == 302
    assert [one.to_address for one in mails("decision.answer_term")] == [world.owners[0].email]
    at("2023-07-24T23:59:59")
    assert answer(world.proposals[0].id, "accepted", "", by=make.actor(world.owners[0]))
    with pytest.raises(DomainError, match="answer_too_late"):
        answer(world.proposals[1].id, "accepted", "", by=make.actor(world.owners[1]))
    client.sign_in(world.owners[0])
    assert "De raad komt pas dan samen" in client.get(page(world)).text


def test_only_the_regisseur_of_the_region_gives_more_time(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    observer = make.make_regisseur(world.region, "observer")
    for user in (world.owners[0], world.chair, observer, make.make_regisseur(make.make_region())):
        with pytest.raises((Forbidden, NotFound)):
            give_more_time(world.proposals[0].id, local_day(clock.read()), "x", by=make.actor(user))


def test_reminders_go_once_three_days_and_one_day_before(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T10:00")
    world = build(2)
    tell_all(world, ("selected",))
    answer(world.proposals[1].id, "accepted", "", by=make.actor(world.owners[1]))

    def swept(moment: str) -> int:
        at(moment)
        return remind_selected_when_due(clock.read())

    assert [swept("2023-07-13T23:59"), swept("2023-07-14T07:59")] == [0, 0], "nobody is woken"
    assert [swept("2023-07-14T08:00"), swept("2023-07-14T08:01"), swept("2023-07-15T12:00")] == [1, 0, 0]
    assert [swept("2023-07-16T08:00"), swept("2023-07-17T08:00"), swept("2023-07-18T08:00")] == [1, 0, 0]
    assert [one.to_address for one in mails("decision.answer_reminder")] == [world.owners[0].email] * 2
    assert len(db.session.scalars(select(AcceptanceReminder)).all()) == 2


def test_a_worker_that_was_down_reminds_once_and_more_time_reminds_anew(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    at("2023-07-15T10:00")
    assert remind_selected_when_due(clock.read()) == 1
    at("2023-07-15T11:00")
    until = local_day(clock.read()).replace(day=30)
    give_more_time(world.proposals[0].id, until, "Vakantie", by=make.actor(world.regisseur))
    at("2023-07-16T10:00")
    assert remind_selected_when_due(clock.read()) == 0
    at("2023-07-27T10:00")
    assert remind_selected_when_due(clock.read()) == 1


def test_the_overview_asks_the_same_number_of_questions_for_any_number(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    counts: dict[str, set[int]] = {}
    for size in (1, 3, 12):
        at("2023-07-03T10:00")
        world = build(size)
        tell_all(world, ("selected",))
        client.sign_in(world.regisseur)
        for address in ("beslissingen/overzicht", "beslissingen/nieuwe"):
            with queries() as asked:
                assert client.get(f"/oproepen/{world.call.id}/{address}").status_code == 200
            counts.setdefault(address, set()).add(len(asked))
        assert len(sorted_answers(world.call.id, 14, clock.read()).waiting) == size
    assert {address: len(found) for address, found in counts.items()} == dict.fromkeys(counts, 1), counts
