"""The parts every screen is made of."""

import re
from pathlib import Path

import pytest
from flask import Flask, render_template

ROOT = Path(__file__).parents[2]
COMPONENTS = ROOT / "templates" / "_components"
STATIC = ROOT / "app" / "static"


@pytest.fixture
def html(app: Flask) -> str:
    answer = app.test_client().get("/componenten")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_the_gallery_imports_every_component_but_the_icon_that_others_draw() -> None:
    shown = (COMPONENTS / "gallery.html").read_text()
    names = {path.name for path in COMPONENTS.glob("*.html")} - {"gallery.html", "icon.html"}
    assert {name for name in names if f"_components/{name}" not in shown} == set()


def test_nothing_is_styled_or_scripted_inline_so_that_the_security_policy_holds(html: str) -> None:
    assert not re.search(r"\sstyle=|\son[a-z]+=\"|<style|<script(?![^>]*src=)", html)


def test_every_error_in_the_summary_leads_to_something_on_the_page(html: str) -> None:
    start = html.index("data-error-summary")
    summary = html[start : html.index("</div>", start)]
    targets = re.findall(r'href="#([^"]+)"', summary)
    assert len(targets) == 8
    assert all(f'id="{target}"' in html for target in targets)


def test_no_id_is_used_twice(html: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))


def test_a_field_with_an_error_is_tied_to_its_words(html: str) -> None:
    assert 'aria-describedby="e-organisation-hint e-organisation-error" aria-invalid="true"' in html


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([^"]+)"', (STATIC / "icons.svg").read_text()))
    used = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r"(?:icon\(|icon=)\"([a-z-]+)\"", path.read_text())
    }
    assert used - sprite == set()


def test_the_stylesheet_stays_small_and_asks_nothing_of_other_sites() -> None:
    css = (STATIC / "css" / "app.css").read_text()
    assert len(css.encode()) < 120_000
    assert not re.search(r"url\(\"?(https?:)?//", css)
    for name in re.findall(r"url\(\"?\.\./([^\")]+)", css):
        assert (STATIC / name).is_file(), name


@pytest.mark.parametrize("code", [400, 403, 404, 409, 405, 413, 429, 500])
def test_an_error_page_says_what_one_can_do_now_even_without_a_shell(app: Flask, code: int) -> None:
    with app.test_request_context("/"):
        page = render_template(f"errors/{code}.html")
    assert f"Melding {code}" in page
    assert "Wat je nu kan doen" in page
