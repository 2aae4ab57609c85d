"""What happens to proposals when two organisations turn out to be one.

Nothing is deleted and nothing is told. A proposal of a call whose deadline has not passed goes to the
organisation that stays, unless that has one of its own for the same call; every other proposal stays under
the name it was written in, and the colleagues of the one that stays act for it (see
docs/decisions/0013-organisaties-samenvoegen.md). What was handed in is not touched: receipts keep verifying.
"""

from datetime import datetime

from sqlalchemy import select

from app.addenda.models import Addendum
from app.addenda.queries import load_call, load_calls
from app.audit.services import record
from app.domain.timeline import Phase
from app.infra.database import db
from app.organisations.agreeing import register_secret
from app.proposals.models import Opening, Proposal


def merge_proposals(kept_id: int, gone_id: int, now: datetime) -> None:
    """An ORGANISATION_MERGERS function: inside the transaction of the merging."""
    taken = set(db.session.scalars(select(Proposal.addendum_id).where(Proposal.organisation_id == kept_id)))
    rows = db.session.scalars(
        select(Proposal).where(Proposal.organisation_id == gone_id).order_by(Proposal.id)
    )
    for proposal in rows.all():
        if proposal.addendum_id not in taken and _is_still_written(proposal.addendum_id, now):
            proposal.organisation_id = kept_id
            _log(proposal, gone_id, now)


def anything_secret(now: datetime) -> bool:
    """Whether any call at all is open or sealed: a public fact, whoever applied."""
    calls = load_calls(now, Addendum.published_at.is_not(None))
    return any(call.phase in (Phase.OPEN, Phase.SEALED) for call in calls)


register_secret(anything_secret)


def _is_still_written(addendum_id: int, now: datetime) -> bool:
    """Before the deadline only the organisation itself knows of it: nothing else refers to whose it is."""
    opened = db.session.get(Opening, addendum_id)
    return opened is None and load_call(addendum_id, now).phase <= Phase.OPEN


def _log(proposal: Proposal, gone_id: int, now: datetime) -> None:
    """Sealed, and without the administrator who merged: nobody learns from the log that there was one."""
    call = load_call(proposal.addendum_id, now)
    record(
        "proposal.moved",
        actor_id=None,
        subject=f"proposal:{proposal.id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        organisation_id=proposal.organisation_id,
        sealed=True,
        gone=gone_id,
    )
