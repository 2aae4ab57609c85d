"""Every mail begins in the same way."""

from pathlib import Path

import pytest
from flask import Flask

from app.infra import clock
from app.infra.database import db
from app.notifications.services import Recipient, enqueue

TEMPLATES = Path(__file__).parents[2] / "templates"
LETTERS = sorted(str(one.relative_to(TEMPLATES)) for one in TEMPLATES.glob("*/mail_*.txt"))


@pytest.mark.parametrize("letter", LETTERS)
def test_a_mail_begins_with_the_greeting_of_all_mails(letter: str) -> None:
    assert (TEMPLATES / letter).read_text().startswith("{{ greeting }},\n\n")


@pytest.mark.parametrize(
    ("name", "greeting"), [("Mia Maes", "Beste Mia Maes"), ("", "Goeiedag"), (" ", "Goeiedag")]
)
def test_the_greeting_has_the_name_when_there_is_one(app: Flask, name: str, greeting: str) -> None:
    message = enqueue(
        "account.password_changed",
        to=Recipient("mia@voorbeeld.be", name),
        subject="Wachtwoord gewijzigd",
        template="accounts/mail_password_changed",
        at=clock.read(),
        changed_at=clock.read(),
        link="https://voorbeeld.be",
    )
    db.session.rollback()
    assert message is not None and message.body_text.startswith(f"{greeting},\n\nHet wachtwoord")
