"""The editor: Markdown that harms nobody, words counted alike, coverage and colleagues in every answer."""

import re
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.addenda.models import Obstacle
from app.infra import clock
from app.infra.database import db, transaction
from app.organisations.models import Offer, Reference
from app.proposals.content import checklist
from app.proposals.models import SectionSave
from app.proposals.wording import word_line, words
from app.proposals.writing.drafts import working_content
from app.proposals.writing.services import start_proposal
from tests import factories as make
from tests.counting import queries

HARMFUL = (
    "Hallo <script>alert(1)</script> [klik](javascript:alert(1)) ![foto](https://elders.be/x.png) **vet**"
)


class Draft:
    def __init__(self) -> None:
        self.call = make.make_call(make.make_region(), challenges=2)
        self.organisation = make.make_organisation("Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.member = make.make_member(self.organisation, "member")
        self.id = start_proposal(self.call.id, self.organisation.id, by=make.actor(self.owner))
        self.obstacles = make.obstacle_ids(self.call)
        self.url = f"/kandidaturen/{self.id}"
        self.challenge = f"{self.url}/uitdaging/1"


@pytest.fixture
def draft(app: Flask) -> Draft:
    return Draft()


def token_of(page: str) -> str:
    found = re.search(r'name="version"[^>]*value="([^"]*)"', page)
    assert found
    return unescape(found.group(1))


def write(client: FlaskClient, draft: Draft, text: str, part: str = "approach", at: int = 0) -> Any:
    version = token_of(client.get(draft.challenge).text)
    data = {"version": version, f"{part}-{draft.obstacles[at]}": text}
    return client.post(f"{draft.challenge}/bewaar", data=data, headers={"X-Requested-With": "XMLHttpRequest"})


@pytest.mark.parametrize(
    ("text", "count"),
    [("", 0), ("  \n ", 0), ("één twee", 2), ("- een\n- twee", 2), ("**vet** # kop", 2), ("😀 ok", 1)],
)
def test_words_are_what_has_a_letter_or_a_digit(text: str, count: int) -> None:
    assert words(text) == count


def test_the_line_under_a_field_says_what_is_left_or_too_much() -> None:
    assert word_line("een", 3) == "nog 2 woorden (van 3)"
    assert word_line("een twee", 3) == "nog 1 woord (van 3)"
    assert word_line("een twee drie vier", 3) == "1 woord te veel (van 3)"
    assert word_line("w " * 11, 3) == "8 woorden te veel (van 3)"


def test_a_text_over_the_guideline_is_kept_and_is_advice(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    assert write(client, draft, "woord " * 308).json["state"] == "saved"
    assert "8 woorden te veel (van 300)" in client.get(draft.challenge).text
    long = next(
        one for one in checklist(working_content(draft.id), cost_requested=False) if one.code == "word_limits"
    )
    assert (long.done, long.blocks, long.place, long.count) == (False, False, "1", 1)
    page = client.get(f"{draft.url}/indienen").text
    assert "Alle teksten binnen de richtlijn" in page and "Te lang: 1." in page


def test_a_field_that_is_not_in_the_form_is_refused_and_not_called_saved(
    draft: Draft, client: FlaskClient
) -> None:
    client.sign_in(draft.owner)
    for path in (f"{draft.challenge}/bewaar", f"{draft.url}/algemeen/bewaar"):
        answer = client.post(path, data={"approach-999999": "weg"})
        assert (answer.status_code, answer.json["state"]) == (404, "closed")
        assert "Je tekst staat nog in deze browser" in answer.json["message"]
    for path in (f"{draft.url}/uitdaging/99/bewaar", "/kandidaturen/1999999999/algemeen/bewaar"):
        answer = client.post(path, data={"summary": "weg"})
        assert (answer.status_code, answer.json["state"]) == (404, "closed")


def test_what_the_call_says_stands_beside_every_field(draft: Draft, client: FlaskClient) -> None:
    challenge = draft.call.challenges[0]
    with transaction():
        db.session.get_one(Obstacle, draft.obstacles[0]).life_domains = ["Huisvesting"]
        draft.call.personas[0].story = "Ze **woont** alleen.\n\n<b>niet zo</b>"
    page = client.sign_in(draft.owner).get(draft.challenge).text
    assert challenge.goals[0].text in page and "Huisvesting" in page
    assert "Ze <strong>woont</strong> alleen." in page and "<b>niet zo" not in page


def test_the_page_asks_no_more_for_many_obstacles(app: Flask, client: FlaskClient) -> None:
    counts = []
    for many in (1, 3, 30):
        call = make.make_call(make.make_region(), obstacles=many)
        organisation = make.make_organisation()
        owner = make.make_member(organisation)
        proposal = make.make_proposal(call, organisation, owner)
        client.sign_in(owner)
        with queries() as seen:
            assert client.get(f"/kandidaturen/{proposal.id}/uitdaging/1").status_code == 200
        counts.append(len(seen))
    assert len(set(counts)) == 1


def test_the_answer_of_a_save_says_how_far_every_obstacle_is(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    first, second, elsewhere = (str(draft.obstacles[at]) for at in (0, 1, 3))
    levels = write(client, draft, "Aanpak").json["levels"]
    assert (levels[first], levels[second], levels[elsewhere]) == ("part", "none", "none")
    write(client, draft, "Ervaring", "expertise")
    assert write(client, draft, "Bereik", "reach").json["levels"][first] == "full"
    page = client.get(draft.challenge).text
    assert page.count(f'data-obstacle="{first}" data-level="full"') == 3
    assert "1 van 3</strong> obstakels met een aanpak" in page


def test_a_colleague_in_the_same_section_is_named(draft: Draft, client: FlaskClient, at: Any) -> None:
    start = clock.now() + timedelta(minutes=1)
    at(start)
    with transaction():
        draft.owner.name = "Els Peeters"
    client.sign_in(draft.owner)
    assert write(client, draft, "Van Els").json["also_here"] == []
    client.sign_in(draft.member)
    at(start + timedelta(seconds=70))
    sentence = "Els Peeters werkt ook in dit deel (bewaard 1 minuut geleden)."
    assert sentence in client.get(draft.challenge).text
    assert write(client, draft, "Van mij", at=1).json["also_here"] == [sentence]
    assert "werkt ook in dit deel" not in client.get(f"{draft.url}/uitdaging/2").text
    at(start + timedelta(seconds=330))
    assert "Els Peeters werkt" not in client.get(draft.challenge).text


def test_who_left_the_organisation_is_not_named(draft: Draft, client: FlaskClient) -> None:
    stranger = make.make_user("Iemand Anders")
    with transaction() as now:
        db.session.add(SectionSave(proposal_id=draft.id, section=1, user_id=stranger.id, at=now))
    assert "Iemand Anders" not in client.sign_in(draft.owner).get(draft.challenge).text


def test_markdown_is_shown_without_what_could_harm(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    write(client, draft, HARMFUL)
    shown = client.post(f"{draft.url}/opmaak", data={"text": HARMFUL}).text
    for page in (shown, client.get(f"{draft.url}/voorbeeld").text, client.get(f"{draft.url}/indienen").text):
        assert "<strong>vet</strong>" in page and "&lt;script&gt;" in page
        assert "<script>alert" not in page and 'href="javascript' not in page and "elders.be" not in page


def test_an_example_of_a_text_keeps_nothing_and_is_only_for_the_organisation(
    draft: Draft, client: FlaskClient
) -> None:
    address = f"{draft.url}/opmaak"
    assert client.post(address, data={"text": "x"}).status_code == 302
    client.sign_in(make.make_member(make.make_organisation()))
    assert client.post(address, data={"text": "x"}).status_code == 404
    client.sign_in(draft.member)
    answer = client.post(address, data={"text": "# Kop\n\n- een\n- twee"})
    assert "<h4>Kop</h4>" in answer.text and answer.text.count("<li>") == 2
    assert client.post(address, data={}).text.strip() == ""
    assert working_content(draft.id)["summary"] == ""


def test_what_the_browser_keeps_is_kept_per_person(draft: Draft, client: FlaskClient) -> None:
    def key() -> str:
        found = re.search(r'data-autosave-key="([^"]*)"', client.get(draft.challenge).text)
        assert found
        return found.group(1)

    client.sign_in(draft.owner)
    first = key()
    client.sign_in(draft.member)
    assert key() != first


@pytest.mark.parametrize("text", ["x" * 20_001, "١٢٣ مرحبا 😀", "‮omgekeerd‬", "é" * 20_000])
def test_odd_texts_are_refused_or_kept_never_an_error(draft: Draft, client: FlaskClient, text: str) -> None:
    client.sign_in(draft.owner)
    answer = write(client, draft, text)
    assert answer.status_code == (422 if len(text) > 20_000 else 200)
    if answer.status_code == 200:
        assert client.get(f"{draft.url}/voorbeeld").status_code == 200
        assert client.get(f"{draft.url}/kandidatuur.pdf").data.startswith(b"%PDF")


def test_an_empty_form_changes_nothing(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    write(client, draft, "Staat er")
    assert client.post(draft.challenge, data={}).status_code == 302
    assert client.post(f"{draft.challenge}/bewaar", data={}).json["state"] == "saved"
    assert working_content(draft.id)["challenges"][0]["obstacles"][0]["approach"] == "Staat er"


def test_the_profile_offers_capacity_and_references(draft: Draft, client: FlaskClient) -> None:
    client.sign_in(draft.owner)
    assert "nog geen referenties" in client.get(f"{draft.url}/algemeen").text
    with transaction():
        for place, fte in enumerate(("1.5", "2")):
            db.session.add(
                Offer(
                    organisation_id=draft.organisation.id,
                    position=place,
                    title=f"Aanbod {place}",
                    capacity_fte=Decimal(fte),
                )
            )
        db.session.add(
            Reference(
                id=77, organisation_id=draft.organisation.id, position=0, title="Project <A>", period="2022"
            )
        )
    page = client.get(f"{draft.url}/algemeen").text
    assert 'data-value="3,5"' in page and "Aanbod 0, Aanbod 1" in page
    assert 'data-take-over="references"' in page and "Project &lt;A&gt;" in page
