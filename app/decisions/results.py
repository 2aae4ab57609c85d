"""What came of a call, for everybody: who is selected or in reserve, and the partnership."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from sqlalchemy import select

from app.decisions.models import Decision
from app.decisions.queries import stands
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.models import Proposal


class SelectedRow(NamedTuple):
    organisation_id: int
    organisation_name: str
    outcome: str


PartnerNames = Callable[[int], Sequence[str]]
PARTNERS: list[PartnerNames] = []
"""{call id -> names of its partners, empty before there is a partnership}; partnerships registers it."""


def partner_names(addendum_id: int) -> list[str]:
    return [name for source in PARTNERS for name in source(addendum_id)]


def public_results(addendum_id: int) -> list[SelectedRow]:
    """Who is selected or in reserve, once everybody was told; nothing about the others."""
    rows = db.session.execute(
        select(Proposal.organisation_id, Organisation.name, Decision.outcome)
        .join(Proposal, Proposal.id == Decision.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Decision.addendum_id == addendum_id, stands())
        .order_by(Organisation.name)
    )
    shown = [SelectedRow(*row) for row in rows]
    return sorted((row for row in shown if row.outcome in _PUBLIC), key=lambda row: _PUBLIC[row.outcome])


_PUBLIC = {"selected": 0, "reserve": 1}
