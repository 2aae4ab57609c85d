"""Views for somebody who was asked to evaluate a proposal anew: who was not, learns nothing."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call, load_call
from app.domain.access import YES, Actor, Verdict, may, require
from app.domain.errors import Forbidden, NotFound
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.access import declare, to_sign_in
from app.objections.queries import filed_objection
from app.objections.reassessing.policy import SCORE
from app.objections.reassessing.queries import (
    Named,
    ReassessmentRow,
    named_in,
    own_sheet_waits,
    reassessment_of,
    waiting_for,
)
from app.proposals.kept import keep_typed
from app.proposals.policy import all_read, is_own

NamedView = Callable[..., ResponseReturnValue]


def for_named(view: NamedView) -> NamedView:
    """The view's `objection_id` becomes a `Call`, an `ObjectionRow`, a `ReassessmentRow` and the own `Named`.

    Who was asked comes here before declaring: the declaration is on the page itself. Signed out, a form that
    was sent is kept.
    """

    @wraps(view)
    def guarded(objection_id: int, **kwargs: Any) -> ResponseReturnValue:
        actor = current_actor()
        if not actor.signed_in:
            return keep_typed() if request.method == "POST" else to_sign_in()
        row = filed_objection(objection_id)
        call = load_call(row.addendum_id, clock.now())
        subject = call.subject(row.organisation_id)
        require(may(actor, SCORE, subject, call.phase))
        if is_own(actor, subject):
            raise Forbidden("conflict_of_interest")
        opened = reassessment_of(row.id)
        own = own_place(actor, opened)
        if opened is None or own is None:
            require(all_read(actor, call.id, {row.organisation_id}))
            raise NotFound("reassessment")
        return view(call, row, opened, own, **kwargs)

    return declare(SCORE)(guarded)


SCORED_TOGETHER = frozenset(
    {
        "ranking.view",
        "export.scores",
        "deliberation.view",
        "team.view",
        "team.choose",
        "dossier.view",
        "dossier.mark",
    }
)
"""The pages of a call that tell what was scored on all proposals, or follow from it."""


def own_place(actor: Actor, opened: ReassessmentRow | None) -> Named | None:
    named = named_in(opened) if opened else []
    return next((one for one in named if one.user_id == actor.user_id and one.asked), None)


def without_first_scores(actor: Actor, proposal_id: int) -> Verdict:
    """Who evaluates a proposal anew does not see what it was given before the own sheet is in."""
    waits = actor.user_id is not None and own_sheet_waits(actor.user_id, proposal_id)
    return Verdict(False, "reassess_own_first") if waits else YES


def without_first_ranking(actor: Actor, call: Call, action: str) -> Verdict:
    """The same for what shows all proposals of the call beside each other. Nothing is evaluated anew before
    the decisions were told."""
    if actor.user_id is None or action not in SCORED_TOGETHER or call.phase < Phase.COMMUNICATED:
        return YES
    waits = any(one.addendum_id == call.id for one in waiting_for(actor.user_id))
    return Verdict(False, "reassess_own_first") if waits else YES
