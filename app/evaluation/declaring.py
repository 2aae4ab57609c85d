"""What the jury tells the features before it: who is in the chair, and who has to declare first."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import select

from app.addenda.queries import Call
from app.domain.access import YES, Actor, Role, Verdict
from app.evaluation.models import JurySeat
from app.evaluation.queries import Declaration, JurorRow, declarations_of
from app.infra.database import db
from app.proposals.queries import standing


def sits_on_jury(actor: Actor, addendum_id: int) -> bool:
    calls = actor.scopes(Role.JUROR, "addendum_id") | actor.scopes(Role.CHAIR, "addendum_id")
    return addendum_id in calls


def declared_first(actor: Actor, addendum_id: int, organisation_ids: Collection[int]) -> dict[int, Verdict]:
    """The guard before every content: a juror declares first, even one who is also regisseur. One query.

    Looks in the database rather than at the grants, so that inside a transaction it is the current word.
    """
    if not sits_on_jury(actor, addendum_id):
        return {}
    rows = declarations_of(addendum_id, actor.user_id)
    said = {row.organisation_id: row.in_conflict for row in rows}
    refused = {True: Verdict(False, "conflict_of_interest"), None: Verdict(False, "declare_first")}
    return {one: refused[said.get(one)] for one in organisation_ids if said.get(one) is not False}


def all_declared(actor: Actor, call: Call) -> Verdict:
    """The guard before every page with all applicants together: a juror who left one out waits. What a
    conflict closes is told by the table. Two queries for a juror, none for others."""
    if not sits_on_jury(actor, call.id):
        return YES
    said = {row.organisation_id for row in declarations_of(call.id, actor.user_id)}
    missing = {row.organisation_id for row in standing(call.id)} - said
    return Verdict(False, "declare_first") if missing else YES


def not_declared(
    applicants: Collection[int], jurors: Iterable[JurorRow], declared: Iterable[Declaration]
) -> list[str]:
    """The names of the jurors who left at least one applicant out, as they are ordered: when the pitch round
    is closed they can no longer declare, and every page of all applicants stays shut for them."""
    said: dict[int, set[int]] = defaultdict(set)
    for row in declared:
        said[row.juror_id].add(row.organisation_id)
    return [one.name for one in jurors if set(applicants) - said[one.user_id]]


def chair_since(user_id: int, addendum_id: int) -> datetime | None:
    """Since when the chair of a jury has a seat in it; None for anybody else."""
    return db.session.scalar(
        select(JurySeat.since).where(
            JurySeat.user_id == user_id, JurySeat.addendum_id == addendum_id, JurySeat.chair
        )
    )


def chairs_of(addendum_id: int) -> Collection[int]:
    """Who has the seat of the chair in a call."""
    return db.session.scalars(
        select(JurySeat.user_id).where(JurySeat.addendum_id == addendum_id, JurySeat.chair)
    ).all()
