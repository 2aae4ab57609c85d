"""Reading juries: who sits in them, what they declared, which sheets are in."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased

from app.accounts.actors import grant_columns
from app.accounts.models import User
from app.addenda.queries import Call
from app.domain.access import Actor, Role
from app.domain.timeline import Phase
from app.evaluation.assigning.queries import asked_pairs
from app.evaluation.models import ConflictDeclaration, JurySeat, ScoreSheet, Shortlisting
from app.evaluation.policy import ROUND_OF_PHASE, WRITTEN, JurorTasks, reading_order
from app.evaluation.standings import ranking_of
from app.infra.database import db
from app.notifications.services import Recipient
from app.organisations.models import Membership, Organisation
from app.proposals.models import Proposal, Submission
from app.proposals.queries import StandingRow, standing, stands

__all__ = ["conflict_grants", "juror_tasks", "ranking_of", "seat_grants", "sheets_in"]


def seat_grants(user_id: int) -> Select[Any]:
    """The GrantSource of jurors; a chair is a juror with the rights of the chair."""
    role = case((JurySeat.chair, Role.CHAIR.value), else_=Role.JUROR.value)
    columns = grant_columns(role, addendum_id=JurySeat.addendum_id)
    return select(*columns).where(JurySeat.user_id == user_id)  # type: ignore[call-overload,no-any-return]


def conflict_grants(user_id: int) -> Select[Any]:
    """The GrantSource of conflicts: a role that beats all others for one applicant in one call. Organisations
    that were merged are one applicant."""
    said, same = aliased(Organisation), aliased(Organisation)
    columns = grant_columns(
        Role.JUROR_IN_CONFLICT,
        organisation_id=same.id,
        addendum_id=ConflictDeclaration.addendum_id,
    )
    one = func.coalesce(same.merged_into_id, same.id) == func.coalesce(said.merged_into_id, said.id)
    return (  # type: ignore[no-any-return]
        select(*columns)  # type: ignore[call-overload]
        .select_from(ConflictDeclaration)
        .join(said, said.id == ConflictDeclaration.organisation_id)
        .join(same, one)
        .where(ConflictDeclaration.juror_id == user_id, ConflictDeclaration.in_conflict)
    )


def in_conflict_with(actor: Actor, addendum_id: int) -> frozenset[int]:
    """The organisations about which the actor declared a conflict in this call."""
    return frozenset(
        grant.organisation_id
        for grant in actor.grants
        if grant.role is Role.JUROR_IN_CONFLICT
        and grant.addendum_id == addendum_id
        and grant.organisation_id is not None
    )


class JurorRow(NamedTuple):
    """`sheets`: how many of this juror's sheets are in."""

    seat_id: int
    user_id: int
    name: str
    email: str
    chair: bool
    seat: str
    affiliation: str
    sheets: int


def jurors_of(addendum_id: int) -> Sequence[JurorRow]:
    """The seats of a jury, the chair first. One query."""
    sheets = (
        select(func.count())
        .where(
            ScoreSheet.addendum_id == JurySeat.addendum_id,
            ScoreSheet.juror_id == JurySeat.user_id,
            ScoreSheet.submitted_at.is_not(None),
        )
        .correlate(JurySeat)
        .scalar_subquery()
    )
    rows: Sequence[Any] = db.session.execute(
        select(
            JurySeat.id.label("seat_id"),
            JurySeat.user_id,
            User.name,
            User.email,
            JurySeat.chair,
            JurySeat.seat,
            JurySeat.affiliation,
            sheets.label("sheets"),
        )
        .join(User, User.id == JurySeat.user_id)
        .where(JurySeat.addendum_id == addendum_id)
        .order_by(JurySeat.chair.desc(), User.name, JurySeat.id)
    ).all()
    return rows


class Declaration(NamedTuple):
    juror_id: int
    organisation_id: int
    in_conflict: bool
    kind: str
    explanation: str
    declared_at: datetime


def declarations_of(addendum_id: int, juror_id: int | None = None) -> Sequence[Declaration]:
    """What jurors declared in a call; of one juror when given. One query."""
    statement = select(
        ConflictDeclaration.juror_id,
        ConflictDeclaration.organisation_id,
        ConflictDeclaration.in_conflict,
        ConflictDeclaration.kind,
        ConflictDeclaration.explanation,
        ConflictDeclaration.declared_at,
    ).where(ConflictDeclaration.addendum_id == addendum_id)
    if juror_id is not None:
        statement = statement.where(ConflictDeclaration.juror_id == juror_id)
    rows: Sequence[Any] = db.session.execute(statement).all()
    return rows


def conflicted_jurors(addendum_id: int, organisation_id: int) -> set[int]:
    """The jurors whose sheets on this applicant do not count. One query."""
    return set(
        db.session.scalars(
            select(ConflictDeclaration.juror_id).where(
                ConflictDeclaration.addendum_id == addendum_id,
                ConflictDeclaration.organisation_id == organisation_id,
                ConflictDeclaration.in_conflict,
            )
        )
    )


