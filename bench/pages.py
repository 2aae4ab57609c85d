"""The pages that are measured, and how a score form is filled in."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

from flask.testing import FlaskClient

from app.infra.remembered import forget
from bench.world import World


@dataclass(frozen=True)
class Page:
    """`user` is the sign-in key, None for a visitor; `before` runs ahead of each request, in process only."""

    name: str
    path: str
    user: str | None = None
    before: Callable[[], None] | None = None


def pages(world: World) -> list[Page]:
    """Floors first."""
    return [
        Page("floor: empty page", "/bench/empty", world.regisseur),
        Page("floor: rows", f"/bench/rows/{world.written_call}", world.regisseur),
        Page("public call", f"/oproepen/{world.written_call}"),
        Page("proposal list", f"/oproepen/{world.written_call}/kandidaturen", world.regisseur),
        Page("ranking", f"/oproepen/{world.decided_call}/rangschikking", world.regisseur),
        Page(
            "ranking, scores changed",
            f"/oproepen/{world.decided_call}/rangschikking",
            world.regisseur,
            forget,
        ),
        Page("score form", f"/kandidaturen/{world.proposal}/scoreblad/written", world.juror),
        Page("score export", f"/oproepen/{world.decided_call}/scores.csv", world.regisseur),
    ]


_FORM = re.compile(r"<form[^>]*data-autosave=\"([^\"]+)\"[^>]*>(.*?)</form>", re.S)
_INPUT = re.compile(r"<input\b[^>]*>")
_AREA = re.compile(r"<textarea\b[^>]*name=\"([^\"]+)\"[^>]*>(.*?)</textarea>", re.S)
_ATTRIBUTE = re.compile(r"(\w[\w-]*)(?:=\"([^\"]*)\")?")


def save_fields(client: FlaskClient, path: str, number: int) -> tuple[str, dict[str, str]]:
    """(address, fields) of the score form as it stands now, with one reason changed."""
    html = client.get(path).get_data(as_text=True)
    form = _FORM.search(html)
    if form is None:
        raise SystemExit(f"no form that saves itself on {path}")
    fields: dict[str, str] = {}
    for tag in _INPUT.findall(form[2]):
        attributes = {name: unescape(value) for name, value in _ATTRIBUTE.findall(tag[6:])}
        kept = attributes.get("type") not in {"radio", "checkbox"} or "checked" in attributes
        if kept and "name" in attributes:
            fields[attributes["name"]] = attributes.get("value", "")
    reasons = [unescape(name) for name, _ in _AREA.findall(form[2])]
    fields |= {
        name: f"De aanpak overtuigt omdat ze vertrekt van de persona, versie {number}." for name in reasons
    }
    return unescape(form[1]), fields
