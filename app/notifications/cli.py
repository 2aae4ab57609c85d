"""`flask --app wsgi notifications deliver`, `undelivered` and `bounced`"""

from typing import BinaryIO

import click
from flask import current_app
from flask.cli import AppGroup

from app.infra.jobs import work_off
from app.infra.starting import only_with_fitting_keys
from app.infra.sweeps import sweep_all
from app.notifications import delivery
from app.notifications.bouncing import LARGEST, note_report, read_report
from app.notifications.posting import post

notification_commands = AppGroup("notifications", help="Mail that waits in the outbox.")


@notification_commands.command("deliver")
@click.option("--count", is_flag=True, help="Tell how many mails there were.")
@only_with_fitting_keys
def deliver_command(count: bool) -> None:
    """Do once what the worker (`jobs work`) does all the time: deliver what is due, do what pages asked for,
    give each sweep a turn (publish a head when it is time, send reminders, clear away files).

    Tells no numbers without --count: every hand-in sends a mail, and while a call is sealed nobody is to
    know how many there were."""
    counts = post()
    work_off()
    sweep_all()
    click.echo("Done. What did not go is tried again later.")
    if count:
        click.echo(f"{counts.sent} sent, {counts.postponed} postponed, {counts.given_up} given up")


@notification_commands.command("undelivered")
def undelivered_command() -> None:
    """List what was given up, with the reason. Mail of a call comes in the list once that call is opened:
    before, an address would tell who applies, and the list how many."""
    for row in delivery.given_up(current_app.config["HUSHED_MAIL"]()):
        click.echo(f"{row.kind}\t{row.to_address}\t{row.last_error}")
    click.echo("Sealed: mail to applicants and followers of a call is listed once that call is opened.")


@notification_commands.command("bounced")
@click.argument("report", type=click.File("rb"), default="-")
@only_with_fitting_keys
def bounced_command(report: BinaryIO) -> None:
    """Read one mail that came back (from standard input), and note on our mail that it did not arrive.

    For the mailbox of the sender: whatever is not such a report, or not about our mail, changes nothing. It
    always ends well, so that a mail server that hands over the message does not bounce the bounce."""
    found = read_report(report.read(LARGEST + 1))
    outcome = note_report(found) if found is not None else "no report"
    click.echo(_OUTCOMES[outcome])


_OUTCOMES = {
    "bounced": "Noted: the mail did not arrive.",
    "again": "Noted: the mail is tried again in an hour.",
    "delayed": "Noted: the other server is still trying.",
    "known": "This was noted before.",
    "unknown": "Not about a mail of this installation.",
    "no report": "This is no delivery report.",
}
