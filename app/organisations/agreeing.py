"""A merge is proposed by an administrator, and takes effect when an owner of each organisation agrees.

Who merges two organisations gives the people of the one everything the other wrote, also what is sealed. So
the word of one administrator is not enough (docs/decisions/0013-organisaties-samenvoegen.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from app.audit import services as audit
from app.domain.access import Actor, Role
from app.domain.errors import DomainError, NotFound, Stale
from app.infra.database import db, transaction
from app.notifications.services import enqueue, page_url
from app.organisations.merging import check_pair, merge, owners, require_unmerged
from app.organisations.models import MergeProposal, Organisation
from app.organisations.queries import active_owner_ids, drawn_id, load_organisation

SIDES = ("kept", "gone")
# Functions of now: is there a call whose proposals nobody but their organisation may read? Features further
# left register theirs at import; this one knows of no calls.
_secrets: list[Callable[[datetime], bool]] = []


@dataclass(frozen=True)
class Seen:
    """The versions of both, as the administrator saw them."""

    kept: int
    gone: int


def register_secret(asks: Callable[[datetime], bool]) -> None:
    _secrets.append(asks)


def propose(kept_id: int, gone_id: int, seen: Seen, *, by: Actor) -> bool:
    """Ask the owners; True when nobody has to be asked and it is done. Stale when one of both was edited
    since it was seen; DomainError merge_pending, merge_no_owner and those of `check_pair`."""
    with transaction() as now:
        kept, gone = check_pair(kept_id, gone_id, by=by)
        if (kept.version, gone.version) != (seen.kept, seen.gone):
            raise Stale(version=kept.version, theirs={})
        if pending_between(kept_id, gone_id):
            raise DomainError("merge_pending")
        row = MergeProposal(
            id=drawn_id(MergeProposal),
            kept_id=kept_id,
            gone_id=gone_id,
            proposed_by_id=by.user_id,
            proposed_at=now,
        )
        _require_answerable(row, now)
        db.session.add(row)
        db.session.flush()
        _log("organisation.merge_proposed", row, kept_id, by, now)
        if _settle(row, now, by=by):
            return True
        _tell("proposed", row, by, now)
        return False


def load_for_owner(merge_id: int, *, by: Actor) -> MergeProposal:
    """NotFound for who owns neither of both now."""
    row = db.session.get(MergeProposal, merge_id)
    if row is None or not sides_of(row, by):
        raise NotFound("merge_proposal")
    return row


def sides_of(row: MergeProposal, by: Actor) -> list[str]:
    """For which of both the person decides."""
    return [side for side in SIDES if by.user_id in active_owner_ids(_organisation_id(row, side))]


def answer(merge_id: int, agrees: bool, *, by: Actor) -> bool:
    """Agree for each organisation the person owns, or refuse; True when the merge took effect. NotFound;
    DomainError merge_ended, merge_no_owner."""
    with transaction() as now:
        row = load_for_owner(merge_id, by=by)
        if not is_open(row):
            raise DomainError("merge_ended")
        sides = sides_of(row, by)
        if not agrees:
            row.refused_by_id, row.refused_at = by.user_id, now
            _log("organisation.merge_refused", row, _organisation_id(row, sides[0]), by, now)
            _tell("refused", row, by, now)
            return False
        for side in sides:
            setattr(row, f"{side}_agreed_by_id", by.user_id)
            setattr(row, f"{side}_agreed_at", now)
            _log("organisation.merge_agreed", row, _organisation_id(row, side), by, now)
        _require_answerable(row, now)
        if _settle(row, now, by=by):
            return True
        _tell("agreed", row, by, now)
        return False


def is_open(row: MergeProposal) -> bool:
    if row.done_at is not None or row.refused_at is not None:
        return False
    return all(load_organisation(_organisation_id(row, side)).merged_into_id is None for side in SIDES)


def state(row: MergeProposal) -> str:
    """done, refused, lapsed (one of both was merged elsewhere), agreed (by one side) or proposed."""
    if row.done_at is not None:
        return "done"
    if row.refused_at is not None:
        return "refused"
    if not is_open(row):
        return "lapsed"
    return "agreed" if any(has_agreed(row, side) for side in SIDES) else "proposed"


def has_agreed(row: MergeProposal, side: str) -> bool:
    """Whether somebody agreed who is still an owner: the word of one who left since does not count."""
    return getattr(row, f"{side}_agreed_by_id") in active_owner_ids(_organisation_id(row, side))


def pending_between(one_id: int, other_id: int) -> bool:
    """In either direction."""
    both = (one_id, other_id)
    statement = select(MergeProposal).where(
        MergeProposal.kept_id.in_(both), MergeProposal.gone_id.in_(both), *_unanswered()
    )
    return any(is_open(row) for row in db.session.scalars(statement).all())


def waiting_for(organisation_id: int) -> list[MergeProposal]:
    """Those that wait for an owner of this organisation, the oldest first."""
    statement = select(MergeProposal).where(
        or_(MergeProposal.kept_id == organisation_id, MergeProposal.gone_id == organisation_id),
        *_unanswered(),
    )
    rows = db.session.scalars(statement.order_by(MergeProposal.proposed_at, MergeProposal.id)).all()
    return [row for row in rows if is_open(row)]


def asked_of(actor: Actor) -> list[tuple[MergeProposal, int]]:
    """Those that wait for this person's own word, the oldest first, each with the id of the organisation for
    which the person decides. One query when there are none."""
    owned = actor.scopes(Role.OWNER, "organisation_id")
    if not owned:
        return []
    statement = select(MergeProposal).where(
        or_(MergeProposal.kept_id.in_(owned), MergeProposal.gone_id.in_(owned)), *_unanswered()
    )
    rows = db.session.scalars(statement.order_by(MergeProposal.proposed_at, MergeProposal.id)).all()
    found = [(row, _unsaid(row, actor)) for row in rows if is_open(row)]
    return [(row, _organisation_id(row, sides[0])) for row, sides in found if sides]


def _unsaid(row: MergeProposal, actor: Actor) -> list[str]:
    return [side for side in sides_of(row, actor) if not has_agreed(row, side)]


def _unanswered() -> tuple[Any, ...]:
    return MergeProposal.done_at.is_(None), MergeProposal.refused_at.is_(None)


def _require_answerable(row: MergeProposal, now: datetime) -> None:
    """An organisation without an owner cannot agree. The administrator's word stands for it only while no
    call at all keeps anything secret: that is public, so the refusal tells nothing of either."""
    for side in SIDES:
        organisation_id = _organisation_id(row, side)
        if not active_owner_ids(organisation_id) and any(asks(now) for asks in _secrets):
            raise DomainError("merge_no_owner", organisation=load_organisation(organisation_id).name)


def _settle(row: MergeProposal, now: datetime, *, by: Actor) -> bool:
    """Merge when every side that has an owner agreed; the others were looked at by `_require_answerable`."""
    asked = [side for side in SIDES if active_owner_ids(_organisation_id(row, side))]
    if not all(has_agreed(row, side) for side in asked):
        return False
    row.done_at = now
    merge(row.kept_id, row.gone_id, now, by=by)
    return True


def _organisation_id(row: MergeProposal, side: str) -> int:
    return int(getattr(row, f"{side}_id"))


def both(row: MergeProposal) -> tuple[Organisation, Organisation]:
    return load_organisation(row.kept_id), load_organisation(row.gone_id)


def _tell(what: str, row: MergeProposal, by: Actor, at: datetime) -> None:
    """`what` happened, to the owners of both: proposed, agreed or refused. The same words whatever either
    wrote or handed in."""
    kept, gone = require_unmerged(row.kept_id, row.gone_id)
    for to in sorted(owners(kept.id) | owners(gone.id), key=lambda one: one.email):
        enqueue(
            f"organisation.merge_{what}",
            to=to,
            subject=f"Samenvoegen van {gone.name} en {kept.name}",
            template="organisations/mail_merge",
            at=at,
            what=what,
            who=by.name,
            kept=kept.name,
            gone=gone.name,
            link=page_url("organisations.answer_merge", merge_id=row.id),
        )


def _log(action: str, row: MergeProposal, organisation_id: int, by: Actor, at: datetime) -> None:
    kept, gone = both(row)
    audit.record(
        action,
        actor_id=by.user_id,
        subject=f"merge_proposal:{row.id}",
        organisation_id=organisation_id,
        at=at,
        kept_name=kept.name,
        gone_name=gone.name,
    )
