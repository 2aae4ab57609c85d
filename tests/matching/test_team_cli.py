import json
import subprocess
import sys

import pytest

PROBLEM = {
    "obstacles": [{"id": "o1", "weight": 2}, {"id": "o2", "weight": 1.5}],
    "proposals": [
        {"id": "a", "score": 70, "cost": 10, "covers": {"o1": 1}, "municipalities": ["Bornem"]},
        {"id": "b", "score": 50.5, "cost": 5, "covers": {"o1": 0.5, "o2": 1}, "coordinator": True},
        {"id": 3, "score": 90, "cost": 30, "covers": {"o1": 1, "o2": 1}},
    ],
    "limits": {"budget": 20},
}


@pytest.fixture
def run(app, tmp_path):
    def call(data):
        path = tmp_path / "team.json"
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        return app.test_cli_runner().invoke(args=["team", "compose", str(path)])

    return call


def with_limits(**limits):
    return PROBLEM | {"limits": limits}


def test_the_best_team_is_printed_in_the_agreed_shape(run):
    result = run(PROBLEM)
    assert result.exit_code == 0, result.output
    assert not result.stderr
    found = json.loads(result.stdout)
    assert list(found) == ["proposals", "coverage", "quality", "cost", "bound", "gap", "alternatives"]
    assert (found["proposals"], found["coverage"], found["cost"]) == (["a", "b"], 3.5, 15)
    assert (found["bound"], found["gap"]) == (3.5, 0)
    assert [one["proposals"] for one in found["alternatives"]] == [["b"], ["a"]]
    assert set(found["alternatives"][0]) == {"proposals", "coverage", "quality", "cost"}


def test_limits_may_be_absent_and_ids_keep_their_type(run):
    found = json.loads(run({name: PROBLEM[name] for name in ("obstacles", "proposals")}).stdout)
    assert found["proposals"] == [3]


@pytest.mark.parametrize(
    "limits",
    [
        {"must": ["3"]},
        {"must": [3]},
        {"min_score": 80},
        {"must_not": ["a", "b"]},
        {"critical": {"o1": 1}, "max_partners": 1, "budget": None},
    ],
)
def test_each_limit_is_heard(run, limits):
    assert json.loads(run(with_limits(**limits)).stdout)["proposals"] == [3]


def test_a_municipality_and_a_coordinator_can_be_demanded(run):
    found = json.loads(run(with_limits(municipalities=["Bornem"], coordinator=True, budget=20)).stdout)
    assert found["proposals"] == ["a", "b"]


def test_contradicting_limits_are_named(run):
    result = run(with_limits(budget=20, must=[3], must_not=["a"]))
    assert result.exit_code == 1 and not result.stdout
    assert "het budget; kandidatuur 3 moet erbij" in result.stderr and "mag er niet bij" not in result.stderr


def changed(part, place, **fields):
    parts = [dict(one) for one in PROBLEM[part]]
    parts[place] |= fields
    return PROBLEM | {part: parts}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "geen leesbare JSON"),
        (b"\xff\xfe{", "geen leesbare JSON"),
        (b"[" * 100_000, "geen leesbare JSON"),
        (b'{"obstacles": ' + b"9" * 5000 + b"}", "geen leesbare JSON"),
        (b'{"obstacles": NaN}', "NaN is geen getal"),
        (b'{"obstacles": -Infinity}', "-Infinity is geen getal"),
        (b'{"a": 1, "a": 2}', "naam a staat twee keer"),
        ([], "Bij {}"),
        ({}, "Bij obstacles"),
        (PROBLEM | {"obstacles": []}, "geen obstakels"),
        (PROBLEM | {"proposals": []}, "geen kandidaturen"),
        (PROBLEM | {"proposals": [4]}, "proposals[0]"),
        (PROBLEM | {"limits": [1]}, "limits"),
        (changed("obstacles", 0, weight=-1), "gewicht van obstakel o1"),
        (changed("obstacles", 0, weight="veel"), "obstacles[0].weight"),
        (changed("obstacles", 0, weight=1e300), "gewicht van obstakel o1"),
        (changed("obstacles", 1, id="o1"), "o1 staat er twee keer"),
        (changed("obstacles", 1, id=None), "obstacles[1].id"),
        (changed("proposals", 2, id="a"), "a staat er twee keer"),
        (changed("proposals", 0, id="3"), "3 staat er twee keer"),
        (changed("proposals", 0, id=True), "proposals[0].id"),
        (changed("proposals", 0, cost=-1), "kost van kandidatuur a"),
        (changed("proposals", 0, cost=10**400), "kost van kandidatuur a"),
        (changed("proposals", 0, score=None), "proposals[0].score"),
        (changed("proposals", 0, covers={"o1": 1.1}), "tussen 0 en 1"),
        (changed("proposals", 0, covers={"o1": -0.1}), "tussen 0 en 1"),
        (changed("proposals", 0, covers={"o9": 1}), "o9, dat er niet in staat"),
        (changed("proposals", 0, covers=["o1"]), "proposals[0].covers"),
        (changed("proposals", 0, municipalities="Bornem"), "proposals[0].municipalities"),
        (changed("proposals", 0, coordinator="ja"), "proposals[0].coordinator"),
        (with_limits(budget=-1), "grens budget"),
        (with_limits(budget="20"), "limits.budget"),
        (with_limits(max_partners=1.5), "grens max_partners"),
        (with_limits(max_partners=True), "limits.max_partners"),
        (with_limits(must=["z"]), "kandidatuur z"),
        (with_limits(must="a"), "limits.must"),
        (with_limits(critical={"z": 1}), "obstakel z"),
        (with_limits(critical={"o1": -1}), "grens critical"),
        (with_limits(budgt=3), "budgt bestaat niet"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence(run, data, said):
    result = run(data)
    assert result.exit_code == 1, result.output
    assert said in result.stderr and not result.stdout
    assert isinstance(result.exception, SystemExit)


def test_a_file_that_is_not_there_is_refused(app, tmp_path):
    result = app.test_cli_runner().invoke(args=["team", "compose", str(tmp_path / "nowhere")])
    assert result.exit_code == 1 and "niet te lezen" in result.stderr


def test_the_solver_is_not_loaded_before_it_is_used():
    check = "import app, sys; assert 'highspy' not in sys.modules"
    subprocess.run([sys.executable, "-c", check], check=True)
