"""A log with submissions, heads and receipts in hand, as an organisation or an auditor would keep them."""

from typing import Any

from sqlalchemy import select

from app.audit.heads import public_lines, publish_head
from app.audit.services import record
from app.infra.database import db, transaction
from app.proposals.handing_in.receipts import signed_receipt
from app.proposals.handing_in.submitting import submit_proposal
from app.proposals.models import Submission
from tests import factories as make


def log_something(count: int, start: int = 0) -> None:
    """Acts without a receipt."""
    with transaction() as now:
        for number in range(start, start + count):
            record(
                "thing.done",
                actor_id=1 + number % 3,
                subject=f"thing:{number}",
                at=now,
                service_area_id=1,
                addendum_id=number % 2 or None,
                sealed=bool(number % 2),
                note=f"é {number}",
                count=number,
            )


def hand_in(applicants: int = 1) -> list[Any]:
    """That many organisations hand in for one call: (submission id, organisation id) of each."""
    call = make.make_call(make.make_region())
    found = []
    for _number in range(applicants):
        organisation = make.make_organisation()
        owner = make.make_member(organisation)
        proposal = make.make_proposal(call, organisation, owner)
        receipt = submit_proposal(proposal.id, key="k", by=make.actor(owner))
        found.append((receipt.submission_id, organisation.id))
    return found


def receipt_of(submission_id: int, organisation_id: int) -> dict[str, Any]:
    """The receipt as the organisation downloads it now."""
    submission = db.session.scalars(select(Submission).where(Submission.id == submission_id)).one()
    signed = signed_receipt(submission, organisation_id)
    db.session.rollback()
    assert signed is not None
    return signed


def published() -> list[dict[str, Any]]:
    """What somebody downloads as the file with heads."""
    return list(public_lines())


def a_busy_log() -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """(heads, receipts) over a log with five heads; nothing is logged after the last."""
    handed_in = []
    for turn in range(4):
        log_something(3 + turn, 10 * turn)
        handed_in += hand_in(2) if turn != 2 else []
        publish_head()
    log_something(2, 90)
    publish_head()
    return published(), [receipt_of(*one) for one in handed_in]
