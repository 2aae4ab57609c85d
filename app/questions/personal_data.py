"""What questions keep about a person."""

from typing import Any

from sqlalchemy import or_, select

from app.addenda.models import Addendum
from app.infra.database import db
from app.questions.models import Question


def personal_data(user_id: int, email: str) -> dict[str, Any]:
    """The questions that this person asked (a PERSONAL_DATA entry)."""
    statement = (
        select(
            Addendum.title.label("call"),
            Question.text,
            Question.asked_at,
            Question.confirmed_at,
            Question.published_at,
        )
        .join(Addendum, Addendum.id == Question.addendum_id)
        .where(or_(Question.asked_by_id == user_id, Question.email == email))
        .order_by(Question.asked_at, Question.id)
    )
    return {"questions": [row._asdict() for row in db.session.execute(statement)]}
