"""The pages about terms and destruction as people walk them, and every page of the call afterwards."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select, update

from app.accounts.models import User
from app.domain.access import Role
from app.domain.timeline import Phase
from app.dossiers.models import Destruction, RetentionTerm
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.proposals.models import Submission
from tests import factories as make
from tests.architecture import test_probe as probe
from tests.counting import queries
from tests.decisions.world import World
from tests.dossiers.test_destroying import REASON, destroyed
from tests.dossiers.world import build

At = Callable[[str], None]
FILES = {"attachment_id", "file_id"}
"""A file that was destroyed is not found; no page leads to it any more."""


def url(world: World, ending: str = "") -> str:
    return f"/oproepen/{world.call.id}/bewaren{ending}"


def sent(**changes: Any) -> dict[str, Any]:
    return {"ground": "term", "classes": ["scores"], "reason": REASON, "applicant": ""} | changes


@pytest.fixture
def world(app: Flask, at: At) -> World:
    at("2023-07-03T10:00")
    found = build()
    at("2028-07-04T09:00")
    return found


def browser(app: Flask, user: User) -> Any:
    return app.test_client().sign_in(user)  # type: ignore[attr-defined]


def test_one_proposes_another_approves_and_the_certificate_is_there(app: Flask, world: World) -> None:
    first, second = browser(app, world.regisseur), browser(app, make.make_regisseur(world.region))
    page = first.get(url(world)).get_data(as_text=True)
    assert "Mag weg sinds 4 juli 2028" in page and "Bewaren tot en met 3 juli 2033" in page
    answer = first.post(url(world, "/vernietigen"), data=sent(classes=["scores", "proposals_not_selected"]))
    assert answer.status_code == 302
    number = db.session.scalars(select(Destruction.id)).one()
    one = url(world, f"/{number}")
    assert "wacht op een tweede regisseur" in second.get("/").get_data(as_text=True)
    assert "Een collega moet dit goedkeuren" in first.get(one).get_data(as_text=True)
    assert "Een collega-regisseur" in first.post(f"{one}/goedkeuren", data={"certain": "y"}).get_data(
        as_text=True
    )
    assert second.post(f"{one}/goedkeuren").status_code == 422
    assert second.get(f"{one}/attest.pdf").status_code == 302
    assert second.post(f"{one}/goedkeuren", data={"certain": "y"}).status_code == 302
    shown = second.get(one).get_data(as_text=True)
    assert "De handtekening klopt" in shown and "Attest nr." in shown
    assert second.get(f"{one}/attest.pdf").get_data().startswith(b"%PDF")
    assert json.loads(second.get(f"{one}/attest.json").get_data())["statement"]["number"] == number
    assert f"Vernietigd op 4 juli 2028 (attest nr. {number})" in first.get(url(world)).get_data(as_text=True)
    again = second.post(f"{one}/goedkeuren", data={"certain": "y"})
    assert again.status_code == 422 and "al beslist" in again.get_data(as_text=True)


def test_a_proposal_is_dropped(app: Flask, world: World) -> None:
    first = browser(app, world.regisseur)
    first.post(url(world, "/vernietigen"), data=sent())
    number = db.session.scalars(select(Destruction.id)).one()
    assert first.post(url(world, f"/{number}/laten-vallen")).status_code == 302
    assert "Vervallen" in first.get(url(world, f"/{number}")).get_data(as_text=True)
    assert first.post(url(world, f"/{number}/laten-vallen")).status_code == 422


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"classes": []}, "minstens één soort"),
        ({"classes": ["decisions"]}, "nog niet voorbij"),
        ({"classes": ["log"]}, "in de lijst"),
        ({"classes": ["\x00", "scores"]}, "in de lijst"),
        ({"ground": "x"}, "Kies waarom"),
        ({"ground": ""}, "Kies waarom"),
        ({"reason": "kort"}, "minstens 20 tekens"),
        ({"reason": "r" * 1001}, "te lang"),
        ({"ground": "request"}, "eigen kandidatuur"),
        ({"ground": "request", "classes": ["proposals_not_selected"]}, "over welke kandidaat"),
        (
            {"ground": "request", "classes": ["proposals_not_selected"], "applicant": "9" * 40},
            "over welke kandidaat",
        ),
        (
            {"ground": "request", "classes": ["proposals_not_selected"], "applicant": "1"},
            "over welke kandidaat",
        ),
    ],
)
def test_what_does_not_fit_is_refused_and_what_was_typed_stays(
    app: Flask, world: World, changes: dict[str, Any], told: str
) -> None:
    data = sent(**changes)
    answer = browser(app, world.regisseur).post(url(world, "/vernietigen"), data=data)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422 and told in page and str(data["reason"]) in page
    assert not db.session.scalars(select(Destruction)).all()


@pytest.mark.parametrize("years", ["", "-1", "101", "9" * 30, "１", "5,5", "\x00"])
def test_a_term_that_is_none_is_refused(app: Flask, world: World, years: str) -> None:
    answer = browser(app, world.regisseur).post(
        url(world, "/termijn"), data={"record_class": "scores", "years": years}
    )
    assert answer.status_code == 422 and "van 0 tot 100" in answer.get_data(as_text=True)
    assert not db.session.scalars(select(RetentionTerm)).all()


def test_a_term_of_the_region_is_kept_and_shown(app: Flask, world: World) -> None:
    first = browser(app, world.regisseur)
    assert (
        first.post(url(world, "/termijn"), data={"record_class": "scores", "years": "8"}).status_code == 302
    )
    page = first.get(url(world)).get_data(as_text=True)
    assert "Bewaren tot en met 3 juli 2031" in page and "Eigen termijn" in page
    other = first.post(url(world, "/termijn"), data={"record_class": "log", "years": "8"})
    assert other.status_code == 422


def test_an_observer_reads_and_is_offered_nothing(app: Flask, world: World) -> None:
    row = destroyed(world, "scores")
    observer = browser(app, make.make_regisseur(world.region, "observer"))
    page = observer.get(url(world)).get_data(as_text=True)
    assert "Stel vernietiging voor" not in page and "Attest nr." not in page
    assert observer.get(url(world, f"/{row.id}/attest.json")).status_code == 200
    assert observer.post(url(world, "/vernietigen"), data=sent()).status_code == 404


def test_what_has_nothing_left_is_not_called_due(app: Flask, world: World) -> None:
    with transaction():
        db.session.execute(delete(OutboxMessage))
    page = browser(app, world.regisseur).get(url(world)).get_data(as_text=True)
    row = page.split("Verstuurde mails, behalve over beslissingen")[1].split("</tr>")[0]
    assert "Er is niets om te vernietigen" in row and "Mag weg" not in row
    assert "bewijst de kennisgeving" in row


def test_the_applicant_reads_what_became_of_it_and_is_asked_for_no_answers(app: Flask, world: World) -> None:
    number = destroyed(world, "proposals_not_selected").id
    page = browser(app, world.owners[2]).get(f"/kandidaturen/{world.proposals[2].id}").get_data(as_text=True)
    assert f"Vernietigd op 4 juli 2028 (attest nr. {number})" in page
    assert "Wat jullie al beantwoorden" not in page
    other = browser(app, world.owners[0]).get(f"/kandidaturen/{world.proposals[0].id}").get_data(as_text=True)
    assert "Wat jullie al beantwoorden" in other and "Vernietigd op" not in other


def test_a_certificate_of_another_call_is_not_found(app: Flask, world: World, at: At) -> None:
    at("2023-07-03T10:00")
    other = build()
    at("2028-07-04T09:00")
    row = destroyed(other, "scores")
    first = browser(app, world.regisseur)
    for ending in ("", "/attest.pdf", "/attest.json"):
        assert first.get(url(world, f"/{row.id}{ending}")).status_code == 404
    for ending in ("/goedkeuren", "/laten-vallen"):
        assert first.post(url(world, f"/{row.id}{ending}")).status_code == 404
    assert first.get(url(world, "/99999999999999999999")).status_code == 404


def test_the_page_asks_as_much_for_many_applicants(app: Flask, at: At) -> None:
    at("2023-07-03T10:00")
    counts = []
    for found in (build(1), build(3), build(12)):
        one = browser(app, found.regisseur)
        at("2028-07-04T09:00")
        one.get(url(found))
        with queries() as seen:
            one.get(url(found))
        counts.append(len(seen))
        at("2023-07-03T10:00")
    assert counts[0] == counts[1] == counts[2]


def test_no_page_fails_once_everything_is_destroyed(app: Flask, at: At) -> None:
    """Everybody, on every page that the table opens: it says what happened, and never fails."""
    at("2023-07-03T10:00")
    found = probe.build(Phase.PARTNERSHIP)
    regisseur = found.people[Role.REGISSEUR]
    assert regisseur is not None
    with transaction() as now:
        db.session.query(Destruction).delete()
        db.session.execute(update(OutboxMessage).values(sent_at=now))
    at("2060-01-01T09:00")
    world: Any = type("Found", (), {"call": found.call, "regisseur": regisseur})()
    world.region = type("Region", (), {"id": found.call.service_area_id})()
    row = destroyed(world, "proposals_not_selected", "scores", "decisions", "questions")
    found.values["destruction_id"] = row.id
    assert db.session.scalars(select(Submission).where(Submission.destroyed_at.is_not(None))).all()
    wrong = []
    for rule in app.url_map.iter_rules():
        action, address = probe.rule_of(app, rule.endpoint), probe.address(app, rule, found)
        if address is None or action in probe.NOT_IN_THE_TABLE or "GET" not in (rule.methods or ()):
            continue
        if not rule.arguments & {"addendum_id", "proposal_id", "objection_id"}:
            continue
        for role in (Role.REGISSEUR, Role.OBSERVER, Role.CHAIR, Role.OWNER):
            user = probe.actor_for(found, action, role)
            client = browser(app, user) if user else app.test_client()
            answer = client.get(address)
            answer.get_data()
            bad = answer.status_code >= 400 and probe.expected(action, role, Phase.PARTNERSHIP)
            known = rule.endpoint in probe.MORE_CONDITIONS or (rule.arguments & FILES)
            if (bad and not known) or answer.status_code >= 500:
                wrong.append(f"{rule.endpoint} {role}: {answer.status_code}")
    assert wrong == []
