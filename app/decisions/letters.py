"""The letter about a decision: its words as plain data, and the PDF made of exactly that data."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.addenda.models import Contact
from app.addenda.queries import Call
from app.decisions.queries import DecisionRow
from app.decisions.wording import SENTENCES
from app.domain.motivation import OBJECTION_PARAGRAPH
from app.domain.objection import window_end
from app.domain.timeline import start_of_day
from app.infra.database import db
from app.infra.documents import render_pdf
from app.infra.formats import day as in_words
from app.infra.formats import deadline
from app.organisations.models import Organisation
from app.proposals.models import Submission
from app.proposals.queries import stands

LetterData = dict[str, Any]


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
        contact=[", ".join(part for part in row if part) for row in contacts],
        addresses={row.id: _address(row) for row in organisations},
        references={proposal_id: number for proposal_id, number in receipts},
    )


def _address(row: Any) -> list[str]:
    lines = [row.name, row.street, f"{row.postal_code} {row.city}"]
    return [line.strip() for line in lines if line.strip()]


def decision_letters(call: Call, decisions: Iterable[DecisionRow], on: date) -> dict[int, LetterData]:
    """{decision id: what its letter says} for letters that leave on the local day `on`.

    The objection window follows from that day alone, so a letter holds whatever the hour it leaves.
    """
    rows = list(decisions)
    people = correspondents(call, {row.organisation_id for row in rows})
    return {row.id: _letter(call, row, people, on) for row in rows}


def _letter(call: Call, row: DecisionRow, people: Correspondents, on: date) -> LetterData:
    until = deadline(window_end(start_of_day(on), call.objection_days))
    own_route = [
        OBJECTION_PARAGRAPH.format(days=call.objection_days),
        f"Voor jou loopt die termijn tot en met {until} (Brusselse tijd). Indienen doe je in Partnerwijzer, "
        "bij je kandidatuur.",
    ]
    return letter_data(
        people,
        organisation_id=row.organisation_id,
        reference=people.references.get(row.proposal_id, ""),
        on=on,
        subject=f"Beslissing over je kandidatuur voor {call.title}",
        opening=SENTENCES[row.outcome],
        sections=[
            ("Waarom", paragraphs(row.motivation)),
            ("Waarop deze beslissing steunt", paragraphs(row.legal_basis)),
            ("Niet akkoord? Je kan een weerwoord indienen", [[one] for one in own_route]),
            ("De wettelijke weg, los van het weerwoord", paragraphs(row.appeal_routes)),
        ],
    )


def letter_data(
    people: Correspondents,
    *,
    organisation_id: int,
    reference: str,
    on: date,
    subject: str,
    opening: str,
    sections: list[tuple[str, list[list[str]]]],
) -> LetterData:
    """Plain data for `decisions/letter.typ`, also used for rulings."""
    return {
        "sender": people.sender,
        "recipient": people.addresses[organisation_id],
        "date": in_words(on),
        "reference": reference,
        "subject": subject,
        "salutation": "Beste,",
        "opening": opening,
        "sections": [{"heading": heading, "paragraphs": texts} for heading, texts in sections],
        "contact": people.contact,
        "signature": people.sender[0],
    }


def paragraphs(text: str) -> list[list[str]]:
    """What people typed -> paragraphs, each a list of lines."""
    blocks = "\n".join(line.rstrip() for line in text.splitlines()).split("\n\n")
    return [[line for line in block.split("\n") if line] for block in blocks if block.strip()]


def letter_pdf(data: LetterData) -> bytes:
    """PDF/UA-1; about 20 ms."""
    return render_pdf("decisions/letter.typ", data)
