"""Gunicorn: few processes with some threads; the application is loaded once, so a moved clock is shared."""

import os

workers = int(os.environ.get("PARTNERWIJZER_WORKERS", "2"))
threads = 4
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 15
accesslog = None
errorlog = "-"
loglevel = "warning"


def post_fork(_server: object, worker: object) -> None:
    """Connections made before the fork stay with the parent."""
    from app.infra.database import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)
