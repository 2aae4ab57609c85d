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
    from sqlalchemy.exc import SQLAlchemyError

    from app.infra.database import db
    from app.proposals.seal.keyring import WRONG_KEY, fits
    from wsgi import app

    with app.app_context():
        try:
            fitting = fits()
        except SQLAlchemyError:  # no tables yet, or no database: that is told by /readyz
            fitting = True
        db.session.remove()
    if not fitting:
        sys.exit(WRONG_KEY)


def post_fork(_server: object, worker: object) -> None:
    """Connections made before the fork stay with the parent."""
    from app.infra.database import db
    from wsgi import app

    with app.app_context():
        db.engine.dispose(close=False)
