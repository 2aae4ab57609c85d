"""Files in the storage, for operators: `flask --app wsgi files …`."""

import click
from flask.cli import AppGroup

from app.infra.stored import examine_all

file_commands = AppGroup("files", help="Encrypted files outside the database.")
_WORDS = {"damaged": "damaged or gone", "different": "other than its row says"}


@file_commands.command("check")
def check() -> None:
    """Read every file that a row refers to, and compare it with the row. Names nothing but row numbers."""
    total, wrong = 0, 0
    for row, problem in examine_all():
        total += 1
        if problem:
            wrong += 1
            click.echo(f"{row}: {_WORDS[problem]}")
    click.echo(f"{total} checked, {wrong} wrong.")
    if wrong:
        raise SystemExit(1)
