"""The post in words."""

from datetime import datetime
from typing import Any

from flask import url_for

from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.decisions.post.queries import (
    ALL,
    HANDLED,
    SENT,
    UNDELIVERED,
    WAITING,
    applicants_behind,
    counts_of,
    is_undelivered,
    mails_in,
    proposals_of,
)
from app.domain.timeline import local_day
from app.domain.undelivered import why_undelivered
from app.infra.formats import moment, short_day
from app.infra.numbers import positive
from app.notifications.models import OutboxMessage

LABELS = {
    ALL: "Alle",
    WAITING: "Wacht",
    SENT: "Verstuurd",
    UNDELIVERED: "Niet bezorgd",
    HANDLED: "Afgehandeld",
}
PAGE = 100
NOTIFIED_BY = ("decision", "decision.again", "decision.later")


def outbox_facts(call: Call, wanted: str, page_text: str) -> dict[str, Any]:
    """One page of the mails in one state, with how many there are in each. Two queries."""
    state = wanted if wanted in LABELS else ALL
    counts = counts_of(call.id)
    last = max(1, -(-counts[state] // PAGE))
    page = min(positive(page_text) or 1, last)
    rows = mails_in(call.id, state, offset=(page - 1) * PAGE, limit=PAGE)
    return {
        "rows": mail_rows(rows),
        "any": counts[ALL] > 0,
        "undelivered": counts[UNDELIVERED],
        "tabs": [
            {"label": label, "href": _page(call, key), "active": key == state, "count": counts[key]}
            for key, label in LABELS.items()
        ],
        "paging": _paging(call, state, page, last, counts[state]),
    }


def _page(call: Call, state: str, page: int = 1) -> str:
    more: dict[str, Any] = {"stand": state if state != ALL else None, "pagina": page if page > 1 else None}
    return url_for("decisions.outbox", addendum_id=call.id, **more)


def _paging(call: Call, state: str, page: int, last: int, count: int) -> dict[str, Any] | None:
    if last == 1:
        return None
    first = (page - 1) * PAGE + 1
    return {
        "text": f"Mail {first} tot {min(page * PAGE, count)} van {count}",
        "previous": _page(call, state, page - 1) if page > 1 else None,
        "next": _page(call, state, page + 1) if page < last else None,
    }


def mail_rows(rows: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "to": row.to_name or row.to_address,
            "address": row.to_address,
            "subject": row.subject,
            "when": moment(row.created_at),
            "state": mail_state(row),
            "note": row.handled_how or "",
            "attachment": row.attachment_name,
        }
        for row in rows
    ]


def undelivered_rows(call: Call) -> list[dict[str, Any]]:
    """Everything that waits for somebody to look at it, newest first. One query."""
    return [
        {
            "id": row.id,
            "to": row.to_name or row.to_address,
            "address": row.to_address,
            "subject": row.subject,
            "when": moment(row.bounced_at or row.given_up_at),
            "why": why_undelivered(row.last_error),
        }
        for row in mails_in(call.id, UNDELIVERED, limit=1000)
    ]


def mail_state(row: Any) -> tuple[str, str]:
    """(words, tone)"""
    if row.handled_at:
        return ("Afgehandeld", "neutral")
    if row.bounced_at:
        return (f"Teruggekomen op {_short(row.bounced_at)}", "danger")
    if row.sent_at:
        return (f"Verstuurd op {_short(row.sent_at)}", "success")
    if row.given_up_at:
        return ("Niet bezorgd", "danger")
    return ("Wacht, nieuwe poging volgt", "warning") if row.attempts else ("Wacht op verzending", "info")


def _short(at: datetime) -> str:
    return f"{short_day(local_day(at))}, {moment(at).rpartition(', ')[2]}"


def mail_facts(call: Call, row: OutboxMessage) -> dict[str, Any]:
    """About one mail: its state, why it did not arrive, and where to go from there."""
    undelivered = is_undelivered(row)
    return {
        "mail": row,
        "state": mail_state(row),
        "undelivered": undelivered,
        "why": why_undelivered(row.last_error) if row.given_up_at or row.bounced_at else "",
        "told": row.last_error or "",
        "since": row.bounced_at or row.given_up_at,
        "notice_href": _new_notice(call, row) if undelivered and row.kind in NOTIFIED_BY else None,
    }


def _new_notice(call: Call, row: OutboxMessage) -> str | None:
    """Where the decision itself can be notified again, when this person may."""
    organisations = applicants_behind(call.id, row.to_address)
    if len(organisations) != 1 or not may_here(call, "decision.notify_again", organisations[0]):
        return None
    found = proposals_of(call.id, organisations)
    return url_for("decisions.notices", proposal_id=found[0]) if found else None
