"""An operator asks whether everything opens, and goes over to another key."""

import re
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.infra.starting import start_problem
from app.infra.vault import Unreadable
from app.organisations.documents import bytes_of, keep_document
from app.organisations.models import KeptDocument
from app.proposals.models import Answer, CallKey, Proposal, Submission
from app.proposals.seal import keyring
from app.proposals.seal.sealing import contents
from tests import factories as make
from tests.secrets import SECRETS

OLD, NEW = SECRETS["seal_key"], "ab" * 32


@pytest.fixture
def use(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Run on with another key in the settings."""

    def change(key: str) -> None:
        db.session.rollback()
        db.session.expunge_all()
        monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], seal_key=key))

    return change


def sealed(phase: Phase = Phase.SEALED) -> Proposal:
    call = make.make_call(make.make_region(), phase)
    return make.make_proposal(call, make.make_organisation(), submitted=True)


def readable(proposal: Proposal) -> bool:
    db.session.rollback()
    db.session.expunge_all()
    row = db.session.get_one(Proposal, proposal.id)
    one = db.session.scalars(select(Submission.id).where(Submission.proposal_id == proposal.id)).one()
    frozen = contents([one], {proposal.organisation_id})[one]
    answers = db.session.scalars(select(Answer.approach).where(Answer.proposal_id == proposal.id)).all()
    return row.summary in frozen and set(answers) == {"Huisbezoek."}


def run(app: Flask, *words: str) -> Any:
    db.session.rollback()
    return app.test_cli_runner().invoke(args=["seal", *words])


def test_going_over_to_another_key_and_back_keeps_everything(app: Flask, use: Any) -> None:
    proposals = [sealed(), sealed(Phase.WRITTEN)]
    for old, new in ((OLD, NEW), (NEW, OLD)):
        use(new)
        assert not keyring.fits()
        keyring.rewrap(old)
        assert keyring.fits() and keyring.problems() == [] and all(readable(one) for one in proposals)
        use(old)
        with pytest.raises(Unreadable):
            readable(proposals[0])
        use(new)


def test_a_wrong_key_is_noticed_at_the_start_before_any_call_has_one(app: Flask, use: Any) -> None:
    use(NEW)
    assert start_problem() == ""  # nothing lies there yet: any key will do
    use(OLD)
    organisation = make.make_organisation()
    organisation_id, by = organisation.id, make.actor(make.make_member(organisation))
    make.make_proposal(make.make_call(make.make_region(), Phase.OPEN), organisation)
    assert db.session.scalar(select(CallKey)) is None and start_problem() == ""
    use(NEW)
    assert start_problem() == keyring.WRONG_KEY
    assert run(app, "check").exit_code == 1
    use(OLD)
    keep_document(organisation_id, "Statuten", "statuten.txt", b"A", by=by)
    with transaction():
        db.session.execute(text("UPDATE proposal SET summary = 'bm90IGEgYm94'"))
    assert start_problem() == ""  # one damaged text is not another key


def test_a_key_that_does_not_fit_changes_nothing(
    app: Flask, use: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    proposal = sealed()
    use(NEW)
    monkeypatch.setenv("KEY_OF_BEFORE", "cd" * 32)
    answer = run(app, "rewrap", "--from-env", "KEY_OF_BEFORE")
    assert answer.exit_code == 1 and "Nothing was changed" in answer.output
    use(OLD)
    assert readable(proposal)


def test_one_text_that_does_not_open_stops_the_whole_of_it(app: Flask, use: Any) -> None:
    proposal = sealed()
    with transaction():
        db.session.execute(
            text("UPDATE answer SET reach = 'bm90IGEgYm94' WHERE proposal_id = :id"), {"id": proposal.id}
        )
    before = db.session.scalar(select(CallKey.wrapped))
    use(NEW)
    with pytest.raises(Unreadable, match=r"answer\.reach"):
        keyring.rewrap(OLD)
    db.session.rollback()
    assert db.session.scalar(select(CallKey.wrapped)) == before


@pytest.mark.parametrize("value", ["", "kort", "AB" * 32])
def test_the_key_of_before_must_be_one(app: Flask, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("KEY_OF_BEFORE", value)
    answer = run(app, "rewrap", "--from-env", "KEY_OF_BEFORE")
    assert answer.exit_code == 1 and "64 hexadecimal characters" in answer.output


def test_the_command_says_that_all_is_well_and_tells_no_numbers(app: Flask) -> None:
    answers = []
    for _ in range(3):
        answers.append(run(app, "check"))
        sealed()
    assert {one.exit_code for one in answers} == {0} and len({one.output for one in answers}) == 1
    assert not re.search(r"\d", answers[0].output)


def test_the_wrong_key_is_named_in_a_sentence(app: Flask, use: Any) -> None:
    sealed()
    use(NEW)
    answer = run(app, "check")
    assert answer.exit_code == 1
    assert "PARTNERWIJZER_SEAL_KEY is not the key that this database was sealed with." in answer.output


def test_the_command_names_what_no_longer_fits_once_a_call_was_opened(app: Flask) -> None:
    opened, closed = sealed(Phase.WRITTEN), sealed()
    with transaction():
        for row in db.session.scalars(select(Submission)):
            row.content_sha256 = "0" * 64
    numbers = {row.proposal_id: row.receipt_number for row in db.session.scalars(select(Submission)).all()}
    answer = run(app, "check")
    assert answer.exit_code == 1 and f"{numbers[opened.id]} does not fit its hash." in answer.output
    assert numbers[closed.id] not in answer.output


def test_the_documents_of_an_organisation_come_along(app: Flask, use: Any) -> None:
    organisation = make.make_organisation()
    by = make.actor(make.make_member(organisation))
    one = keep_document(organisation.id, "Statuten", "statuten.txt", b"Artikel 1.", by=by)
    use(NEW)
    keyring.rewrap(OLD)
    db.session.rollback()
    assert b"".join(bytes_of(db.session.get_one(KeptDocument, one))) == b"Artikel 1."
