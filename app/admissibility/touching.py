"""What every act on the formal check of a proposal begins with, inside its transaction."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.addenda.queries import Call, load_call
from app.admissibility.dossiers import dossier
from app.admissibility.models import Examination
from app.admissibility.rows import Dossier
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, NotFound, Stale
from app.infra.database import db
from app.proposals.policy import may_know
from app.proposals.queries import load_proposal_ref


def examined(proposal_id: int, action: str, by: Actor, now: datetime) -> tuple[Call, Dossier]:
    """The call and the formal check of a proposal, if this person may do `action` on it now."""
    ref = load_proposal_ref(proposal_id)
    call = load_call(ref.addendum_id, now)
    subject = call.subject(ref.organisation_id)
    if not may_know(by, ref, subject, call.phase):
        raise NotFound("proposal")
    require(may(by, action, subject, call.phase))
    return call, dossier(call.id, proposal_id, now)


def touch(found: Dossier, seen: int | None, theirs: Mapping[str, Any] | None = None) -> None:
    """A next version. `seen` is the one that was on the page (None: not asked); Stale when there was another
    act since."""
    if seen is not None and seen != found.version:
        raise Stale(version=found.version, theirs=dict(theirs or {}))
    row = db.session.get(Examination, found.proposal_id)
    if row is None:
        row = Examination(proposal_id=found.proposal_id, addendum_id=found.addendum_id, version=0)
        db.session.add(row)
    row.version += 1
    db.session.flush()


def require_no_refusal(found: Dossier) -> None:
    """What led to a refusal stays as it is while the refusal is proposed or stands."""
    if found.refusal is not None:
        raise DomainError("admissibility_refusal_stands")
