"""Reading a pitch day as it goes."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.domain.timeline import local_day
from app.evaluation.models import PitchSlot, Shortlisting
from app.evaluation.pitchday.models import PitchHearing
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.models import Proposal, Submission
from app.proposals.queries import in_the_running, of_opened_call


class HearingRow(NamedTuple):
    """An invited applicant: the moment in the plan, if there is one, and what happened. `version` 0: nothing
    was noted yet."""

    proposal_id: int
    organisation_id: int
    name: str
    starts_at: datetime | None
    ends_at: datetime | None
    room: str
    began_at: datetime | None
    ended_at: datetime | None
    applicant_present: bool | None
    present: Sequence[int]
    note: str
    version: int

    @property
    def day(self) -> date | None:
        """The local day on which it began, else that of the plan."""
        moment = self.began_at or self.starts_at
        return local_day(moment) if moment else None


def hearing_rows(addendum_id: int) -> list[HearingRow]:
    """Who was invited to pitch and is in the running, in the order of the plan, who has no moment last. One
    query; nothing before the opening."""
    rows: Sequence[Any] = db.session.execute(
        select(
            Proposal.id,
            Proposal.organisation_id,
            Organisation.name,
            PitchSlot.starts_at,
            PitchSlot.ends_at,
            PitchSlot.room,
            PitchHearing.began_at,
            PitchHearing.ended_at,
            PitchHearing.applicant_present,
            PitchHearing.present,
            PitchHearing.note,
            PitchHearing.version,
        )
        .select_from(Shortlisting)
        .join(Proposal, Proposal.id == Shortlisting.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(Submission, Submission.proposal_id == Proposal.id)
        .outerjoin(PitchSlot, PitchSlot.proposal_id == Proposal.id)
        .outerjoin(PitchHearing, PitchHearing.proposal_id == Proposal.id)
        .where(Shortlisting.addendum_id == addendum_id, in_the_running(), of_opened_call())
        .order_by(PitchSlot.starts_at.is_(None), PitchSlot.starts_at, Organisation.name, Proposal.id)
    ).all()
    return [_row(row) for row in rows]


def _row(row: Any) -> HearingRow:
    *plan, room, began, ended, came, present, note, version = row
    return HearingRow._make((*plan, room or "", began, ended, came, present or (), note or "", version or 0))


def stand_of(rows: Sequence[HearingRow]) -> str:
    """Changes whenever the plan or a pitch of these rows does; tells nothing else."""
    facts = [(row.proposal_id, row.starts_at, row.ends_at, row.room, row.version) for row in rows]
    return hashlib.blake2b(repr(facts).encode(), digest_size=8).hexdigest()
