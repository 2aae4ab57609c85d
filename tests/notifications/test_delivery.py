"""Mail goes out once it was committed, is tried again when it did not go, and never twice by our doing."""

import dataclasses
import email
import email.policy
import socket
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from flask import Flask
from sqlalchemy import select

from app.domain.errors import DomainError
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications import delivery
from app.notifications.addresses import normal_address
from app.notifications.models import OutboxMessage
from app.notifications.services import Recipient, enqueue


def put(app: Flask, to: str = "an@voorbeeld.be", **values: Any) -> int:
    with app.test_request_context(), transaction() as now:
        message = enqueue(
            "account.password_changed",
            to=Recipient(to, values.pop("name", "An Peeters")),
            subject=values.pop("subject", "Je wachtwoord is gewijzigd"),
            template="accounts/mail_password_changed",
            at=now,
            link="http://127.0.0.1:8000/x",
            changed_at=now,
            **values,
        )
        db.session.flush()
        return message.id


def state(message_id: int) -> OutboxMessage:
    db.session.rollback()
    found = db.session.scalar(select(OutboxMessage).where(OutboxMessage.id == message_id))
    assert found is not None
    db.session.expunge(found)
    db.session.rollback()
    return found


def read(raw: bytes) -> EmailMessage:
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]


@pytest.fixture
def folder(app: Flask, tmp_path: Path) -> Iterator[Path]:
    with configured(app, mail_backend="folder", mail_folder=tmp_path):
        yield tmp_path


class configured:
    def __init__(self, app: Flask, **values: Any) -> None:
        self.app, self.values, self.before = app, values, app.config["SETTINGS"]

    def __enter__(self) -> None:
        self.app.config["SETTINGS"] = dataclasses.replace(self.before, **self.values)

    def __exit__(self, *_: object) -> None:
        self.app.config["SETTINGS"] = self.before


class Mailbox:
    """A mail server's side: keeps what it accepted, refuses `gone@…` for good and `busy@…` for now."""

    def __init__(self) -> None:
        self.received: list[bytes] = []

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _o: Any) -> str:
        if address.startswith("gone"):
            return "550 no such person"
        if address.startswith("busy"):
            return "451 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.received.append(envelope.content)
        return "250 accepted"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def smtp(app: Flask) -> Iterator[tuple[Mailbox, Controller]]:
    mailbox, port = Mailbox(), free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    with configured(app, mail_backend="smtp", smtp_host="127.0.0.1", smtp_port=port):
        yield mailbox, controller
    if controller.server is not None:
        controller.stop()


def test_a_message_becomes_one_file_with_text_and_html(app: Flask, folder: Path) -> None:
    one = put(app)
    assert delivery.deliver_due(clock.read()) == delivery.Counts(sent=1)
    (file,) = folder.iterdir()
    mail = read(file.read_bytes())
    assert file.name == state(one).message_id.strip("<>") + ".eml"
    assert mail["To"] == "An Peeters <an@voorbeeld.be>"
    assert [part.get_content_type() for part in mail.walk()][1:] == ["text/plain", "text/html"]
    assert delivery.deliver_due(clock.read()) == delivery.Counts()


def test_an_attachment_travels_unchanged(app: Flask, folder: Path) -> None:
    put(app, attachment=("beslissing.pdf", b"%PDF-1.7 \xff\x00 end"))
    delivery.deliver_due(clock.read())
    mail = read(next(folder.iterdir()).read_bytes())
    (pdf,) = mail.iter_attachments()
    assert pdf.get_filename() == "beslissing.pdf"
    assert pdf.get_content() == b"%PDF-1.7 \xff\x00 end"


def test_what_was_rolled_back_is_never_sent(app: Flask, folder: Path) -> None:
    with pytest.raises(RuntimeError), app.test_request_context(), transaction():
        put(app)
        raise RuntimeError
    assert delivery.deliver_due(clock.read()) == delivery.Counts()
    assert list(folder.iterdir()) == []


