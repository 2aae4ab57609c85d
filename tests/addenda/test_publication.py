"""From a complete draft to a call that everybody reads, and the one thing that can still change."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.models import Addendum
from app.addenda.publishing.policy import publication_items
from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db, transaction
from tests.addenda.helpers import fields, imported, send

Move = Callable[[str], None]


def codes(draft: int, *, blocks: bool) -> set[str]:
    db.session.rollback()
    items = publication_items(read_draft(load_addendum(draft)), clock.now())
    return {item.code for item in items if item.blocks is blocks}


def publish(client: FlaskClient, draft: int) -> int:
    page = client.get(f"/oproepen/{draft}/publiceren")
    return client.post(f"/oproepen/{draft}/publiceren", data=fields(page)).status_code


def test_the_imported_document_can_be_published_and_walks_its_phases(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    draft, regisseur = imported()
    client.sign_in(regisseur)
    assert codes(draft, blocks=True) == set()
    assert "publish_persona_story" in codes(draft, blocks=False)
    assert publish(client, draft) == 302
    assert load_call(draft, clock.read()).phase is Phase.DRAFT
    assert (
        "Gepland op 21 april 2023"
        in client.get(f"/regio/{load_addendum(draft).service_area_id}/oproepen").text
    )
    visitor = client.application.test_client()
    assert visitor.get(f"/oproepen/{draft}").status_code == 404
    at("2023-04-21T00:00")
    assert load_call(draft, clock.read()).phase is Phase.OPEN
    page = visitor.get(f"/oproepen/{draft}")
    assert page.status_code == 200
    at("2023-06-02T23:59:59")
    assert load_call(draft, clock.read()).phase is Phase.OPEN
    at("2023-06-03T00:00")
    assert load_call(draft, clock.read()).phase is Phase.SEALED


def test_a_planned_call_is_frozen_already(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    draft, regisseur = imported()
    client.sign_in(regisseur)
    publish(client, draft)
    page = client.get(f"/oproepen/{draft}/bewerken")
    assert page.status_code == 200 and "vrijdag 21 april 2023" in page.text
    assert client.get(f"/oproepen/{draft}/bewerken/basis").status_code == 400
    assert client.post(f"/oproepen/{draft}/bewerken/basis", data={"title": "Anders"}).status_code == 400
    assert client.post(f"/oproepen/{draft}/bewerken/uitdagingen").status_code == 400
    assert client.post(f"/oproepen/{draft}/publiceren").status_code == 400


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda one: setattr(one, "title", " "), "publish_title"),
        (lambda one: setattr(one, "contacts", []), "publish_contact"),
        (lambda one: setattr(one, "municipalities", []), "publish_municipalities"),
        (lambda one: setattr(one, "challenges", []), "publish_no_challenge"),
        (lambda one: setattr(one.challenges[0], "obstacles", []), "publish_no_obstacle"),
        (lambda one: setattr(one, "deadline", None), "timeline_deadline_missing"),
        (lambda one: setattr(one, "launch", None), "timeline_launch_missing"),
        (lambda one: setattr(one, "written_until", None), "timeline_written_round_missing"),
        (lambda one: setattr(one, "pitch_windows", []), "timeline_pitch_windows_missing"),
        (lambda one: setattr(one, "decision_before", one.written_from), "timeline_after_pitch_windows"),
        (lambda one: setattr(one.criteria[0], "weight", 99), "weights_not_100"),
        (lambda one: setattr(one, "criteria", []), "no_criteria"),
    ],
)
def test_what_is_missing_blocks_publication(
    client: FlaskClient, at: Move, spoil: Callable[[Addendum], None], code: str
) -> None:
    at("2023-04-20T09:00")
    draft, regisseur = imported()
    with transaction():
        spoil(load_addendum(draft))
    client.sign_in(regisseur)
    assert code in codes(draft, blocks=True)
    assert "Naar publiceren" not in client.get(f"/oproepen/{draft}/bewerken").text
    version = load_addendum(draft).version
    answer = client.post(f"/oproepen/{draft}/publiceren", data={"version": version})
    assert answer.status_code == 422
    db.session.rollback()
    assert load_addendum(draft).published_at is None


def test_a_call_whose_deadline_is_over_cannot_be_published(client: FlaskClient, at: Move) -> None:
    at("2023-06-03T00:00")
    draft, regisseur = imported()
    assert "publish_deadline_passed" in codes(draft, blocks=True)


def test_an_obstacle_without_a_goal_is_advice(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    draft, _ = imported()
    assert {"publish_obstacle_without_goal", "publish_goal_without_obstacle"} <= codes(draft, blocks=False)


def test_publishing_what_changed_meanwhile_is_refused(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    draft, regisseur = imported()
    client.sign_in(regisseur)
    seen = fields(client.get(f"/oproepen/{draft}/publiceren"))
    send(client, f"/oproepen/{draft}/bewerken/basis", title="Intussen anders")
    answer = client.post(f"/oproepen/{draft}/publiceren", data=seen)
    assert answer.status_code == 422 and "intussen ook elders bewaard" in answer.text


def test_publication_leaves_one_line_in_the_log(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    draft, regisseur = imported()
    client.sign_in(regisseur)
    publish(client, draft)
    last = db.session.scalars(select(AuditEntry).order_by(AuditEntry.seq.desc())).first()
    assert last is not None
    assert (last.action, last.addendum_id, last.actor_id) == ("addendum.published", draft, regisseur.id)
