"""Letters about a proposal: who writes to whom, and the plain data of `decisions/letter.typ`."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.addenda.models import Contact
from app.addenda.queries import Call
from app.infra.database import db
from app.infra.documents import render_pdf
from app.infra.formats import day as in_words
from app.organisations.models import Organisation
from app.proposals.models import Submission
from app.proposals.queries import stands

LetterData = dict[str, Any]
TEMPLATE = "decisions/letter.typ"
NO_BREAK_SPACE = "\u00a0"


@dataclass(frozen=True)
class Correspondents:
    """Who writes, and to whom: lines of address per organisation, receipt numbers per proposal."""

    sender: list[str]
    contact: list[str]
    addresses: Mapping[int, list[str]]
    references: Mapping[int, str]


def correspondents(call: Call, organisation_ids: Iterable[int]) -> Correspondents:
    """Three queries whatever the number of letters."""
    contacts = db.session.execute(
        select(Contact.name, Contact.role, Contact.email, Contact.phone)
        .where(Contact.addendum_id == call.id)
        .order_by(Contact.position, Contact.id)
    ).all()
    organisations = db.session.execute(
        select(
            Organisation.id,
            Organisation.name,
            Organisation.street,
            Organisation.postal_code,
            Organisation.city,
        ).where(Organisation.id.in_(list(organisation_ids)))
    )
    receipts = db.session.execute(
        select(Submission.proposal_id, Submission.receipt_number).where(
            Submission.addendum_id == call.id, stands()
        )
    )
    return Correspondents(
        sender=[f"Regio {call.service_area}", call.title],
        contact=[", ".join(part for part in (*who, _on_one_line(phone)) if part) for *who, phone in contacts],
        addresses={row.id: _address(row) for row in organisations},
        references={proposal_id: number for proposal_id, number in receipts},
    )


def _address(row: Any) -> list[str]:
    lines = [row.name, row.street, f"{row.postal_code} {row.city}"]
    return [line.strip() for line in lines if line.strip()]


def _on_one_line(phone: str | None) -> str:
    return (phone or "").replace(" ", NO_BREAK_SPACE)


def letter_data(
    people: Correspondents,
    *,
    organisation_id: int,
    reference: str,
    on: date,
    subject: str,
    opening: str,
    sections: list[tuple[str, list[list[str]]]],
    introduction: Sequence[list[str]] = (),
    closing: Sequence[list[str]] = (),
) -> LetterData:
    """Plain data for the template. Texts are paragraphs, each a list of lines; `opening` is the one sentence
    that says what it is about, `introduction` comes after it, `closing` before the greeting."""
    return {
        "sender": people.sender,
        "recipient": people.addresses[organisation_id],
        "date": in_words(on),
        "reference": reference,
        "subject": subject,
        "salutation": "Beste,",
        "opening": opening,
        "introduction": list(introduction),
        "sections": [{"heading": heading, "paragraphs": texts} for heading, texts in sections],
        "contact": people.contact,
        "closing": list(closing),
        "signature": people.sender[0],
    }


def paragraphs(text: str) -> list[list[str]]:
    """What people typed -> paragraphs, each a list of lines."""
    blocks = "\n".join(line.rstrip() for line in text.splitlines()).split("\n\n")
    return [[line for line in block.split("\n") if line] for block in blocks if block.strip()]


def letter_pdf(data: LetterData) -> bytes:
    """PDF/UA-1; about 20 ms."""
    return render_pdf(TEMPLATE, data)
