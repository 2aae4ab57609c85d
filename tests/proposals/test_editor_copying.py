"""Taking over from an earlier proposal: own ones only, what was ticked only, never over what was written."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.models import Obstacle
from app.audit.models import AuditEntry
from app.infra.database import db, transaction
from app.proposals.models import Answer, Proposal
from app.proposals.queries import load_proposal_ref
from app.proposals.writing.copying import copy_from, earlier_content, offers, seen_token
from app.proposals.writing.drafts import working_content
from tests import factories as make

LABELS = ("Geen opvang voor een kind", "Geen auto en weinig bussen", "Somber zijn en slecht slapen")


class Two:
    """An earlier proposal with texts, and an empty one for a call that asks nearly the same."""

    def __init__(self) -> None:
        self.organisation = make.make_organisation("Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.calls = [make.make_call(make.make_region()) for _ in range(2)]
        self.earlier, self.now = (
            make.make_proposal(call, self.organisation, self.owner) for call in self.calls
        )
        self.there, self.here = (make.obstacle_ids(call) for call in self.calls)
        with transaction():
            for side, ids in enumerate((self.there, self.here)):
                for one, label in zip(ids, LABELS, strict=True):
                    db.session.get_one(Obstacle, one).label = label + (" meer" if side else "")
            for proposal in (self.earlier, self.now):
                row = db.session.get_one(Proposal, proposal.id)
                row.summary, row.references, row.expectations = "", "", {}
                for answer in list(row.answers):
                    db.session.delete(answer)
        with transaction():
            db.session.get_one(Proposal, self.earlier.id).summary = "Eerdere samenvatting"
            for one in self.there[:2]:
                db.session.add(
                    Answer(
                        proposal_id=self.earlier.id, obstacle_id=one, approach=f"Aanpak {one}", reach="Bereik"
                    )
                )
        self.id, self.source = self.now.id, self.earlier.id
        self.url = f"/kandidaturen/{self.id}/overnemen"

    def take(self, *chosen: str, seen: str | None = None) -> int:
        token = seen_token(working_content(self.id)) if seen is None else seen
        db.session.rollback()
        return copy_from(self.id, self.source, set(chosen), seen=token, by=make.actor(self.owner))

    def text(self, place: int) -> tuple[str, str]:
        answer = db.session.get(Answer, (self.id, self.here[place]), populate_existing=True)
        return (answer.approach, answer.reach) if answer else ("", "")


@pytest.fixture
def two(app: Flask) -> Two:
    return Two()


def test_obstacles_are_found_by_their_label(two: Two) -> None:
    found = offers(working_content(two.id), earlier_content(load_proposal_ref(two.id), two.source))
    assert [(one.key, one.source) for one in found] == [
        ("general:summary", "Samenvatting"),
        (f"obstacle:{two.here[0]}", LABELS[0]),
        (f"obstacle:{two.here[1]}", LABELS[1]),
    ]
    assert all(one.advised for one in found)


def test_what_was_ticked_comes_and_the_rest_stays(two: Two) -> None:
    assert two.take(f"obstacle:{two.here[0]}") == 2
    assert two.text(0) == (f"Aanpak {two.there[0]}", "Bereik") and two.text(1) == ("", "")
    assert working_content(two.id)["summary"] == ""


def test_a_filled_field_stays_without_its_own_tick(two: Two) -> None:
    with transaction():
        db.session.add(Answer(proposal_id=two.id, obstacle_id=two.here[0], approach="Van nu"))
        db.session.get_one(Proposal, two.id).summary = "Van nu"
    assert two.take(f"obstacle:{two.here[0]}", "general:summary") == 1
    assert two.text(0) == ("Van nu", "Bereik") and working_content(two.id)["summary"] == "Van nu"
    assert two.take(f"replace:obstacle:{two.here[0]}", "replace:general:summary") == 2
    assert two.text(0)[0] == f"Aanpak {two.there[0]}"


def test_the_page_shows_both_texts_and_takes_over(two: Two, client: FlaskClient) -> None:
    client.sign_in(two.owner)
    assert "Uit welke kandidatuur" in client.get(two.url).text
    page = client.get(f"{two.url}?uit={two.source}").text
    assert "Eerdere samenvatting" in page and f"Aanpak {two.there[1]}" in page and "nog leeg" in page
    data = {"source": two.source, "version": seen_token(working_content(two.id)), "take": ["general:summary"]}
    assert client.post(two.url, data=data).status_code == 302
    assert working_content(two.id)["summary"] == "Eerdere samenvatting"
    assert "1 tekst overgenomen" in client.get(f"/kandidaturen/{two.id}").text


def test_it_is_logged_without_texts(two: Two) -> None:
    two.take("general:summary")
    entry = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "proposal.copied")).one()
    assert entry.sealed and entry.organisation_id == two.organisation.id
    assert "samenvatting" not in str(entry.details).lower()


def test_what_a_colleague_wrote_meanwhile_is_not_lost(two: Two, client: FlaskClient) -> None:
    seen = seen_token(working_content(two.id))
    with transaction():
        db.session.get_one(Proposal, two.id).summary = "Van een collega"
    client.sign_in(two.owner)
    data = {"source": two.source, "version": seen, "take": ["replace:general:summary"]}
    answer = client.post(two.url, data=data)
    assert answer.status_code == 409 and "Van een collega" in answer.text
    assert working_content(two.id)["summary"] == "Van een collega"


def test_nothing_ticked_is_said(two: Two, client: FlaskClient) -> None:
    client.sign_in(two.owner)
    for take in ([], ["obstacle:999999"], ["general:cost_estimate"]):
        answer = client.post(two.url, data={"source": two.source, "take": take})
        assert answer.status_code == 422 and "Niets overgenomen" in answer.text


def test_a_proposal_of_others_does_not_exist_here(two: Two, client: FlaskClient) -> None:
    rival = make.make_organisation()
    other = make.make_proposal(two.calls[0], rival, make.make_member(rival), submitted=True)
    client.sign_in(two.owner)
    for source in (other.id, two.id, 424242):
        assert client.get(f"{two.url}?uit={source}").status_code == 404
        assert client.post(two.url, data={"source": source, "take": ["general:summary"]}).status_code == 404


def test_after_the_deadline_nothing_is_taken_over(two: Two, client: FlaskClient, at: Any) -> None:
    deadline = two.calls[1].deadline
    client.sign_in(two.owner)
    at(deadline)
    assert client.post(two.url, data={"source": two.source, "take": ["general:summary"]}).status_code == 403
    assert working_content(two.id)["summary"] == ""


def test_without_an_earlier_one_the_page_says_so(app: Flask, client: FlaskClient) -> None:
    organisation = make.make_organisation()
    owner = make.make_member(organisation)
    proposal = make.make_proposal(make.make_call(make.make_region()), organisation, owner)
    client.sign_in(owner)
    assert "Nog geen andere kandidatuur" in client.get(f"/kandidaturen/{proposal.id}/overnemen").text
    assert "/overnemen" not in client.get(f"/kandidaturen/{proposal.id}/uitdaging/1").text
