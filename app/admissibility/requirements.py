"""The list of what a call asks formally: every call begins with one, it is edited in the draft and frozen at
publication."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from app.addenda.drafting.editing import editable, note_edit
from app.addenda.queries import load_call
from app.admissibility.dossiers import default_requirements, requirements_of
from app.admissibility.models import Requirement
from app.admissibility.rows import RequirementRow
from app.domain.access import Actor, may, require
from app.domain.admissibility import AUTOMATIC, Kind
from app.domain.errors import DomainError
from app.infra.database import db, transaction

REQUIREMENTS = "admissibility.requirements"
MOST = 20
TEXT_LIMIT, EXPLANATION_LIMIT = 300, 1000
WRITABLE = (Kind.REGION, Kind.DOCUMENT, Kind.OTHER, Kind.QUALITY)
"""The kinds that a regisseur adds, words and removes; the others are always there."""


@dataclass(frozen=True)
class Wanted:
    """One line of the form."""

    kind: Kind
    text: str
    explanation: str = ""


def seal_of(rows: Sequence[RequirementRow]) -> str:
    """A fingerprint of a list as somebody saw it."""
    text = "\n".join(f"{row.kind}|{row.text}|{row.explanation}" for row in rows)
    return hashlib.sha256(text.encode()).hexdigest()


def start_list(addendum_id: int, source_id: int | None = None) -> None:
    """Write down the list of a new call, inside the transaction that makes it: the one of `source_id`, or
    what every call begins with."""
    rows = requirements_of(source_id) if source_id is not None else default_requirements()
    _write(addendum_id, rows)


def written_list(addendum_id: int) -> dict[int, int]:
    """{number: id} of the list, written down first where that was never done (inside a transaction)."""
    rows = requirements_of(addendum_id)
    if any(row.id is None for row in rows):
        _write(addendum_id, rows)
    found = db.session.execute(
        select(Requirement.number, Requirement.id).where(Requirement.addendum_id == addendum_id)
    )
    return {number: key for number, key in found}


def save_requirements(addendum_id: int, wanted: Sequence[Wanted], *, seen: str, by: Actor) -> None:
    """Replace the lines that people write; those the application checks itself stay in front.

    Raises admissibility_list_changed, admissibility_list_long (fact `most`), admissibility_text_missing,
    admissibility_text_long, and call_is_published once the list is frozen.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, REQUIREMENTS, call.subject(), call.phase))
        addendum = editable(addendum_id, by, now)
        stored = requirements_of(addendum_id)
        kept = [row for row in stored if row.kind in AUTOMATIC]
        check_lines(wanted)
        rows = [*kept, *(RequirementRow(0, one.kind, one.text, one.explanation) for one in wanted)]
        if seen != seal_of(stored) and seal_of(stored) != seal_of(rows):
            raise DomainError("admissibility_list_changed")
        if seal_of(stored) == seal_of(rows) and all(row.id for row in stored):
            return
        _write(addendum_id, rows)
        note_edit(addendum, by, now, "admissibility.requirements_edited", count=len(rows))


def check_lines(wanted: Sequence[Wanted]) -> None:
    if len(wanted) > MOST:
        raise DomainError("admissibility_list_long", most=MOST)
    for place, one in enumerate(wanted):
        if not one.text:
            raise DomainError("admissibility_text_missing", field=f"lines-{place}-text")
        if one.kind not in WRITABLE:
            raise DomainError("admissibility_kind_unknown", field=f"lines-{place}-kind")
        for name, text, most in (
            ("text", one.text, TEXT_LIMIT),
            ("explanation", one.explanation, EXPLANATION_LIMIT),
        ):
            if len(text) > most:
                raise DomainError("admissibility_text_long", field=f"lines-{place}-{name}", maximum=most)


def remove_list(addendum_id: int) -> None:
    """With a draft that is thrown away."""
    db.session.execute(delete(Requirement).where(Requirement.addendum_id == addendum_id))


def _write(addendum_id: int, rows: Sequence[RequirementRow]) -> None:
    remove_list(addendum_id)
    db.session.add_all(
        Requirement(
            addendum_id=addendum_id, number=number, kind=row.kind, text=row.text, explanation=row.explanation
        )
        for number, row in enumerate(rows, start=1)
    )
    db.session.flush()
