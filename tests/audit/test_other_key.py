"""A start with another key than the one of before ruins nothing: what is published cannot be taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.audit.heads import OtherKey, publish_head, publish_head_when_due
from app.audit.models import AuditEntry, Head
from app.audit.queries import verify
from app.infra import clock
from app.infra.database import db
from app.infra.starting import start_problem
from app.notifications.models import OutboxMessage
from app.proposals.models import Submission
from app.proposals.seal.keyring import WRONG_KEY, WRONG_SIGNING_KEY
from tests import factories as make
from tests.audit.world import hand_in, log_something
from tests.secrets import SECRETS
from tools import gunicorn_conf

WRITING = [
    ["notifications", "deliver"],
    ["jobs", "work"],
    ["audit", "head"],
    ["accounts", "invite-administrator", "nieuw@example.test", "Nieuw"],
]


@pytest.fixture
def use(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run on with other keys in the settings."""

    def change(**keys: str) -> None:
        db.session.rollback()
        db.session.expunge_all()
        monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], **keys))

    return change


def count(model: Any) -> int:
    found = db.session.scalar(select(func.count()).select_from(model)) or 0
    db.session.rollback()
    return found


def run(app: Flask, *words: str) -> Any:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=list(words))


def test_no_head_is_published_under_another_key(app: Flask, use: Any, at: Any) -> None:
    log_something(2)
    publish_head()
    at(clock.read() + timedelta(hours=1))
    use(signing_key="ab" * 32)
    for publish in (publish_head, lambda: publish_head_when_due(clock.read())):
        with pytest.raises(OtherKey):
            publish()
        db.session.rollback()
    assert count(Head) == 1
    use(signing_key=SECRETS["signing_key"])
    publish_head()
    assert count(Head) == 2 and verify().problem == ""


def test_nothing_is_handed_in_under_another_key(app: Flask, client: Any, use: Any) -> None:
    publish_head()
    call, organisation = make.make_call(make.make_region()), make.make_organisation()
    owner = make.make_member(organisation)
    proposal = make.make_proposal(call, organisation, owner)
    address = f"/kandidaturen/{proposal.id}/indienen"
    client.sign_in(owner)
    before = count(AuditEntry), count(OutboxMessage)
    use(signing_key="ab" * 32)
    answer = client.post(address, data={"key": "een"})
    assert answer.status_code == 503 and "Er is niets ingediend" in answer.text
    assert count(Submission) == 0 and (count(AuditEntry), count(OutboxMessage)) == before
    use(signing_key=SECRETS["signing_key"])
    assert client.post(address, data={"key": "een"}).status_code == 302
    assert count(Submission) == 1


@pytest.mark.parametrize("words", WRITING, ids=" ".join)
def test_a_command_that_writes_does_not_start_under_another_key(
    app: Flask, use: Any, words: list[str]
) -> None:
    hand_in()
    publish_head()
    before = [count(one) for one in (Head, AuditEntry, OutboxMessage)]
    for keys, said in (
        ({"signing_key": "ab" * 32}, WRONG_SIGNING_KEY),
        ({"signing_key": SECRETS["signing_key"], "seal_key": "ab" * 32}, WRONG_KEY),
    ):
        use(**keys)
        answer = run(app, *words)
        assert answer.exit_code == 1 and said in answer.output
    assert [count(one) for one in (Head, AuditEntry, OutboxMessage)] == before


def test_before_the_first_head_the_newest_receipt_tells_the_key(app: Flask, use: Any) -> None:
    assert start_problem() == ""
    hand_in()
    assert start_problem() == ""
    use(signing_key="ab" * 32)
    assert start_problem() == WRONG_SIGNING_KEY
    assert WRONG_SIGNING_KEY in run(app, "seal", "check").output


def test_the_web_server_does_not_start_under_another_key(
    app: Flask, use: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    import wsgi

    monkeypatch.setattr(wsgi, "app", app)
    publish_head()
    gunicorn_conf.when_ready(None)
    use(signing_key="ab" * 32)
    with pytest.raises(SystemExit) as end:
        gunicorn_conf.when_ready(None)
    assert end.value.code == WRONG_SIGNING_KEY


def test_what_only_reads_still_tells(app: Flask, use: Any) -> None:
    publish_head()
    use(signing_key="ab" * 32)
    assert "not signed with the key of this installation" in run(app, "audit", "verify").output
