"""Public heads: at a fixed rhythm, one signed root over what was logged since the one before.

A head comes whether something happened or not, and its root is blinded: it holds everybody to the log
without telling how much is in it. Its moment lies on the round ten minutes and it is shown a while later, so
that neither tells how busy the worker was (docs/decisions/0011-openbare-hoofden.md).
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from app.audit.models import AuditEntry, Head
from app.audit.tree import Collision, Tree
from app.infra import clock
from app.infra.database import db, transaction
from app.infra.signing import public_key, sign
from tools.verify_receipt import GENESIS, HEAD, KEY, canonical, leaf_of, sha256, signature_fits

RHYTHM = timedelta(minutes=10)
SHOWN_AFTER = timedelta(minutes=1)
LATE_AFTER = timedelta(minutes=25)  # two were missed: the worker stands still, or publishing fails
CHUNK = 500


class OtherKey(Exception):
    """The newest head was signed with another key than PARTNERWIJZER_SIGNING_KEY is now. What is published
    cannot be taken back, so one head or receipt under another key would stay wrong for good."""


@dataclass(frozen=True)
class Cut:
    """What the next head covers: the entries `after` < seq <= `until`, up to the moment `at`."""

    number: int
    at: datetime
    after: int
    until: int
    previous: str


def slot(moment: datetime) -> datetime:
    """The round ten minutes at or before a moment."""
    return moment - (moment - datetime(2000, 1, 1, tzinfo=UTC)) % RHYTHM


def publish_head_when_due(now: datetime) -> bool:
    """For the worker's sweep; True when one was published. After a long stop one head covers it all. Raises
    OtherKey."""
    last = _last()
    db.session.rollback()
    return _due(last, now) and _publish(on_time=True) is not None


def publish_head() -> Head:
    """One head over everything until now, also when that is nothing: for the operator. Raises OtherKey."""
    while True:
        head = _publish(on_time=False)
        if head is not None:
            return head


def _due(last: Head | None, now: datetime) -> bool:
    """A head is wanted once each slot, and again when the clock was put back by more than one."""
    return last is None or last.at < slot(now) or last.at > now + RHYTHM


def _publish(*, on_time: bool) -> Head | None:
    """None when it is not due any more, or another worker was first. The tree is built outside the lock."""
    cut = _cut(on_time)
    if cut is None:
        return None
    blind, root = _blinded(leaves_between(cut.after, cut.until))
    db.session.rollback()
    head = Head(
        number=cut.number, at=cut.at, last_seq=cut.until, previous=cut.previous, blind=blind, root=root
    )
    head.signature = sign(canonical(_signed(head)))
    with transaction():
        last = _last()
        if (last.number if last else 0) + 1 != cut.number:
            return None
        _require_own(last)
        db.session.add(head)
    return head


def require_same_key() -> bool:
    """For who is about to sign: raises OtherKey; False when there is no head to compare with yet."""
    last = _last()
    _require_own(last)
    return last is not None


def _require_own(last: Head | None) -> None:
    if last is not None and not signature_fits(public_key(), canonical(_signed(last)), last.signature):
        raise OtherKey


def _cut(on_time: bool) -> Cut | None:
    """Under the write lock, so that no act from before the moment can still come after it."""
    with transaction() as now:
        last = _last()
        if on_time and not _due(last, now):
            return None
        at = slot(now) if on_time else now
        after = last.last_seq if last else 0
        until = select(func.max(AuditEntry.seq)).where(AuditEntry.seq > after)
        found = db.session.scalar(until.where(AuditEntry.at < at) if on_time else until) or after
        previous = sha256(canonical(public_line(last))) if last else GENESIS
        return Cut(last.number + 1 if last else 1, at, after, found, previous)


def public_line(head: Head) -> dict[str, Any]:
    """One line of the file with heads."""
    return {**_signed(head), "signature": head.signature}


def key_line() -> dict[str, Any]:
    """The first line of that file."""
    return {"format": KEY, "public_key": public_key()}


def public_lines(start: int = 1) -> Iterator[dict[str, Any]]:
    """The lines of the file: the public key, then the heads from number `start` on. Read in pieces, with no
    transaction open in between: who reads slowly holds up no writer."""
    yield key_line()
    until = last_shown()
    for first in range(start, until + 1, CHUNK):
        rows = heads_between(first, min(first + CHUNK - 1, until))
        db.session.rollback()
        yield from (public_line(head) for head in rows)


def heads_between(first: int, last: int) -> list[Head]:
    """The published heads with these numbers, oldest first."""
    shown = min(last, last_shown())
    return list(
        db.session.scalars(select(Head).where(Head.number.between(first, shown)).order_by(Head.number))
    )


def last_shown() -> int:
    """The number of the newest head that is public, 0 when there is none. One that came on the rhythm is
    shown from a fixed moment on, however long the worker took."""
    last = _last()
    if last is None:
        return 0
    is_fresh = last.at == slot(last.at) and timedelta() <= clock.now() - last.at < SHOWN_AFTER
    return last.number - is_fresh


def newest_at() -> datetime | None:
    """The moment of the newest head that is public; None when there is none."""
    return db.session.scalar(select(Head.at).where(Head.number == last_shown()))


def is_late(newest: datetime | None, now: datetime) -> bool:
    """Whether heads stay away. Before the first one nobody knows since when one was due."""
    return newest is not None and now - newest > LATE_AFTER


def next_after(moment: datetime) -> datetime:
    """When the head comes that covers what was logged at `moment`."""
    return slot(moment) + RHYTHM


def head_covering(entry_seq: int) -> Head | None:
    """The public head that an entry is in; None as long as there is none."""
    return db.session.scalar(
        select(Head)
        .where(Head.last_seq >= entry_seq, Head.number <= last_shown())
        .order_by(Head.number)
        .limit(1)
    )


def inclusion_of(entry_seq: int, commitment: str) -> dict[str, Any] | None:
    """Where a receipt is: {head, position, path}; None as long as no public head covers its entry."""
    head = head_covering(entry_seq)
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
    return [leaf for digest, details in rows for leaf in leaves_of(digest, details)]


def leaves_of(digest: str, details: dict[str, Any]) -> list[bytes]:
    """The leaves of one entry."""
    leaves = [leaf_of("entry", digest)]
    if "commitment" in details:
        leaves.append(leaf_of("receipt", details["commitment"]))
    return leaves


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
