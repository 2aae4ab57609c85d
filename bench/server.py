"""The application that gunicorn loads for the benchmark; BENCH_DATABASE names its SQLite file."""

import os
from pathlib import Path

from app import create_app
from bench.floors import add_floors
from config import Settings
from tests.secrets import SECRETS

app = create_app(
    Settings(
        **SECRETS,
        database_url=f"sqlite:///{Path(os.environ.get('BENCH_DATABASE', 'bench.sqlite3'))}",
    )
)
add_floors(app)
