"""`make run`: migrate, load the demo into an empty database, start the worker and gunicorn.

The worker ends with the server. Address and demo accounts are printed when the server is about to listen.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

from flask_migrate import upgrade

from app import create_app
from app.addenda.finding import catch_up
from app.demo.loader import accounts, is_empty, load
from config import ROOT, load_settings

ADDRESS = os.environ.get("PARTNERWIJZER_BIND", "127.0.0.1:8000")


def prepare() -> None:
    """Bring the database up to date, and fill it when nobody uses it yet."""
    settings = load_settings()
    app = create_app(settings)
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        catch_up()
        if not settings.production and is_empty():
            print("Lege databank: de demo wordt geladen …", flush=True)
            load()
        if not settings.production:
            _announce()


def _announce() -> None:
    print(f"\nPartnerwijzer draait op http://{ADDRESS}\n\nDemo-accounts (ook in README.md):")
    for account in accounts():
        print(f"  {account.email:<34} {account.password:<24} {account.role}")
    print("\nStoppen met Ctrl+C.\n", flush=True)


def serve() -> int:
    """Run the worker beside gunicorn until gunicorn stops; returns its exit status.

    A request to end (Ctrl+C or SIGTERM) is passed on, so that neither outlives this process.
    """
    binaries = Path(sys.executable).parent
    worker = subprocess.Popen([str(binaries / "flask"), "--app", "wsgi", "jobs", "work"], cwd=ROOT)
    command = [str(binaries / "gunicorn"), "--config", str(ROOT / "tools" / "gunicorn_conf.py"), "wsgi:app"]
    server = subprocess.Popen([*command, "--bind", ADDRESS], cwd=ROOT)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda _number, _frame: server.terminate())
    try:
        return server.wait()
    finally:
        worker.terminate()
        _see_end(worker)


def _see_end(worker: subprocess.Popen[bytes]) -> None:
    """It ends what it is doing; killed it loses nothing that was asked (see `app.infra.jobs`)."""
    try:
        worker.wait(timeout=20)
    except subprocess.TimeoutExpired:
        worker.kill()


if __name__ == "__main__":
    prepare()
    sys.exit(serve())
