"""Files in the storage, for operators: `flask --app wsgi files …`."""

import click
from flask.cli import AppGroup

from app.infra.stored import examine_all

file_commands = AppGroup("files", help="Encrypted files outside the database.")
_WORDS = {"damaged": "damaged or gone", "different": "other than its row says"}


@file_commands.command("check")
@click.option("--count", is_flag=True, help="Tell how many files there are: that tells about sealed calls.")
def check(count: bool) -> None:
    """Read every file that a row refers to, and compare it with the row. Names nothing but row numbers, and
    tells no total: while a call is sealed, nobody is to know how much was handed in."""
    total, wrong = 0, 0
    for row, problem in examine_all():
        total += 1
        if problem:
            wrong += 1
            click.echo(f"{row}: {_WORDS[problem]}")
    if count:
        click.echo(f"{total} checked, {wrong} wrong.")
    if wrong:
        raise click.ClickException("Not every file is what its row says.")
    click.echo("Every file is what its row says.")
