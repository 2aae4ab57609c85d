"""Saying how one part of a dossier appears in its public version."""

from datetime import datetime
from typing import NamedTuple

from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.access import Actor
from app.domain.dossier import check_mark
from app.domain.errors import DomainError, NotFound, Stale
from app.dossiers.collecting.gathering import gather
from app.dossiers.collecting.parts import Part
from app.dossiers.guarding import MARK, require_all
from app.dossiers.models import DossierMark
from app.infra import clock
from app.infra.database import db, transaction

OWN_RULE = "own_rule"
LONGEST_REASON = 1000


class Wanted(NamedTuple):
    """`mark` as the form sent it, or OWN_RULE; `seen`: what stood there then (`seen_as`)."""

    mark: str
    reason: str
    seen: str


def mark_part(addendum_id: int, part_id: str, wanted: Wanted, *, by: Actor) -> bool:
    """False when it stood so already. Raises NotFound for a part that is not there, Stale when somebody else
    decided in the meantime, DomainError (mark_…)."""
    part = the_part(addendum_id, part_id)
    with transaction() as now:
        call = load_call(addendum_id, now)
        require_all(by, MARK, call)
        if part.held:
            raise DomainError("mark_not_told", field="mark")
        before = mark_of(addendum_id, part_id)
        _check_seen(before, wanted)
        mark, reason = _checked(part, wanted)
        if (mark, reason) == (before.mark if before else None, before.reason if before else ""):
            return False
        _keep(before, addendum_id, part_id, mark, reason, by, now)
        record(
            "dossier.marked",
            actor_id=by.user_id,
            subject=f"call:{addendum_id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=addendum_id,
            part=part_id,
            mark=mark or OWN_RULE,
        )
    return True


def the_part(addendum_id: int, part_id: str) -> Part:
    """Raises NotFound for one that this dossier does not have."""
    parts = gather(load_call(addendum_id, clock.now())).parts
    found = next((one for one in parts if one.id == part_id), None)
    if found is None:
        raise NotFound("part")
    return found


def mark_of(addendum_id: int, part_id: str) -> DossierMark | None:
    return db.session.get(DossierMark, (addendum_id, part_id))


def seen_as(mark: DossierMark | None) -> str:
    """What a form carries along, to tell whether somebody decided in the meantime."""
    return "" if mark is None else f"{mark.by_id}-{mark.at.timestamp()}"


def _check_seen(mark: DossierMark | None, wanted: Wanted) -> None:
    if seen_as(mark) != wanted.seen:
        theirs = {"mark": mark.mark if mark else OWN_RULE, "reason": mark.reason if mark else ""}
        raise Stale(version=0, theirs=theirs)


def _checked(part: Part, wanted: Wanted) -> tuple[str | None, str]:
    if wanted.mark == OWN_RULE:
        return None, ""
    if len(wanted.reason) > LONGEST_REASON:
        raise DomainError("mark_reason_too_long", field="reason", most=LONGEST_REASON)
    return check_mark(wanted.mark, wanted.reason, binary_only=part.binary).value, wanted.reason


def _keep(
    before: DossierMark | None,
    addendum_id: int,
    part_id: str,
    mark: str | None,
    reason: str,
    by: Actor,
    now: datetime,
) -> None:
    if before is not None:
        db.session.delete(before)
        db.session.flush()
    if mark is not None:
        assert by.user_id is not None
        kept = DossierMark(addendum_id=addendum_id, part=part_id, mark=mark, reason=reason, at=now)
        kept.by_id = by.user_id
        db.session.add(kept)
