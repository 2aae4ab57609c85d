"""Reading what administrators changed in the thesaurus."""

from typing import Any

from sqlalchemy import func, select

from app.infra.database import db
from app.matching.models import ThesaurusChange


def newest_change() -> int:
    """The id of the last change; 0 when there is none."""
    return db.session.scalar(select(func.max(ThesaurusChange.id))) or 0


def changed_concepts() -> dict[str, dict[str, Any] | None]:
    """{concept id: the whole concept as in the file, None when it was taken out}, the newest of each."""
    newest = select(func.max(ThesaurusChange.id)).group_by(ThesaurusChange.concept_id)
    rows = db.session.execute(
        select(ThesaurusChange.concept_id, ThesaurusChange.concept).where(ThesaurusChange.id.in_(newest))
    )
    return {row.concept_id: row.concept for row in rows}
