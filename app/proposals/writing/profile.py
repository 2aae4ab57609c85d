"""What the organisation's profile can put in a proposal."""

from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from app.infra.database import db
from app.organisations.models import Offer, Reference
from app.proposals.forms import shown_amount
from app.proposals.writing.drafts import amount


@dataclass(frozen=True)
class ProfileOffer:
    """`capacity` as the field shows it ("1,5", "" when no offer names one), with the offers that make it up;
    `references` is Markdown, "" when there are none."""

    capacity: str
    capacity_from: list[str]
    references: str


def profile_offers(organisation_id: int) -> ProfileOffer:
    """Two queries."""
    offers = db.session.execute(
        select(Offer.title, Offer.capacity_fte)
        .where(Offer.organisation_id == organisation_id, Offer.capacity_fte.is_not(None))
        .order_by(Offer.position)
    ).all()
    total = sum((row.capacity_fte for row in offers), Decimal())
    references = db.session.execute(
        select(Reference.title, Reference.description, Reference.period, Reference.contact)
        .where(Reference.organisation_id == organisation_id)
        .order_by(Reference.position)
    )
    return ProfileOffer(
        capacity=shown_amount(amount(total) or "") if total else "",
        capacity_from=[row.title for row in offers],
        references="\n".join(
            _line(row.title, row.period, row.description, row.contact) for row in references
        ),
    )


def _line(title: str, period: str, description: str, contact: str) -> str:
    when = f" ({period})" if period else ""
    about = f": {' '.join(description.split())}" if description else ""
    ask = f" Navraag: {contact}." if contact else ""
    return f"- **{title}**{when}{about}{ask}"
