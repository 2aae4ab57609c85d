"""Organisations as an administrator sees them: never what they write."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select

from app.accounts.models import User
from app.infra.database import db
from app.organisations.models import Membership, MergeProposal, Organisation

PAGE = 50
MOST_PROPOSALS = 20


class Found(NamedTuple):
    """One page of organisations; `members` is the number of colleagues of each."""

    rows: Sequence[Any]
    total: int
    page: int


def organisations(words: str = "", page: int = 1) -> Found:
    """By name, those that were merged left out; `words` is looked for in name, number and municipality."""
    members = (
        select(func.count())
        .where(Membership.organisation_id == Organisation.id)
        .correlate(Organisation)
        .scalar_subquery()
    )
    columns = (Organisation.id, Organisation.name, Organisation.enterprise_number, Organisation.city)
    statement = select(*columns, Organisation.created_at, members.label("members"))
    statement = statement.where(Organisation.merged_into_id.is_(None))
    for word in words.split():
        needle = f"%{_literal(word.lower())}%"
        digits = "".join(one for one in word if one.isdecimal())
        number = [Organisation.enterprise_number.contains(digits)] if len(digits) >= 4 else []
        fields = (Organisation.name, Organisation.city)
        statement = statement.where(
            or_(*(func.lower(field).like(needle, escape="\\") for field in fields), *number)
        )
    total = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    page = max(1, min(page, -(-total // PAGE) or 1))
    ordered = statement.order_by(func.lower(Organisation.name), Organisation.id)
    rows = db.session.execute(ordered.limit(PAGE).offset((page - 1) * PAGE)).all()
    return Found(rows, total, page)


def owners_of(organisation_id: int) -> list[str]:
    statement = (
        select(User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == organisation_id, Membership.role == "owner")
        .order_by(User.name)
    )
    return list(db.session.scalars(statement))


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def merge_proposals() -> Sequence[MergeProposal]:
    """What was proposed last, the newest first."""
    statement = select(MergeProposal).order_by(MergeProposal.proposed_at.desc(), MergeProposal.id)
    return db.session.scalars(statement.limit(MOST_PROPOSALS)).all()
