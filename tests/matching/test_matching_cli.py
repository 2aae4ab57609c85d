"""`flask matching rank` and `matching evaluate`: what they print, and that bad input prints nothing else."""

import json
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app.matching.cli_matching import evaluate
from app.matching.labelled import read_labelled

HALF = Path(__file__).parent / "labelled" / "tune.json"
SET = {
    "obstacles": {"k1": "Schulden", "k2": "Geen rijbewijs"},
    "offers": [
        {"id": "e1", "text": "Schuldbemiddeling voor gezinnen", "relevant": ["k1"]},
        {"id": "e2", "text": "Verkoop van tuinmachines", "relevant": []},
    ],
}


def write(folder: Path, name: str, content: object) -> str:
    path = folder / name
    text = content if isinstance(content, str) else json.dumps(content)
    path.write_text(text, encoding="utf-8")
    return str(path)


def run(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["matching", *arguments])


def rank(app: Flask, folder: Path, needs: object, offers: object) -> Result:
    return run(
        app, "rank", "--needs", write(folder, "n.json", needs), "--offers", write(folder, "o.json", offers)
    )


def test_rank_prints_every_need_of_every_offer_best_first(migrated_app: Flask, tmp_path: Path) -> None:
    offers = {"a": "Schuldbemiddeling voor gezinnen", "b": "Verkoop van tuinmachines", "c": ""}
    result = rank(migrated_app, tmp_path, {"k1": "Geen rijbewijs", "k2": "Schulden"}, offers)
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert list(found) == ["a", "b", "c"]
    assert found["a"]["best"] == "k2" and found["b"]["best"] is None and found["c"]["best"] is None
    first, second = found["a"]["needs"]
    assert first["need"] == "k2" and 0 <= second["score"] < first["score"] <= 1
    assert first["reasons"] and first["reasons"][0]["sentence"].endswith(".")
    assert all(one == {"need": one["need"], "score": 0.0, "reasons": []} for one in found["c"]["needs"])


def test_rank_without_offers_prints_an_empty_object(migrated_app: Flask, tmp_path: Path) -> None:
    assert json.loads(rank(migrated_app, tmp_path, {"k": "Schulden"}, {}).stdout) == {}


@pytest.mark.parametrize(
    "offers, word",
    [
        ('{"a": "x", "a": "y"}', "twee keer"),
        ('{"a": NaN}', "geen getal"),
        ('{"a": 3}', "geen tekst"),
        ('["a"]', "vorm"),
        ("{", "niet te lezen"),
        ("", "niet te lezen"),
        ('{"a": "\\ud800"}', "tekens"),
        ("[" * 100_000, "niet te lezen"),
        ({"a": "schulden " * 12_000}, "te lang"),
    ],
)
def test_bad_offers_give_one_dutch_sentence_and_nothing_half(
    migrated_app: Flask, tmp_path: Path, offers: object, word: str
) -> None:
    result = rank(migrated_app, tmp_path, {"k": "Schulden"}, offers)
    assert result.exit_code == 1 and result.stdout == ""
    assert result.stderr.startswith("Fout: ") and word in result.stderr


def test_a_file_that_is_not_there_is_named(migrated_app: Flask, tmp_path: Path) -> None:
    result = run(migrated_app, "evaluate", str(tmp_path / "weg.json"))
    assert result.exit_code == 1 and "weg.json" in result.stderr and result.stdout == ""


def test_evaluate_prints_ours_beside_three_others(migrated_app: Flask, tmp_path: Path) -> None:
    result = run(migrated_app, "evaluate", write(tmp_path, "set.json", SET))
    assert result.exit_code == 0
    for name in ("matching", "partial_ratio", "TF-IDF", "random", "MAP", "recall@5", "AUC"):
        assert name in result.stdout
    figures = json.loads(run(migrated_app, "evaluate", "--json", write(tmp_path, "set.json", SET)).stdout)
    assert figures["matching"] == {"average_precision": 1.0, "recall_at_5": 1.0, "abstention": 1.0}


def changed(**offer: object) -> dict:
    return {**SET, "offers": [{**SET["offers"][0], **offer}, SET["offers"][1]]}  # type: ignore[dict-item,index]


@pytest.mark.parametrize(
    "content, word",
    [
        (changed(relevant=["k9"]), "onbekende nood"),
        (changed(id="e2"), "twee keer"),
        (changed(text=None), "nodig"),
        (changed(relevant="k1"), "nodig"),
        (changed(relevant=[]), "geen enkel"),
        ({"offers": []}, "vorm"),
        ({"obstacles": {}, "offers": []}, "geen enkel"),
        ({"obstacles": {"k": "x"}, "offers": {}}, "vorm"),
        ({"obstacles": {"k": "x"}, "offers": ["e"]}, "vorm"),
        ([], "vorm"),
    ],
)
def test_a_labelled_set_that_does_not_add_up_is_refused(
    migrated_app: Flask, tmp_path: Path, content: object, word: str
) -> None:
    result = run(migrated_app, "evaluate", write(tmp_path, "set.json", content))
    assert result.exit_code == 1 and result.stdout == ""
    assert result.stderr.startswith("Fout: ") and word in result.stderr


def test_on_the_tune_half_the_matching_keeps_its_level() -> None:
    found = evaluate(read_labelled(HALF))
    ours = found["matching"]
    assert ours.average_precision is not None and ours.average_precision >= 0.9
    assert ours.abstention is not None and ours.abstention >= 0.95
    others = [one.average_precision or 0 for name, one in found.items() if name != "matching"]
    assert ours.average_precision > 2 * max(others)
