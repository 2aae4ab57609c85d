"""Who may do what in which phase of a call: one table, asked by pages, services and commands alike.

A cell lists the phases in which the role may act: "3-7" or "1"; an empty cell is never. The phases are
those of `timeline.Phase`. A conflict of interest beats every other role a person has (see `roles_for`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.domain.errors import Forbidden, NotFound
from app.domain.timeline import Phase


class Role(StrEnum):
    VISITOR = "visitor"
    MEMBER = "member"
    OWNER = "owner"
    JUROR = "juror"
    JUROR_IN_CONFLICT = "juror_in_conflict"
    CHAIR = "chair"
    REGISSEUR = "regisseur"
    OTHER_REGISSEUR = "other_regisseur"
    OBSERVER = "observer"
    ADMINISTRATOR = "administrator"


_TABLE = """
action | visitor member owner juror juror_in_conflict chair regisseur other_regisseur observer administrator
addendum.draft.view                 | -   -   -   -   -   -   0   -   0   -
addendum.draft.edit_and_publish     | -   -   -   -   -   -   0   -   -   -
addendum.published.view             | 1-8 1-8 1-8 1-8 1-8 1-8 1-8 1-8 1-8 1-8
addendum.amend_and_extend_deadline  | -   -   -   -   -   -   1   -   -   -
question.ask                        | 1   1   1   1   1   1   1   1   1   1
question.inbox                      | -   -   -   -   -   -   1-8 -   1-8 -
question.answer                     | -   -   -   -   -   -   1   -   -   -
proposal.own.draft.view             | -   1-8 1-8 -   -   -   -   -   -   -
proposal.own.draft.edit_and_attach  | -   1   1   -   -   -   -   -   -   -
proposal.own.submit_replace_withdraw | -  -   1   -   -   -   -   -   -   -
proposal.other.draft.anything       | -   -   -   -   -   -   -   -   -   -
proposal.own.submitted.view_and_receipt | - 1-8 1-8 - -   -   -   -   -   -
proposal.other.applicant_names      | -   -   -   2-8 2-8 2-8 2-8 -   2-8 -
proposal.open_seal                  | -   -   -   -   -   2   2   -   -   -
proposal.other.content              | -   -   -   3-7 -   3-7 3-8 -   3-8 -
admissibility.requirements          | -   -   -   -   -   -   0   -   -   -
admissibility.view                  | -   -   -   -   -   3-8 3-8 -   3-8 -
admissibility.check                 | -   -   -   -   -   -   3   -   -   -
admissibility.refuse                | -   -   -   -   -   3   3   -   -   -
admissibility.own.view              | -   3-8 3-8 -   -   -   -   -   -   -
admissibility.own.answer            | -   3   3   -   -   -   -   -   -   -
pitch.own.availability              | -   -   3-4 -   -   -   -   -   -   -
conflict.own.declare                | -   -   -   2-4 2-4 2-4 -   -   -   -
conflict.other.view                 | -   -   -   -   -   2-8 2-8 -   2-8 -
conflict.hint.dismiss               | -   -   -   -   -   2-5 2-5 -   -   -
score.own.edit_written              | -   -   -   3   -   3   -   -   -   -
score.own.edit_pitch                | -   -   -   4   -   4   -   -   -   -
score.own.view                      | -   -   -   3-8 -   3-8 -   -   -   -
score.other.view_before_own_sheet   | -   -   -   -   -   -   -   -   -   -
score.other.view_after_own_sheet    | -   -   -   3-4 -   3-4 -   -   -   -
score.other.view_after_round        | -   -   -   4-8 -   4-8 4-8 -   4-8 -
score.progress                      | -   -   -   -   -   3-5 3-5 -   3-5 -
round.close_and_reopen              | -   -   -   -   -   3-4 3-4 -   -   -
ranking.view                        | -   -   -   5-8 6-8 5-8 5-8 -   5-8 -
deliberation.view                   | -   -   -   4-8 4-8 4-8 4-8 -   4-8 -
decision.propose                    | -   -   -   -   -   5   -   -   -   -
decision.confirm                    | -   -   -   -   -   -   5   -   -   -
decision.view_embargoed             | -   -   -   5   -   5   5   -   5   -
decision.communicate                | -   -   -   -   -   -   5   -   -   -
decision.follow_up.view             | -   -   -   -   -   6-8 6-8 -   6-8 -
decision.follow_up.propose          | -   -   -   -   -   6-8 6-8 -   -   -
decision.follow_up.confirm_and_communicate | - - -   -   -   -   6-8 -   -   -
decision.notify_again               | -   -   -   -   -   -   6-8 -   -   -
decision.own.answer                 | -   -   6-8 -   -   -   -   -   -   -
letter.texts                        | -   -   -   -   -   -   0-8 -   -   -
decision.own.view_with_motivation   | -   6-8 6-8 -   -   -   -   -   -   -
decision.other.view_with_motivation | -   -   -   6-8 -   6-8 6-8 -   6-8 -
decision.public_result_list         | 6-8 6-8 6-8 6-8 6-8 6-8 6-8 6-8 6-8 6-8
objection.own.draft                 | -   6   6   -   -   -   -   -   -   -
objection.own.submit                | -   -   6   -   -   -   -   -   -   -
objection.own.view                  | -   6-8 6-8 -   -   -   -   -   -   -
objection.other.view                | -   -   -   -   -   6-8 6-8 -   6-8 -
objection.judge                     | -   -   -   -   -   6-7 6-7 -   -   -
reassessment.view                   | -   -   -   -   -   6-8 6-8 -   6-8 -
reassessment.name_jurors            | -   -   -   -   -   -   6-7 -   -   -
reassessment.own.score              | -   -   -   6-7 -   6-7 6-7 -   -   -
partnership.own.report              | -   6-8 6-8 -   -   -   -   -   -   -
partnership.other.view              | -   -   -   -   -   -   6-8 -   6-8 -
partnership.form                    | -   -   -   -   -   -   8   -   -   -
export.proposals                    | -   -   -   -   -   -   3-8 -   3-8 -
export.scores                       | -   -   -   -   -   5-8 5-8 -   5-8 -
dossier.view                        | -   -   -   -   -   -   6-8 -   6-8 -
dossier.mark                        | -   -   -   -   -   -   6-8 -   -   -
retention.view                      | -   -   -   -   -   -   8   -   8   -
retention.propose_and_approve       | -   -   -   -   -   -   8   -   -   -
mail.preview_and_outbox             | -   -   -   -   -   -   5-8 -   -   -
audit.log_of_region                 | -   -   -   -   -   -   0-8 -   0-8 -
audit.system_log_without_content    | -   -   -   -   -   -   -   -   0-8 0-8
audit.public_heads                  | 0-8 0-8 0-8 0-8 0-8 0-8 0-8 0-8 0-8 0-8
audit.edit_or_delete                | -   -   -   -   -   -   -   -   -   -
jury.manage_of_own_region           | -   -   -   -   -   -   0-4 -   -   -
matching.candidates                 | -   -   -   -   -   -   0-8 -   0-8 -
matching.judge                      | -   -   -   -   -   -   0-8 -   -   -
matching.invite                     | -   -   -   -   -   -   1   -   -   -
team.view                           | -   -   -   -   -   5-8 5-8 -   5-8 -
team.choose                         | -   -   -   -   -   5   5   -   -   -
accounts.manage                     | -   -   -   -   -   -   -   -   -   0-8
"""


def _phases(cell: str) -> frozenset[Phase]:
    if cell == "-":
        return frozenset()
    first, _, last = cell.partition("-")
    return frozenset(Phase(number) for number in range(int(first), int(last or first) + 1))


def _parse(table: str) -> dict[str, dict[Role, frozenset[Phase]]]:
    header, *rows = [line for line in table.strip().splitlines() if line]
    roles = [Role(name) for name in header.split("|")[1].split()]
    parsed = {}
    for row in rows:
        action, _, cells = row.partition("|")
        parsed[action.strip()] = {
            role: _phases(cell) for role, cell in zip(roles, cells.split(), strict=True)
        }
    return parsed


PERMISSIONS: Mapping[str, Mapping[Role, frozenset[Phase]]] = _parse(_TABLE)


@dataclass(frozen=True)
class Grant:
    """A role somebody holds, and on what: a region, an organisation or a call (addendum)."""

    role: Role
    service_area_id: int | None = None
    organisation_id: int | None = None
    addendum_id: int | None = None


@dataclass(frozen=True)
class Actor:
    """The person who acts, with all grants. `user_id` None is a visitor who is not signed in."""

    user_id: int | None = None
    name: str = ""
    email: str = ""
    grants: frozenset[Grant] = frozenset()

    @property
    def signed_in(self) -> bool:
        return self.user_id is not None

    def holds(self, role: Role) -> bool:
        """Whether the person has the role anywhere (for navigation, never for a right)."""
        return any(grant.role is role for grant in self.grants)

    def scopes(self, role: Role, scope: str) -> frozenset[int]:
        """The ids of the regions, organisations or calls (`scope` names the field) of a role."""
        ids = (getattr(grant, scope) for grant in self.grants if grant.role is role)
        return frozenset(one for one in ids if one is not None)


VISITOR = Actor()


@dataclass(frozen=True)
class Subject:
    """What an action is about. `organisation_id` is the applicant whose proposal it touches, if any;
    `every_applicant` says that it shows all of them together (a ranking cannot leave one out)."""

    service_area_id: int | None = None
    addendum_id: int | None = None
    organisation_id: int | None = None
    every_applicant: bool = False


@dataclass(frozen=True)
class Verdict:
    """The answer to "may this happen?": `reason` is a message code when it may not. Of what may in another
    phase by a role that the person has for it: `opens` is the first later phase, `closed` the last one that
    is over. What anybody may do at some time (a visitor) sets neither: who has no role is told nothing."""

    allowed: bool
    reason: str = ""
    opens: Phase | None = None
    closed: Phase | None = None

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def roles_for(actor: Actor, subject: Subject) -> frozenset[Role]:
    """The roles of a person towards one subject.

    A declared conflict with the applicant leaves only the role of juror in conflict, whatever else the
    person is; everybody keeps what any visitor may do.
    """
    found = {Role.VISITOR}
    for grant in actor.grants:
        role = _role_towards(grant, subject)
        if role is Role.JUROR_IN_CONFLICT:
            return frozenset({Role.VISITOR, role})
        if role is not None:
            found.add(role)
    return frozenset(found)


def _role_towards(grant: Grant, subject: Subject) -> Role | None:
    if grant.role is Role.ADMINISTRATOR:
        return grant.role
    if grant.role in (Role.MEMBER, Role.OWNER):
        return grant.role if _same(grant.organisation_id, subject.organisation_id) else None
    if grant.role is Role.REGISSEUR:
        return grant.role if _same(grant.service_area_id, subject.service_area_id) else Role.OTHER_REGISSEUR
    if grant.role is Role.OBSERVER:
        return grant.role if _same(grant.service_area_id, subject.service_area_id) else None
    if not _same(grant.addendum_id, subject.addendum_id):
        return None
    if grant.role is Role.JUROR_IN_CONFLICT:
        touched = subject.every_applicant or _same(grant.organisation_id, subject.organisation_id)
        return grant.role if touched else None
    return grant.role


def _same(one: int | None, other: int | None) -> bool:
    return one is not None and one == other


def may(actor: Actor, action: str, subject: Subject, phase: Phase) -> Verdict:
    """May `actor` do `action` (a row of the table) on `subject` while the call is in `phase`?

    Reasons: "not_your_role" when no role of theirs ever may, "not_in_this_phase" when one may at
    another time, "conflict_of_interest" when the conflict is what stands in the way.
    """
    row = PERMISSIONS[action]
    roles = roles_for(actor, subject)
    if any(phase in row[role] for role in roles):
        return YES
    if Role.JUROR_IN_CONFLICT in roles:
        return Verdict(False, "conflict_of_interest")
    if any(row[role] for role in roles):
        return _at_another_time(frozenset().union(*(row[role] for role in roles - {Role.VISITOR})), phase)
    return Verdict(False, "not_your_role")


def _at_another_time(phases: frozenset[Phase], now: Phase) -> Verdict:
    later = [one for one in phases if one > now]
    earlier = [one for one in phases if one < now]
    return Verdict(False, "not_in_this_phase", min(later, default=None), max(earlier, default=None))


def require(verdict: Verdict) -> None:
    """Go on, or raise. Who has no role here gets NotFound: not even the existence of the thing is told."""
    if verdict.allowed:
        return
    if verdict.reason == "not_your_role":
        raise NotFound
    raise Forbidden(verdict.reason)
