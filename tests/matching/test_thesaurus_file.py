"""The thesaurus file holds together: what it names exists, and no word of it catches everything."""

import re
import tomllib
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from app.domain.life_domains import LIFE_DOMAINS
from app.domain.thesaurus_rules import MOST_CONCEPTS_OF_A_WORD, TOO_GENERAL

FOLDER = Path(__file__).parents[2] / "app" / "matching" / "thesaurus"
FILES = sorted(FOLDER.glob("*.toml"))
LINKS = ("ruimer", "verwant", "helpt-bij")
FIELDS = {"naam", "domein", "woorden", "uitleg", "veld", *LINKS}
LEAST_CONCEPTS = 400


def _tables() -> list[tuple[str, dict[str, Any]]]:
    return [pair for file in FILES for pair in tomllib.loads(file.read_text("utf-8")).items()]


TABLES = _tables()
CONCEPTS = dict(TABLES)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_file_is_read_and_holds_concepts(file: Path) -> None:
    tables = tomllib.loads(file.read_text("utf-8"))
    assert tables and all(isinstance(table, dict) for table in tables.values())


def test_there_are_enough_concepts_and_no_id_stands_in_two_files() -> None:
    assert len(CONCEPTS) >= LEAST_CONCEPTS
    assert [one for one, times in Counter(id for id, _ in TABLES).items() if times > 1] == []


def test_a_concept_has_a_plain_id_a_name_words_an_explanation_and_no_unknown_field() -> None:
    wrong = [
        id
        for id, table in TABLES
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)
        or not set(table) <= FIELDS
        or not all(table.get(field) for field in ("naam", "woorden", "uitleg"))
    ]
    assert wrong == []


def test_words_are_not_empty_and_carry_no_stray_spaces() -> None:
    assert [
        (id, word) for id, table in TABLES for word in table["woorden"] if word != " ".join(word.split())
    ] == []
    assert [id for id, table in TABLES if "" in table["woorden"]] == []


def test_a_concept_has_each_word_once() -> None:
    twice = [
        (id, word)
        for id, table in TABLES
        for word, times in Counter(one.lower() for one in table["woorden"]).items()
        if times > 1
    ]
    assert twice == []


def test_a_word_stands_under_a_few_concepts_at_most() -> None:
    owners = defaultdict(list)
    for id, table in TABLES:
        for word in table["woorden"]:
            owners[word.lower()].append(id)
    assert {word: ids for word, ids in owners.items() if len(ids) > MOST_CONCEPTS_OF_A_WORD} == {}


def test_no_word_of_its_own_says_what_every_offer_says() -> None:
    assert [(id, one) for id, table in TABLES for one in table["woorden"] if one.lower() in TOO_GENERAL] == []


def test_domains_are_life_domains() -> None:
    assert [
        (id, table["domein"])
        for id, table in TABLES
        if table.get("domein", LIFE_DOMAINS[0]) not in LIFE_DOMAINS
    ] == []


@pytest.mark.parametrize("field", LINKS)
def test_what_a_concept_names_exists_once_and_is_not_itself(field: str) -> None:
    wrong = [
        (id, other)
        for id, table in TABLES
        for other, times in Counter(table.get(field, [])).items()
        if other not in CONCEPTS or other == id or times > 1
    ]
    assert wrong == []


def test_no_concept_is_broader_than_itself() -> None:
    state: dict[str, str] = {}
    circles = []

    def visit(id: str) -> None:
        state[id] = "open"
        for broader in CONCEPTS[id].get("ruimer", []):
            if state.get(broader) == "open":
                circles.append((id, broader))
            elif broader not in state:
                visit(broader)
        state[id] = "done"

    for id in CONCEPTS:
        if id not in state:
            visit(id)
    assert circles == []


def test_every_concept_is_tied_to_another() -> None:
    tied = {id for id, table in TABLES if any(table.get(field) for field in LINKS)}
    tied |= {other for _, table in TABLES for field in LINKS for other in table.get(field, [])}
    assert sorted(set(CONCEPTS) - tied) == []


def test_help_takes_away_problems_and_not_another_help() -> None:
    helps = {id for id, table in TABLES if table.get("helpt-bij")}
    assert [(id, one) for id in helps for one in CONCEPTS[id]["helpt-bij"] if one in helps] == []


def test_every_problem_has_help_or_a_related_concept() -> None:
    """A problem that nothing takes away, nor what it is a kind of, is a hole in the thesaurus."""
    helped = {one for _, table in TABLES for one in table.get("helpt-bij", [])}

    def reached(id: str) -> bool:
        return id in helped or any(reached(one) for one in CONCEPTS[id].get("ruimer", []))

    without = [id for id, table in TABLES if not table.get("helpt-bij") and not reached(id)]
    assert [id for id in without if not CONCEPTS[id].get("verwant")] == []
