"""Views about a call: declared and guarded by one row of the table of rights."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call, load_call
from app.domain.access import may, require
from app.infra import clock
from app.infra.access import declare, to_sign_in

CallView = Callable[..., ResponseReturnValue]


def for_call(action: str, *, every_applicant: bool = False) -> Callable[[CallView], CallView]:
    """The view's `addendum_id` becomes a `Call`, after checking that the actor may do `action` now.

    `every_applicant`: the page shows all applicants together, so a conflict with one of them is enough.
    """

    def decorate(view: CallView) -> CallView:
        @wraps(view)
        def guarded(addendum_id: int, **kwargs: Any) -> ResponseReturnValue:
            call = load_call(addendum_id, clock.now())
            actor = current_actor()
            verdict = may(actor, action, replace(call.subject(), every_applicant=every_applicant), call.phase)
            if not verdict and not actor.signed_in:
                return to_sign_in()
            require(verdict)
            return view(call, **kwargs)

        return declare(action)(guarded)

    return decorate


def may_here(call: Call, action: str, organisation_id: int | None = None) -> bool:
    """For presenters: would the current actor be allowed to do this?"""
    return bool(may(current_actor(), action, call.subject(organisation_id), call.phase))
