"""Who may see a proposal, beyond the table of rights: that a draft stays unknown, and what others must do
before they read (a juror declares on conflicts first; evaluation registers that rule here)."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.domain.access import YES, Actor, Role, Subject, Verdict, may, roles_for
from app.domain.timeline import Phase

NAMES = "proposal.other.applicant_names"
CONTENT = "proposal.other.content"
EXPORT = "export.proposals"
FORMAL = "admissibility."
SCORES = "score.other."
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


ReadGuard = Callable[[Actor, int, Collection[int]], Mapping[int, Verdict]]
"""{organisation: why not yet} for who acts, a call, and the applicants that it is asked about."""
READ_GUARDS: list[ReadGuard] = []

ScoreGuard = Callable[[Actor, int], Verdict]
"""{who acts, a proposal -> whether they may see what was scored on it}, besides the guards."""
SCORE_GUARDS: list[ScoreGuard] = []
"""Objections registers that who evaluates a proposal anew does so without the first scores."""

ChairSince = Callable[[int, int], datetime | None]
CHAIR_SINCE: list[ChairSince] = []
"""{person, call -> since when they have the seat of the chair}; evaluation registers it."""
CHAIRS_OF: list[Callable[[int], Collection[int]]] = []
"""{call -> the people in the seat of the chair}; evaluation registers it."""


def asks_first(action: str) -> bool:
    """Whether the guards count for a row of the table: for everything about somebody else's proposal but
    who applied."""
    return action != NAMES and ".own." not in action


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


def may_read(
    actor: Actor, ref: ProposalRef, subject: Subject, phase: Phase, action: str = CONTENT
) -> Verdict:
    """May the actor read what was handed in, or do something else with it that `asks_first`? The table
    first, then every registered guard; the organisation itself always reads. The formal check of who was
    refused asks nothing more: about them nothing can be declared."""
    if action == CONTENT and is_own(actor, subject) and may(actor, OWN_DRAFT, subject, phase):
        return YES
    verdict = may(actor, action, subject, phase)
    if not verdict or (ref.refused and action.startswith(FORMAL)):
        return verdict
    verdict = _guarded(actor, ref.addendum_id, {ref.organisation_id}).get(ref.organisation_id, YES)
    scores = (guard(actor, ref.id) for guard in SCORE_GUARDS if verdict and action.startswith(SCORES))
    return next((one for one in scores if not one), verdict)


def all_read(actor: Actor, addendum_id: int, organisation_ids: Collection[int]) -> Verdict:
    """Does every guard let the actor read all of these applicants? For a page that cannot leave one out."""
    return next(iter(_guarded(actor, addendum_id, organisation_ids).values()), YES)


def closed_to(actor: Actor, addendum_id: int, organisation_ids: Collection[int]) -> frozenset[int]:
    """Those of these applicants that a list with content leaves out for the actor: `may_read` for many at
    once, after the table."""
    away = in_conflict(actor, addendum_id) & frozenset(organisation_ids)
    return away | frozenset(_guarded(actor, addendum_id, organisation_ids))


def left_out(count: int) -> str:
    """What a list says of those it left out; empty when it is whole."""
    if not count:
        return ""
    how_many = "1 kandidatuur staat" if count == 1 else f"{count} kandidaturen staan"
    return f"{how_many} hier niet bij: je hebt een belangenconflict, of verklaarde er nog niets over."


def _guarded(actor: Actor, addendum_id: int, organisation_ids: Collection[int]) -> dict[int, Verdict]:
    refused: dict[int, Verdict] = {}
    for guard in READ_GUARDS:
        refused = {**guard(actor, addendum_id, organisation_ids), **refused}
    return refused


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
