"""Views about a call: declared and guarded by one row of the table of rights."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from itertools import chain
from typing import Any

from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.possible import require_now
from app.addenda.queries import Call, load_call, region_name
from app.domain.access import YES, Actor, Subject, Verdict, may, require
from app.domain.errors import Forbidden, NotFound
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.access import declare, signed_in, to_sign_in

CallView = Callable[..., ResponseReturnValue]
TogetherGuard = Callable[[Actor, Call], Verdict]
TOGETHER_GUARDS: list[TogetherGuard] = []
"""What somebody must do before seeing all applicants together, after the table; evaluation registers it."""
CallGuard = Callable[[Actor, Call, str], Verdict]
CALL_GUARDS: list[CallGuard] = []
"""What else stands between somebody and one row of the table on a page about a call; objections registers
that who evaluates a proposal anew sees no first scores before the own sheet is in."""


def for_call(
    action: str, *, every_applicant: bool = False, hidden: bool = False
) -> Callable[[CallView], CallView]:
    """The view's `addendum_id` becomes a `Call`, after checking that the actor may do `action` now.

    `every_applicant`: the page shows all applicants together, so a conflict with one of them is enough,
    and so is one about whom something has to be declared first.
    `hidden`: who may not is told nothing, as if there were no such call.
    """

    def decorate(view: CallView) -> CallView:
        @wraps(view)
        def guarded(addendum_id: int, **kwargs: Any) -> ResponseReturnValue:
            call = load_call(addendum_id, clock.now())
            actor = current_actor()
            verdict = may(actor, action, replace(call.subject(), every_applicant=every_applicant), call.phase)
            if not verdict and hidden:
                raise NotFound("call")
            if not verdict and not actor.signed_in:
                return to_sign_in()
            if every_applicant and verdict.reason == "conflict_of_interest":
                raise Forbidden("conflict_with_one")
            require_now(verdict, call)
            require(open_to(actor, call, action, every_applicant=every_applicant))
            return view(call, **kwargs)

        guarded.every_applicant = every_applicant  # type: ignore[attr-defined]
        return declare(action)(guarded)

    return decorate


def open_to(actor: Actor, call: Call, action: str, *, every_applicant: bool = False) -> Verdict:
    """What other features registered to ask after the table: the first that refuses. `every_applicant`: for
    a page with all applicants together."""
    together = (guard(actor, call) for guard in (TOGETHER_GUARDS if every_applicant else ()))
    found = chain(together, (guard(actor, call, action) for guard in CALL_GUARDS))
    return next((one for one in found if not one), YES)


def for_editing(edit: str, amend: str) -> Callable[[CallView], CallView]:
    """A page of the editor: `edit` counts for a draft, `amend` once the call is open."""

    def decorate(view: CallView) -> CallView:
        as_draft, as_amendment = for_call(edit)(view), for_call(amend)(view)

        @wraps(view)
        def guarded(addendum_id: int, **kwargs: Any) -> ResponseReturnValue:
            is_draft = load_call(addendum_id, clock.now()).phase is Phase.DRAFT
            return (as_draft if is_draft else as_amendment)(addendum_id=addendum_id, **kwargs)

        return declare(edit, amend)(guarded)

    return decorate


def for_region(action: str) -> Callable[[CallView], CallView]:
    """A page about the drafts of one region: for who may do `action` with a draft there. Who may not, does
    not learn that the region exists. Declared as signed-in: the row of the table is about one call."""

    def decorate(view: CallView) -> CallView:
        @wraps(view)
        def guarded(service_area_id: int, **kwargs: Any) -> ResponseReturnValue:
            require(may(current_actor(), action, Subject(service_area_id), Phase.DRAFT))
            return view(region_name(service_area_id), **kwargs)

        return signed_in(guarded)

    return decorate


def may_here(
    call: Call, action: str, organisation_id: int | None = None, *, every_applicant: bool = False
) -> bool:
    """For presenters: would the current actor be allowed to do this?"""
    subject = replace(call.subject(organisation_id), every_applicant=every_applicant)
    return bool(may(current_actor(), action, subject, call.phase))
