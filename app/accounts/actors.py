"""Who is acting: the signed-in person with every grant, in one query per request.

Each feature that hands out roles gives a `GrantSource`: a select of (role, service_area_id,
organisation_id, addendum_id) for one user id. `create_app` names them; this module knows none of them.
"""

from collections.abc import Callable, Sequence
from typing import Any

from flask import current_app, g, has_request_context
from flask_login import current_user
from sqlalchemy import Integer, Select, String, literal, null, select, union_all

from app.accounts.models import User
from app.domain.access import VISITOR, Actor, Grant, Role
from app.infra.database import db

GrantSource = Callable[[int], Select[tuple[str, int | None, int | None, int | None]]]


def grant_columns(role: object, **scope: object) -> list[object]:
    """The four columns of a GrantSource; `role` is a column or a Role, scopes that are absent are null."""
    shown = literal(role.value, String) if isinstance(role, Role) else role
    names = ("service_area_id", "organisation_id", "addendum_id")
    nothing = null().cast(Integer)
    return [shown.label("role"), *(scope.get(name, nothing).label(name) for name in names)]  # type: ignore[attr-defined]


def administrator_grants(user_id: int) -> Select[tuple[str, int | None, int | None, int | None]]:
    statement = select(*grant_columns(Role.ADMINISTRATOR))  # type: ignore[call-overload]
    return statement.where(User.id == user_id, User.administrator).select_from(User)  # type: ignore[no-any-return]


def load_actor(user: User) -> Actor:
    """The person with the grants of this moment; one query whatever the number of features."""
    sources: Sequence[GrantSource] = current_app.config["GRANT_SOURCES"]
    rows: Any = db.session.execute(union_all(*(source(user.id) for source in sources)))
    grants = frozenset(Grant(Role(role), *scope) for role, *scope in rows)
    return Actor(user.id, user.name, user.email, grants)


def current_actor() -> Actor:
    """The actor of this request, a visitor when nobody signed in."""
    if not has_request_context() or not current_user.is_authenticated:
        return VISITOR
    if "actor" not in g:
        g.actor = load_actor(current_user)
    return g.actor  # type: ignore[no-any-return]


def actor_for(user_id: int) -> Actor:
    """The actor for a user id, outside a request (commands, tests, demo)."""
    user = db.session.get(User, user_id)
    return load_actor(user) if user else VISITOR
