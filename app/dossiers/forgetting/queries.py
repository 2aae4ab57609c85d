"""What still needs a person, and whose name nothing needs any longer."""

from collections import defaultdict
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select, union

from app.accounts.models import User
from app.addenda.models import Addendum
from app.addenda.queries import load_calls
from app.audit.models import AuditEntry
from app.domain.retention import name_needed_until
from app.domain.timeline import Phase, local_day
from app.dossiers.keeping.queries import last_days
from app.evaluation.models import JurySeat
from app.infra.database import db
from app.organisations.models import Membership, Organisation
from app.organisations.queries import other_owners
from app.proposals.models import Proposal
from app.regions.models import RegionRole


def needed_as_owner(user_id: int, now: datetime) -> str | None:
    """The name of an organisation with a proposal in a running call that would be left without an owner."""
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.user_id == user_id, Membership.role == "owner")
        .order_by(Organisation.name)
    ).all()
    for row in rows:
        answered = select(Proposal.addendum_id).where(Proposal.organisation_id == row.id)
        if not other_owners(row.id, user_id) and _runs(now, answered):
            return str(row.name)
    return None


def needed_in_jury(user_id: int, now: datetime) -> str | None:
    """The title of a running call in whose jury the person sits."""
    return _runs(now, select(JurySeat.addendum_id).where(JurySeat.user_id == user_id))


def _runs(now: datetime, calls: object) -> str | None:
    found = load_calls(now, Addendum.id.in_(calls))  # type: ignore[arg-type]
    running = (one.title for one in found if Phase.DRAFT < one.phase < Phase.PARTNERSHIP)
    return next(running, None)


class NameDue(NamedTuple):
    """Somebody whose name is no longer needed. `until`: the last day on which it was; `calls`: the titles of
    those in which they had a part."""

    user_id: int
    name: str
    email: str
    active: bool
    until: date
    calls: tuple[str, ...]


def names_due(now: datetime) -> list[NameDue]:
    """Who has no role any more and had a part only in calls of which every term has passed; the longest ago
    first. A part is a seat in the jury or an act in the log. Constant queries."""
    people = _without_role()
    parts = _parts({one.id for one in people})
    calls = load_calls(now, Addendum.id.in_({one for found in parts.values() for one in found}))
    titles, ends, today = {one.id: one.title for one in calls}, last_days(calls), local_day(now)
    found = []
    for one in people:
        had = sorted(parts[one.id] & titles.keys())
        until = name_needed_until(local_day(one.created_at), (ends[call] for call in had))
        if until is not None and until < today:
            names = tuple(titles[call] for call in had)
            found.append(NameDue(one.id, one.name, one.email, one.active, until, names))
    return sorted(found, key=lambda one: (one.until, one.name, one.user_id))


def _without_role() -> list[Any]:
    """Everybody with a name but without a place in a region or an organisation, or over the installation."""
    return list(
        db.session.execute(
            select(User.id, User.name, User.email, User.active, User.created_at).where(
                User.anonymised_at.is_(None),
                User.administrator.is_(False),
                ~select(RegionRole.id).where(RegionRole.user_id == User.id).exists(),
                ~select(Membership.id).where(Membership.user_id == User.id).exists(),
            )
        )
    )


def _parts(user_ids: set[int]) -> defaultdict[int, set[int]]:
    """{person: the calls in which they had a part}."""
    seats = select(JurySeat.user_id, JurySeat.addendum_id).where(JurySeat.user_id.in_(user_ids))
    acts = select(AuditEntry.actor_id, AuditEntry.addendum_id).where(
        AuditEntry.actor_id.in_(user_ids), AuditEntry.addendum_id.is_not(None)
    )
    found: defaultdict[int, set[int]] = defaultdict(set)
    rows: Any = db.session.execute(union(seats, acts))
    for user_id, addendum_id in rows:
        found[user_id].add(addendum_id)
    return found
