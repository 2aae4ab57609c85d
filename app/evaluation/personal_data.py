"""What juries keep about a person."""

from typing import Any

from sqlalchemy import select

from app.addenda.models import Addendum
from app.evaluation.models import ConflictDeclaration, JurySeat, ScoreSheet
from app.infra.database import db
from app.organisations.models import Organisation


def personal_data(user_id: int, _email: str) -> dict[str, Any]:
    """Seats, own declarations, and when score sheets came in (a PERSONAL_DATA entry). Nothing of what a
    sheet says, nor about whom: that is about an applicant."""
    title = Addendum.title.label("call")
    seats = (
        select(title, JurySeat.chair, JurySeat.seat, JurySeat.affiliation, JurySeat.since)
        .join(Addendum, Addendum.id == JurySeat.addendum_id)
        .where(JurySeat.user_id == user_id)
        .order_by(JurySeat.id)
    )
    said = ConflictDeclaration
    declared = (
        select(
            title,
            Organisation.name.label("organisation"),
            said.in_conflict,
            said.kind,
            said.explanation,
            said.declared_at,
        )
        .join(Addendum, Addendum.id == said.addendum_id)
        .join(Organisation, Organisation.id == said.organisation_id)
        .where(said.juror_id == user_id)
        .order_by(said.declared_at, said.id)
    )
    sheets = (
        select(title, ScoreSheet.round, ScoreSheet.updated_at, ScoreSheet.submitted_at)
        .join(Addendum, Addendum.id == ScoreSheet.addendum_id)
        .where(ScoreSheet.juror_id == user_id)
        .order_by(ScoreSheet.id)
    )
    found = {"jury_seats": seats, "conflict_declarations": declared, "score_sheets": sheets}
    return {name: [row._asdict() for row in db.session.execute(one)] for name, one in found.items()}
