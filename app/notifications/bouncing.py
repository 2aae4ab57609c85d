"""Mail that comes back: reading the report of a mail server (RFC 3464) about a message of ours.

Whoever knows the Message-ID of a mail can write such a report, so all it can do is put that mail on the list
of what did not arrive: no address is switched off, nothing is shown of who sent it.
"""

import email
import email.policy
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from email.message import EmailMessage, Message
from typing import NamedTuple

import structlog
from sqlalchemy import select

from app.infra.database import db, transaction
from app.infra.texts import one_line
from app.notifications.addresses import same_address
from app.notifications.delivery import ATTEMPTS, ERROR_LENGTH
from app.notifications.models import OutboxMessage

log = structlog.get_logger()
LARGEST = 5 * 1024 * 1024
MOST_PARTS = 50
AGAIN_AFTER = timedelta(hours=1)
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b", re.ASCII)
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,190}>")


class Report(NamedTuple):
    """What a server says: `action` failed, delayed, …; `status` like 5.1.1; `recipient` "" when not told."""

    message_ids: tuple[str, ...]
    action: str
    status: str
    recipient: str
    why: str


def read_report(raw: bytes) -> Report | None:
    """None for what is no delivery status report, however broken."""
    if len(raw) > LARGEST:
        return None
    try:
        return _report(email.message_from_bytes(raw, policy=email.policy.default))
    except Exception:  # whatever was sent in, of parts that contradict themselves: it is no report
        return None


def _report(message: Message) -> Report | None:
    parts = [part for _, part in zip(range(MOST_PARTS), message.walk(), strict=False)]
    about = next((one for one in parts if one.get_content_type() == "message/delivery-status"), None)
    if about is None:
        return None
    fields = _of_recipient(about)
    found = _STATUS.search(fields.get("status", ""))
    return Report(
        message_ids=tuple(_ids(message, parts)),
        action=fields.get("action", "").lower(),
        status=found[0] if found else "",
        recipient=_after_type(fields.get("original-recipient") or fields.get("final-recipient", "")),
        why=one_line(_after_type(fields.get("diagnostic-code", ""))),
    )


def _of_recipient(about: Message) -> dict[str, str]:
    """The fields of the first recipient: after those of the report itself comes one block for each."""
    blocks = about.get_payload()
    for block in blocks if isinstance(blocks, list) else []:
        if not isinstance(block, Message):
            continue
        fields = {name.lower(): str(value) for name, value in block.items()}
        if "action" in fields:
            return fields
    return {}


def _after_type(text: str) -> str:
    """ "rfc822; an@voorbeeld.be" without what stands before the semicolon."""
    return text.partition(";")[2].strip() if ";" in text else text.strip()


def _ids(message: Message, parts: list[Message]) -> Iterator[str]:
    """The ids the report may be about: of the returned message, then what it answers."""
    for part in parts[1:]:
        if part.get_content_type() == "text/rfc822-headers":
            content = part.get_content() if isinstance(part, EmailMessage) else ""
            part = email.message_from_string(str(content), policy=email.policy.default)
        if part["Message-ID"]:
            yield from _MESSAGE_ID.findall(str(part["Message-ID"]))
    for name in ("In-Reply-To", "References"):
        yield from _MESSAGE_ID.findall(str(message[name] or ""))


def note_report(report: Report) -> str:
    """What came of it: "bounced" (on the list of the regisseur), "again" (the other server gave up for a
    passing reason: we try once more in an hour), "delayed" (it is still trying; nothing changes), "known"
    (told before), "unknown" (not about a mail of ours, or not to this person)."""
    with transaction() as now:
        row = db.session.scalar(
            select(OutboxMessage).where(OutboxMessage.message_id.in_(report.message_ids[:MOST_PARTS]))
        )
        outcome = "unknown" if row is None else _outcome(row, report)
        if row is not None and outcome in ("bounced", "again", "delayed"):
            _write(row, report, outcome, now)
    log.info("mail_report", outcome=outcome)
    return outcome


def _outcome(row: OutboxMessage, report: Report) -> str:
    if report.recipient and not same_address(report.recipient, row.to_address):
        return "unknown"
    if row.sent_at is None or row.bounced_at is not None:
        return "known"
    if report.action == "delayed":
        return "delayed"
    if report.action != "failed":
        return "unknown"
    return "again" if report.status.startswith("4.") and row.attempts < ATTEMPTS else "bounced"


def _write(row: OutboxMessage, report: Report, outcome: str, now: datetime) -> None:
    row.last_error = f"{report.status} {report.why}".strip()[:ERROR_LENGTH] or "-"
    if outcome == "bounced":
        row.bounced_at = now
    elif outcome == "again":
        row.sent_at, row.next_attempt_at = None, now + AGAIN_AFTER
