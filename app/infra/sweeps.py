"""What features ask to be done again and again (setting SWEEPS): reminders, clearing away, reading.

Each is a function of the moment, and says itself what there is to do: turned twice, or not for a day, it does
the same. It has a rhythm of its own, and among all processes one at a time has its turn.
"""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeVar

import structlog
from flask import current_app

from app.infra import clock
from app.infra.alone import alone
from app.infra.database import db

log = structlog.get_logger()
Sweep = Callable[[datetime], Any]
S = TypeVar("S", bound=Sweep)
RHYTHM = timedelta(minutes=1)
LONGEST_TURN = 300.0  # seconds: then others have their turn first


def rhythm(every: timedelta, *, again: bool = False) -> Callable[[S], S]:
    """How often a sweep has its turn (without this: each minute). `again`: a turn goes on as long as it says
    that it did something."""

    def marked(act: S) -> S:
        act.__dict__.update(rhythm=every, again=again)
        return act

    return marked


def rhythm_of(act: Sweep) -> timedelta:
    found: timedelta = getattr(act, "rhythm", RHYTHM)
    return found


def turn(act: Sweep, stopping: Callable[[], bool] = lambda: False) -> bool:
    """One turn of a sweep; False when another process is having it. What goes wrong holds up no other: it is
    told by its kind, and tried again at the next turn."""
    with alone(f"sweep.{act.__name__}") as only:
        if only:
            _sweep(act, stopping)
    return only


def _sweep(act: Sweep, stopping: Callable[[], bool]) -> None:
    until = time.monotonic() + LONGEST_TURN
    try:
        while act(clock.read()) and getattr(act, "again", False):
            if stopping() or time.monotonic() > until:
                break
    except Exception as error:
        log.error("sweep_error", sweep=act.__name__, error=type(error).__name__)
    finally:
        db.session.remove()


def sweep_all() -> None:
    """One turn of each, one after another."""
    for act in current_app.config["SWEEPS"]:
        turn(act)
