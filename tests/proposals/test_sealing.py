"""The door of the seal: it asks two signatures after the deadline, whoever stands before it, and what was
changed under the seal does not open."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.addenda.models import Addendum
from app.domain import access
from app.domain.access import PERMISSIONS, Role
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.infra.vault import Unreadable, decrypt, encrypt, new_key
from app.proposals.models import CallKey, Claim, Opening, Submission
from app.proposals.seal.sealing import (
    Sealed,
    contents,
    examine,
    require_opened,
    seal,
    standing_content,
    statements,
)
from app.proposals.seal.unsealing import sign_opening
from config import SettingsError, load_settings
from tests import factories as make
from tests.counting import heard
from tests.secrets import as_environment

WORDS = "Wij gaan naast mensen staan."


class World:
    def __init__(self, phase: Phase = Phase.SEALED) -> None:
        self.region = make.make_region()
        self.call = make.make_call(self.region, phase)
        self.organisation = make.make_organisation("Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.proposal = make.make_proposal(self.call, self.organisation, self.owner, submitted=True)
        self.regisseur = make.make_regisseur(self.region)
        self.chair = make.make_juror(self.call, chair=True)

    @property
    def submission(self) -> Submission:
        db.session.rollback()
        return db.session.scalars(select(Submission).where(Submission.proposal_id == self.proposal.id)).one()

    def open(self) -> None:
        for user in (self.regisseur, self.chair):
            sign_opening(self.call.id, by=make.actor(user))


@pytest.fixture
def world(app: Flask) -> World:
    return World()


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.SEALED])
def test_asking_early_gives_nothing_to_anybody_but_the_organisation(app: Flask, phase: Phase) -> None:
    world = World(phase)
    one, other = world.submission.id, make.make_organisation().id
    asked: list[Callable[[], Any]] = [
        lambda: contents([one]),
        lambda: contents([one], {other}),
        lambda: statements([one]),
        lambda: standing_content(world.proposal.id),
        lambda: examine([one]),
        lambda: require_opened(world.call.id),
    ]
    for ask in asked:
        with pytest.raises(Sealed):
            ask()
    assert WORDS in contents([one], {world.organisation.id})[one]


def test_one_sealed_among_many_opened_gives_nothing_at_all(app: Flask, world: World) -> None:
    opened = World(Phase.WRITTEN)
    with pytest.raises(Sealed):
        contents([opened.submission.id, world.submission.id])


@pytest.mark.parametrize(
    "make_opening",
    [
        pytest.param(lambda deadline: {"first_at": deadline}, id="one signature"),
        pytest.param(
            lambda deadline: {"first_at": deadline - timedelta(seconds=1), "second_at": deadline},
            id="one before the deadline",
        ),
        pytest.param(
            lambda deadline: {
                "first_at": deadline - timedelta(days=2),
                "second_at": deadline - timedelta(days=1),
            },
            id="both before the deadline",
        ),
    ],
)
def test_half_an_opening_opens_nothing(world: World, make_opening: Callable[[Any], dict[str, Any]]) -> None:
    values = make_opening(world.call.deadline)
    if "second_at" in values:
        values["second_by_id"] = world.chair.id
    with transaction():
        db.session.add(Opening(addendum_id=world.call.id, first_by_id=world.regisseur.id, **values))
    with pytest.raises(Sealed):
        contents([world.submission.id])


def test_a_deadline_that_moved_past_the_signatures_closes_the_door_again(world: World) -> None:
    world.open()
    assert contents([world.submission.id])
    with transaction():
        call = db.session.get_one(Addendum, world.call.id)
        assert call.deadline
        call.deadline += timedelta(days=60)
    with pytest.raises(Sealed):
        contents([world.submission.id])


def test_a_table_of_rights_without_any_limit_still_opens_nothing(
    app: Flask, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if every check before the door were gone: a refusal in words, never a word of what was written."""
    everything = {action: {role: frozenset(Phase) for role in Role} for action in PERMISSIONS}
    monkeypatch.setattr(access, "PERMISSIONS", everything)
    call, proposal = world.call.id, world.proposal.id
    pages = [
        f"/kandidaturen/{proposal}/lezen",
        f"/oproepen/{call}/kandidaturen.csv",
        f"/oproepen/{call}/dekking",
    ]
    people = [world.regisseur, world.chair, make.make_juror(world.call), make.make_user(administrator=True)]
    for user in people:
        client: Any = app.test_client()
        client.sign_in(user)
        for page in pages:
            answer = client.get(page)
            assert WORDS not in answer.text and "Vzw De Brug" not in answer.text, page
            assert answer.status_code < 500
    with pytest.raises(Sealed) as refused:
        require_opened(call)
    assert refused.value.code == "sealed"


