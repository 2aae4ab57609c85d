"""A mail that comes back is put on the list; a report that lies can do no more than that."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.infra import clock
from app.infra.database import db
from app.notifications import delivery
from app.notifications.bouncing import LARGEST, note_report, read_report
from app.notifications.models import OutboxMessage
from tests.notifications.test_delivery import folder as folder
from tests.notifications.test_delivery import put, state

REPORT = """\
From: MAILER-DAEMON@mail.voorbeeld.be
To: noreply@partnerwijzer.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain; charset=utf-8

I'm sorry to have to inform you.

--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.voorbeeld.be
Arrival-Date: Mon, 1 Jun 2026 10:00:00 +0200

Final-Recipient: rfc822; {to}
Original-Recipient: rfc822;{to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} <{to}>: Recipient address rejected: User unknown

--B
Content-Type: {kind}

Message-ID: {id}
Subject: Je wachtwoord is gewijzigd

--B--
"""


def report(
    message_id: str,
    *,
    action: str = "failed",
    status: str = "5.1.1",
    to: str = "an@voorbeeld.be",
    kind: str = "message/rfc822",
) -> bytes:
    return REPORT.format(id=message_id, action=action, status=status, to=to, kind=kind).encode()


def noted(raw: bytes) -> str:
    found = read_report(raw)
    return note_report(found) if found else "no report"


@pytest.fixture
def sent(app: Flask, folder: object) -> OutboxMessage:
    one = put(app)
    delivery.deliver_due(clock.read())
    return state(one)


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_a_mail_that_came_back_is_marked_with_what_the_server_said(sent: OutboxMessage, kind: str) -> None:
    assert noted(report(sent.message_id, kind=kind)) == "bounced"
    after = state(sent.id)
    assert after.bounced_at and after.sent_at
    assert "User unknown" in (after.last_error or "")


def test_told_twice_it_came_back_once(sent: OutboxMessage) -> None:
    noted(report(sent.message_id))
    first = state(sent.id).bounced_at
    assert noted(report(sent.message_id)) == "known"
    assert state(sent.id).bounced_at == first


def test_a_delay_is_only_noted(sent: OutboxMessage) -> None:
    assert noted(report(sent.message_id, action="delayed", status="4.4.1")) == "delayed"
    after = state(sent.id)
    assert after.sent_at and after.bounced_at is None


def test_what_failed_for_a_passing_reason_is_tried_again_later(sent: OutboxMessage) -> None:
    assert noted(report(sent.message_id, status="4.4.7")) == "again"
    after = state(sent.id)
    assert after.sent_at is None and after.bounced_at is None
    assert delivery.deliver_due(clock.read() + timedelta(minutes=59)) == delivery.Counts()
    assert delivery.deliver_due(clock.read() + timedelta(minutes=61)) == delivery.Counts(sent=1)
    assert state(sent.id).message_id == sent.message_id


def test_after_ten_attempts_a_passing_reason_has_passed_too_often(sent: OutboxMessage) -> None:
    for _ in range(delivery.ATTEMPTS - 1):
        assert noted(report(sent.message_id, status="4.4.7")) == "again"
        delivery.deliver_due(clock.read() + timedelta(hours=2))
    assert noted(report(sent.message_id, status="4.4.7")) == "bounced"


@pytest.mark.parametrize(
    "raw",
    [
        report("<unknown@elsewhere.be>"),
        report("<>"),
        report("{id}", to="iemand.anders@voorbeeld.be"),
        report("{id}", action="relayed"),
        report("{id}", action=""),
        report("{id}\x00"),
        b"",
        b"\x00" * 500,
        b"From: x\n\nHallo",
        report("{id}")[:320],
        report("{id}").replace(b"multipart/report", b"text/plain"),
        report("{id}").replace(b"charset=utf-8", b"charset=klingon"),
        report("{id}").replace(b"Status: ", b"Status: \xff\xfe"),
        b"Content-Type: multipart/report; boundary=B\n\n" + b"--B\nContent-Type: multipart/mixed\n\n" * 2000,
        b"x" * (LARGEST + 1),
    ],
    ids=range(15),
)
def test_what_is_no_honest_report_does_no_harm(sent: OutboxMessage, app: Flask, raw: bytes) -> None:
    raw = raw.replace(b"{id}", sent.message_id.encode())
    answer = app.test_cli_runner().invoke(args=["notifications", "bounced"], input=raw)
    assert answer.exit_code == 0, answer.output
    db.session.rollback()
    assert len(db.session.scalars(select(OutboxMessage)).all()) == 1
    assert sent.to_address not in answer.output


def test_mail_that_did_not_leave_did_not_come_back(app: Flask) -> None:
    waiting = put(app)
    assert noted(report(state(waiting).message_id)) == "known"
    assert state(waiting).bounced_at is None


def test_the_command_reads_the_report(sent: OutboxMessage, app: Flask) -> None:
    answer = app.test_cli_runner().invoke(args=["notifications", "bounced"], input=report(sent.message_id))
    assert "did not arrive" in answer.output
    assert state(sent.id).bounced_at
