"""Handing one message to a folder or to a mail server."""

import os
import smtplib
import ssl
import tempfile
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Protocol

from flask import current_app

from app.infra.documents import render_pdf
from app.infra.texts import one_line
from app.notifications.addresses import normal_address
from app.notifications.models import OutboxMessage
from config import Settings

TIMEOUT_SECONDS = 20
_PDF: tuple[str, str, dict[str, str]] = ("application", "pdf", {})
_CALENDAR = ("text", "calendar", {"charset": "utf-8", "method": "PUBLISH"})


class Backend(Protocol):
    def send(self, message: EmailMessage) -> None:
        """Hand over, or raise; an OSError or SMTPException is tried again later."""


def compose(row: OutboxMessage, sender: str, at: datetime) -> EmailMessage:
    """The mail of an outbox row. The Message-ID is the row's own, the same at every attempt.

    Raises DomainError email_invalid for an address that is none.
    """
    message = EmailMessage()
    message["From"] = _from(sender)
    message["To"] = _address(row.to_name, normal_address(row.to_address))
    message["Subject"] = one_line(row.subject)
    message["Date"] = format_datetime(at)
    message["Message-ID"] = row.message_id
    message["Auto-Submitted"] = "auto-generated"
    if row.stop_url:
        message["List-Unsubscribe"] = f"<{row.stop_url}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(row.body_text)
    message.add_alternative(row.body_html, subtype="html")
    content = attached_pdf(row)
    if content is not None:
        name = one_line(row.attachment_name or "bijlage.pdf").replace("/", "-")
        kind, subtype, params = _CALENDAR if name.endswith(".ics") else _PDF
        message.add_attachment(content, maintype=kind, subtype=subtype, filename=name, params=params)
    if row.beside:
        message.add_attachment(
            row.beside["text"].encode(), maintype="application", subtype="json", filename=row.beside["name"]
        )
    return message


def attached_pdf(row: OutboxMessage) -> bytes | None:
    """The PDF (or calendar) beside a mail, made or looked up now when it was left to the delivery."""
    if row.attached_letter is not None:
        found: bytes = current_app.config["LETTER_FILES"](row.attached_letter)
        return found
    if row.document_template is not None:
        return render_pdf(row.document_template, row.document_data)
    return row.attachment


def _address(name: str, address: str) -> Address:
    return Address(display_name=one_line(name), addr_spec=address)


def _from(sender: str) -> Address:
    name, address = parseaddr(sender)
    return Address(display_name=one_line(name), addr_spec=address)


class Folder:
    """Writes each message as an .eml file that appears whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, message: EmailMessage) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        name = message["Message-ID"].strip("<>").replace("/", "-")
        handle, path = tempfile.mkstemp(dir=self.folder, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(message.as_bytes())
                file.flush()
                os.fsync(file.fileno())
            os.replace(path, self.folder / f"{name}.eml")
        except BaseException:
            Path(path).unlink(missing_ok=True)
            raise


class Smtp:
    """One connection a message: a server that went away costs one message its attempt, not the rest."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def send(self, message: EmailMessage) -> None:
        given = self.settings
        with smtplib.SMTP(given.smtp_host, given.smtp_port, timeout=TIMEOUT_SECONDS) as server:
            if given.smtp_starttls:
                server.starttls(context=ssl.create_default_context())
            if given.smtp_user:
                server.login(given.smtp_user, given.smtp_password)
            server.send_message(message)


def backend_for(settings: Settings) -> Backend:
    return Smtp(settings) if settings.mail_backend == "smtp" else Folder(settings.mail_folder)