def sheets_in(addendum_id: int, round_name: str, juror_id: int | None = None) -> set[tuple[int, int]]:
    """(juror id, proposal id) of the sheets that are in, conflicts included. One query."""
    statement = select(ScoreSheet.juror_id, ScoreSheet.proposal_id).where(
        ScoreSheet.addendum_id == addendum_id,
        ScoreSheet.round == round_name,
        ScoreSheet.submitted_at.is_not(None),
    )
    if juror_id is not None:
        statement = statement.where(ScoreSheet.juror_id == juror_id)
    return {(juror, proposal) for juror, proposal in db.session.execute(statement)}


def sheets_begun(addendum_id: int, round_name: str, juror_id: int) -> dict[int, bool]:
    """{proposal id: handed in} of one juror's sheets. One query."""
    rows = db.session.execute(
        select(ScoreSheet.proposal_id, ScoreSheet.submitted_at).where(
            ScoreSheet.addendum_id == addendum_id,
            ScoreSheet.round == round_name,
            ScoreSheet.juror_id == juror_id,
        )
    )
    return {proposal: submitted is not None for proposal, submitted in rows}


def shortlisted(addendum_id: int) -> set[int]:
    """The proposals invited to pitch. One query."""
    statement = select(Shortlisting.proposal_id).where(Shortlisting.addendum_id == addendum_id)
    return set(db.session.scalars(statement))


def round_rows(call: Call, round_name: str) -> list[StandingRow]:
    """The proposals that are scored in a round: all that stand, or those invited to pitch."""
    rows = list(standing(call.id))
    if round_name == WRITTEN:
        return rows
    invited = shortlisted(call.id)
    return [row for row in rows if row.proposal_id in invited]


def refused_with_sheet(addendum_id: int, juror_id: int) -> Sequence[str]:
    """The applicants that were found not to be admissible after this juror began a sheet. One query."""
    return db.session.scalars(
        select(Organisation.name)
        .join(Proposal, Proposal.organisation_id == Organisation.id)
        .join(Submission, Submission.proposal_id == Proposal.id)
        .join(ScoreSheet, ScoreSheet.proposal_id == Proposal.id)
        .where(
            Proposal.addendum_id == addendum_id,
            ScoreSheet.juror_id == juror_id,
            stands(),
            Submission.refused_at.is_not(None),
        )
        .distinct()
        .order_by(Organisation.name)
    ).all()


class ReadingRow(NamedTuple):
    """One line of a juror's list. `state`: declare, conflict, waiting, other (left to other jurors), read,
    begun or done."""

    proposal_id: int
    organisation_id: int
    organisation_name: str
    state: str


def reading_rows(call: Call, juror_id: int) -> list[ReadingRow]:
    """The juror's list in the order of their own, what is for others last. Four queries."""
    round_name = ROUND_OF_PHASE.get(call.phase, WRITTEN)
    rows = {row.proposal_id: row for row in round_rows(call, round_name)}
    declared = {row.organisation_id: row.in_conflict for row in declarations_of(call.id, juror_id)}
    begun = sheets_begun(call.id, round_name, juror_id)
    asked = asked_pairs(call.id, round_name, juror_id=juror_id)
    found = [
        ReadingRow(
            one,
            rows[one].organisation_id,
            rows[one].organisation_name,
            _state(
                declared.get(rows[one].organisation_id),
                begun.get(one),
                call.phase,
                asked is None or (juror_id, one) in asked,
            ),
        )
        for one in reading_order(juror_id, rows)
    ]
    return sorted(found, key=lambda row: row.state == "other")


def _state(in_conflict: bool | None, sent: bool | None, phase: Phase, asked: bool) -> str:
    if in_conflict is None:
        return "declare"
    if in_conflict:
        return "conflict"
    if phase < Phase.WRITTEN:
        return "waiting"
    if not asked and not sent:
        return "other"
    return {None: "read", False: "begun", True: "done"}[sent]


def juror_tasks(call: Call, juror_id: int) -> JurorTasks:
    """How much a juror has to do in this call now, for the list and the home page."""
    return juror_tasks_in(reading_rows(call, juror_id))


def juror_tasks_in(rows: Sequence[ReadingRow]) -> JurorTasks:
    states = [row.state for row in rows]
    return JurorTasks(
        states.count("declare"),
        states.count("read") + states.count("begun"),
        states.count("done"),
        states.count("conflict"),
    )


def recipients_of(organisation_ids: Collection[int]) -> dict[int, list[Recipient]]:
    """Everybody of these organisations, to write to. One query."""
    rows = db.session.execute(
        select(Membership.organisation_id, User.email, User.name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id.in_(organisation_ids), User.active)
        .order_by(User.name)
    )
    found: dict[int, list[Recipient]] = {}
    for organisation, email, name in rows:
        found.setdefault(organisation, []).append(Recipient(email, name))
    return found


def missing_sheets(call: Call, round_name: str) -> list[tuple[JurorRow, StandingRow]]:
    """The sheets that should still come in: of every juror for every proposal, or of those among whom they
    were divided; of nobody in conflict."""
    conflicts = {(row.juror_id, row.organisation_id) for row in declarations_of(call.id) if row.in_conflict}
    received = sheets_in(call.id, round_name)
    asked = asked_pairs(call.id, round_name)
    proposals = round_rows(call, round_name)
    return [
        (juror, row)
        for juror in jurors_of(call.id)
        for row in proposals
        if (juror.user_id, row.organisation_id) not in conflicts
        and (juror.user_id, row.proposal_id) not in received
        and (asked is None or (juror.user_id, row.proposal_id) in asked)
    ]
