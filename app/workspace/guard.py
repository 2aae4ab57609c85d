"""The log of the installation is about no call: its row of the table is asked without one."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.domain.access import Actor, Role, Subject, may
from app.domain.errors import NotFound
from app.domain.timeline import Phase
from app.infra.access import declare, to_sign_in

SYSTEM_LOG = "audit.system_log_without_content"


def for_system_log(view: Callable[..., ResponseReturnValue]) -> Callable[..., ResponseReturnValue]:
    """Administrators, and observers of any region."""

    @wraps(view)
    def guarded(**kwargs: Any) -> ResponseReturnValue:
        actor = current_actor()
        if not actor.signed_in:
            return to_sign_in()
        if not _may(actor):
            raise NotFound("log")
        return view(**kwargs)

    return declare(SYSTEM_LOG)(guarded)


def _may(actor: Actor) -> bool:
    regions = actor.scopes(Role.OBSERVER, "service_area_id")
    subjects = [Subject(), *(Subject(service_area_id=one) for one in regions)]
    return any(may(actor, SYSTEM_LOG, subject, Phase.DRAFT) for subject in subjects)