def test_nobody_can_add_a_header(app: Flask, folder: Path) -> None:
    one = put(app, name="An\r\nBcc: x@voorbeeld.be", subject="Hallo\nBcc: y@voorbeeld.be")
    delivery.deliver_due(clock.read())
    mail = read(next(folder.iterdir()).read_bytes())
    assert mail["Bcc"] is None
    assert mail["Subject"] == "Hallo Bcc: y@voorbeeld.be"
    assert state(one).sent_at


@pytest.mark.parametrize("wrong", ["", "an", "an@", "a b@x.be", "an@x.be\nBcc: z@x.be", "an@x.be,bo@x.be"])
def test_an_address_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(DomainError) as caught:
        normal_address(wrong)
    assert caught.value.code == "email_invalid"


def test_a_message_to_no_address_is_given_up_and_listed(app: Flask, folder: Path) -> None:
    one = put(app, to="an@voorbeeld.be\nBcc: x@voorbeeld.be")
    assert delivery.deliver_due(clock.read()) == delivery.Counts(given_up=1)
    assert [row.id for row in delivery.given_up()] == [one]
    assert list(folder.iterdir()) == []


def test_a_mail_server_gets_the_message(app: Flask, smtp: tuple[Mailbox, Controller]) -> None:
    one = put(app, name="Zoë Ça", attachment=("a.pdf", b"%PDF"))
    assert delivery.deliver_due(clock.read()) == delivery.Counts(sent=1)
    mail = read(smtp[0].received[0])
    assert mail["Message-ID"] == state(one).message_id
    assert mail["To"] == "Zoë Ça <an@voorbeeld.be>"


def test_a_server_that_is_down_is_tried_again_with_the_same_id(
    app: Flask, smtp: tuple[Mailbox, Controller]
) -> None:
    mailbox, controller = smtp
    port = controller.port
    controller.stop()
    now = clock.read()
    one = put(app)
    now = clock.read()
    assert delivery.deliver_due(now) == delivery.Counts(postponed=1)
    identity = state(one).message_id
    assert state(one).next_attempt_at == now + timedelta(minutes=1)
    assert delivery.deliver_due(now + timedelta(seconds=59)) == delivery.Counts()
    again = Controller(mailbox, hostname="127.0.0.1", port=port)
    again.start()
    try:
        assert delivery.deliver_due(now + timedelta(minutes=1)) == delivery.Counts(sent=1)
    finally:
        again.stop()
    assert read(mailbox.received[0])["Message-ID"] == identity
    assert (state(one).attempts, state(one).last_error) == (2, None)


def test_a_refused_recipient_holds_up_nobody_else(app: Flask, smtp: tuple[Mailbox, Controller]) -> None:
    gone, fine = put(app, to="gone@voorbeeld.be"), put(app)
    assert delivery.deliver_due(clock.read()) == delivery.Counts(sent=1, given_up=1)
    assert state(gone).given_up_at and state(fine).sent_at
    assert "550" in (state(gone).last_error or "")


def test_a_server_that_is_busy_is_asked_ever_less_often_and_then_left(
    app: Flask, smtp: tuple[Mailbox, Controller]
) -> None:
    one = put(app, to="busy@voorbeeld.be")
    waits = []
    for _ in range(delivery.ATTEMPTS):
        moment = state(one).next_attempt_at
        delivery.deliver_due(moment)
        waits.append((state(one).next_attempt_at - moment).total_seconds() / 60)
    assert waits[:4] == [1, 2, 4, 8] and max(waits) <= 360
    assert state(one).given_up_at and state(one).attempts == delivery.ATTEMPTS


