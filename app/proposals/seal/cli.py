"""`flask --app wsgi seal check` and `seal rewrap --from-env NAME`"""

import os
import re

import click
from flask.cli import AppGroup

from app.infra.vault import Unreadable
from app.proposals.seal import keyring

seal_commands = AppGroup("seal", help="The keys under which proposals lie.")


@seal_commands.command("check")
def check_command() -> None:
    """Open everything that was opened already, and try the keys of what is still sealed. Exit 1 when
    something does not open."""
    found = keyring.problems()
    for line in found:
        click.echo(line, err=True)
    if found:
        raise click.ClickException("Not everything opens.")
    click.echo("The key fits; everything that was opened opens and fits its hash.")


@seal_commands.command("rewrap")
@click.option("--from-env", "name", required=True, help="The variable that holds the key of before.")
def rewrap_command(name: str) -> None:
    """Go over to PARTNERWIJZER_SEAL_KEY from the key in another variable, in one transaction."""
    old = os.environ.get(name, "")
    if not re.fullmatch("[0-9a-f]{64}", old):
        raise click.ClickException(f"{name} must hold the key of before: 64 hexadecimal characters.")
    try:
        keyring.rewrap(old)
    except Unreadable as error:
        raise click.ClickException(f"{name} does not open {error}. Nothing was changed.") from None
    click.echo("Everything lies under the new key now. Keep the old one as long as copies made under it.")
