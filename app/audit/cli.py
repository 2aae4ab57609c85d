"""`flask --app wsgi audit verify`"""

import click
from flask.cli import AppGroup

from app.audit.queries import verify

audit_commands = AppGroup("audit", help="The log and its chain.")


@audit_commands.command("verify")
def verify_command() -> None:
    """Walk the chain; name the first broken entry and exit 1 when there is one."""
    result = verify()
    if result.broken_seq is not None:
        raise click.ClickException(f"Broken at entry {result.broken_seq}: {result.problem}.")
    click.echo(f"{result.entries} entries, chain intact, head {result.head}")
