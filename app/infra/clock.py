"""The only place that reads the time.

A demonstration or a test moves the clock with `set_to`; from there it runs on. `now` is one instant per
request, so that a page does not contradict itself; `read` is a fresh reading, used by `transaction`.
"""

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from flask import g, has_request_context

from app.domain.timeline import BRUSSELS


@dataclass(frozen=True)
class _Moved:
    """A clock that showed `moment` when the machine's showed `since`, and runs `speed` times as fast."""

    moment: datetime
    since: datetime
    speed: float


_moved: _Moved | None = None


def _system() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def read() -> datetime:
    """The moment, aware UTC."""
    system, moved = _system(), _moved
    return system if moved is None else moved.moment + (system - moved.since) * moved.speed


def now() -> datetime:
    """The moment of the current request (or a fresh reading outside one), aware UTC."""
    if not has_request_context():
        return read()
    if "now" not in g:
        g.now = read()
    return g.now


def set_to(moment: datetime | None, *, speed: float = 1.0, since: datetime | None = None) -> None:
    """Move the clock to `moment` (naive means Brussels time), or back to the real time with None.

    A test may let it run slower, so that more fits in its second; `since` (aware, the machine's time at which
    it showed `moment`) lets several processes have the same clock.
    """
    global _moved
    if moment is None:
        _moved = None
        return
    aware = moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)
    _moved = _Moved(aware.astimezone(UTC), since or _system(), speed)


def is_moved() -> bool:
    """Whether the clock shows another time than the machine's (shown on every page)."""
    return abs(read() - _system()) > timedelta(seconds=1)
