"""Everybody chooses what they get, and always gets what the law or the procedure needs."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.mails.services import choose_mails
from app.accounts.models import MailPreference, User
from app.audit.models import AuditEntry
from app.infra.database import db, transaction
from app.notifications.groups import GROUPS, optional_groups
from app.notifications.models import OutboxMessage
from app.notifications.services import Recipient, enqueue
from tests import factories as make

OPTIONAL = [one.key for one in optional_groups()]


def send(kind: str, to: User) -> OutboxMessage | None:
    """A mail of any template: what counts is its kind."""
    with transaction() as now:
        return enqueue(
            kind,
            to=Recipient(to.email, to.name),
            subject="Proef",
            template="accounts/mail_password_changed",
            at=now,
            link="http://127.0.0.1:8000/x",
            changed_at=now,
        )


def off(user: User) -> set[str]:
    found = set(db.session.scalars(select(MailPreference.group).where(MailPreference.user_id == user.id)))
    db.session.rollback()
    return found


def test_what_somebody_switched_off_does_not_leave_and_others_still_get_it(client: FlaskClient) -> None:
    mia, an = make.make_user("Mia Maes"), make.make_user("An Peeters")
    wanted = [one for one in OPTIONAL if one != "reminder"]
    answer = client.sign_in(mia).post("/mijn-account/mails", data={"wanted": wanted})
    assert (answer.status_code, off(mia)) == (302, {"reminder"})
    assert send("proposal.reminder", mia) is None
    assert send("proposal.reminder", an) is not None
    assert send("proposal.opened", mia) is not None
    choose_mails(mia.id, OPTIONAL)
    assert send("proposal.reminder", mia) is not None


@pytest.mark.parametrize(
    "kind",
    ["decision", "proposal.receipt", "ruling", "objection_filed", "call.amended", "invitation.jury_seat"]
    + ["account.reset", "account.password_changed", "pitch.invited", "admissibility.refused"],
)
def test_what_the_law_or_the_procedure_needs_leaves_whatever_the_database_says(app: Flask, kind: str) -> None:
    mia = make.make_user("Mia Maes")
    with transaction() as now:
        for group in GROUPS:
            db.session.add(MailPreference(user_id=mia.id, group=group, at=now))
    assert send(kind, mia) is not None


def test_an_edited_form_switches_nothing_else_off(client: FlaskClient) -> None:
    mia = make.make_user("Mia Maes")
    client.sign_in(mia).post("/mijn-account/mails", data={"wanted": ["decision", "x\0y", "９", "account"]})
    assert off(mia) == set(OPTIONAL)
    assert send("decision", mia) is not None


def test_a_second_click_writes_once(client: FlaskClient) -> None:
    mia = make.make_user("Mia Maes")
    for _ in range(2):
        page = client.sign_in(mia).post("/mijn-account/mails", data={}, follow_redirects=True)
    assert "Er was niets te wijzigen" in page.text
    count = select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "account.mails_chosen")
    assert db.session.scalar(count) == 1


def test_the_page_says_why_some_mails_stay(client: FlaskClient) -> None:
    mia = make.make_user("Mia Maes")
    choose_mails(mia.id, [one for one in OPTIONAL if one != "opened"])
    page = client.sign_in(mia).get("/mijn-account/mails").text
    assert all(one.locked in page for one in GROUPS.values())
    assert 'value="reminder" checked' in page and 'value="opened">' in page
    assert 'value="decision"' not in page and "/mails/voorbeelden" not in page


def test_following_is_stopped_by_the_same_link_as_in_the_mails(client: FlaskClient) -> None:
    mia, call = make.make_user("Mia Maes"), make.make_call(make.make_region())
    client.sign_in(mia)
    client.post(f"/oproepen/{call.id}/volgen", data={"email": mia.email})
    page = client.get("/mijn-account/mails").text
    stop = page.partition("/volgen/")[2].partition('"')[0]
    assert call.title in page and stop.endswith("/stop")
    assert client.post(f"/volgen/{stop}").status_code == 303
    assert "Je volgt nu geen oproep" in client.get("/mijn-account/mails").text


def test_the_samples_are_for_who_answers_for_the_words(client: FlaskClient) -> None:
    assert client.get("/mails/voorbeelden").status_code == 302
    owner = make.make_member(make.make_organisation())
    for address in ("/mails/voorbeelden", "/mails/voorbeelden/decision", "/mails/voorbeelden/decision/html"):
        assert client.sign_in(owner).get(address).status_code == 404
    for user in (make.make_regisseur(make.make_region()), make.make_user("Ada", administrator=True)):
        client.sign_in(user)
        assert client.get("/mails/voorbeelden").status_code == 200
        page = client.get("/mails/voorbeelden/decision").text
        assert "De regio heeft beslist" in page and "sandbox=" in page
        assert client.get("/mails/voorbeelden/bestaat-niet").status_code == 404


def test_a_mail_in_a_frame_can_run_nothing_and_load_nothing(client: FlaskClient) -> None:
    regisseur = make.make_regisseur(make.make_region())
    answer = client.sign_in(regisseur).get("/mails/voorbeelden/decision/html")
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "sandbox" in policy and "frame-ancestors 'self'" in policy
    assert "allow-scripts" not in policy and "script-src" not in policy
    assert answer.headers["Cache-Control"] == "private, no-store"
