"""Gathering what is kept about one person, from every feature, and giving it."""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from flask import current_app

from app.accounts.models import User
from app.audit import services as audit
from app.domain.errors import NotFound
from app.infra.database import db, transaction

FORMAT = "partnerwijzer/personal-data/1"
Source = Callable[[int, str], Mapping[str, Any]]
Sections = dict[str, list[dict[str, Any]]]


def gathered(user_id: int) -> Sections:
    """{section: rows} of everything that is about this person (setting PERSONAL_DATA): see
    docs/personal-data.md. Never about others, never what others wrote. NotFound."""
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound("person")
    sources: tuple[Source, ...] = current_app.config["PERSONAL_DATA"]
    return {name: rows for source in sources for name, rows in source(user.id, user.email).items()}


def as_json(sections: Sections, at: datetime) -> str:
    document = {"format": FORMAT, "made_at": at, **sections}
    return json.dumps(document, default=_plain, ensure_ascii=False, indent=2) + "\n"


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="seconds")
    raise TypeError(type(value).__name__)


def give(user_id: int, *, by_id: int | None) -> str:
    """The document, with a line in the log that it was given; `by_id` None from the command line."""
    with transaction() as now:
        text = as_json(gathered(user_id), now)
        audit.record("account.data_given", actor_id=by_id, subject=f"user:{user_id}", at=now)
    return text
