"""The mails of one decision before it is told, exactly as they will leave.

They are made by the code of the act itself, on the rows as they will be then, in a transaction that is never
committed: whatever the act comes to say, is what is shown.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select

from app.addenda.queries import load_call
from app.addenda.services import record_fact
from app.decisions.communicating import notify_applicant, send_decisions
from app.decisions.models import Decision
from app.decisions.queries import decision_of
from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage


class Outgoing(NamedTuple):
    """One mail as it will leave."""

    to_name: str
    to_address: str
    subject: str
    body_text: str
    body_html: str
    attachment_name: str | None


class _Seen(Exception):
    """Thrown so that nothing of it stays."""


def mails_to_come(addendum_id: int, proposal_id: int, *, by: Actor) -> list[Outgoing]:
    """What everybody of this applicant would get if all were told now; empty when nobody has an account.
    Raises NotFound without a decision, and `mails_already_sent` once it was told."""
    found: list[Outgoing] = []
    try:
        with transaction() as now:
            found += _rehearsed(addendum_id, proposal_id, by, now)
            raise _Seen
    except _Seen:
        return found


def _rehearsed(addendum_id: int, proposal_id: int, by: Actor, now: datetime) -> Sequence[Outgoing]:
    call, decision = load_call(addendum_id, now), decision_of(proposal_id)
    if decision is None:
        raise NotFound("decision")
    if call.facts.communicated_at is not None:
        raise DomainError("mails_already_sent")
    row = db.session.get_one(Decision, decision.id)
    row.confirmed_at = row.confirmed_at or now  # what is only proposed can be looked at as well
    record_fact(addendum_id, "communicated", at=now)
    notify_applicant(call, decision, b"", by, now)
    db.session.flush()
    send_decisions(call, [decision], now)
    db.session.flush()
    columns = [getattr(OutboxMessage, name) for name in Outgoing._fields]
    mine = (OutboxMessage.kind == "decision", OutboxMessage.attached_letter == decision.id)
    rows = db.session.execute(select(*columns).where(*mine).order_by(OutboxMessage.id))
    return [Outgoing(*row) for row in rows]
