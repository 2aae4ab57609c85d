"""axe finds nothing at WCAG 2.2 AA on any page, for anybody who may see it, wide and narrow.

The pages are those of the probe: one call in each phase with its people. Every page is also checked for
sideways scrolling at 375 pixels.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask

from app.domain.timeline import Phase
from app.infra.access import PUBLIC, SIGNED_IN
from tests.architecture.test_probe import World, actor_for, address, build, expected, rule_of
from tests.browser.conftest import SignIn

pytestmark = pytest.mark.browser
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
PHASES = [Phase.DRAFT, Phase.OPEN, Phase.SEALED, Phase.WRITTEN, Phase.PITCH, Phase.DECIDED]
LATER = [Phase.COMMUNICATED, Phase.OBJECTIONS, Phase.PARTNERSHIP]


def pages(app: Flask, world: World, phase: Phase) -> dict[str, str | None]:
    """url -> the role that looks at it: for every page the last role in the table that may."""
    found: dict[str, str | None] = {}
    for rule in app.url_map.iter_rules():
        action, url = rule_of(app, rule.endpoint), address(app, rule, world)
        if (
            url is None
            or "GET" not in (rule.methods or ())
            or rule.endpoint in {"static", "healthz", "readyz"}
        ):
            continue
        if action in {PUBLIC, SIGNED_IN}:
            if phase is Phase.OPEN:
                found[url] = None if action == PUBLIC else "regisseur"
            continue
        for role in world.people:
            if expected(action, role, phase) and actor_for(world, action, role) is not None:
                found[url] = role
    return found


@pytest.mark.parametrize("phase", [*PHASES, *LATER], ids=lambda phase: phase.name)
def test_axe_finds_nothing(app: Flask, visit: SignIn, phase: Phase) -> None:
    world = build(phase)
    todo = pages(app, world, phase)
    wrong: list[str] = []
    people = {role: user for role, user in world.people.items()}
    for role in sorted({one or "" for one in todo.values()}):
        page = visit(people.get(role) if role else None, size="unrolled")  # type: ignore[call-overload]
        for url in [url for url, seen_by in todo.items() if (seen_by or "") == role]:
            wrong += look_at(page, url)
    assert not wrong, "\n".join(wrong)


def look_at(page: object, url: str) -> list[str]:
    """What axe and the width have to say about one page; downloads are passed over."""
    response = page.request.get(url)  # type: ignore[attr-defined]
    if not response.headers.get("content-type", "").startswith("text/html"):
        return []
    if "sandbox" in response.headers.get("content-security-policy", ""):
        page.goto("about:blank")  # type: ignore[attr-defined]  # a mail: where it is served no script runs
        page.set_content(response.text())  # type: ignore[attr-defined]
    else:
        page.goto(url)  # type: ignore[attr-defined]
    found = [
        f"{url}: {one['id']} {one['nodes'][0]['target']}"
        for one in Axe().run(page, options=RULES).response["violations"]  # type: ignore[arg-type]
    ]
    width = page.evaluate("document.documentElement.scrollWidth")  # type: ignore[attr-defined]
    return found + ([f"{url}: {width} px wide"] if width > 375 else [])
