"""What must be true of a database after whatever happened to it."""

import hashlib
from collections import defaultdict
from typing import Any

from sqlalchemy import func, select, text

from app.audit.heads import public_lines, publish_head
from app.audit.models import AuditEntry
from app.audit.queries import verify
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.organisations.models import Membership
from app.proposals.handing_in.receipts import signed_receipt
from app.proposals.models import Proposal, Submission
from app.proposals.seal.sealing import contents, statements
from tools.verify_receipt import examine


def check_everything() -> dict[str, int]:
    """Every submission is whole and proves itself, every log entry fits; returns what there was to check."""
    db.session.rollback()
    if db.engine.dialect.name == "sqlite":
        assert db.session.scalar(text("PRAGMA integrity_check")) == "ok"
    submissions = list(db.session.scalars(select(Submission).order_by(Submission.id)))
    rows = db.session.execute(select(Proposal.id, Proposal.organisation_id))
    owner_of: dict[int, int] = {row.id: row.organisation_id for row in rows}
    _no_half_ones(submissions, set(owner_of.values()))
    _one_history_each(submissions)
    db.session.rollback()
    publish_head()
    heads = list(public_lines())
    for one in submissions:
        receipt = signed_receipt(one, owner_of[one.proposal_id])
        assert receipt is not None, one.receipt_number
        finding = examine(receipt, heads)
        assert finding.genuine and finding.included, (one.receipt_number, finding.problem)
    db.session.rollback()
    walked = verify()
    assert walked.broken_seq is None and not walked.problem, walked
    return {"submissions": len(submissions), "entries": walked.entries, "heads": len(heads) - 1}


def _no_half_ones(submissions: list[Submission], organisations: set[int]) -> None:
    """Entry, content, statement and mail of each; and no entry or mail without its submission."""
    ids = [one.id for one in submissions]
    texts, stated = contents(ids, organisations), statements(ids, organisations)
    entries = {
        one.seq: one
        for one in db.session.scalars(select(AuditEntry).where(AuditEntry.action == "proposal.submitted"))
    }
    assert len(entries) == len(submissions)
    for one in submissions:
        assert hashlib.sha256(texts[one.id].encode()).hexdigest() == one.content_sha256
        assert hashlib.sha256(stated[one.id].encode()).hexdigest() == one.commitment
        entry = entries[one.entry_seq or 0]
        assert entry.details["commitment"] == one.commitment and entry.at == one.submitted_at
        assert entry.subject == f"proposal:{one.proposal_id}"
    owners = db.session.scalar(select(func.count()).select_from(Membership).where(Membership.role == "owner"))
    mails = db.session.scalar(
        select(func.count(OutboxMessage.id)).where(OutboxMessage.kind == "proposal.receipt")
    )
    assert owners == len(organisations) and mails == len(submissions)


def _one_history_each(submissions: list[Submission]) -> None:
    """Versions 1, 2, 3 … without a gap, each superseded at the moment of the next, one that stands; and the
    order of the log is the order of time."""
    histories: dict[int, list[Submission]] = defaultdict(list)
    for one in sorted(submissions, key=lambda one: one.revision):
        histories[one.proposal_id].append(one)
    for history in histories.values():
        assert [one.revision for one in history] == list(range(1, len(history) + 1))
        for before, after in zip(history, history[1:], strict=False):
            assert before.superseded_at == after.submitted_at
        assert history[-1].superseded_at is None
    order_is_time_order(submissions)


def order_is_time_order(submissions: list[Submission]) -> None:
    moments: list[Any] = [one.submitted_at for one in sorted(submissions, key=lambda one: one.entry_seq or 0)]
    assert moments == sorted(moments)
    logged = list(db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.seq)))
    assert logged == sorted(logged)
