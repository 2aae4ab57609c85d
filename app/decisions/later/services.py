"""Proposing and confirming a later decision; what was decided before stays as it was."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.addenda.queries import Call, load_call
from app.decisions.later.policy import OBJECTION, check_cause, check_says_something
from app.decisions.later.queries import Pending, pending_of, pending_on
from app.decisions.models import Decision
from app.decisions.policy import check_proposed, check_two_people
from app.decisions.queries import DecisionRow, standing_decision
from app.decisions.results import partner_names
from app.decisions.services import ProposedDecision, note
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.motivation import check_motivation
from app.infra.database import db, transaction
from app.proposals.policy import ProposalRef, is_own, may_know
from app.proposals.queries import load_proposal_ref

PROPOSE = "decision.follow_up.propose"
CONFIRM = "decision.follow_up.confirm_and_communicate"


@dataclass(frozen=True)
class Proposed:
    """A later decision as it was kept: its id, its number on the proposal, and its version."""

    id: int
    number: int
    version: int


def propose_later(
    proposal_id: int, wanted: ProposedDecision, *, cause: str, by: Actor, draft: str = ""
) -> Proposed:
    """Propose a new decision on a proposal that has one, or change the one that was proposed.

    Nobody is told: the earlier decision stands until `telling.communicate_later`. One at a time per proposal.
    `draft`: a text put together by the application, which may not be left as it is. A change voids the
    confirmation. Raises what `policy.check_cause` and `check_proposed` raise, `decision_says_the_same`,
    `partnership_formed_already`, `later_has_other_cause`, `later_withdrawn_since`, Stale; Forbidden
    before the first was told.
    """
    with transaction() as now:
        call, ref = proposal_of(proposal_id, now, by)
        require_desk(call, ref, by)
        stands = standing_decision(proposal_id)
        if stands is None:
            raise Forbidden("not_in_this_phase")
        check_not_formed(call, {cause})
        stored = pending_on(proposal_id)
        _check_fresh(stored, wanted, cause)
        _check_wanted(wanted, stands, cause, draft)
        decision = _write(stored, ref, wanted, cause, by, now)
        note("decision.later_proposed", call, ref.organisation_id, decision, by, now)
        return Proposed(decision.id, decision.number, decision.version)


def proposal_of(proposal_id: int, now: datetime, by: Actor) -> tuple[Call, ProposalRef]:
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    if not ref.handed_in or not may_know(by, ref, call.subject(ref.organisation_id), call.phase):
        raise NotFound("proposal")
    return call, ref


def require_desk(call: Call, ref: ProposalRef, by: Actor) -> None:
    subject = call.subject(ref.organisation_id)
    require(may(by, PROPOSE, subject, call.phase))
    if is_own(by, subject):
        raise Forbidden("conflict_of_interest")


def check_not_formed(call: Call, causes: Collection[str]) -> None:
    """Once there is a partnership nothing of the selection moves by choice. Only an objection that was upheld
    still ends with its decision (docs/decisions/0023). Raises `partnership_formed_already`."""
    if set(causes) - {OBJECTION} and partner_names(call.id):
        raise DomainError("partnership_formed_already")


def _check_fresh(stored: Pending | None, wanted: ProposedDecision, cause: str) -> None:
    if stored is None:
        if wanted.version and cause != OBJECTION:  # that one is never withdrawn
            raise DomainError("later_withdrawn_since")
        return
    if stored.decision.cause != cause:
        raise DomainError("later_has_other_cause", field="cause")
    if stored.decision.version != wanted.version:
        theirs = {name: getattr(stored.decision, name) for name in wanted.texts()}
        raise Stale(version=stored.decision.version, theirs=theirs)


def _check_wanted(wanted: ProposedDecision, stands: DecisionRow, cause: str, draft: str) -> None:
    outcome = check_proposed(
        wanted.outcome, wanted.reasons, wanted.legal_basis, wanted.appeal_routes, draft=draft
    )
    check_cause(cause, before=stands.outcome, outcome=outcome)
    check_says_something((stands.outcome, stands.motivation), (outcome, wanted.reasons))


def _write(
    stored: Pending | None, ref: ProposalRef, wanted: ProposedDecision, cause: str, by: Actor, now: datetime
) -> Decision:
    decision = (
        db.session.get_one(Decision, stored.decision.id)
        if stored
        else Decision(
            addendum_id=ref.addendum_id, proposal_id=ref.id, number=_next(ref.id), cause=cause, version=0
        )
    )
    for name, text in wanted.texts().items():
        setattr(decision, name, text.strip())
    decision.proposed_by_id, decision.proposed_at = by.user_id, now  # type: ignore[assignment]
    decision.confirmed_by_id = decision.confirmed_at = decision.confirmed_on = None
    decision.version += 1
    db.session.add(decision)
    db.session.flush()
    return decision


def _next(proposal_id: int) -> int:
    last = db.session.scalar(select(func.max(Decision.number)).where(Decision.proposal_id == proposal_id))
    return int(last or 0) + 1


def confirm_later(
    addendum_id: int, seen: Mapping[int, int], *, by: Actor, grounds: Mapping[int, str] | None = None
) -> int:
    """Confirm later decisions `seen` ({decision id: version that was read}); how many became confirmed.

    As `services.confirm`: one that changed since it was read, or that follows another decision by now, stops
    all of them (Stale). Raises `nothing_chosen`, `same_person_confirms`, NotFound.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, CONFIRM, call.subject(), call.phase))
        chosen = [one for one in chosen_of(call, seen, grounds or {}, by) if not one.confirmed]
        for one in chosen:
            row = one.decision
            check_two_people(row.proposed_by_id, by.user_id)
            check_motivation(row.outcome, row.motivation, row.legal_basis, row.appeal_routes)
            decision = db.session.get_one(Decision, row.id)
            decision.confirmed_by_id, decision.confirmed_at = by.user_id, now
            decision.confirmed_on = one.ground
            note("decision.later_confirmed", call, row.organisation_id, decision, by, now)
        return len(chosen)


def chosen_of(call: Call, seen: Mapping[int, int], grounds: Mapping[int, str], by: Actor) -> list[Pending]:
    """The pending decisions that were chosen, each as it was read; one that is none is NotFound."""
    if not seen:
        raise DomainError("nothing_chosen")
    found = {one.decision.id: one for one in pending_of(call.id)}
    if seen.keys() - found.keys():
        raise NotFound("decision")
    for number, version in seen.items():
        one = found[number]
        require(may(by, CONFIRM, call.subject(one.decision.organisation_id), call.phase))
        if one.decision.version != version or not one.ground.startswith(grounds.get(number, "")):
            raise Stale(version=one.decision.version, theirs={"proposal_id": one.decision.proposal_id})
    return [one for one in found.values() if one.decision.id in seen]
