"""Who of the organisation did what lately, in words, for the organisation itself."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import select

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.infra.database import db
from app.organisations.models import Membership

MOST = 8
_ACTS = {
    "proposal.started": "begon de kandidatuur",
    "proposal.edited": "schreef aan de kandidatuur",
    "proposal.submitted": "diende in",
    "proposal.withdrawn": "trok de kandidatuur in",
    "proposal.refused_late": "wilde indienen of intrekken na de uiterste datum: geweigerd",
    "proposal.amendment_confirmed": "bevestigde een gewijzigde oproep",
    "attachment.added": "voegde een bestand toe",
    "attachment.removed": "verwijderde een bestand",
}
_ROLES = {"owner": "eigenaar, kan indienen", "member": "medewerker, kan schrijven"}


class Act(NamedTuple):
    who: str
    text: str
    at: Any


def own_acts(addendum_id: int, proposal_id: int, organisation_id: int) -> list[Act]:
    """The last acts of the organisation itself, newest first. One query."""
    rows = db.session.execute(
        select(User.name, AuditEntry.action, AuditEntry.details, AuditEntry.at)
        .join(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.addendum_id == addendum_id,
            AuditEntry.subject == f"proposal:{proposal_id}",
            AuditEntry.organisation_id == organisation_id,
            AuditEntry.action.in_(_ACTS),
        )
        .order_by(AuditEntry.seq.desc())
        .limit(MOST)
    )
    return [Act(row.name, _text(row.action, row.details), row.at) for row in rows]


def _text(action: str, details: dict[str, Any]) -> str:
    if action != "proposal.edited":
        return _ACTS[action]
    section = details.get("section")
    if not isinstance(section, int):
        return _ACTS[action]
    return f"schreef aan uitdaging {section}" if section else "schreef aan het algemeen deel"


def colleagues(organisation_id: int) -> Sequence[tuple[str, str]]:
    """(name, what they can do), owners first. One query."""
    rows = db.session.execute(
        select(User.name, Membership.role)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id == organisation_id, User.active)
        .order_by(Membership.role.desc(), User.name)
    )
    return [(row.name, _ROLES[row.role]) for row in rows]
