"""Who may see a proposal, beyond the table of rights: that a draft stays unknown, and what others must do
before they read (a juror declares on conflicts first; evaluation registers that rule here)."""

from collections.abc import Callable
from dataclasses import dataclass

from app.domain.access import YES, Actor, Role, Subject, Verdict, may, roles_for
from app.domain.timeline import Phase

NAMES = "proposal.other.applicant_names"
CONTENT = "proposal.other.content"
OWN_DRAFT = "proposal.own.draft.view"
_OWN = frozenset({Role.MEMBER, Role.OWNER})


@dataclass(frozen=True)
class ProposalRef:
    """Which proposal of whom; `handed_in` when a submission of it stands (not superseded, not withdrawn),
    `revealed` when moreover its call was opened, `refused` when it was found not to be admissible."""

    id: int
    addendum_id: int
    organisation_id: int
    organisation_name: str
    handed_in: bool = False
    revealed: bool = False
    refused: bool = False


ReadGuard = Callable[[Actor, ProposalRef], Verdict]
READ_GUARDS: list[ReadGuard] = []


def is_own(actor: Actor, subject: Subject) -> bool:
    """Whether the actor belongs to the organisation of the proposal (and no conflict stands in between)."""
    return bool(roles_for(actor, subject) & _OWN)


def own_organisations_of(actor: Actor) -> frozenset[int]:
    """The organisations for which the person acts."""
    return actor.scopes(Role.OWNER, "organisation_id") | actor.scopes(Role.MEMBER, "organisation_id")


def may_know(actor: Actor, ref: ProposalRef, subject: Subject, phase: Phase) -> bool:
    """May the actor know that this proposal exists? Others may once it was handed in and the seal is broken;
    a draft, and one that was withdrawn, never."""
    if is_own(actor, subject):
        return True
    return ref.revealed and bool(may(actor, NAMES, subject, phase))


def may_read(actor: Actor, ref: ProposalRef, subject: Subject, phase: Phase) -> Verdict:
    """May the actor read what was handed in? The table first, then every registered guard; the organisation
    itself always may."""
    if is_own(actor, subject) and may(actor, OWN_DRAFT, subject, phase):
        return YES
    verdict = may(actor, CONTENT, subject, phase)
    if not verdict:
        return verdict
    return next((answer for guard in READ_GUARDS if not (answer := guard(actor, ref))), YES)


def in_conflict(actor: Actor, addendum_id: int) -> frozenset[int]:
    """The organisations that the actor declared a conflict with in this call: left out of every list,
    average and export that tells about content."""
    return frozenset(
        one.organisation_id
        for one in actor.grants
        if one.role is Role.JUROR_IN_CONFLICT
        and one.addendum_id == addendum_id
        and one.organisation_id is not None
    )
