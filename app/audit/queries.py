"""Reading and checking the log."""

from dataclasses import dataclass

from sqlalchemy import select

from app.audit.models import AuditEntry
from app.audit.services import GENESIS, fingerprint
from app.infra.database import db


@dataclass(frozen=True)
class Verification:
    """`broken_seq` is the first entry that does not fit, with `problem`; None when the chain holds."""

    entries: int
    head: str
    broken_seq: int | None = None
    problem: str = ""


def verify() -> Verification:
    """Walk the chain from the first entry; stops at the first that is missing, moved or changed."""
    previous, expected = GENESIS, 1
    statement = select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=500)
    for entry in db.session.scalars(statement):
        problem = _problem(entry, expected, previous)
        if problem:
            return Verification(expected - 1, previous, entry.seq, problem)
        previous, expected = entry.sha256, expected + 1
    return Verification(expected - 1, previous)


def _problem(entry: AuditEntry, expected: int, previous: str) -> str:
    if entry.seq != expected:
        return f"entry {expected} is missing"
    if entry.previous_sha256 != previous:
        return "does not follow the entry before it"
    if fingerprint(entry) != entry.sha256:
        return "its content was changed"
    return ""
