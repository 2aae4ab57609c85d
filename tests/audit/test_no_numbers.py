"""Log lines and commands tell an operator that all is well, or what is not; before the opening they tell
nobody how many write and hand in, nor who."""

import re
from typing import Any

import pytest
from flask import Flask, Response, request
from sqlalchemy import select

from app.addenda.models import Addendum
from app.audit.heads import publish_head
from app.infra.database import db, transaction
from app.infra.web import request_line
from app.notifications.models import OutboxMessage
from app.proposals.models import Opening
from tests import factories as make
from tests.audit.world import hand_in


def run(app: Flask, *words: str) -> str:
    db.session.rollback()
    answer = app.test_cli_runner().invoke(args=list(words))
    assert answer.exit_code == 0, answer.output
    return answer.output


@pytest.mark.parametrize(
    ("method", "address"),
    [
        ("POST", "/kandidaturen/7/indienen"),
        ("GET", "/kandidaturen/7/ontvangstbewijs"),
        ("POST", "/kandidaturen/7/intrekken"),
    ],
)
def test_the_log_tells_of_the_pages_of_proposals_only_that_there_was_one(
    app: Flask, method: str, address: str
) -> None:
    with app.test_request_context(address, method=method):
        assert request.endpoint and request_line(Response(status=302)) == {"endpoint": "proposals"}
    with app.test_request_context("/controle"):
        assert request_line(Response()).keys() == {"method", "endpoint", "status", "ms"}


@pytest.mark.parametrize(
    "words", [["files", "check"], ["audit", "verify"], ["notifications", "deliver"]], ids=" ".join
)
def test_a_command_says_the_same_whatever_was_handed_in(app: Flask, words: list[str]) -> None:
    said = set()
    for applicants in (1, 3):
        hand_in(applicants)
        publish_head()
        said.add(run(app, *words))
    assert len(said) == 1 and not re.search(r"\d", said.pop())
    assert re.search(r"\d", run(app, *words, "--count"))


def test_mail_of_a_sealed_call_is_listed_once_it_is_opened(app: Flask) -> None:
    nothing = run(app, "notifications", "undelivered")
    hand_in()
    with transaction() as now:
        mail = db.session.scalars(select(OutboxMessage)).one()
        mail.given_up_at, mail.last_error = now, "550 no such person"
        call_id, address = mail.addendum_id, mail.to_address
        one, two = make.make_user(), make.make_user()
    assert run(app, "notifications", "undelivered") == nothing
    with transaction():
        db.session.add(_opening(call_id, one, two))
    assert f"proposal.receipt\t{address}\t550" in run(app, "notifications", "undelivered")


def _opening(call_id: Any, one: Any, two: Any) -> Opening:
    deadline = db.session.get_one(Addendum, call_id).deadline
    return Opening(
        addendum_id=call_id, first_by_id=one.id, first_at=deadline, second_by_id=two.id, second_at=deadline
    )
