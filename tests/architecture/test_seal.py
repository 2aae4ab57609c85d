"""One door to what is sealed: who may hold a key, and who may touch what lies under it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Who reads the columns of what was handed in: the door, who puts it there, who empties it after its term, and
# who changes the keys.
MAY_TOUCH = {
    "app/proposals/models.py",
    "app/proposals/seal/sealing.py",
    "app/proposals/seal/destroying.py",
    "app/proposals/handing_in/receipts.py",
    "app/proposals/seal/keyring.py",
}
# Who opens a box or holds a key of the installation.
MAY_DECRYPT = {
    "app/infra/vault.py",
    "app/proposals/seal/sealing.py",
    "app/proposals/seal/keyring.py",
}
# Who asks for the key of a call, for files that lie in the storage.
MAY_ASK_THE_KEY = {
    "app/proposals/seal/sealing.py",
    "app/proposals/seal/keyring.py",
    "app/proposals/files/attaching.py",
    "app/proposals/files/archive.py",
    "app/admissibility/answering.py",
    "app/admissibility/files.py",
    "app/admissibility/views_checking.py",
    "app/objections/attaching.py",
    "app/objections/attached.py",
    "app/dossiers/collecting/files.py",
}


def sources() -> Iterator[tuple[str, ast.AST]]:
    for path in sorted((ROOT / "app").rglob("*.py")):
        yield str(path.relative_to(ROOT)), ast.parse(path.read_text())


def names_in(tree: ast.AST) -> set[str]:
    """Every name that is read, called, imported or asked of something."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.ImportFrom | ast.Import):
            found |= {one.name for one in node.names}
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            found.add(node.value)  # getattr(row, "sealed_content")
    return found


def guilty(names: set[str], allowed: set[str]) -> dict[str, set[str]]:
    return {
        path: found for path, tree in sources() if path not in allowed and (found := names_in(tree) & names)
    }


def test_nobody_but_the_door_touches_what_is_sealed() -> None:
    assert guilty({"sealed_content", "sealed_statement", "CallKey"}, MAY_TOUCH) == {}


def test_nobody_else_opens_boxes_or_holds_keys() -> None:
    names = {"decrypt", "derived_key", "installation_key", "seal_key", "AESGCM"}
    allowed = MAY_DECRYPT | {"app/infra/storage.py"}
    assert guilty(names, allowed) == {}


def test_nobody_else_asks_for_the_key_of_a_call() -> None:
    asks = {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "call_key" in {one.name for one in node.names}
    }
    assert asks | {"app/proposals/seal/sealing.py"} == MAY_ASK_THE_KEY


def test_no_template_and_no_command_knows_of_them() -> None:
    words = ("sealed_content", "sealed_statement", "call_key")
    files = [*(ROOT / "templates").rglob("*.*"), *(ROOT / "app").rglob("cli.py")]
    assert [str(one) for one in files if any(word in one.read_text() for word in words)] == []
