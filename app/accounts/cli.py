"""`flask --app wsgi accounts invite-administrator EMAIL NAME` and `personal-data EMAIL`"""

import click
from flask import current_app
from flask.cli import AppGroup

from app.accounts.own_data.services import give
from app.accounts.queries import user_by_email
from app.accounts.services import invite_first_administrator
from app.domain.errors import DomainError
from app.infra.messages import say
from app.infra.starting import only_with_fitting_keys

account_commands = AppGroup("accounts", help="People who use this installation.")


@account_commands.command("invite-administrator")
@click.argument("email")
@click.argument("name")
@only_with_fitting_keys
def invite_administrator_command(email: str, name: str) -> None:
    """Invite an administrator and print the link (it is mailed as well)."""
    with current_app.test_request_context():
        try:
            invitation = invite_first_administrator(email, name)
        except DomainError as error:
            raise click.ClickException(say(error)) from None
    click.echo(invitation.link)


@account_commands.command("personal-data")
@click.argument("email")
@only_with_fitting_keys
def personal_data_command(email: str) -> None:
    """Print what is kept about the person with this address, as JSON (docs/personal-data.md)."""
    found = user_by_email(email)
    if found is None:
        raise click.ClickException("No account has this address.")
    with current_app.test_request_context():
        click.echo(give(found.id, by_id=None), nl=False)
