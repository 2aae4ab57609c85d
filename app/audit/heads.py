"""Public heads: at a fixed rhythm, one signed root over what was logged since the one before.

A head comes whether something happened or not, and its root is blinded: it holds everybody to the log
without telling how much is in it (docs/decisions/0011-openbare-hoofden.md).
"""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.audit.models import AuditEntry, Head
from app.audit.tree import Collision, Tree
from app.infra.database import db, transaction
from app.infra.signing import public_key, sign
from tools.verify_receipt import GENESIS, HEAD, KEY, canonical, leaf_of, sha256

RHYTHM = timedelta(minutes=10)


def publish_head_when_due(now: datetime) -> bool:
    """For the worker's sweep; True when one was published."""
    last = _last()
    db.session.rollback()
    if last is not None and now - last.at < RHYTHM:
        return False
    publish_head()
    return True


def publish_head() -> Head:
    """One head over everything since the one before, also when that is nothing."""
    with transaction() as now:
        last = _last()
        head = Head(
            number=last.number + 1 if last else 1,
            at=now,
            last_seq=db.session.scalar(select(func.max(AuditEntry.seq))) or 0,
            previous=sha256(canonical(public_line(last))) if last else GENESIS,
        )
        leaves = leaves_between(last.last_seq if last else 0, head.last_seq)
        head.blind, head.root = _blinded(leaves)
        head.signature = sign(canonical(_signed(head)))
        db.session.add(head)
        return head


def public_line(head: Head) -> dict[str, Any]:
    """One line of heads.jsonl."""
    return {**_signed(head), "signature": head.signature}


def public_lines(start: int = 1) -> Iterator[dict[str, Any]]:
    """The lines of heads.jsonl: the public key, then the heads from number `start` on."""
    yield {"format": KEY, "public_key": public_key()}
    for head in db.session.scalars(select(Head).where(Head.number >= start).order_by(Head.number)):
        yield public_line(head)


def inclusion_of(entry_seq: int, commitment: str) -> dict[str, Any] | None:
    """Where a receipt is: {head, position, path}; None as long as no head covers its entry."""
    head = db.session.scalar(select(Head).where(Head.last_seq >= entry_seq).order_by(Head.number).limit(1))
    if head is None:
        return None
    before = db.session.scalar(select(Head.last_seq).where(Head.number == head.number - 1)) or 0
    tree = Tree(leaves_between(before, head.last_seq), bytes.fromhex(head.blind))
    leaf = leaf_of("receipt", commitment)
    return {"head": head.number, "position": tree.position(leaf), "path": tree.path(leaf)}


def leaves_between(after: int, until: int) -> list[bytes]:
    """The leaves of the entries `after` < seq <= `until`: each entry, and the receipt it gave."""
    rows = db.session.execute(
        select(AuditEntry.sha256, AuditEntry.details).where(AuditEntry.seq > after, AuditEntry.seq <= until)
    )
    found = []
    for digest, details in rows:
        found.append(leaf_of("entry", digest))
        if "commitment" in details:
            found.append(leaf_of("receipt", details["commitment"]))
    return found


def _last() -> Head | None:
    return db.session.scalar(select(Head).order_by(Head.number.desc()).limit(1))


def _signed(head: Head) -> dict[str, Any]:
    return {
        "format": HEAD,
        "number": head.number,
        "at": head.at.astimezone(UTC).isoformat(timespec="seconds"),
        "root": head.root,
        "previous": head.previous,
    }


def _blinded(leaves: list[bytes]) -> tuple[str, str]:
    """(blind, root); the blind is drawn again in the rare case that two leaves fall on one place."""
    while True:
        blind = secrets.token_bytes(32)
        try:
            return blind.hex(), Tree(leaves, blind).root()
        except Collision:
            continue
