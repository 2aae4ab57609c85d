"""What following keeps about a person, and the calls on the page of their mails."""

from typing import Any

from flask import url_for
from sqlalchemy import select

from app.accounts.mails.queries import Followed
from app.addenda.following.models import Follower
from app.addenda.models import Addendum
from app.infra.database import db


def personal_data(_user_id: int, email: str) -> dict[str, Any]:
    """Calls that are or were followed with this address (a PERSONAL_DATA entry)."""
    statement = (
        select(Addendum.title.label("call"), Follower.asked_at, Follower.confirmed_at, Follower.stopped_at)
        .join(Addendum, Addendum.id == Follower.addendum_id)
        .where(Follower.email == email)
        .order_by(Follower.asked_at, Follower.id)
    )
    return {"followed_calls": [row._asdict() for row in db.session.execute(statement)]}


def followed_by(email: str) -> list[Followed]:
    """The calls that this address follows now (a MAIL_LISTS entry): to stop goes by the same link as in the
    mails, so that both always say the same."""
    statement = (
        select(Addendum.id, Addendum.title, Follower.key)
        .join(Addendum, Addendum.id == Follower.addendum_id)
        .where(Follower.email == email, Follower.confirmed_at.is_not(None), Follower.stopped_at.is_(None))
        .order_by(Addendum.title, Addendum.id)
    )
    return [
        Followed(
            row.title,
            url_for("addenda.show", addendum_id=row.id),
            url_for("addenda.stop_following", key=row.key),
        )
        for row in db.session.execute(statement)
    ]
