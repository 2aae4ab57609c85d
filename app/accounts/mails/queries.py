"""What somebody does not want."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from flask import current_app
from sqlalchemy import select

from app.accounts.models import MailPreference, User
from app.infra.database import db


class Followed(NamedTuple):
    """A list that this address is on of its own will, with the paths of it and of getting off."""

    title: str
    href: str
    stop_href: str


Lists = Callable[[str], Iterable[Followed]]


def unwanted(address: str, group: str) -> bool:
    """Whether the person with this address switched the group off (setting UNWANTED_MAIL)."""
    statement = (
        select(MailPreference.group)
        .join(User, User.id == MailPreference.user_id)
        .where(User.email == address.strip().lower(), MailPreference.group == group)
    )
    return db.session.scalar(statement) is not None


def switched_off(user_id: int) -> set[str]:
    """The groups that this person does not want."""
    return set(db.session.scalars(select(MailPreference.group).where(MailPreference.user_id == user_id)))


def followed_lists(address: str) -> list[Followed]:
    """What the person follows (setting MAIL_LISTS); the link in those mails stops the same."""
    sources: tuple[Lists, ...] = current_app.config["MAIL_LISTS"]
    return [one for source in sources for one in source(address)]
