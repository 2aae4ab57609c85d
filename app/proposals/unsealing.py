"""Breaking the seal: two people, one after the other, once the deadline has passed."""

import json
from typing import Any

from sqlalchemy import select

from app.addenda.queries import load_call
from app.addenda.services import record_fact
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.infra.database import db, transaction
from app.proposals.content import claimed, digest
from app.proposals.models import Claim, Opening, Submission
from app.proposals.queries import stands
from app.proposals.sealing import contents

OPEN_SEAL = "proposal.open_seal"


def sign_opening(addendum_id: int, *, by: Actor) -> bool:
    """Sign for the opening; True when this was the second signature and the proposals are open now.

    Raises Forbidden outside the sealed phase, DomainError "second_person" when it is the same person.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, OPEN_SEAL, call.subject(), call.phase))
        opening = db.session.get(Opening, addendum_id)
        action, facts = "call.opening_signed", dict[str, Any]()
        if opening is None:
            db.session.add(Opening(addendum_id=addendum_id, first_by_id=by.user_id, first_at=now))
        elif opening.first_by_id == by.user_id:
            raise DomainError("second_person")
        else:
            opening.second_by_id, opening.second_at = by.user_id, now
            db.session.flush()
            record_fact(addendum_id, "opened", at=now)
            action, facts = "call.opened", _break_seal(addendum_id)
        record(
            action,
            actor_id=by.user_id,
            subject=f"addendum:{addendum_id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=addendum_id,
            **facts,
        )
        return action == "call.opened"


def _break_seal(addendum_id: int) -> dict[str, Any]:
    """What lay under the seal: how many, one digest over all, and any text that no longer fits its own.
    From here on it is known which obstacles each takes up."""
    rows = db.session.execute(
        select(Submission.id, Submission.receipt_number, Submission.content_sha256)
        .where(Submission.addendum_id == addendum_id, stands())
        .order_by(Submission.receipt_number)
    ).all()
    frozen = contents([row.id for row in rows])
    db.session.add_all(
        Claim(submission_id=one, obstacle_id=obstacle)
        for one, text in frozen.items()
        for obstacle in claimed(json.loads(text))
    )
    altered = [row.receipt_number for row in rows if digest(frozen[row.id]) != row.content_sha256]
    return {
        "received": len(rows),
        "sha256": digest("\n".join(f"{row.receipt_number} {row.content_sha256}" for row in rows)),
        "altered": altered,
    }
