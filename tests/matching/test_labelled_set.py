"""The labelled set for the matching keeps its promises: whole, consistent, halves that share nothing."""

import json
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

FOLDER = Path(__file__).parent / "labelled"
HALVES = ("tune", "test")


def _half(name: str) -> dict:
    # Keys that occur twice would silently swallow each other, so the pairs are checked first.
    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len({key for key, _ in pairs}) == len(pairs)
        return dict(pairs)

    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"), object_pairs_hook=unique)


def _texts(half: dict) -> tuple[list[str], list[str]]:
    needs = [text.casefold() for text in half["obstacles"].values()]
    return needs, [offer["text"].casefold() for offer in half["offers"]]


@pytest.mark.parametrize("name", HALVES)
def test_a_half_is_large_enough_and_has_the_shape(name: str) -> None:
    half = _half(name)
    assert set(half) == {"obstacles", "offers"}
    assert len(half["obstacles"]) >= 36 and len(half["offers"]) >= 130
    assert all(text.strip() for text in half["obstacles"].values())
    for offer in half["offers"]:
        assert set(offer) == {"id", "text", "relevant"}
        assert offer["text"].strip() and isinstance(offer["relevant"], list)


@pytest.mark.parametrize("name", HALVES)
def test_ids_and_texts_occur_once(name: str) -> None:
    half = _half(name)
    ids = [offer["id"] for offer in half["offers"]]
    assert len(set(ids)) == len(ids)
    for texts in _texts(half):
        assert len(set(texts)) == len(texts)


@pytest.mark.parametrize("name", HALVES)
def test_labels_point_at_needs_that_exist_once_each(name: str) -> None:
    half = _half(name)
    for offer in half["offers"]:
        labels = offer["relevant"]
        assert len(set(labels)) == len(labels) <= 4
        assert set(labels) <= set(half["obstacles"])


@pytest.mark.parametrize("name", HALVES)
def test_each_need_has_several_answers_and_a_fifth_of_the_offers_answers_nothing(name: str) -> None:
    half = _half(name)
    labels = [need for offer in half["offers"] for need in offer["relevant"]]
    assert min(labels.count(need) for need in half["obstacles"]) >= 3
    idle = sum(not offer["relevant"] for offer in half["offers"])
    assert 0.15 <= idle / len(half["offers"]) <= 0.25


def test_the_halves_share_no_need_and_no_offer_nor_nearly() -> None:
    for tuned, unseen in zip(_texts(_half("tune")), _texts(_half("test")), strict=True):
        assert not set(tuned) & set(unseen)
        assert process.cdist(tuned, unseen, scorer=fuzz.ratio).max() < 90