def test_another_worker_does_not_take_what_is_being_sent(app: Flask, folder: Path) -> None:
    one = put(app)
    now = clock.read()
    assert delivery._claim(one, now) is not None
    assert delivery._claim(one, now) is None
    assert delivery.deliver_due(now) == delivery.Counts()
    assert delivery.deliver_due(now + delivery.CLAIM) == delivery.Counts(sent=1)


def test_a_server_that_is_down_is_asked_three_times_a_turn_whatever_waits(app: Flask) -> None:
    """The others keep their turn: when it answers again they go at once, and not hours later."""
    waiting = [put(app, to=f"p{number}@voorbeeld.be") for number in range(8)]
    with configured(app, mail_backend="smtp", smtp_host="127.0.0.1", smtp_port=free_port()):
        counts = delivery.deliver_due(clock.read())
    assert counts == delivery.Counts(postponed=3, unreachable=True)
    assert [state(one).attempts for one in waiting] == [1, 1, 1, 0, 0, 0, 0, 0]


def test_after_an_hour_without_a_server_everything_goes_within_minutes(
    app: Flask, smtp: tuple[Mailbox, Controller]
) -> None:
    mailbox, controller = smtp
    port = controller.port
    controller.stop()
    waiting = [put(app, to=f"p{number}@voorbeeld.be") for number in range(60)]
    begin = clock.read()
    for minute in range(60):
        delivery.deliver_due(begin + timedelta(minutes=minute))
    assert all(state(one).given_up_at is None for one in waiting)
    again = Controller(mailbox, hostname="127.0.0.1", port=port)
    again.start()
    minutes = 0
    try:
        while len(mailbox.received) < 60 and minutes < 20:
            while delivery.deliver_due(begin + timedelta(minutes=60 + minutes)) != delivery.Counts():
                pass
            minutes += 1
    finally:
        again.stop()
    assert len({read(one)["Message-ID"] for one in mailbox.received}) == len(mailbox.received) == 60
    assert minutes <= 16


def test_a_server_that_stays_away_is_waited_for_however_long(app: Flask) -> None:
    one = put(app)
    with configured(app, mail_backend="smtp", smtp_host="127.0.0.1", smtp_port=free_port()):
        for _ in range(3 * delivery.ATTEMPTS):
            delivery.deliver_due(state(one).next_attempt_at)
    assert state(one).given_up_at is None and state(one).attempts == 3 * delivery.ATTEMPTS


def test_what_a_killed_worker_was_sending_goes_at_the_next_turn(app: Flask, folder: Path) -> None:
    one = put(app)
    assert delivery._claim(one, clock.read()) is not None
    assert delivery.deliver_all() == delivery.Counts(sent=1)
    assert state(one).claimed_at is None


def test_a_message_that_kills_who_sends_it_holds_up_no_other(app: Flask, folder: Path) -> None:
    fatal, fine = put(app), put(app)
    for _ in range(3):
        delivery._take_over(clock.read())
        moment = state(fatal).next_attempt_at
        assert delivery._claim(fatal, max(moment, clock.read())) is not None
    assert delivery.deliver_all() == delivery.Counts(sent=1)
    assert state(fine).sent_at and state(fatal).sent_at is None
    assert state(fatal).next_attempt_at > clock.read() + timedelta(minutes=2)


def test_a_turn_goes_on_beyond_one_batch_and_leaves_off_when_asked(app: Flask, folder: Path) -> None:
    for number in range(delivery.BATCH + 5):
        put(app, to=f"p{number}@voorbeeld.be")
    asked = iter([False] * 4 + [True] * 99)
    assert delivery.deliver_all(lambda: next(asked)).sent < delivery.BATCH
    assert delivery.deliver_all().sent > 5
    assert len(list(folder.iterdir())) == delivery.BATCH + 5


def test_the_one_shot_command_delivers(app: Flask, folder: Path) -> None:
    put(app)
    answer = app.test_cli_runner().invoke(args=["notifications", "deliver", "--count"])
    assert answer.exit_code == 0, answer.output
    assert "1 sent" in answer.output
