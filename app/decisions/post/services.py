"""What a regisseur does about a mail that did not arrive. The decision and its days stay as they are: a new
notice is another act (`decision.notify_again`)."""

from dataclasses import replace
from datetime import datetime

from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.decisions.post.queries import is_undelivered, mail_of, receivers_for
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.infra.database import transaction
from app.infra.texts import clean
from app.notifications.models import OutboxMessage
from app.notifications.resending import send_once_more

ACTION = "mail.preview_and_outbox"
HOW_LENGTH = 500


def send_again(addendum_id: int, message_id: int, address: str, *, by: Actor) -> bool:
    """Once more, to one of `receivers_for`; False when somebody handled it already. Raises
    mail_address_unknown."""
    with transaction() as now:
        call, row = _checked(addendum_id, message_id, now, by)
        if not is_undelivered(row):
            return False
        wanted = address.strip().lower()
        to = next((one for one in receivers_for(call.id, row) if one.email.lower() == wanted), None)
        if to is None:
            raise DomainError("mail_address_unknown", field="address")
        send_once_more(row, to, now)
        _handled(call, row, f"Opnieuw verstuurd naar {to.email}", "mail.sent_again", by, now)
        return True


def delivered_otherwise(addendum_id: int, message_id: int, how: str, *, by: Actor) -> bool:
    """Somebody brought, posted or told it; False when it was handled already. Raises mail_how_missing and
    mail_how_too_long."""
    told = clean(how)
    if not told:
        raise DomainError("mail_how_missing", field="how")
    if len(told) > HOW_LENGTH:
        raise DomainError("mail_how_too_long", field="how", maximum=HOW_LENGTH)
    with transaction() as now:
        call, row = _checked(addendum_id, message_id, now, by)
        if not is_undelivered(row):
            return False
        _handled(call, row, f"Anders bezorgd: {told}", "mail.delivered_otherwise", by, now)
        return True


def _checked(addendum_id: int, message_id: int, now: datetime, by: Actor) -> tuple[Call, OutboxMessage]:
    call = load_call(addendum_id, now)
    require(may(by, ACTION, replace(call.subject(), every_applicant=True), call.phase))
    return call, mail_of(call.id, message_id)


def _handled(call: Call, row: OutboxMessage, how: str, action: str, by: Actor, now: datetime) -> None:
    row.handled_at, row.handled_by_id, row.handled_how = now, by.user_id, how
    record(
        action,
        actor_id=by.user_id,
        subject=f"mail:{row.id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        kind=row.kind,
    )
