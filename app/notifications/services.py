"""Putting mail in the outbox, inside the transaction of what it tells about."""

import re
import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from flask import current_app, render_template
from markupsafe import escape
from sqlalchemy import insert

from app.infra.database import db
from app.notifications.groups import GROUPS
from app.notifications.kinds import Kind, kind_of
from app.notifications.look import blocks_of, links_of
from app.notifications.models import OutboxMessage
from app.notifications.posting import post

_GAPS = re.compile(r"[ \t]*\n[ \t]*\n\s*\n")  # parts of a mail may each bring their own empty line
_GREETING = "\ufdd0"  # in the place of a greeting; Unicode has no character there, nobody can have typed it


@dataclass(frozen=True)
class Recipient:
    email: str
    name: str = ""


class Document(NamedTuple):
    """A PDF to be made: file name, typst template, and its data as plain JSON; `beside` a small JSON file
    (name, text) that goes with it in a mail."""

    name: str
    template: str
    data: dict[str, Any]
    beside: tuple[str, str] | None = None


class Written(NamedTuple):
    """A mail as it leaves: subject on one line, plain text, HTML."""

    subject: str
    text: str
    html: str


FOLLOWS = "je deze oproep volgt"


def write(
    kind: str, *, to: Recipient, subject: str, template: str, stop_url: str | None = None, **context: Any
) -> Written:
    """Render `templates/<template>.txt` and put it in the one look; raises UnknownKind.

    Every template begins with `{{ greeting }},`. An address on a line of its own becomes, in HTML, a link
    with the words that the catalogue has for it."""
    return write_each(kind, [to], subject=subject, template=template, stop_url=stop_url, **context)[0]


def write_each(
    kind: str,
    people: Collection[Recipient],
    *,
    subject: str,
    template: str,
    stop_url: str | None = None,
    **context: Any,
) -> list[Written]:
    """The same mail to several people, as `write` makes it for each: rendered once, greeted by name."""
    known, subject = kind_of(kind), " ".join(subject.split())
    text = render_template(f"{template}.txt", greeting=_GREETING, **context)
    body = _GAPS.sub("\n\n", text.strip())
    footer = {
        "why": FOLLOWS if stop_url else known.why,
        "stop_url": stop_url,
        "optional": not GROUPS[known.group].locked,
        "preferences_url": page_url("accounts.mails") if known.account else None,
    }
    html = render_template(
        "notifications/mail.html",
        subject=subject,
        blocks=blocks_of(body, links_of(known.actions, context)),
        **footer,
    )
    end = render_template("notifications/footer.txt", **footer).strip()
    whole = f"{body}\n\n{end}\n"
    greetings = [_greeting(one) for one in people]
    return [
        Written(subject, whole.replace(_GREETING, one), html.replace(_GREETING, str(escape(one))))
        for one in greetings
    ]


def _greeting(to: Recipient) -> str:
    return f"Beste {to.name.strip()}" if to.name.strip() else "Goeiedag"


def is_unwanted(kind: Kind, address: str) -> bool:
    """Whether the person of this address switched off mails of this kind; never for what is locked, whatever
    stands in the database (setting UNWANTED_MAIL)."""
    if GROUPS[kind.group].locked:
        return False
    found: bool = current_app.config["UNWANTED_MAIL"](address, kind.group)
    return found


def enqueue(
    kind: str,
    *,
    to: Recipient,
    subject: str,
    template: str,
    at: datetime,
    addendum_id: int | None = None,
    attachment: tuple[str, bytes] | None = None,
    letter: tuple[str, int] | None = None,
    document: Document | None = None,
    stop_url: str | None = None,
    **context: Any,
) -> OutboxMessage | None:
    """Write a mail (see `write`) and queue it for delivery; None when the person switched this kind off.

    Nothing is sent here: the worker sends what was committed.
    `attachment` is (file name, bytes) of a PDF, or of a calendar when the name says so; `letter`
    (file name, decision id) a letter of the archive, read at delivery (setting LETTER_FILES); `document` a
    PDF that is made at delivery, outside the write; `stop_url` the absolute address with which one click
    takes the receiver off a list.
    """
    if is_unwanted(kind_of(kind), to.email):
        return None
    written = write(kind, to=to, subject=subject, template=template, stop_url=stop_url, **context)
    message = OutboxMessage(
        **_queued(kind, to, written, at, addendum_id),
        stop_url=stop_url,
        attachment_name=_attached_name(attachment, letter, document),
        attachment=attachment[1] if attachment else None,
        attached_letter=letter[1] if letter else None,
        document_template=document.template if document else None,
        document_data=document.data if document else {},
        beside=dict(zip(("name", "text"), document.beside, strict=True))
        if document and document.beside
        else {},
    )
    db.session.add(message)
    post.soon()
    return message


class Ready(NamedTuple):
    """A mail that was written before; `letter` as `enqueue` takes it."""

    to: Recipient
    written: Written
    letter: tuple[str, int]


def enqueue_all(kind: str, mails: Iterable[Ready], *, at: datetime, addendum_id: int) -> None:
    """Queue mails that were written before the write: one statement for all of them. What a person switched
    off is left out, as `enqueue` does."""
    known = kind_of(kind)
    rows = [
        _queued(kind, one.to, one.written, at, addendum_id)
        | {"attachment_name": one.letter[0], "attached_letter": one.letter[1]}
        for one in mails
        if not is_unwanted(known, one.to.email)
    ]
    if rows:
        db.session.execute(insert(OutboxMessage), rows)
        post.soon()


def _queued(
    kind: str, to: Recipient, written: Written, at: datetime, addendum_id: int | None
) -> dict[str, Any]:
    return {
        "kind": kind,
        "addendum_id": addendum_id,
        "to_address": to.email,
        "to_name": to.name,
        "subject": written.subject,
        "body_text": written.text,
        "body_html": written.html,
        "message_id": f"<{uuid.uuid4()}@{_mail_domain()}>",
        "created_at": at,
        "next_attempt_at": at,
    }


def _attached_name(
    attachment: tuple[str, bytes] | None, letter: tuple[str, int] | None, document: Document | None
) -> str | None:
    beside = attachment or letter or document
    return beside[0] if beside else None


def _mail_domain() -> str:
    sender: str = current_app.config["SETTINGS"].mail_sender
    return sender.rpartition("@")[2].rstrip("> ") or "partnerwijzer.example"


def absolute_url(path: str) -> str:
    """The address of a page as it stands in a mail; `path` as `url_for` gives it."""
    return str(current_app.config["SETTINGS"].base_url) + path


def page_url(endpoint: str, **values: Any) -> str:
    """The address of a page for a mail, also outside a request (worker, commands)."""
    return absolute_url(current_app.url_map.bind("localhost").build(endpoint, values))
