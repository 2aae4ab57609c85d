"""The keys of the seal, for an operator: does everything still open, and going over to another one."""

from collections.abc import Iterator
from typing import Any

from flask import current_app
from sqlalchemy import Column, Row, Text, select, type_coerce, update

from app.audit.heads import OtherKey, require_same_key
from app.infra.database import db, transaction
from app.infra.signing import public_key
from app.infra.vault import TEXTS, EncryptedText, Unreadable, decrypt, derived_key, encrypt, installation_key
from app.proposals.models import CallKey, Proposal, Submission
from app.proposals.queries import opened_calls
from app.proposals.seal.sealing import WRAPPING, call_key, examine, key_name, statements
from tools.verify_receipt import signature_fits

WRONG_KEY = "PARTNERWIJZER_SEAL_KEY is not the key that this database was sealed with."
WRONG_SIGNING_KEY = (
    "PARTNERWIJZER_SIGNING_KEY is not the key that heads and receipts in this database were signed with. "
    "Put that key back: it is never changed."
)


def start_problem() -> str:
    """Why nobody may write with these keys (setting START_CHECKS), or ""."""
    if not fits():
        return WRONG_KEY
    return "" if signs() else WRONG_SIGNING_KEY


def fits() -> bool:
    """Whether the key of the settings opens the newest key of a call. When there is none yet: whether it
    opens any of the other texts, one of each kind (one damaged text is no other key); True without any."""
    newest = db.session.scalar(
        select(CallKey.addendum_id).order_by(CallKey.created_at.desc(), CallKey.addendum_id.desc()).limit(1)
    )
    if newest is not None:
        return _opens(newest)
    tried = [_opens_text(column, stored) for column, stored in _one_of_each()]
    return not tried or any(tried)


def signs() -> bool:
    """Whether the newest head was signed with the key of the settings; the newest receipt when there is no
    head yet."""
    try:
        return require_same_key() or _signed_newest()
    except OtherKey:
        return False


def _signed_newest() -> bool:
    newest = db.session.execute(
        select(Submission.id, Submission.signature, Proposal.organisation_id)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .where(Submission.signature.is_not(None))
        .order_by(Submission.submitted_at.desc(), Submission.id.desc())
        .limit(1)
    ).first()
    if newest is None:
        return True
    statement = statements([newest.id], {newest.organisation_id})[newest.id]
    return signature_fits(public_key(), statement, newest.signature)


def problems() -> list[str]:
    """What does not open, in words for an operator; none when all is well.

    Of calls that are still sealed only the key is tried: not even how many texts lie under it is told.
    """
    keys = db.session.scalars(select(CallKey.addendum_id).order_by(CallKey.addendum_id)).all()
    closed = [one for one in keys if not _opens(one)]
    if keys and len(closed) == len(keys):
        return [WRONG_KEY]
    found = [f"The key of call {one} does not open." for one in closed]
    if not closed and not signs():
        found.append(WRONG_SIGNING_KEY)
    rows = db.session.execute(
        select(Submission.id, Submission.receipt_number)
        .where(Submission.addendum_id.in_(opened_calls()))
        .order_by(Submission.receipt_number)
    ).all()
    texts = examine([row.id for row in rows])
    found += [f"{row.receipt_number} does not fit its hash." for row in rows if texts[row.id] is None]
    return found + [f"A text in {one} does not open." for one in _unreadable_columns()]


def rewrap(old_key: str) -> None:
    """Go over from `old_key` (64 hexadecimals) to the key of the settings, in one transaction: the keys of
    the calls are wrapped again, drafts and other texts encrypted again. What was handed in stays as it is.

    Raises Unreadable, and then nothing changed.
    """
    new_key = current_app.config["SETTINGS"].seal_key
    with transaction():
        old, new = derived_key(old_key, WRAPPING), derived_key(new_key, WRAPPING)
        for row in db.session.scalars(select(CallKey)):
            about = key_name(row.addendum_id)
            row.wrapped = encrypt(new, decrypt(old, row.wrapped, about), about)
        old, new = derived_key(old_key, TEXTS), derived_key(new_key, TEXTS)
        for column, identity, stored in _stored_texts():
            kind: Any = column.type
            again = kind.close(kind.open(stored, old), new)
            table: Any = column.table
            same_row = [key == value for key, value in zip(table.primary_key, identity, strict=True)]
            db.session.execute(update(table).where(*same_row).values({column: type_coerce(again, Text)}))


def _opens(addendum_id: int) -> bool:
    try:
        return bool(call_key(addendum_id))
    except Unreadable:
        return False


def _opens_text(column: Column[Any], stored: str) -> bool:
    kind: Any = column.type
    try:
        kind.open(stored, installation_key(TEXTS))
    except Unreadable:
        return False
    return True


def _unreadable_columns() -> list[str]:
    kinds: set[Any] = {one.type for one, _, stored in _stored_texts() if not _opens_text(one, stored)}
    return sorted({kind.about for kind in kinds})


def _stored_texts() -> Iterator[tuple[Column[Any], Row[Any], str]]:
    """(column, primary key of the row, what is stored) of every encrypted text, whatever the feature."""
    for column in _columns():
        found: Any = db.session.execute(_stored(column)).all()
        yield from ((column, row[1:], row[0]) for row in found)


def _one_of_each() -> Iterator[tuple[Column[Any], str]]:
    """(column, what is stored) of the newest row of each encrypted column that has one."""
    for column in _columns():
        newest = [key.desc() for key in column.table.primary_key]
        row = db.session.execute(_stored(column).order_by(*newest).limit(1)).first()
        if row is not None:
            yield column, row[0]


def _columns() -> Iterator[Column[Any]]:
    for table in db.metadata.sorted_tables:
        yield from (column for column in table.columns if isinstance(column.type, EncryptedText))


def _stored(column: Column[Any]) -> Any:
    raw = type_coerce(column, Text)
    return select(raw, *column.table.primary_key).where(raw.is_not(None), raw != "")
