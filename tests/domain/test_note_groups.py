"""Notes that say the same come together, and those that do not, stay apart."""

import csv
from pathlib import Path

import pytest

from app.domain.note_groups import THRESHOLD, best_group, similarity

PAIRS = Path(__file__).parent / "data" / "note_pairs.csv"


def figures(use: str) -> tuple[float, float]:
    """(precision, recall) on the labelled pairs of one half; the threshold was chosen on "choose"."""
    with PAIRS.open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file, delimiter=";") if row["use"] == use]
    said = [(similarity(row["first"], row["second"]) >= THRESHOLD, row["same"] == "1") for row in rows]
    right = sum(one and other for one, other in said)
    return right / sum(one for one, _ in said), right / sum(other for _, other in said)


@pytest.mark.parametrize("use", ["choose", "check"])
def test_labelled_pairs_are_told_apart_without_lumping(use: str) -> None:
    precision, recall = figures(use)
    assert precision == 1.0
    assert recall >= 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [("geen rijbewijs", "geen werk"), ("wel vervoer", "geen vervoer"), ("te veel werk", "te weinig werk")],
)
def test_short_notes_are_not_lumped(one: str, other: str) -> None:
    assert similarity(one, other) < THRESHOLD


def test_the_order_of_two_notes_makes_no_difference() -> None:
    with PAIRS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter=";"):
            there, back = similarity(row["first"], row["second"]), similarity(row["second"], row["first"])
            assert (there >= THRESHOLD) == (back >= THRESHOLD), row


@pytest.mark.parametrize("text", ["", "???", "de het een", "😀", "a" * 1000, "\u0000"])
def test_any_text_has_an_answer(text: str) -> None:
    assert best_group(text, [(1, "geen rijbewijs"), (2, text)]) in {None, 2}


def test_the_best_group_wins_and_the_first_of_two_equals() -> None:
    notes = [(1, "geen vervoer"), (2, "Geen rijbewijs"), (3, "geen rijbewijs")]
    assert best_group("geen rijbewijs", notes) == 2
    assert best_group("geen kinderopvang", notes) is None