def test_a_moved_clock_is_refused_in_production(app: Flask) -> None:
    settings = as_environment() | {
        "PARTNERWIJZER_ENV": "production",
        "PARTNERWIJZER_CLOCK": "2030-01-01T10:00",
    }
    with pytest.raises(SettingsError, match="refused in production"):
        load_settings(settings)


def flipped(box: bytes, place: int) -> bytes:
    return box[:place] + bytes([box[place] ^ 1]) + box[place + 1 :]


@pytest.mark.parametrize("place", [0, 1, 12, 13, -17, -1])
def test_a_box_in_which_one_bit_was_turned_does_not_open(place: int) -> None:
    key = new_key()
    box = encrypt(key, WORDS.encode(), "content:1")
    assert decrypt(key, box, "content:1").decode() == WORDS
    with pytest.raises(Unreadable):
        decrypt(key, flipped(box, place % len(box)), "content:1")


@pytest.mark.parametrize("box", [b"", b"\x01", b"\x01" * 20, b"\x02" + b"0" * 60])
def test_what_is_no_box_at_all_is_unreadable_too(box: bytes) -> None:
    with pytest.raises(Unreadable):
        decrypt(new_key(), box, "content:1")


def tampered(world: World, how: str) -> None:
    other = make.make_proposal(world.call, make.make_organisation(), submitted=True)
    elsewhere = World(Phase.SEALED)
    db.session.rollback()
    with transaction():
        mine = db.session.scalars(select(Submission).where(Submission.proposal_id == world.proposal.id)).one()
        theirs = db.session.scalars(select(Submission).where(Submission.proposal_id == other.id)).one()
        if how == "a byte":
            mine.sealed_content = flipped(mine.sealed_content, 40)
        elif how == "another row":
            mine.sealed_content = theirs.sealed_content
        elif how == "the statement":
            assert mine.sealed_statement is not None
            mine.sealed_content = mine.sealed_statement
        else:
            keys = [db.session.get_one(CallKey, one.call.id) for one in (world, elsewhere)]
            keys[0].wrapped = keys[1].wrapped


@pytest.mark.parametrize("how", ["a byte", "another row", "the statement", "another key"])
def test_what_was_tampered_with_gets_a_page_and_a_line_in_the_log_and_never_an_error(
    app: Flask, world: World, how: str
) -> None:
    tampered(world, how)
    client: Any = app.test_client()
    client.sign_in(world.owner)
    with heard() as lines:
        answer = client.get(f"/kandidaturen/{world.proposal.id}/lezen")
    assert answer.status_code == 409 and "niet leesbaar" in answer.text and WORDS not in answer.text
    [line] = [one for one in lines if one["event"] == "unreadable"]
    assert line["log_level"] == "error" and line["kind"] in ("content", "call")
    assert world.submission.receipt_number not in str(lines)


@pytest.mark.parametrize("how", ["a byte", "another row", "another key"])
def test_what_does_not_open_holds_up_nobody_and_the_report_says_which(
    app: Flask, world: World, how: str
) -> None:
    tampered(world, how)
    world.open()
    client: Any = app.test_client()
    page = client.sign_in(world.regisseur).get(f"/oproepen/{world.call.id}/opening")
    altered = 2 if how == "another key" else 1
    assert page.status_code == 200 and page.text.count("Past niet</span>") == altered
    assert client.get(f"/oproepen/{world.call.id}/opening.pdf").status_code == 200
    mine = select(Claim).where(Claim.submission_id == world.submission.id)
    assert db.session.scalar(mine) is None
    assert examine([world.submission.id]) == {world.submission.id: None}


def test_a_text_that_opens_but_is_not_the_one_of_its_hash_is_reported(app: Flask, world: World) -> None:
    """Somebody with the key and the database writes another text: the hash of the receipt tells."""
    with transaction() as now:
        row = db.session.scalars(select(Submission)).one()
        row.sealed_content = seal(world.call.id, '{"challenges":[]}', f"content:{row.receipt_number}", at=now)
    world.open()
    page = app.test_client().sign_in(world.chair).get(f"/oproepen/{world.call.id}/opening")  # type: ignore[attr-defined]
    assert "Niet alles past" in page.text and "Past niet</span>" in page.text
