"""What is stored about the formal check of some proposals, in a constant number of queries."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.admissibility.models import (
    Check,
    CompletionFile,
    CompletionItem,
    CompletionRequest,
    Refusal,
    RefusalReason,
)
from app.admissibility.rows import Asked, FileRow, RefusalRow
from app.infra.database import db


@dataclass
class Found:
    """Everything that is stored about some proposals, by proposal (and requirement) id."""

    checks: dict[tuple[int, int], Any] = field(default_factory=dict)
    asked: dict[tuple[int, int], Asked] = field(default_factory=dict)
    requests: dict[int, dict[int, Any]] = field(default_factory=lambda: defaultdict(dict))
    refusals: dict[int, RefusalRow] = field(default_factory=dict)


def stored_about(ids: list[int], numbers: Mapping[int, int]) -> Found:
    found = Found()
    for row in db.session.execute(
        select(Check.proposal_id, Check.requirement_id, Check.outcome, Check.note, Check.at, User.name)
        .join(User, User.id == Check.by_id)
        .where(Check.proposal_id.in_(ids))
    ):
        found.checks[row.proposal_id, row.requirement_id] = row
    files = _files(ids)
    for row in db.session.execute(_request_rows().where(CompletionRequest.proposal_id.in_(ids))):
        request = found.requests[row.proposal_id].setdefault(row.id, (row, []))
        request[1].append(numbers[row.requirement_id])
        found.asked[row.proposal_id, row.requirement_id] = Asked(
            row.id, row.until, row.text, row.answered_at, files.get((row.id, row.requirement_id))
        )
    found.refusals = _refusals(ids, numbers)
    return found


def _request_rows() -> Any:
    """Every asked item, the oldest request first: a later one for the same item counts."""
    return (
        select(
            CompletionRequest.id,
            CompletionRequest.proposal_id,
            CompletionRequest.message,
            CompletionRequest.until,
            CompletionRequest.asked_at,
            User.name.label("asked_by"),
            CompletionItem.requirement_id,
            CompletionItem.text,
            CompletionItem.answered_at,
        )
        .join(CompletionItem, CompletionItem.request_id == CompletionRequest.id)
        .join(User, User.id == CompletionRequest.asked_by_id)
        .order_by(CompletionRequest.id, CompletionItem.requirement_id)
    )


def _files(ids: list[int]) -> dict[tuple[int, int], FileRow]:
    rows = db.session.execute(
        select(
            CompletionFile.request_id,
            CompletionFile.requirement_id,
            CompletionFile.id,
            CompletionFile.name,
            CompletionFile.kind,
            CompletionFile.size,
            CompletionFile.sha256,
            CompletionFile.object_key,
            CompletionFile.uploaded_at,
        )
        .join(CompletionRequest, CompletionRequest.id == CompletionFile.request_id)
        .where(CompletionRequest.proposal_id.in_(ids), CompletionFile.removed_at.is_(None))
    )
    return {(row[0], row[1]): FileRow(*row[2:]) for row in rows}


def _refusals(ids: list[int], numbers: Mapping[int, int]) -> dict[int, RefusalRow]:
    proposer, confirmer, revoker = aliased(User), aliased(User), aliased(User)
    rows = db.session.execute(
        select(Refusal, proposer.name, confirmer.name, revoker.name)
        .join(proposer, proposer.id == Refusal.proposed_by_id)
        .outerjoin(confirmer, confirmer.id == Refusal.confirmed_by_id)
        .outerjoin(revoker, revoker.id == Refusal.revocation_by_id)
        .where(Refusal.proposal_id.in_(ids), Refusal.dropped_at.is_(None), Refusal.revoked_at.is_(None))
    ).all()
    reasons: dict[int, dict[int, str]] = defaultdict(dict)
    for refusal_id, requirement_id, text in db.session.execute(
        select(RefusalReason.refusal_id, RefusalReason.requirement_id, RefusalReason.text).where(
            RefusalReason.refusal_id.in_([row[0].id for row in rows])
        )
    ):
        reasons[refusal_id][numbers[requirement_id]] = text
    return {one.proposal_id: _refusal(one, names, reasons[one.id]) for one, *names in rows}


def _refusal(one: Refusal, names: list[Any], reasons: Mapping[int, str]) -> RefusalRow:
    proposer, confirmer, revoker = names
    return RefusalRow(
        id=one.id,
        legal_basis=one.legal_basis,
        appeal_routes=one.appeal_routes,
        proposed_by_id=one.proposed_by_id,
        proposed_by=proposer,
        proposed_at=one.proposed_at,
        confirmed_by=confirmer,
        confirmed_at=one.confirmed_at,
        letter=one.letter,
        revocation_reason=one.revocation_reason,
        revocation_by_id=one.revocation_by_id,
        revocation_by=revoker,
        revocation_at=one.revocation_at,
        reasons=dict(reasons),
    )
