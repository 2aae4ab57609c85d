"""Who of the own organisation is working in the same section: told from what was saved, never blocking."""

from datetime import datetime, timedelta

from sqlalchemy import select

from app.accounts.models import User
from app.infra.database import db
from app.organisations.models import Membership
from app.proposals.models import SectionSave
from app.proposals.policy import ProposalRef

RECENT = timedelta(minutes=5)
GENERAL = 0


def note_save(proposal_id: int, section: int, user_id: int, now: datetime) -> None:
    """Inside the transaction of the save."""
    row = db.session.get(SectionSave, (proposal_id, section, user_id))
    if row is None:
        db.session.add(SectionSave(proposal_id=proposal_id, section=section, user_id=user_id, at=now))
    else:
        row.at = now


def also_here(ref: ProposalRef, section: int, user_id: int | None, now: datetime) -> list[str]:
    """A sentence for each colleague who saved in this section in the last minutes, the latest first; whoever
    left the organisation is not named. One query."""
    rows = db.session.execute(
        select(User.name, SectionSave.at)
        .join(User, User.id == SectionSave.user_id)
        .join(Membership, Membership.user_id == User.id)
        .where(
            SectionSave.proposal_id == ref.id,
            SectionSave.section == section,
            SectionSave.user_id != user_id,
            SectionSave.at > now - RECENT,
            Membership.organisation_id == ref.organisation_id,
        )
        .order_by(SectionSave.at.desc())
    )
    return [f"{row.name} werkt ook in dit deel (bewaard {_ago(now - row.at)})." for row in rows]


def _ago(passed: timedelta) -> str:
    minutes = max(0, int(passed.total_seconds())) // 60
    return "zonet" if minutes == 0 else ("1 minuut geleden" if minutes == 1 else f"{minutes} minuten geleden")
