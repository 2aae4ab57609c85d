"""Offers of life domains and of obstacles: right often enough to be worth reading, and silent in doubt.

Measured on the calls of the demo, whose links were made by hand, and on obstacles of other documents that the
keyword list was not written for.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from app.domain.life_domains import DOMAINS, LIFE_DOMAINS
from app.domain.suggestions import Candidate, suggest_life_domains, suggest_obstacles

CALLS = json.loads((Path(__file__).parents[2] / "app/demo/data/calls.json").read_text("utf-8"))
CHALLENGES: list[dict[str, Any]] = [challenge for call in CALLS for challenge in call["challenges"]]
MONEY, WORK, TIME, HOME, FAMILY, MIND, BODY, DRUGS, BASIC, DAILY, PEOPLE, SOCIETY, LAW = LIFE_DOMAINS
# Each with every domain that a reader would accept.
ELSEWHERE: dict[str, set[str]] = {
    "Geen eigen woning": {HOME},
    "Partnergeweld": {FAMILY, MIND},
    "Geen inkomen": {MONEY},
    "Diploma niet erkend": {WORK},
    "Tijdelijke contracten": {WORK},
    "Taal van de werkvloer": {WORK},
    "Weinig contacten": {PEOPLE},
    "Geen rijbewijs": {DAILY},
    "Alcohol": {DRUGS},
    "Schulden bij drie deurwaarders": {MONEY},
    "Een burn-out die niet overgaat": {MIND},
    "angst": {MIND},
    "geen vrienden": {PEOPLE},
    "geen diploma": {WORK},
    "te veel medicatie": {DRUGS, BODY},
    "loonbeslag": {MONEY},
    "schaamte": {MIND},
    "geen motivatie om meer te werken": {WORK},
    "een gezondheid die op en af gaat en waar geen werkgever rekening mee houdt": {BODY, WORK},
    "weinig digitale kennis": {DAILY},
    "het gevoel te oud te zijn": {MIND},
    "schulden": {MONEY},
    "een omgekeerd dag- en nachtritme": {TIME},
    "ouders die de moed verliezen": {FAMILY},
    "gameverslaving": {DRUGS},
    "Seizoenswerk": {WORK},
    "Geen spaarreserve": {MONEY},
    "Een kamer zonder contract, waar Gino zich niet mag inschrijven": {HOME},
    "Zorg die nooit stopt": {FAMILY},
    "Dure hulp aan huis": {MONEY, HOME, FAMILY},
    "Zwartwerk": {WORK},
    "Weinig Nederlands": {WORK},
    "Onzekere verblijfssituatie": {SOCIETY},
    "Mantelzorg": {FAMILY},
    "Sociaal isolement": {PEOPLE},
    "Beperkt inkomen": {MONEY},
    "een lek dak": {HOME},
    "hoge energiekosten (gas en elektriciteit)": {MONEY, HOME},
    "weinig spaargeld": {MONEY},
    "angst om te verhuizen": {MIND, HOME},
    "Discriminatie bij de sollicitatie": {SOCIETY, WORK},
    "Een strafblad": {LAW},
    "Eenzaamheid": {PEOPLE},
    "Ongezonde woning": {HOME},
    "Oude opleiding die niet meer telt": {WORK},
    "Prikkels op de werkvloer": {WORK, MIND},
    "Wachtlijsten": {SOCIETY},
    "Ouders die alles regelen": {FAMILY},
    "Geen werkervaring": {WORK},
    "Examens die alleen op papier bestaan": {WORK},
    "Een gezin ver weg": {FAMILY, PEOPLE},
    "Nachtelijke onrust": {MIND},
    "Eén fiets voor twee": {DAILY},
    "Laaggeletterdheid": {WORK},
    "geen kinderopvang voor zeven uur": {FAMILY},
    "geen rijbewijs en weinig bussen": {DAILY},
    "angst om de uitkering te verliezen": {MIND, MONEY},
    "een klein netwerk": {PEOPLE},
    "langdurige ziekte": {BODY},
    "schaamte tegenover vroegere collega's": {MIND, PEOPLE},
    "werkgevers die afwachten": {WORK, SOCIETY},
    "Geen computer": {DAILY},
    "Woont ver van alles": {HOME, DAILY},
    "Chronische pijn": {BODY},
    "Papierwerk voor de mutualiteit": {DAILY, BODY},
    "Angst voor herval": {MIND, DRUGS},
    "Geen betaalbare kinderopvang": {FAMILY, MONEY},
    "Wisselende uurroosters, waardoor een opleiding volgen niet lukt": {WORK, TIME},
    "Wachtlijsten in de GGZ": {MIND, SOCIETY},
    "Stigma": {SOCIETY},
}


def shares(right: int, offered: int, wanted: int) -> tuple[float, float]:
    """Precision and recall."""
    return right / offered, right / wanted


def test_life_domains_of_the_demo_are_mostly_found() -> None:
    right = offered = wanted = 0
    for obstacle in (one for challenge in CHALLENGES for one in challenge["obstacles"]):
        found = {one.target for one in suggest_life_domains(obstacle["label"])}
        right += len(found & set(obstacle["life_domains"]))
        offered, wanted = offered + len(found), wanted + len(obstacle["life_domains"])
    precision, recall = shares(right, offered, wanted)
    assert precision >= 0.75 and recall >= 0.7, (precision, recall)


def test_life_domains_of_other_documents_are_mostly_found() -> None:
    right = offered = hit = 0
    for text, accepted in ELSEWHERE.items():
        found = {one.target for one in suggest_life_domains(text)}
        right, offered, hit = (
            right + len(found & accepted),
            offered + len(found),
            hit + bool(found & accepted),
        )
    assert right / offered >= 0.85 and hit / len(ELSEWHERE) >= 0.7, (right / offered, hit / len(ELSEWHERE))


@pytest.mark.parametrize("tagged", [False, True])
def test_obstacles_of_goals_are_right_more_often_than_not(tagged: bool) -> None:
    right = offered = wanted = 0
    for challenge in CHALLENGES:
        candidates = [
            Candidate(str(place), one["label"], tuple(one["life_domains"]) if tagged else ())
            for place, one in enumerate(challenge["obstacles"])
        ]
        for goal in challenge["goals"]:
            found = {int(one.target) for one in suggest_obstacles(goal["text"], candidates)}
            right += len(found & set(goal["obstacles"]))
            offered, wanted = offered + len(found), wanted + len(goal["obstacles"])
    precision, recall = shares(right, offered, wanted)
    assert precision >= 0.75 and recall >= 0.5, (precision, recall)


def test_an_offer_names_the_words_it_rests_on() -> None:
    offer = suggest_life_domains("Een vochtige woning die te duur is")[0]
    assert (offer.target, offer.words) == (HOME, ("vochtige", "woning"))
    link = suggest_obstacles(
        "betaalbaar kunnen wonen", [Candidate("7", "Schimmel"), Candidate("8", "Geen fiets")]
    )
    assert [(one.target, one.shared) for one in link] == [("7", HOME)]
    same = suggest_obstacles("Nederlands leren", [Candidate("1", "Te weinig Nederlands")])
    assert (same[0].words, same[0].shared) == (("nederlands",), "")


def test_compounds_and_a_typing_error_are_understood() -> None:
    for text, domain in (
        ("Huurprijzen", HOME),
        ("Huurachterstallen", MONEY),
        ("Een gokverslaving", DRUGS),
        ("De gevangenisstraf", LAW),
        ("administartie", DAILY),
    ):
        assert domain in {one.target for one in suggest_life_domains(text)}, text


@pytest.mark.parametrize("text", ["", " ", "12 / 34", "Het beu zijn", "🙂" * 50, "x" * 100_000, "\x00\ud800"])
def test_without_a_reason_there_is_no_offer(text: str) -> None:
    assert suggest_life_domains(text) == []
    assert suggest_obstacles(text, [Candidate("1", "Een huis vol vocht"), Candidate("2", text)]) == [] or text
    assert suggest_obstacles("wonen", []) == []


def test_a_long_text_is_read_in_the_time_of_a_page() -> None:
    found = suggest_life_domains("Een huis vol vocht en schulden bij de buren " * 2000)
    assert 1 <= len(found) <= 2


def test_the_network_of_a_person_is_no_work() -> None:
    assert [one.target for one in suggest_life_domains("Een klein netwerk")] == [PEOPLE]


def test_every_domain_has_an_explanation_and_words_of_its_own() -> None:
    assert len(DOMAINS) == 13
    assert all(one.explanation and len(one.keywords) >= 8 for one in DOMAINS)
