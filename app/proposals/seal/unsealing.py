"""Breaking the seal: two people, one after the other, once the deadline has passed."""

import json
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.accounts.actors import actor_for
from app.accounts.models import User
from app.addenda.queries import Call, load_call
from app.addenda.services import record_fact
from app.audit.services import record
from app.domain.access import Actor, Role, may, require
from app.domain.errors import DomainError, Forbidden
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.proposals.content import claimed, digest
from app.proposals.models import Claim, Opening, Submission
from app.proposals.policy import CHAIR_SINCE, CHAIRS_OF, own_organisations_of
from app.proposals.queries import stands
from app.proposals.seal.sealing import examine
from app.proposals.seal.telling import tell_opened
from app.regions.models import RegionRole

OPEN_SEAL = "proposal.open_seal"


def sign_opening(addendum_id: int, *, by: Actor) -> bool:
    """Sign for the opening; True when this was the second signature and the proposals are open now.

    A first signature of somebody who lost the right to it since makes place for this one. Raises Forbidden
    outside the sealed phase ("already_opened" after it), DomainError "second_person" for the same person,
    "opener_of_organisation" for who belongs to any organisation (whether that one applied is sealed, so it
    may not make a difference), "role_after_first_signature" for who was given the role in between,
    "opener_alone" for a first signature that nobody could follow. When nobody can follow any more, who signed
    first signs anew: then who was given the role since can follow.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        verdict = may(by, OPEN_SEAL, call.subject(), call.phase)
        if call.phase > Phase.SEALED and verdict.reason == "not_in_this_phase":
            raise Forbidden("already_opened")
        require(verdict)
        opening = db.session.get(Opening, addendum_id)
        again = opening is not None and opening.first_by_id == by.user_id
        if again and opening is not None and can_follow(call, by, opening.first_at):
            raise DomainError("second_person")
        if own_organisations_of(by):
            raise DomainError("opener_of_organisation")
        if opening is None or again or not _still_signs(opening, call):
            if not can_follow(call, by):
                raise DomainError("opener_alone")
            _sign_first(opening or Opening(addendum_id=addendum_id), call, by, now)
            return False
        if not _held_role_at(opening.first_at, by, call):
            raise DomainError("role_after_first_signature")
        opening.second_by_id, opening.second_at, opening.second_name = by.user_id, now, by.name
        db.session.flush()
        record_fact(addendum_id, "opened", at=now)
        _note("call.opened", call, by, now, **_break_seal(addendum_id))
        tell_opened(addendum_id, now)
        return True


def _sign_first(opening: Opening, call: Call, by: Actor, now: datetime) -> None:
    assert by.user_id is not None
    opening.first_by_id, opening.first_at, opening.first_name = by.user_id, now, by.name
    db.session.add(opening)
    _note("call.opening_signed", call, by, now)


def can_follow(call: Call, first: Actor, at: datetime | None = None) -> bool:
    """Whether anybody else could sign after `first`; with `at`, after the signature of that moment. It looks
    at roles and accounts only, never at who applied."""
    regisseurs = select(RegionRole.user_id).where(
        RegionRole.service_area_id == call.service_area_id, RegionRole.role == Role.REGISSEUR.value
    )
    asked = {*db.session.scalars(regisseurs), *(one for source in CHAIRS_OF for one in source(call.id))}
    active = select(User.id).where(User.id.in_(asked - {first.user_id}), User.active)
    others = [actor_for(one) for one in db.session.scalars(active).all()]
    return any(_signs(one, call) and (at is None or _held_role_at(at, one, call)) for one in others)


def _still_signs(opening: Opening, call: Call) -> bool:
    return _signs(actor_for(opening.first_by_id), call)


def _signs(actor: Actor, call: Call) -> bool:
    return bool(may(actor, OPEN_SEAL, call.subject(), call.phase)) and not own_organisations_of(actor)


def _held_role_at(at: datetime, actor: Actor, call: Call) -> bool:
    """Nobody invites their own second account after signing."""
    assert actor.user_id is not None
    granted = db.session.scalar(
        select(RegionRole.granted_at).where(
            RegionRole.user_id == actor.user_id,
            RegionRole.service_area_id == call.service_area_id,
            RegionRole.role == Role.REGISSEUR.value,
        )
    )
    since = [granted, *(source(actor.user_id, call.id) for source in CHAIR_SINCE)]
    return any(one is not None and one <= at for one in since)


def _note(action: str, call: Call, by: Actor, now: datetime, **facts: Any) -> None:
    record(
        action,
        actor_id=by.user_id,
        subject=f"addendum:{call.id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        **facts,
    )


def _break_seal(addendum_id: int) -> dict[str, Any]:
    """What lay under the seal: how many, one digest over all, and any that no longer fits its own hash: it
    holds up nobody else. From here on it is known which obstacles each takes up."""
    rows = db.session.execute(
        select(Submission.id, Submission.receipt_number, Submission.content_sha256)
        .where(Submission.addendum_id == addendum_id, stands())
        .order_by(Submission.receipt_number)
    ).all()
    frozen = examine([row.id for row in rows])
    db.session.add_all(
        Claim(submission_id=one, obstacle_id=obstacle)
        for one, text in frozen.items()
        if text is not None
        for obstacle in claimed(json.loads(text))
    )
    return {
        "received": len(rows),
        "sha256": digest("\n".join(f"{row.receipt_number} {row.content_sha256}" for row in rows)),
        "altered": [row.receipt_number for row in rows if frozen[row.id] is None],
    }
