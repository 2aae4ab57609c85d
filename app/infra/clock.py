"""The only place that reads the time.

A demonstration or a test moves the clock with `set_to`; from there it runs on. `now` is one instant per
request, so that a page does not contradict itself; `read` is a fresh reading, used by `transaction`.
"""

import time
from datetime import UTC, datetime, timedelta

from flask import g, has_request_context

from app.domain.timeline import BRUSSELS

_offset = timedelta()


def _system() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


def read() -> datetime:
    """The moment, aware UTC."""
    return _system() + _offset


def now() -> datetime:
    """The moment of the current request (or a fresh reading outside one), aware UTC."""
    if not has_request_context():
        return read()
    if "now" not in g:
        g.now = read()
    return g.now


def set_to(moment: datetime | None) -> None:
    """Move the clock to `moment` (naive means Brussels time), or back to the real time with None."""
    global _offset
    if moment is None:
        _offset = timedelta()
        return
    aware = moment if moment.tzinfo else moment.replace(tzinfo=BRUSSELS)
    _offset = aware.astimezone(UTC) - _system()


def is_moved() -> bool:
    """Whether the clock shows another time than the machine's (shown on every page)."""
    return abs(_offset) > timedelta(seconds=1)
