"""Gunicorn: few processes with some threads; the application is loaded once, so a moved clock is shared."""

import os
import sys

workers = int(os.environ.get("PARTNERWIJZER_WORKERS", "2"))
threads = 4
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 15
accesslog = None
errorlog = "-"
loglevel = "warning"


def when_ready(_server: object) -> None:
    """Nobody writes or reads under another key than the one of the database: then there is no start."""
    from app.infra.database import db
    from app.infra.starting import start_problem
    from wsgi import app

    with app.app_context():
        problem = start_problem()
        db.session.remove()
    if problem:
        sys.exit(problem)


def post_fork(_server: object, worker: object) -> None:
    """Connections made before the fork stay with the parent."""
    from app.infra.database import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)
