"""Views about one filed objection: declared and guarded by one row of the table of rights."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import load_call
from app.domain.access import may, require
from app.infra import clock
from app.infra.access import declare, to_sign_in
from app.objections.queries import filed_objection
from app.proposals.policy import all_read

ObjectionView = Callable[..., ResponseReturnValue]


def for_objection(action: str) -> Callable[[ObjectionView], ObjectionView]:
    """The view's `objection_id` becomes a `Call` and an `ObjectionRow`, after checking `action` on it."""

    def decorate(view: ObjectionView) -> ObjectionView:
        @wraps(view)
        def guarded(objection_id: int, **kwargs: Any) -> ResponseReturnValue:
            actor = current_actor()
            if not actor.signed_in:
                return to_sign_in()
            row = filed_objection(objection_id)
            call = load_call(row.addendum_id, clock.now())
            require(may(actor, action, call.subject(row.organisation_id), call.phase))
            require(all_read(actor, call.id, {row.organisation_id}))
            return view(call, row, **kwargs)

        return declare(action)(guarded)

    return decorate
