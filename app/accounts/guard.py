"""Views for administrators of the installation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.domain.access import Actor, Subject, may, require
from app.domain.timeline import Phase
from app.infra.access import declare, to_sign_in

MANAGE = "accounts.manage"


def require_administrator(actor: Actor) -> None:
    """Go on or raise; the right stands apart from any call, so any phase answers alike."""
    require(may(actor, MANAGE, Subject(), Phase.DRAFT))


def administrators_only(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """People without this right do not learn that the page exists; visitors are led to the sign-in page."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        actor = current_actor()
        if not actor.signed_in:
            return to_sign_in()
        require_administrator(actor)
        return view(*args, **kwargs)

    return declare(MANAGE)(guarded)
