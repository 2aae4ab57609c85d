"""Views about one proposal: declared and guarded by one row of the table of rights."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call, load_call
from app.domain.access import Actor, may, require
from app.domain.errors import NotFound
from app.infra import clock
from app.infra.access import declare, to_sign_in
from app.proposals.kept import keep_typed
from app.proposals.policy import ProposalRef, asks_first, is_own, may_know, may_read
from app.proposals.queries import load_proposal_ref

ProposalView = Callable[..., ResponseReturnValue]


def for_proposal(action: str) -> Callable[[ProposalView], ProposalView]:
    """The view's `proposal_id` becomes a `Call` and a `ProposalRef`, after checking `action` on it.

    Whoever is signed out is led to the sign-in page, whether the proposal exists or not; whoever may not
    know of it gets the same "not found" as for a number that was never given out. For the rows that
    `policy.asks_first` names, the rules registered in `policy.READ_GUARDS` count too.
    """

    def decorate(view: ProposalView) -> ProposalView:
        @wraps(view)
        def guarded(proposal_id: int, **kwargs: Any) -> ResponseReturnValue:
            actor = current_actor()
            if not actor.signed_in:
                return to_sign_in()
            call, ref = known_proposal(actor, proposal_id)
            require_on(actor, action, call, ref)
            return view(call, ref, **kwargs)

        return declare(action)(guarded)

    return decorate


def for_own_write(action: str) -> Callable[[ProposalView], ProposalView]:
    """A write by the organisation itself. The phase is left to the service, which decides inside its
    transaction and keeps what was typed; signed out, the answer is a page with what was typed."""

    def decorate(view: ProposalView) -> ProposalView:
        @wraps(view)
        def guarded(proposal_id: int, **kwargs: Any) -> ResponseReturnValue:
            actor = current_actor()
            if not actor.signed_in:
                return keep_typed() if request.method == "POST" else to_sign_in()
            call, ref = known_proposal(actor, proposal_id)
            if not is_own(actor, call.subject(ref.organisation_id)):
                raise NotFound("proposal")
            return view(call, ref, **kwargs)

        return declare(action)(guarded)

    return decorate


def known_proposal(actor: Actor, proposal_id: int) -> tuple[Call, ProposalRef]:
    """The proposal and its call at this moment; NotFound unless the actor may know that it exists."""
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, clock.now())
    if not may_know(actor, ref, call.subject(ref.organisation_id), call.phase):
        raise NotFound("proposal")
    return call, ref


def require_on(actor: Actor, action: str, call: Call, ref: ProposalRef) -> None:
    """Go on, or raise, for one action on one proposal."""
    subject = call.subject(ref.organisation_id)
    if asks_first(action):
        require(may_read(actor, ref, subject, call.phase, action))
    else:
        require(may(actor, action, subject, call.phase))
