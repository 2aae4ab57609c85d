"""Loads the demo into an empty database: four calls in four phases, relative to today.

The past of each call is replayed through the same services that people use, with the clock moved along.
"""

from sqlalchemy import exists, select

from app.accounts.models import User
from app.addenda.finding import catch_up
from app.demo.calls import on_day
from app.demo.cast import accounts, create_cast
from app.demo.history import replay
from app.demo.post import count_old_mail_as_sent
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.database import db

__all__ = ["accounts", "is_empty", "load"]
OLDEST = -240


def is_empty() -> bool:
    """Whether nobody has an account yet."""
    found = db.session.scalar(select(exists().where(User.id.is_not(None))))
    db.session.rollback()
    return not found


def load() -> bool:
    """Fill an empty database; False, and nothing happens, when somebody has an account already.

    The clock is put back where it was, whatever happens.
    """
    if not is_empty():
        return False
    began = clock.read()
    moved = clock.is_moved()
    today = local_day(began)
    try:
        clock.set_to(on_day(today, OLDEST))
        cast = create_cast(clock.read())
        replay(cast, today)
        count_old_mail_as_sent(began)
        catch_up()
    finally:
        clock.set_to(began if moved else None)
    return True
