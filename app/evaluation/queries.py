"""Reading juries."""

from typing import Any

from sqlalchemy import Select, case, select

from app.accounts.actors import grant_columns
from app.domain.access import Role
from app.evaluation.models import ConflictDeclaration, JurySeat


def seat_grants(user_id: int) -> Select[Any]:
    """The GrantSource of jurors; a chair is a juror with the rights of the chair."""
    role = case((JurySeat.chair, Role.CHAIR.value), else_=Role.JUROR.value)
    columns = grant_columns(role, addendum_id=JurySeat.addendum_id)
    return select(*columns).where(JurySeat.user_id == user_id)


def conflict_grants(user_id: int) -> Select[Any]:
    """The GrantSource of conflicts: a role that beats all others for one applicant in one call."""
    columns = grant_columns(
        Role.JUROR_IN_CONFLICT,
        organisation_id=ConflictDeclaration.organisation_id,
        addendum_id=ConflictDeclaration.addendum_id,
    )
    return select(*columns).where(ConflictDeclaration.juror_id == user_id, ConflictDeclaration.in_conflict)
