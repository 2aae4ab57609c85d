"""`flask --app wsgi ranking …`"""

import json

import click
from flask.cli import AppGroup

from app.addenda.queries import load_call
from app.domain.errors import NotFound
from app.evaluation.firmness.recomputing import compare
from app.infra import clock

ranking_commands = AppGroup("ranking", help="De rangschikking van een oproep.")


@ranking_commands.command("recompute")
@click.argument("call", type=int)
def recompute(call: int) -> None:
    """Work the ranking of CALL (its number) out again from every single score, and print it as JSON.

    It is held against the ranking on the pages and, once decisions were communicated, against the one that
    was signed. Differences are named on standard error, and then the exit code is 1.
    """
    try:
        load_call(call, clock.now())
    except NotFound:
        raise click.ClickException(f"Oproep {call} bestaat niet.") from None
    found = compare(call)
    click.echo(json.dumps({"call": call} | found.content, ensure_ascii=False, indent=2))
    for difference in found.differences:
        click.echo(difference, err=True)
    if found.differences:
        raise SystemExit(1)
