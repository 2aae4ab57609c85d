"""Views about one's own organisation."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.infra.access import SIGNED_IN, declare, to_sign_in
from app.organisations.queries import merged_into
from app.organisations.services import require_member, require_owner

View = Callable[..., ResponseReturnValue]


def for_members(view: View) -> View:
    """The view's `organisation_id` is one of the person's own; everybody else gets 404.

    One that was merged leads to the organisation that stays: a page by its address, and what is sent at once,
    so that a form that was open during the merging is not lost.
    """
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
        stays = merged_into(organisation_id)
        if stays is not None and request.method == "GET":
            return redirect(url_for(str(request.endpoint), **{"organisation_id": stays} | kwargs))
        organisation_id = stays or organisation_id
        return view(organisation_id, **kwargs)

    return declare(SIGNED_IN)(guarded)
