"""Views about one's own organisation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.infra.access import SIGNED_IN, declare, to_sign_in
from app.organisations.services import require_member, require_owner

View = Callable[..., ResponseReturnValue]


def for_members(view: View) -> View:
    """The view's `organisation_id` is one of the person's own; everybody else gets 404."""
    return _guarded(view, require_member)


def for_owners(view: View) -> View:
    return _guarded(view, require_owner)


def _guarded(view: View, check: Callable[..., None]) -> View:
    @wraps(view)
    def guarded(organisation_id: int, **kwargs: Any) -> ResponseReturnValue:
        actor = current_actor()
        if not actor.signed_in:
            return to_sign_in()
        check(organisation_id, actor)
        return view(organisation_id, **kwargs)

    return declare(SIGNED_IN)(guarded)
