"""`flask --app wsgi audit verify [--heads FILE] [--receipts FILE …]` and `audit head`"""

from pathlib import Path
from typing import Any

import click
from flask.cli import AppGroup

from app.audit.heads import publish_head
from app.audit.queries import verify
from app.infra.starting import only_with_fitting_keys
from tools.verify_receipt import Unreadable, parse, read_heads

audit_commands = AppGroup("audit", help="The log, its chain and its heads.")
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@audit_commands.command("verify")
@click.option("--heads", type=_FILE, help="Heads as they were published, kept outside this machine.")
@click.option("--receipts", type=_FILE, multiple=True, help="A receipt (ontvangstbewijs.json); repeatable.")
@click.option("--count", is_flag=True, help="Tell how many entries there are, and the hash of the last.")
@click.argument("more", type=_FILE, nargs=-1, metavar="[MORE RECEIPTS]...")
def verify_command(
    heads: Path | None, receipts: tuple[Path, ...], count: bool, more: tuple[Path, ...]
) -> None:
    """Walk the chain and the heads; name the first thing that is wrong and exit 1 when there is one.

    Tells no total without --count: twice a total tells how much was done in between, and while a call is
    sealed nobody is to know how many write or hand in."""
    given = [_read(path) for path in (*receipts, *more)]
    result = verify(_read(heads, lines=True) if heads else None, given)
    if result.problem:
        where = f"entry {result.broken_seq}: " if result.broken_seq is not None else ""
        raise click.ClickException(f"Broken. {where}{result.problem}.")
    click.echo("The chain of the log is intact, and so are the heads over it.")
    if given:
        click.echo("Every receipt that was given is in it.")
    if count:
        click.echo(f"{result.entries} entries, {result.heads} heads over those up to {result.covered}.")
        click.echo(f"The hash of the last entry is {result.head}.")
    click.echo("What came after the newest head is held by none yet: of that, only a receipt shows a loss.")


def _read(path: Path, *, lines: bool = False) -> Any:
    try:
        return read_heads(path.read_bytes()) if lines else parse(path.read_bytes(), path.name)
    except Unreadable as error:
        raise click.ClickException(f"{path}: {error}") from None


@audit_commands.command("head")
@only_with_fitting_keys
def head_command() -> None:
    """Publish a head over everything until now."""
    head = publish_head()
    click.echo(f"head {head.number}, root {head.root}")
