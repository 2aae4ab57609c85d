"""The seal: the only place where what was handed in becomes readable.

Content, statements and files lie encrypted under one key per call, and that key is wrapped by the
installation's key, which the database never sees. They are read by the organisation itself, or by anybody
whom the table of rights lets through once two people have opened the call after its deadline: the door asks
the signatures, not the caller (docs/decisions/0012-zegel.md).
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from app.domain.errors import Forbidden, NotFound
from app.infra.database import db
from app.infra.vault import Unreadable, decrypt, encrypt, installation_key, new_key
from app.proposals.content import Content, digest
from app.proposals.models import CallKey, Opening, Proposal, Submission
from app.proposals.queries import of_opened_call, opened_calls, stands

NOBODY: frozenset[int] = frozenset()
WRAPPING = "calls"


class Sealed(Forbidden):
    """Asked for what is still under the seal."""

    def __init__(self) -> None:
        super().__init__("sealed")


def seal(addendum_id: int, text: str, about: str, *, at: datetime) -> bytes:
    """Encrypt a text of this call, inside the transaction of its write."""
    return encrypt(call_key(addendum_id, at=at), text.encode(), about)


def call_key(addendum_id: int, *, at: datetime | None = None) -> bytes:
    """The key of a call, made at `at` when there was none (inside a transaction). Not a right to read.

    Raises Unreadable when there is no key, or when the installation's key does not open it.
    """
    row, about = db.session.get(CallKey, addendum_id), key_name(addendum_id)
    if row is not None:
        return decrypt(installation_key(WRAPPING), row.wrapped, about)
    if at is None:
        raise Unreadable(about)
    key = new_key()
    wrapped = encrypt(installation_key(WRAPPING), key, about)
    db.session.add(CallKey(addendum_id=addendum_id, wrapped=wrapped, created_at=at))
    db.session.flush()
    return key


def key_name(addendum_id: int) -> str:
    """What a wrapped key is bound to: that of one call opens nothing of another."""
    return f"call:{addendum_id}"


def contents(submission_ids: Collection[int], own: Collection[int] = NOBODY) -> dict[int, str]:
    """{submission: exactly what was handed in}, canonical JSON. `own`: the organisations of who asks.

    Raises Sealed unless every one is theirs or of an opened call, Unreadable when one was changed or moved.
    At most two queries.
    """
    return _read(Submission.sealed_content, "content", submission_ids, own)


def standing_content(proposal_id: int, own: Collection[int] = NOBODY) -> Content:
    """What stands of a proposal, as it was handed in (shape in `content`); NotFound when nothing stands."""
    standing = db.session.scalar(select(Submission.id).where(Submission.proposal_id == proposal_id, stands()))
    if standing is None:
        raise NotFound("submission")
    content: Content = json.loads(contents([standing], own)[standing])
    return content


def statements(submission_ids: Collection[int], own: Collection[int] = NOBODY) -> dict[int, str]:
    """The same for what their receipts state; one without a signed receipt is left out."""
    return _read(Submission.sealed_statement, "statement", submission_ids, own)


def examine(submission_ids: Collection[int]) -> dict[int, str | None]:
    """{submission: what was handed in}, of opened calls; None for one that no longer fits its own hash, or
    that does not open at all. What was destroyed is what lies in its place (`destroying`). Errors as
    `contents`, but for Unreadable."""
    rows = _boxes(Submission.sealed_content, submission_ids, NOBODY)
    keys = {one: _key_or_none(one) for one in {row.addendum_id for row in rows}}
    found: dict[int, str | None] = {}
    for row in rows:
        try:
            text = _open(row, "content", keys)
        except Unreadable:
            text = None
        fits = text is not None and (row.destroyed_at is not None or digest(text) == row.content_sha256)
        found[row.id] = text if fits else None
    return found


def require_opened(addendum_id: int) -> None:
    """Raises Sealed unless two people signed for the opening after the deadline."""
    if not db.session.scalar(opened_calls().where(Opening.addendum_id == addendum_id)):
        raise Sealed


def _read(
    column: InstrumentedAttribute[Any], name: str, submission_ids: Collection[int], own: Collection[int]
) -> dict[int, str]:
    rows = _boxes(column, submission_ids, own)
    keys = {one: call_key(one) for one in {row.addendum_id for row in rows}}
    return {row.id: _open(row, name, keys) for row in rows if row.box is not None}


def _boxes(
    column: InstrumentedAttribute[Any], submission_ids: Collection[int], own: Collection[int]
) -> Sequence[Any]:
    """The rows behind the door, or Sealed: here it is asked whether it may open."""
    rows = db.session.execute(
        select(
            Submission.id,
            Submission.addendum_id,
            Submission.receipt_number,
            Submission.content_sha256,
            Submission.destroyed_at,
            Proposal.organisation_id,
            column.label("box"),
            of_opened_call().label("opened"),
        )
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .where(Submission.id.in_(submission_ids))
    ).all()
    if any(not row.opened and row.organisation_id not in own for row in rows):
        raise Sealed
    return rows


def _open(row: Any, name: str, keys: Mapping[int, bytes | None]) -> str:
    """Bound to the number of its receipt: what was moved to another row does not open."""
    key, about = keys[row.addendum_id], f"{name}:{row.receipt_number}"
    if key is None:
        raise Unreadable(about)
    return decrypt(key, row.box, about).decode()


def _key_or_none(addendum_id: int) -> bytes | None:
    try:
        return call_key(addendum_id)
    except Unreadable:
        return None
