"""Reading people."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select

from app.accounts.models import User
from app.infra.database import db

PAGE = 50


class People(NamedTuple):
    rows: Sequence[Any]
    total: int
    first: int


def user_by_email(email: str) -> User | None:
    return db.session.scalar(select(User).where(User.email == email.strip().lower()))


def people(words: str = "", page: int = 1) -> People:
    """One page of people by name, with what the list shows; `words` is looked for in name and address."""
    columns = (
        User.id,
        User.name,
        User.email,
        User.active,
        User.administrator,
        User.created_at,
        User.anonymised_at,
    )
    statement = select(*columns)
    for word in words.split():
        needle = f"%{_literal(word.lower())}%"
        statement = statement.where(
            or_(
                func.lower(User.name).like(needle, escape="\\"),
                User.email.like(needle, escape="\\"),
            )
        )
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    page = max(1, min(page, -(-total // PAGE) or 1))
    ordered = statement.order_by(User.name, User.id).limit(PAGE).offset((page - 1) * PAGE)
    return People(db.session.execute(ordered).all(), total, (page - 1) * PAGE + 1)


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
