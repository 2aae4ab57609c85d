"""The region words its letters; what the law asks stays in them, whatever is written."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.addenda.queries import load_call
from app.addenda.reviewing.imports import begun
from app.audit.models import AuditEntry
from app.decisions.letters import decision_letters
from app.decisions.letters.queries import words_of
from app.decisions.letters.services import restore_proposed, save_words
from app.decisions.letters.wording import LIMIT, PROPOSED, Words
from app.decisions.models import LetterText
from app.decisions.queries import decisions_of
from app.domain.access import PERMISSIONS
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.letter_texts import fill, places_of
from app.domain.readability import long_sentences
from app.domain.timeline import Phase, local_day
from app.infra import clock
from app.infra.database import db, transaction
from tests import factories as make
from tests.decisions.world import World, build, propose_all

OURS = Words(
    "Dag {organisatie}, bedankt voor {oproep}.", "Bel ons voor {weerwoord_tot}.", "Tot ziens in {regio}."
)


def form(words: Words, version: int = 0, **more: Any) -> dict[str, Any]:
    return {**words._asdict(), "version": str(version), **more}


def save(world: World, words: Words = OURS, outcome: str = "reserve", seen: int = 0) -> bool:
    return save_words(world.call.id, outcome, words, seen=seen, by=make.actor(world.regisseur))


def said(world: World) -> list[dict[str, Any]]:
    """What every letter says, in the order of the proposals."""
    db.session.rollback()
    call = load_call(world.call.id, clock.read())
    rows = sorted(decisions_of(call.id), key=lambda row: row.proposal_id)
    letters = decision_letters(call, rows, local_day(clock.read()))
    return [letters[row.id] for row in rows]


def test_what_the_region_writes_stands_in_the_letters_with_that_outcome(app: object) -> None:
    world = build()
    propose_all(world)
    assert save(world)
    selected, reserve, _ = said(world)
    name = world.organisations[1].name
    assert reserve["introduction"] == [[f"Dag {name}, bedankt voor {world.call.title}."]]
    assert reserve["closing"] == [[f"Tot ziens in {world.region.name}."]]
    headings = [one["heading"] for one in reserve["sections"]]
    assert headings.index("Wat er nu gebeurt") == 1
    assert "Dag" not in str(selected["introduction"])


def test_reasons_basis_objection_and_routes_stand_in_every_letter(app: object) -> None:
    world = build()
    propose_all(world)
    for outcome in PROPOSED:
        save(world, Words("Kort."), outcome)
    for letter in said(world):
        assert [one["heading"] for one in letter["sections"]] == [
            "Waarom",
            "Waarop deze beslissing steunt",
            "Niet akkoord? Je kan een weerwoord indienen",
            "De wettelijke weg, los van het weerwoord",
        ]
        assert all(one["paragraphs"] for one in letter["sections"])
        assert letter["opening"].startswith("Je kandidatuur ")


def test_who_is_selected_reads_until_when_to_answer(still: Any, app: object) -> None:
    still("2023-07-03T10:00:00")
    world = build(1)
    propose_all(world)
    (letter,) = said(world)
    assert "tot en met maandag 17 juli 2023, 23u59" in str(letter["sections"][1]["paragraphs"])


@pytest.mark.parametrize("outcome", PROPOSED)
def test_the_proposed_words_are_plain_and_can_be_filled_in(outcome: str) -> None:
    values = {name: "X" for name in places_of(outcome)}
    for text in PROPOSED[outcome]:
        assert long_sentences(text) == 0 and "{" not in fill(text, values)
        assert "beroep" not in text.lower()
    assert ("{antwoord_tot}" in PROPOSED[outcome].next_steps) == (outcome == "selected")


def test_a_value_with_braces_is_not_filled_in_again() -> None:
    assert fill("{organisatie} en {regio}", {"organisatie": "Vzw {regio}", "regio": "Noord"}) == (
        "Vzw {regio} en Noord"
    )
    assert fill("{ Organisatie }", {"organisatie": "A"}) == "A"
    assert fill("a { b } {1, 2} {} {twee woorden} {", {}) == "a { b } {1, 2} {} {twee woorden} {"


@pytest.mark.parametrize(
    ("words", "field", "part"),
    [
        (Words(""), "opening", "minstens één zin"),
        (Words(" \n "), "opening", "minstens één zin"),
        (Words("Dag {naam} en {NAAM} en {bedrag}."), "opening", "{naam}, {bedrag} kan Partnerwijzer niet"),
        (
            Words("Dag.", "Antwoord voor {antwoord_tot}."),
            "next_steps",
            "alleen in de brief aan wie",
        ),
        (Words("Dag.", "", "x" * (LIMIT + 1)), "closing", "hoogstens 4000 tekens"),
    ],
)
def test_what_cannot_be_filled_in_is_refused_by_its_name_and_kept(
    client: FlaskClient, words: Words, field: str, part: str
) -> None:
    world = build(1)
    client.sign_in(world.regisseur)
    answer = client.post(f"/oproepen/{world.call.id}/brieven/reserve", data=form(words))
    assert answer.status_code == 422 and part in answer.text
    assert f'id="{field}-error"' in answer.text or f'href="#{field}"' in answer.text
    if words.next_steps:
        assert words.next_steps in answer.text
    assert db.session.get(LetterText, (world.call.id, "reserve")) is None
    with pytest.raises(DomainError):
        save(world, words)


def test_two_people_at_once_read_each_other(client: FlaskClient) -> None:
    world = build(1)
    address = f"/oproepen/{world.call.id}/brieven/reserve"
    client.sign_in(world.regisseur)
    assert client.post(address, data=form(OURS)).status_code == 302
    answer = client.post(address, data=form(Words("Mijn eigen opening.")))
    assert answer.status_code == 409
    assert "Mijn eigen opening." in answer.text and "Dag {organisatie}, bedankt voor {oproep}." in answer.text
    assert words_of(world.call.id)["reserve"].words == OURS
    assert 'name="version" type="hidden" value="1"' in answer.text
    assert client.post(address, data=form(Words("Mijn eigen opening."), 1)).status_code == 302
    assert words_of(world.call.id)["reserve"].words.opening == "Mijn eigen opening."


def test_a_second_click_writes_once(app: object) -> None:
    world = build(1)
    assert save(world) and not save(world), "the same words again are no change"
    entries = db.session.query(AuditEntry).filter_by(action="letters.words_changed").all()
    assert len(entries) == 1 and entries[0].details["outcome"] == "reserve"


def test_back_to_what_partnerwijzer_proposes(client: FlaskClient) -> None:
    world = build(1)
    save(world)
    address = f"/oproepen/{world.call.id}/brieven/reserve"
    client.sign_in(world.regisseur)
    assert "Terug naar het voorstel van Partnerwijzer" in client.get(address).text
    assert client.post(f"{address}/voorstel", data={"version": "0"}).status_code == 409
    assert client.post(f"{address}/voorstel", data={"version": "1"}).status_code == 302
    assert words_of(world.call.id)["reserve"].words == PROPOSED["reserve"]
    assert "Terug naar het voorstel" not in client.get(address).text
    with pytest.raises(Stale):
        save(world, OURS, seen=1)


def test_a_look_at_the_letter_saves_nothing(client: FlaskClient) -> None:
    world = build(1)
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/brieven/reserve"
    answer = client.post(address, data=form(OURS, preview="1"))
    assert answer.status_code == 200 and "Dag Naam van de organisatie, bedankt voor" in answer.text
    assert "Nog niet bewaard" in answer.text and words_of(world.call.id)["reserve"].version == 0


def test_a_long_sentence_and_a_gap_are_pointed_at_but_not_refused(client: FlaskClient) -> None:
    world = build(1)
    save(world, Words("Dag. " + "woord " * 40 + ".", "Kom op [datum invullen]."))
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{world.call.id}/brieven/reserve").text
    assert "Opening: 1 zin is langer dan dertig woorden" in page and "[datum invullen]" in page


@pytest.mark.parametrize("outcome", ["geselecteerd", "%00", "selected%00", "9" * 400, "SELECTED"])
def test_an_outcome_that_is_none_is_no_page(client: FlaskClient, outcome: str) -> None:
    world = build(1)
    client.sign_in(world.regisseur)
    for tail in ("", "/voorstel"):
        assert (
            client.post(f"/oproepen/{world.call.id}/brieven/{outcome}{tail}", data=form(OURS)).status_code
            == 404
        )
    with pytest.raises(NotFound):
        restore_proposed(world.call.id, outcome, seen=0, by=make.actor(world.regisseur))


def test_odd_versions_and_control_characters_do_no_harm(client: FlaskClient) -> None:
    world = build(1)
    client.sign_in(world.regisseur)
    address = f"/oproepen/{world.call.id}/brieven/reserve"
    for version in ("-1", "９", "9" * 30, "\x00", "x"):
        data = form(Words("Een opening\x00 met <b>tekens</b> & \u202eomgekeerd.")) | {"version": version}
        assert client.post(address, data=data).status_code in (302, 409)
    page = client.get(address).text
    assert "&lt;b&gt;tekens&lt;/b&gt;" in page and "\x00" not in page


def test_only_the_regisseur_of_the_region_words_letters(client: FlaskClient) -> None:
    world = build(1)
    observer = make.make_regisseur(world.region, "observer")
    others = [
        world.chair,
        world.jurors[0],
        world.owners[0],
        observer,
        make.make_regisseur(make.make_region()),
    ]
    for user in others:
        client.sign_in(user)
        assert client.get(f"/oproepen/{world.call.id}/brieven").status_code in (403, 404)
        assert client.post(f"/oproepen/{world.call.id}/brieven/reserve", data=form(OURS)).status_code in (
            403,
            404,
        )
        with pytest.raises((Forbidden, NotFound)):
            save_words(world.call.id, "reserve", OURS, seen=0, by=make.actor(user))
    assert "letter.texts" in PERMISSIONS


def test_the_next_call_of_the_region_begins_with_these_words(app: object) -> None:
    world = build(1)
    save(world)
    following = make.make_call(world.region, Phase.DRAFT)
    elsewhere = make.make_call(make.make_region(), Phase.DRAFT)
    with transaction():
        begun(following.id)
        begun(elsewhere.id)
    assert words_of(following.id)["reserve"].words == OURS
    assert words_of(following.id)["selected"].words == PROPOSED["selected"]
    assert words_of(elsewhere.id)["reserve"].words == PROPOSED["reserve"]
    save(world, Words("Later veranderd."), seen=1)
    assert words_of(following.id)["reserve"].words == OURS, "a copy, not a link"


def test_a_draft_with_words_can_be_thrown_away(client: FlaskClient) -> None:
    world = build(1)
    save(world)
    draft = make.make_call(world.region, Phase.DRAFT)
    with transaction():
        begun(draft.id)
    client.sign_in(world.regisseur)
    page = client.get(f"/oproepen/{draft.id}/verwijderen")
    assert page.status_code == 200
    data = {"version": str(draft.version), "sure": "y", "agreed": "y", "confirm": "y"}
    assert client.post(f"/oproepen/{draft.id}/verwijderen", data=data).status_code in (302, 303)
    assert db.session.query(LetterText).filter_by(addendum_id=draft.id).count() == 0
