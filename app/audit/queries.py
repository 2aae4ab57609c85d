"""Reading and checking the log."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.audit.checking import Broken, Check, Verification
from app.audit.models import AuditEntry, Head
from app.infra.database import db
from app.infra.signing import public_key

__all__ = ["Verification", "verify"]


def verify(published: Sequence[Any] | None = None, receipts: Iterable[Any] = ()) -> Verification:
    """Walk the chain and the heads over it; with `published` (the lines of a file with heads, kept elsewhere)
    and `receipts` also against those. Stops at the first thing that is missing, moved or changed."""
    check, given = Check(public_key()), list(receipts)
    heads = db.session.scalars(select(Head).order_by(Head.number)).all()
    entries = select(AuditEntry).order_by(AuditEntry.seq).execution_options(yield_per=500)
    try:
        check.log(db.session.scalars(entries), heads)
        if published is not None:
            check.published(published)
        for receipt in given:
            check.receipt(receipt)
    except Broken as error:
        return Verification(check.entries, check.previous, error.seq, error.problem)
    return Verification(check.entries, check.previous, None, "", len(heads), len(given), check.covered)
