"""What was decided about parts of a dossier, and who took it."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.domain.dossier import Mark
from app.dossiers.collecting.packing import Choice
from app.dossiers.models import DossierCopy, DossierMark
from app.infra.database import db

MOST_COPIES = 20


def choices_of(addendum_id: int) -> dict[str, Choice]:
    """By the id of a part. One query."""
    rows = db.session.execute(
        select(DossierMark.part, DossierMark.mark, DossierMark.reason).where(
            DossierMark.addendum_id == addendum_id
        )
    )
    return {row.part: Choice(Mark(row.mark), row.reason) for row in rows}


def copies_of(addendum_id: int) -> Sequence[Any]:
    """Who took the dossier, newest first; the last MOST_COPIES."""
    return db.session.execute(
        select(DossierCopy.at, DossierCopy.version, DossierCopy.manifest_sha256, User.name)
        .join(User, User.id == DossierCopy.by_id)
        .where(DossierCopy.addendum_id == addendum_id)
        .order_by(DossierCopy.id.desc())
        .limit(MOST_COPIES)
    ).all()
