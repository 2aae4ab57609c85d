"""Forming a partnership from the command line; the same service, the same refusals."""

from datetime import date, datetime

import click
from flask.cli import AppGroup
from sqlalchemy import select

from app.accounts.actors import actor_for
from app.accounts.models import User
from app.domain.access import VISITOR
from app.domain.errors import DomainError
from app.infra.database import db
from app.infra.messages import say
from app.infra.starting import only_with_fitting_keys
from app.partnerships.services import Formation, form_partnership

partnership_commands = AppGroup("partnership", help="Partnerships.")
DAY = click.DateTime(["%Y-%m-%d"])


@partnership_commands.command("form")
@click.argument("addendum_id", type=int)
@click.option("--by", "email", required=True, help="E-mail address of the regisseur who forms it.")
@click.option("--name", required=True)
@click.option("--member", "members", type=int, multiple=True, required=True, help="Organisation id.")
@click.option("--coordinator", type=int, required=True, help="Organisation id, one of the members.")
@click.option("--lead", type=int, required=True, help="Organisation id of a local authority.")
@click.option("--from", "starts_on", type=DAY, required=True)
@click.option("--until", "ends_on", type=DAY, required=True)
@click.option("--notice", type=int, default=90, show_default=True, help="Days.")
@only_with_fitting_keys
def form_command(
    addendum_id: int,
    email: str,
    name: str,
    members: tuple[int, ...],
    coordinator: int,
    lead: int,
    starts_on: datetime,
    ends_on: datetime,
    notice: int,
) -> None:
    """Form the partnership of a call."""
    user_id = db.session.scalar(select(User.id).where(User.email == email.strip().lower(), User.active))
    by = actor_for(user_id) if user_id else VISITOR
    days: tuple[date, date] = (starts_on.date(), ends_on.date())
    wanted = Formation(name, members, coordinator, lead, *days, notice)
    try:
        partnership_id = form_partnership(addendum_id, wanted, by=by)
    except DomainError as error:
        raise click.ClickException(say(error)) from None
    click.echo(f"Partnership {partnership_id} formed.")
