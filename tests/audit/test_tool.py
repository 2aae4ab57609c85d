"""The tool stands alone, says what is the matter in Dutch, and never falls over what it is given."""

import copy
import json
import shutil
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.audit.heads import publish_head
from app.audit.presenters import key_facts
from app.audit.tree import Tree
from app.proposals.seal.sealing import contents
from app.proposals.wording import ANSWER_PARTS
from tests.audit.world import hand_in, log_something, published, receipt_of
from tools import verify_receipt
from tools.verify_receipt import DEPTH, PARTS, Unreadable, climb, examine, parse, read_heads

Case = dict[str, Any]


@pytest.fixture
def case(app: Flask, tmp_path: Path) -> Case:
    """Two receipts in one head, the text of the first, and everything as files beside a copy of the tool."""
    log_something(3)
    first, second = hand_in(2)
    early = receipt_of(*first)
    publish_head()
    publish_head()
    files = {
        "ontvangstbewijs.json": receipt_of(*first),
        "ander.json": receipt_of(*second),
        "vroeg.json": early,
    }
    for name, value in files.items():
        (tmp_path / name).write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    lines = published()
    (tmp_path / "hoofden.jsonl").write_text("".join(json.dumps(one) + "\n" for one in lines))
    (tmp_path / "ingediend.json").write_text(contents([first[0]], {first[1]})[first[0]], "utf-8")
    shutil.copy(verify_receipt.__file__, tmp_path / "verify_receipt.py")
    return {"folder": tmp_path, "receipt": files["ontvangstbewijs.json"], "lines": lines, "early": early}


