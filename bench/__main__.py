"""`make bench`: median and 95th percentile, requests per second, queries and memory of the main pages.

In process first (Flask's test client, no network), then over HTTP against gunicorn with two workers.
Everything in one run on one machine: read the ratios to the floors, not the milliseconds.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade

from app import create_app
from app.infra.database import db
from bench import assigning, firmness, letters, matching, team
from bench.floors import add_floors
from bench.http import Server, throughput
from bench.pages import Page, pages, save_fields
from bench.world import World, build
from config import ROOT, Settings
from tests.counting import queries
from tests.secrets import SECRETS

SIZES = (200, 1000)
REPEATS = 30


@dataclass(frozen=True)
class Measurement:
    """Milliseconds; `queries` is the number of statements of one request."""

    median: float
    p95: float
    queries: int
    bytes: int


def settings_for(database: Path) -> Settings:
    return Settings(**SECRETS, database_url=f"sqlite:///{database}")


def make_app(database: Path) -> Flask:
    app = create_app(settings_for(database))
    add_floors(app)
    app.testing = True
    return app


def measure(request: Callable[[], int]) -> tuple[float, float, int]:
    """(median, 95th percentile, bytes) of REPEATS calls after two to warm up."""
    size = 0
    for _ in range(2):
        request()
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        size = request()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1], size


def signed_in(app: Flask, key: str | None) -> FlaskClient:
    client = app.test_client()
    if key:
        with client.session_transaction() as session:
            session["_user_id"], session["_fresh"], session["fs_cc"] = key, True, "set"
    return client


def measure_page(app: Flask, page: Page) -> Measurement:
    client = signed_in(app, page.user)

    def request() -> int:
        if page.before:
            page.before()
        response = client.get(page.path)
        if response.status_code != 200:
            raise SystemExit(f"{page.name}: {page.path} answered {response.status_code}")
        return len(response.data)

    median, p95, size = measure(request)
    with app.app_context(), queries() as seen:
        request()
    return Measurement(median, p95, len(seen), size)


def report(size: int, app: Flask, world: World, database: Path) -> dict[str, float]:
    """Print one table; returns the medians by page name."""
    found = [(page, measure_page(app, page)) for page in pages(world)]
    found.append(_save(app, world))
    medians = {page.name: result.median for page, result in found}
    print(f"\n{size} proposals, 5 jurors  (ms in process; ratios to the empty page and to the row floor)")
    print(f"{'page':<28}{'median':>9}{'p95':>9}{'x empty':>9}{'x rows':>9}{'queries':>9}{'kB':>8}", end="")
    print(f"{'rps 1':>9}{'rps 8':>9}")
    with Server(database) as server:
        for page, result in found:
            one, eight = ("", "") if page.before else [f"{throughput(server, page, n):.0f}" for n in (1, 8)]
            print(
                f"{page.name:<28}{result.median:>9.2f}{result.p95:>9.2f}"
                f"{result.median / medians['floor: empty page']:>9.2f}"
                f"{result.median / medians['floor: rows']:>9.2f}{result.queries:>9}"
                f"{result.bytes / 1024:>8.0f}{one:>9}{eight:>9}"
            )
        print(f"memory of the two workers and their parent after this: {server.memory():.0f} MB")
    return medians


def _save(app: Flask, world: World) -> tuple[Page, Measurement]:
    """A score save: the form's own fields, with the version that each save gives back."""
    client = signed_in(app, world.juror)
    page = Page("score save (rps: form)", f"/kandidaturen/{world.proposal}/scoreblad/written", world.juror)
    times, size, statements = [], 0, 0
    for number in range(REPEATS + 2):
        action, fields = save_fields(client, page.path, number)
        with app.app_context(), queries() as seen:
            begin = time.perf_counter()
            response = client.post(action, data=fields)
            times.append((time.perf_counter() - begin) * 1000)
        if response.status_code not in (200, 302, 303):
            raise SystemExit(f"score save answered {response.status_code}")
        size, statements = len(response.data), len(seen)
    kept = times[2:]
    return page, Measurement(statistics.median(kept), statistics.quantiles(kept, n=20)[-1], statements, size)


def main() -> int:
    results: dict[int, dict[str, float]] = {}
    for size in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            database = Path(folder) / "bench.sqlite3"
            app = make_app(database)
            with app.app_context():
                upgrade(directory=str(ROOT / "migrations"))
                world = build(size)
                db.session.remove()
            results[size] = report(size, app, world, database)
    small, large = (results[size] for size in SIZES)
    print(f"\n{SIZES[1]} against {SIZES[0]} proposals, times the time:")
    for name in small:
        print(f"  {name:<28}{large[name] / small[name]:>6.2f}")
    return matching.main() or team.main() or assigning.main() or firmness.main() or letters.main()


if __name__ == "__main__":
    sys.exit(main())
