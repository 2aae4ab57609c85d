"""Every endpoint says who it is for, and templates stand where their feature stands."""

import ast
import re
from pathlib import Path

from flask import Flask

from app.domain.access import PERMISSIONS
from app.infra.access import DECLARED_ELSEWHERE, EITHER, PUBLIC, SIGNED_IN
from app.infra.messages import known_codes

ROOT = Path(__file__).parents[2]
SHARED_TEMPLATES = {"_components", "errors", "security", "base.html", "fonts.typ"}


def declared_rules(app: Flask) -> dict[str, str | None]:
    """endpoint -> its rule."""
    return {
        endpoint: DECLARED_ELSEWHERE.get(endpoint) or getattr(view, "access_rule", None)
        for endpoint, view in app.view_functions.items()
    }


def test_every_endpoint_declares_its_access(app: Flask) -> None:
    assert [name for name, rule in declared_rules(app).items() if rule is None] == []


def test_every_declared_rule_is_a_row_of_the_table(app: Flask) -> None:
    known = {PUBLIC, SIGNED_IN, *PERMISSIONS}
    rules = declared_rules(app)
    assert {name: rule for name, rule in rules.items() if not set(str(rule).split(EITHER)) <= known} == {}


def test_what_is_declared_elsewhere_exists(app: Flask) -> None:
    assert set(DECLARED_ELSEWHERE) - set(app.view_functions) == set()


def test_templates_mirror_features() -> None:
    features = {path.name for path in (ROOT / "app").iterdir() if path.is_dir()}
    found = {path.name for path in (ROOT / "templates").iterdir()}
    assert found - SHARED_TEMPLATES - features == set()


def test_every_template_is_used() -> None:
    code = [path.read_text() for path in (ROOT / "app").rglob("*.py")]
    pages = [path.read_text() for path in (ROOT / "templates").rglob("*.*")]
    mentioned = set(re.findall(r"\w[\w/]*\.(?:html|txt|typ)", "\n".join(code + pages)))
    stems = set(re.findall(r"[\"']([\w]+/[\w/]+)[\"']", "\n".join(code)))
    unused = []
    for path in (ROOT / "templates").rglob("*.*"):
        name = str(path.relative_to(ROOT / "templates"))
        by_framework = name.startswith(("security/", "errors/"))
        if not by_framework and name not in mentioned and name.rsplit(".", 1)[0] not in stems:
            unused.append(name)
    assert unused == []


def test_every_refusal_has_a_dutch_sentence(app: Flask) -> None:
    codes = set()
    for path in (ROOT / "app").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"DomainError", "Forbidden"}:
                codes |= {arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant)}
    assert codes - known_codes() == set()


def test_templates_never_decide_about_rights() -> None:
    guilty = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\b(may|may_here|roles_for|holds)\(", path.read_text())
    ]
    assert guilty == []