def run(case: Case, *arguments: str) -> tuple[int, str]:
    """In a process of its own that sees nothing of the application."""
    done = subprocess.run(
        [sys.executable, "-I", "verify_receipt.py", *arguments],
        cwd=case["folder"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONIOENCODING": "utf-8"},
        check=False,
        timeout=60,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_genuine_receipt_is_found_in_its_head(case: Case) -> None:
    status, said = run(case, "ontvangstbewijs.json", "--heads", "hoofden.jsonl")
    assert status == 0
    assert "ECHT" in said and "OPGENOMEN in hoofd 1" in said
    assert case["receipt"]["statement"]["number"] in said and ("(CET)" in said or "(CEST)" in said)


def test_a_whole_forgery_is_never_said_to_be_of_this_installation(case: Case, app: Flask) -> None:
    """Forged receipt, forged heads and a key of one's own: only the comparison of the key tells."""
    key, *_ = case["lines"]
    status, said = run(case, "ontvangstbewijs.json", "--heads", "hoofden.jsonl")
    short = key_facts()["short"]
    assert status == 0 and "ECHT volgens de sleutel in het bestand met hoofden" in said
    assert short in said and "vergelijk met de sleutel op de pagina /controle" in said
    assert "deze installatie" not in said and "latere versie" in said
    trusting = ("ontvangstbewijs.json", "--heads", "hoofden.jsonl", "--key")
    status, said = run(case, *trusting, key["public_key"])
    assert status == 0 and "de sleutel die je gaf" in said and "vergelijk" not in said
    assert run(case, *trusting, "ab" * 32)[0] == 1


def test_what_does_not_belong_in_a_receipt_is_refused(case: Case) -> None:
    for more, why in (({"note": "winnaar"}, "niet in een"), ({"public_key": "ab" * 32}, "andere sleutel")):
        finding = examine({**case["receipt"], **more}, case["lines"])
        assert not finding.genuine and why in finding.problem
    assert examine(case["receipt"], case["lines"]).included


def test_one_that_is_in_no_head_yet_is_genuine_all_the_same(case: Case) -> None:
    status, said = run(case, "vroeg.json", "--heads", "hoofden.jsonl")
    assert status == 3 and "NOG NIET OPGENOMEN" in said
    status, said = run(case, "ontvangstbewijs.json", "--key", case["lines"][0]["public_key"])
    assert status == 3


def test_the_exact_text_and_every_field_of_it_are_checked(case: Case) -> None:
    heads = ("ontvangstbewijs.json", "--heads", "hoofden.jsonl")
    status, said = run(case, *heads, "--content", "ingediend.json")
    assert status == 0 and "DE TEKST PAST" in said
    path = case["folder"] / "ingediend.json"
    path.write_text(path.read_text("utf-8").replace("Huisbezoek.", "Telefoneren.", 1), "utf-8")
    status, said = run(case, *heads, "--content", "ingediend.json")
    assert status == 1
    assert "Obstakel “Obstakel 1.1”, aanpak: heeft een andere inhoud." in said
    assert said.count("heeft een andere inhoud") == 1
    path.write_text("[]")
    assert run(case, *heads, "--content", "ingediend.json")[0] == 2


def test_a_file_is_looked_up_by_its_content_and_its_name(case: Case) -> None:
    data = b"een bijlage"
    statement = {"files": [{"name": "plan é.pdf", "size": len(data), "sha256": sha256(data).hexdigest()}]}
    finding = verify_receipt.file_finding
    assert finding(statement, "plan é.pdf", data) == (True, "Bestand plan é.pdf staat zo op de lijst.")
    assert finding(statement, "kopie.pdf", data)[0] is True
    assert "andere inhoud" in finding(statement, "plan é.pdf", b"iets anders")[1]
    assert finding(statement, "x.pdf", b"iets anders") == (False, "Bestand x.pdf staat niet op de lijst.")
    assert run(case, "ontvangstbewijs.json", "--heads", "hoofden.jsonl", "--file", "ander.json")[0] == 1


def test_a_wrong_use_is_answered_with_the_right_one(case: Case) -> None:
    for arguments in ((), ("--heads",), ("ontvangstbewijs.json", "--onbekend")):
        status, said = run(case, *arguments)
        assert status == 2 and "VERKEERD GEBRUIK" in said
    status, said = run(case, "bestaatniet.json", "--heads", "hoofden.jsonl")
    assert status == 2 and "bestaatniet.json kan niet gelezen worden" in said
    status, said = run(case, "ontvangstbewijs.json")
    assert status == 1 and "sleutel ontbreekt" in said
    status, said = run(case, "ontvangstbewijs.json", "--heads", "hoofden.jsonl", "--key", "zz")
    assert status == 1 and "geen openbare sleutel" in said
    status, said = run(case, "ontvangstbewijs.json", "--heads", "hoofden.jsonl", "--key", "ab" * 32)
    assert status == 1 and "andere sleutel" in said


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \r\n",
        b"\xff\xfe{\x00}\x00",
        b"{",
        b"[" * 100_000,
        b'{"a": NaN}',
        b'{"a": 1, "a": 2}',
        b'{"a": "\\ud800"}',
        b"9" * 5000,
    ],
)
def test_what_is_no_json_is_said_to_be_unreadable(case: Case, data: bytes) -> None:
    (case["folder"] / "fout.json").write_bytes(data)
    status, said = run(case, "fout.json", "--heads", "hoofden.jsonl")
    assert status == 2 and said.startswith("ONLEESBAAR: Het ontvangstbewijs is")
    status, said = run(case, "ontvangstbewijs.json", "--heads", "fout.json")
    assert status == 2 and said.startswith("ONLEESBAAR: Het bestand met de hoofden is")


def test_a_byte_order_mark_and_other_line_ends_do_no_harm(case: Case) -> None:
    folder = case["folder"]
    for name in ("ontvangstbewijs.json", "hoofden.jsonl"):
        text = (folder / name).read_bytes().replace(b"\n", b"\r\n")
        (folder / name).write_bytes(b"\xef\xbb\xbf" + text)
    assert run(case, "ontvangstbewijs.json", "--heads", "hoofden.jsonl")[0] == 0


def place(case: Case, **changes: Any) -> Case:
    changed: Case = copy.deepcopy(case["receipt"])
    changed["inclusion"] |= changes
    return changed


def test_the_position_is_the_one_that_the_path_leads_to(case: Case) -> None:
    position = case["receipt"]["inclusion"]["position"]
    wrong = [
        position ^ 1,
        position + 2**DEPTH,
        -1,
        position - 2**DEPTH,
        str(position),
        10**400,
        1.5,
        True,
        None,
    ]
    for one in wrong:
        finding = examine(place(case, position=one), case["lines"])
        assert not finding.genuine and finding.problem
    other = json.loads((case["folder"] / "ander.json").read_text("utf-8"))["inclusion"]
    assert not examine(place(case, **other), case["lines"]).genuine


