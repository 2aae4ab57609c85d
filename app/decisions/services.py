"""What people do with decisions: propose and confirm. Communicating is in `communicating`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.addenda.queries import Call, load_call
from app.audit import services as audit
from app.decisions.candidates import draft_reasons
from app.decisions.grounds import standing_ground
from app.decisions.models import Decision
from app.decisions.placing import NOWHERE, places
from app.decisions.policy import check_proposed, check_two_people
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, NotFound, Stale
from app.domain.motivation import check_motivation
from app.infra.database import db, transaction
from app.proposals.models import Proposal
from app.proposals.policy import ProposalRef, may_know
from app.proposals.queries import load_proposal_ref


@dataclass(frozen=True)
class ProposedDecision:
    """What the chair writes; `version` is the one they saw, 0 for none yet."""

    outcome: str
    reasons: str
    legal_basis: str
    appeal_routes: str
    version: int = 0

    def texts(self) -> dict[str, str]:
        return {
            "outcome": self.outcome,
            "motivation": self.reasons,
            "legal_basis": self.legal_basis,
            "appeal_routes": self.appeal_routes,
        }


def propose(proposal_id: int, wanted: ProposedDecision, *, by: Actor) -> int:
    """Propose the outcome for one proposal, or change it; a change voids the confirmation. The new version.

    Raises Stale when somebody saved since, and what `policy.check_proposed` raises.
    """
    with transaction() as now:
        call, ref = _proposal(proposal_id, now, by)
        require(may(by, "decision.propose", call.subject(ref.organisation_id), call.phase))
        stored = db.session.scalar(
            select(Decision).where(Decision.proposal_id == proposal_id, Decision.number == 1)
        )
        _check_fresh(stored, wanted.version)
        check_proposed(
            wanted.outcome,
            wanted.reasons,
            wanted.legal_basis,
            wanted.appeal_routes,
            draft=draft_reasons(call.id, proposal_id),
        )
        decision = _write(stored, ref, wanted, by, now)
        note("decision.proposed", call, ref.organisation_id, decision, by, now)
        return decision.version


def _proposal(proposal_id: int, now: datetime, by: Actor) -> tuple[Call, ProposalRef]:
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    known = may_know(by, ref, call.subject(ref.organisation_id), call.phase)
    if not ref.handed_in or ref.refused or not known:
        raise NotFound("proposal")
    return call, ref


def _check_fresh(stored: Decision | None, seen: int) -> None:
    if stored is not None and stored.version != seen:
        theirs = {name: getattr(stored, name) for name in ProposedDecision("", "", "", "").texts()}
        raise Stale(version=stored.version, theirs=theirs)


def _write(
    stored: Decision | None, ref: ProposalRef, wanted: ProposedDecision, by: Actor, now: datetime
) -> Decision:
    decision = stored or Decision(addendum_id=ref.addendum_id, proposal_id=ref.id, version=0)
    for name, text in wanted.texts().items():
        setattr(decision, name, text.strip())
    decision.proposed_by_id, decision.proposed_at = by.user_id, now  # type: ignore[assignment]
    decision.confirmed_by_id = decision.confirmed_at = decision.confirmed_on = None
    decision.version += 1
    db.session.add(decision)
    db.session.flush()
    return decision


def confirm(
    addendum_id: int, seen: Mapping[int, int], *, by: Actor, grounds: Mapping[int, str] | None = None
) -> int:
    """Confirm the decisions `seen` ({decision id: version that was read}); how many became confirmed.

    `grounds`: {decision id: what it rested on when it was read}, as `Candidate.ground`; the first characters
    do. One that changed since it was read, or of which the ranking did, stops all of them (Stale): nothing is
    confirmed unread. What was confirmed already on the same ground is left as it is. Raises
    `nothing_chosen`, `same_person_confirms`, NotFound.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, "decision.confirm", call.subject(), call.phase))
        if not seen:
            raise DomainError("nothing_chosen")
        chosen = _chosen(call, seen, grounds or {}, by)
        for decision, organisation_id, ground in chosen:
            check_two_people(decision.proposed_by_id, by.user_id)
            check_motivation(
                decision.outcome, decision.motivation, decision.legal_basis, decision.appeal_routes
            )
            decision.confirmed_by_id, decision.confirmed_at = by.user_id, now
            decision.confirmed_on = ground
            note("decision.confirmed", call, organisation_id, decision, by, now)
        return len(chosen)


def _chosen(
    call: Call, seen: Mapping[int, int], grounds: Mapping[int, str], by: Actor
) -> list[tuple[Decision, int, str]]:
    """The chosen decisions that still need a confirmation, each as it was read, with what they rest on."""
    rows = db.session.execute(
        select(Decision, Proposal.organisation_id)
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .where(Decision.addendum_id == call.id, Decision.number == 1, Decision.id.in_(list(seen)))
        .order_by(Decision.id)
    ).all()
    if len(rows) != len(seen):
        raise NotFound("decision")
    found = places(call.id)
    chosen = []
    for decision, organisation_id in rows:
        require(may(by, "decision.confirm", call.subject(organisation_id), call.phase))
        ground = standing_ground(decision, found.get(decision.proposal_id, NOWHERE))
        if decision.version != seen[decision.id] or not ground.startswith(grounds.get(decision.id, "")):
            raise Stale(version=decision.version, theirs={"proposal_id": decision.proposal_id})
        if decision.confirmed_at is None or decision.confirmed_on != ground:
            chosen.append((decision, organisation_id, ground))
    return chosen


def note(action: str, call: Call, organisation_id: int, decision: Decision, by: Actor, now: datetime) -> None:
    """The log tells that and by whom; the outcome stays out of it until it is communicated."""
    audit.record(
        action,
        actor_id=by.user_id,
        subject=f"proposal:{decision.proposal_id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        organisation_id=organisation_id,
        number=decision.number,
        version=decision.version,
    )
