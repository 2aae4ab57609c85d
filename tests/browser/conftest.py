"""A real browser against a real server, in this process so that the clock can be moved along.

Without Chromium these tests are skipped with a reason; with CI=true that is a failure.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from app.infra.database import db
from tests.programs import needed

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 30_000  # milliseconds; a slow machine is no fault of a page
expect.set_options(timeout=PATIENCE)
SIZES = {
    "desk": {"width": 1280, "height": 900},
    "phone": {"width": 375, "height": 800},
    # a phone on which a whole page is in view: the bar at the bottom lies over nothing that axe measures
    "unrolled": {"width": 375, "height": 12_000},
}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = needed("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


class Answering:
    """Knows which answers are under way. A browser that is closed does not stop the answer it asked for, and
    that one may not read the tables while they are emptied for the next test."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._under_way = 0
        self._changed = threading.Condition()

    def __call__(self, environ: Any, start_response: Any) -> Any:
        self._count(1)
        try:
            return self._application(environ, start_response)
        finally:
            self._count(-1)  # not at the closing of the answer: that never comes when the browser hung up

    def _count(self, by: int) -> None:
        with self._changed:
            self._under_way += by
            self._changed.notify_all()

    def wait(self, seconds: float) -> bool:
        """Until nothing is under way; False when that took longer."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._under_way, seconds)


@pytest.fixture
def server(app: Flask) -> Iterator[str]:
    """The application on a free port of loopback; its address."""
    app.config["WTF_CSRF_ENABLED"] = True
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    answering = Answering(app)
    httpd = make_server("127.0.0.1", 0, answering, threaded=True)
    # asked to stop it looks up once a turn: half a second each, for hundreds of tests
    thread = threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{httpd.server_port}"
    httpd.shutdown()
    thread.join(timeout=60)
    httpd.server_close()
    assert answering.wait(60), "an answer took more than a minute after the browser left"
    app.config["WTF_CSRF_ENABLED"] = False


SignIn = Callable[..., Page]


@pytest.fixture
def visit(chromium: Browser, app: Flask, server: str) -> Iterator[SignIn]:
    """`visit(user, size="desk", javascript=True)` gives a page of somebody who is signed in, or a visitor."""
    contexts: list[BrowserContext] = []

    def open_page(user: Any = None, size: str = "desk", javascript: bool = True) -> Page:
        db.session.rollback()
        context = chromium.new_context(
            base_url=server, viewport=SIZES[size], java_script_enabled=javascript, locale="nl-BE"
        )
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        if user is not None:
            client = app.test_client().sign_in(user)  # type: ignore[attr-defined]
            cookie = client.get_cookie("session")
            context.add_cookies([{"name": "session", "value": cookie.value, "url": server}])
        page = context.new_page()
        problems: list[str] = []
        page.on("pageerror", lambda error: problems.append(str(error)))
        page.on("response", lambda r: problems.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        page.problems = problems  # type: ignore[attr-defined]
        return page

    yield open_page
    problems = [one for c in contexts for page in c.pages for one in page.problems]  # type: ignore[attr-defined]
    for context in contexts:
        context.close()
    assert problems == []
