"""Jurors say about each applicant whether they are free to judge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.evaluation.models import ConflictDeclaration
from app.evaluation.policy import CONFLICT_KINDS, TEXT_LIMIT
from app.infra.database import db, transaction
from app.proposals.queries import standing
from app.proposals.seal.sealing import require_opened

DECLARE = "conflict.own.declare"


@dataclass(frozen=True)
class Declared:
    """What the form says about one applicant; `choice` is "free" or "conflict"."""

    organisation_id: int
    choice: str
    kind: str = ""
    explanation: str = ""


def declare_conflicts(addendum_id: int, declared: Sequence[Declared], *, by: Actor) -> int:
    """Write down what changed and return how many that is. All or nothing.

    Who applied is known from the opening on, so declaring begins there. A conflict takes the juror's sheets
    on that applicant out of the calculation; the sheets are kept.
    Raises Sealed, nothing_declared, declaration_foreign, conflict_choice_unknown, conflict_kind_unknown.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, DECLARE, call.subject(), call.phase))
        require_opened(call.id)
        if not declared:
            raise DomainError("nothing_declared")
        applicants = {row.organisation_id for row in standing(call.id)}
        for one in declared:
            _check(one, applicants)
        known = _known(call.id, by)
        return sum(_write(call, one, known.get(one.organisation_id), by, now) for one in declared)


def _check(one: Declared, applicants: set[int]) -> None:
    if one.organisation_id not in applicants:
        raise DomainError("declaration_foreign")
    if one.choice not in ("free", "conflict"):
        raise DomainError("conflict_choice_unknown", field=f"choice-{one.organisation_id}")
    if one.choice == "conflict" and one.kind not in CONFLICT_KINDS:
        raise DomainError("conflict_kind_unknown", field=f"kind-{one.organisation_id}")
    if len(one.explanation) > TEXT_LIMIT:
        raise DomainError(
            "sheet_text_too_long", field=f"explanation-{one.organisation_id}", maximum=TEXT_LIMIT
        )


def _known(addendum_id: int, by: Actor) -> Mapping[int, ConflictDeclaration]:
    rows = db.session.scalars(
        select(ConflictDeclaration).where(
            ConflictDeclaration.addendum_id == addendum_id, ConflictDeclaration.juror_id == by.user_id
        )
    )
    return {row.organisation_id: row for row in rows}


def _write(call: Call, one: Declared, known: ConflictDeclaration | None, by: Actor, now: datetime) -> bool:
    conflict = one.choice == "conflict"
    wanted = (conflict, one.kind if conflict else "", one.explanation if conflict else "")
    if known is not None and (known.in_conflict, known.kind, known.explanation) == wanted:
        return False
    row = known or ConflictDeclaration(
        addendum_id=call.id, juror_id=by.user_id, organisation_id=one.organisation_id
    )
    row.in_conflict, row.kind, row.explanation = wanted
    row.declared_at = now
    db.session.add(row)
    record(
        "conflict.declared",
        actor_id=by.user_id,
        subject=f"organisation:{one.organisation_id}",
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        at=now,
        in_conflict=conflict,
        kind=row.kind,
    )
    return True


def declare_one(call: Call, one: Declared, *, by: Actor, now: datetime) -> bool:
    """What one person says about one applicant, inside the transaction of who asked whether they may; whether
    it changed anything. Raises conflict_choice_unknown, conflict_kind_unknown, sheet_text_too_long."""
    _check(one, {one.organisation_id})
    return _write(call, one, _known(call.id, by).get(one.organisation_id), by, now)