@pytest.mark.parametrize(
    "path", [[], ["ab"] * DEPTH, ["AB" * 32] * DEPTH, ["ab" * 33] * DEPTH, [None] * DEPTH, "ab" * DEPTH, {}]
)
def test_a_path_has_a_fixed_shape(case: Case, path: Any) -> None:
    assert examine(place(case, path=path), case["lines"]).problem.startswith("De plaats")


def test_heads_with_a_gap_twice_or_in_another_order_are_no_run(case: Case) -> None:
    key, first, second = case["lines"]
    for lines in ([key, first, first], [key, second, first], [key, first, {}], [key, first, 7], [key, []]):
        finding = examine(case["receipt"], lines)
        assert finding.heads_broken and finding.problem
    assert examine(case["receipt"], [key, first]).included
    assert examine(case["receipt"], [key, second]).genuine
    assert not examine(case["receipt"], [key, second]).included
    forged = first | {"root": "00" * 32}
    assert examine(case["receipt"], [key, forged]).problem == "De handtekening van hoofd 1 past niet."


def test_a_receipt_that_claims_to_be_older_than_its_head_allows_is_remarked(case: Case, app: Flask) -> None:
    receipt, (_key, first, _second) = case["receipt"], case["lines"]
    assert examine(receipt, case["lines"]).remark == ""
    before = first | {"at": "2999-01-01T00:00:00+00:00"}
    assert "later" in verify_receipt._oddity(receipt, first, before)


def test_any_change_to_the_statement_makes_it_false(case: Case) -> None:
    for name in case["receipt"]["statement"]:
        changed = copy.deepcopy(case["receipt"])
        changed["statement"][name] = "iets anders"
        assert not examine(changed, case["lines"]).genuine
        del changed["statement"][name]
        assert not examine(changed, case["lines"]).genuine
    for name in ("format", "statement", "commitment", "signature"):
        changed = copy.deepcopy(case["receipt"])
        del changed[name]
        assert not examine(changed, case["lines"]).genuine


def test_the_parts_of_an_answer_are_those_of_the_application() -> None:
    assert list(PARTS) == [one.key for one in ANSWER_PARTS]


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
quick = settings(
    max_examples=300,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    database=None,
)


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place inside a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, one in inner for spot in spots(one, (*path, key)))]


def put(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    if not path:
        return new
    changed = copy.deepcopy(value)
    place = changed
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = new
    return changed


@quick
@given(data=st.data())
def test_no_value_in_any_place_breaks_it(case: Case, data: st.DataObject) -> None:
    """Only what says nothing (where it is in the heads, an unknown name beside it) leaves it genuine."""
    receipt = case["receipt"]
    path = data.draw(st.sampled_from(spots(receipt)))
    changed = put(receipt, path, data.draw(json_values))
    finding = examine(changed, case["lines"])
    assert finding.genuine or finding.problem
    if path and path[0] in ("statement", "commitment", "signature") and changed != receipt:
        assert not finding.genuine
    lines = put(case["lines"], data.draw(st.sampled_from(spots(case["lines"]))), data.draw(json_values))
    finding = examine(receipt, lines if isinstance(lines, list) else [lines])
    assert finding.genuine or finding.problem


@quick
@given(data=st.binary(max_size=60) | st.text(max_size=60) | json_values.map(json.dumps))
def test_no_bytes_break_the_reading(data: bytes | str) -> None:
    for read in (read_heads, lambda given: parse(given, "Dit")):
        try:
            value = read(data)
        except Unreadable as error:
            assert str(error)
        else:
            examine(value, value if isinstance(value, list) else [value], "ab" * 32)


@settings(max_examples=40, deadline=None, database=None)
@given(
    leaves=st.sets(st.binary(min_size=32, max_size=32), min_size=1, max_size=60),
    blind=st.binary(min_size=32, max_size=32),
)
def test_every_leaf_leads_to_the_root_and_every_path_is_as_long(leaves: set[bytes], blind: bytes) -> None:
    tree = Tree(leaves, blind)
    for leaf in leaves:
        path = tree.path(leaf)
        assert len(path) == DEPTH
        assert climb(leaf, tree.position(leaf), path) == tree.root()
    with pytest.raises(KeyError):
        tree.path(b"not in it" * 4)
