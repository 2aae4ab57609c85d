"""Who sits in the jury: inviting, taking a seat, leaving it, one chair."""

from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import delete, exists, select, update

from app.accounts import invitations
from app.accounts.models import Invitation, User
from app.addenda.models import Addendum
from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, NotFound
from app.evaluation.assigning.models import Assignment
from app.evaluation.models import JurySeat, ScoreSheet
from app.evaluation.policy import SEATS
from app.infra.database import db, transaction
from app.notifications.addresses import normal_address

KIND = "jury_seat"
MANAGE = "jury.manage_of_own_region"
AFFILIATION_LENGTH = 200


def register() -> None:
    """Tell accounts what accepting an invitation to a jury does."""
    invitations.register_acceptance(KIND, take_seat, describe)


def describe(invitation: Invitation) -> str:
    title = db.session.scalar(select(Addendum.title).where(Addendum.id == invitation.scope_id)) or ""
    word = "juryvoorzitter" if invitation.role == "chair" else "jurylid"
    return f"{word} voor de oproep “{title}”"


def take_seat(invitation: Invitation, user: User, now: datetime) -> str:
    """Accepting makes the seat; a chair that was named in the meantime stays the only one."""
    call = load_call(invitation.scope_id, now)
    if _seat_of(call.id, user.id):
        raise DomainError("already_on_jury")
    chair = invitation.role == "chair" and not _has_chair(call.id)
    seat = JurySeat(
        addendum_id=call.id,
        user_id=user.id,
        chair=chair,
        seat=invitation.details.get("seat", "independent"),
        affiliation=invitation.details.get("affiliation", ""),
        since=now,
    )
    db.session.add(seat)
    db.session.flush()
    _log("jury.seat_taken", call, seat, user.id, now, chair=chair)
    return url_for("addenda.show", addendum_id=call.id)


def invite_juror(
    addendum_id: int, *, email: str, name: str, seat: str, affiliation: str, chair: bool, by: Actor
) -> None:
    """Raises seat_unknown, already_on_jury, chair_exists, and what `invitations.invite` raises."""
    with transaction() as now:
        call = _managed(addendum_id, by, now)
        if seat not in SEATS:
            raise DomainError("seat_unknown", field="seat")
        address = normal_address(email)
        seated = select(JurySeat.id).join(User, User.id == JurySeat.user_id)
        if db.session.scalar(seated.where(JurySeat.addendum_id == call.id, User.email == address)):
            raise DomainError("already_on_jury", field="email")
        if chair and (_has_chair(call.id) or _chair_invited(call.id, address, now)):
            raise DomainError("chair_exists", field="chair")
        details = {"seat": seat, "affiliation": affiliation.strip()[:AFFILIATION_LENGTH], "chair": chair}
        role = "chair" if chair else "juror"
        invitations.invite(
            KIND, role=role, scope_id=call.id, email=address, name=name, details=details, by=by, at=now
        )


def withdraw_invitation(addendum_id: int, invitation_id: int, *, by: Actor) -> None:
    with transaction() as now:
        call = _managed(addendum_id, by, now)
        invitations.withdraw(invitation_id, KIND, call.id, by=by, at=now)


def remove_seat(addendum_id: int, seat_id: int, *, by: Actor) -> None:
    """Only while no sheet of this juror is in: raises seat_has_sheets."""
    with transaction() as now:
        call = _managed(addendum_id, by, now)
        seat = _seat(call, seat_id)
        sent = (ScoreSheet.juror_id == seat.user_id, ScoreSheet.submitted_at.is_not(None))
        if db.session.scalar(select(exists().where(ScoreSheet.addendum_id == call.id, *sent))):
            raise DomainError("seat_has_sheets")
        of_juror = (Assignment.addendum_id == call.id, Assignment.juror_id == seat.user_id)
        db.session.execute(delete(Assignment).where(*of_juror))
        db.session.delete(seat)
        _log("jury.seat_removed", call, seat, by.user_id, now)


def make_chair(addendum_id: int, seat_id: int, *, by: Actor) -> None:
    """This juror becomes the chair; who was chair stays as juror."""
    with transaction() as now:
        call = _managed(addendum_id, by, now)
        seat = _seat(call, seat_id)
        db.session.execute(update(JurySeat).where(JurySeat.addendum_id == call.id).values(chair=False))
        seat.chair = True
        _log("jury.chair_named", call, seat, by.user_id, now)


def _managed(addendum_id: int, by: Actor, now: datetime) -> Call:
    call = load_call(addendum_id, now)
    require(may(by, MANAGE, call.subject(), call.phase))
    return call


def _seat(call: Call, seat_id: int) -> JurySeat:
    seat = db.session.get(JurySeat, seat_id)
    if seat is None or seat.addendum_id != call.id:
        raise NotFound("seat")
    return seat


def _seat_of(addendum_id: int, user_id: int) -> int | None:
    statement = select(JurySeat.id).where(JurySeat.addendum_id == addendum_id, JurySeat.user_id == user_id)
    return db.session.scalar(statement)


def _has_chair(addendum_id: int) -> bool:
    statement = select(JurySeat.id).where(JurySeat.addendum_id == addendum_id, JurySeat.chair)
    return db.session.scalar(statement) is not None


def _chair_invited(addendum_id: int, address: str, now: datetime) -> bool:
    """Whether somebody else has an open invitation as chair (a new one to the same person replaces it)."""
    waiting = invitations.open_invitations(KIND, addendum_id, now)
    return any(one.role == "chair" and one.email != address for one in waiting)


def _log(action: str, call: Call, seat: JurySeat, actor_id: int | None, now: datetime, **facts: Any) -> None:
    record(
        action,
        actor_id=actor_id,
        subject=f"user:{seat.user_id}",
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        at=now,
        seat=seat.seat,
        **facts,
    )
