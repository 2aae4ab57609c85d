"""`flask --app wsgi notifications deliver [--watch]` and `notifications undelivered`"""

import signal
import threading

import click
import structlog
from flask import current_app
from flask.cli import AppGroup

from app.infra import clock
from app.infra.database import db
from app.infra.starting import only_with_fitting_keys
from app.notifications import delivery

log = structlog.get_logger()

POLL_SECONDS = 2.0

notification_commands = AppGroup("notifications", help="Mail that waits in the outbox.")


@notification_commands.command("deliver")
@click.option("--watch", is_flag=True, help="Go on until the process is asked to stop.")
@click.option("--count", is_flag=True, help="Tell how many mails there were (not with --watch).")
@only_with_fitting_keys
def deliver_command(watch: bool, count: bool) -> None:
    """Deliver what is due, and do once what the worker does at every turn: publish a head when it is time,
    send reminders, clear away files.

    Tells no numbers without --count: every hand-in sends a mail, and while a call is sealed nobody is to
    know how many there were."""
    if not watch:
        counts = delivery.deliver_due(clock.read())
        sweep()
        click.echo("Done. What did not go is tried again later.")
        if count:
            click.echo(f"{counts.sent} sent, {counts.postponed} postponed, {counts.given_up} given up")
        return
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    watch_outbox(stop)


@notification_commands.command("undelivered")
def undelivered_command() -> None:
    """List what was given up, with the reason. Mail of a call comes in the list once that call is opened:
    before, an address would tell who applies, and the list how many."""
    for row in delivery.given_up(current_app.config["HUSHED_MAIL"]()):
        click.echo(f"{row.kind}\t{row.to_address}\t{row.last_error}")
    click.echo("Sealed: mail to applicants and followers of a call is listed once that call is opened.")


def sweep() -> None:
    """What other features ask of the worker at every turn (setting SWEEPS); one that fails holds up none."""
    for act in current_app.config["SWEEPS"]:
        try:
            act(clock.read())
        except Exception as error:
            log.error("sweep_error", sweep=act.__name__, error=type(error).__name__)
        finally:
            db.session.remove()


def watch_outbox(stop: threading.Event, poll_seconds: float = POLL_SECONDS) -> None:
    """Deliver again and again until `stop` is set; a failing database is waited for, not died of."""
    log.info("outbox_watch_started")
    while not stop.is_set():
        try:
            delivery.deliver_due(clock.read())
        except Exception as error:
            log.error("outbox_watch_error", error=type(error).__name__)
        finally:
            db.session.remove()
        sweep()
        stop.wait(poll_seconds)
    log.info("outbox_watch_stopped")
