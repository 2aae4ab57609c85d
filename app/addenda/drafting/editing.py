"""Saving a page of the editor: in the rows of a draft, and once the call is open in the pending amendment.

Between publication and launch nothing can be saved.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import inspect

from app.addenda.amending.pending import amended_copy, identify
from app.addenda.drafting.drafts import load_addendum, part_of, read_section
from app.addenda.drafting.sections import Part, Section, fingerprint
from app.addenda.drafting.writing import put_dates, write_section
from app.addenda.models import Addendum, Challenge, Persona
from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, Stale
from app.domain.timeline import Phase
from app.infra.database import db, transaction

__all__ = ["put_dates", "write_section"]

EDIT = "addendum.draft.edit_and_publish"
AMEND = "addendum.amend_and_extend_deadline"


def editable(addendum_id: int, by: Actor, now: datetime) -> Addendum:
    """The draft's rows, after checking that this person may write in it and that it is a draft still."""
    call = load_call(addendum_id, now)
    require(may(by, EDIT, call.subject(), call.phase))
    addendum = load_addendum(addendum_id)
    if addendum.published_at is not None:
        raise DomainError("call_is_published")
    return addendum


@contextmanager
def _writable(addendum_id: int, by: Actor, now: datetime) -> Iterator[Addendum]:
    """What a page writes in: the draft's rows, or a copy that becomes the pending amendment."""
    call = load_call(addendum_id, now)
    if call.phase is Phase.DRAFT:
        yield editable(addendum_id, by, now)
        return
    require(may(by, AMEND, call.subject(), call.phase))
    with amended_copy(load_addendum(addendum_id), by, now) as copy:
        yield copy


def _is_copy(addendum: Addendum) -> bool:
    return bool(inspect(addendum).transient)


def _get_ids(addendum: Addendum) -> None:
    if _is_copy(addendum):
        identify(addendum)
    else:
        db.session.flush()


def save_section(addendum_id: int, part: Part, wanted: Section, *, seen: int, by: Actor) -> None:
    """Replace one section. `seen` is the fingerprint of what the person opened; Stale carries the newer
    content as `theirs["section"]`. NotFound for a persona or challenge of another call. For an open call
    also what `amending.policy` refuses."""
    with transaction() as now, _writable(addendum_id, by, now) as addendum:
        stored = read_section(addendum, part)
        if seen != fingerprint(stored) and stored != wanted:
            raise Stale(version=fingerprint(stored), theirs={"section": stored})
        write_section(addendum, part, wanted)
        _settle(addendum, part)
        note_edit(addendum, by, now, "addendum.edited", part=part.kind, key=part.key)


def _settle(addendum: Addendum, part: Part) -> None:
    """Who saved a page that was read from a document, accepted what the importer found odd there."""
    settled = addendum.import_report.get("settled", [])
    name = f"{part.kind}:{part.key}" if part.key else part.kind
    if addendum.import_report and name not in settled:
        addendum.import_report = {**addendum.import_report, "settled": [*settled, name]}


def add_persona(addendum_id: int, name: str, *, by: Actor) -> int:
    """A new persona at the end of the list; its id."""
    with transaction() as now, _writable(addendum_id, by, now) as addendum:
        count = len(addendum.personas)
        if count >= 40:
            raise DomainError("call_too_many_rows", field="name")
        persona = Persona(name=name, position=count, portrait=count % 8 + 1)
        addendum.personas.append(persona)
        _get_ids(addendum)
        note_edit(addendum, by, now, "addendum.persona_added", persona_id=persona.id)
        return persona.id


def remove_persona(addendum_id: int, persona_id: int, *, by: Actor) -> None:
    """Take a persona out, also of the challenges that rest on it."""
    with transaction() as now, _writable(addendum_id, by, now) as addendum:
        persona = part_of(addendum, Persona, str(persona_id))
        for challenge in addendum.challenges:
            if persona in challenge.personas:
                challenge.personas.remove(persona)
        addendum.personas.remove(persona)
        _number(addendum.personas)
        note_edit(addendum, by, now, "addendum.persona_removed", persona_id=persona_id)


def move_persona(addendum_id: int, persona_id: int, step: int, *, by: Actor) -> None:
    """One place up (-1) or down (1); at the ends it stays."""
    with transaction() as now, _writable(addendum_id, by, now) as addendum:
        persona = part_of(addendum, Persona, str(persona_id))
        rows = list(addendum.personas)
        place = rows.index(persona)
        other = min(max(place + step, 0), len(rows) - 1)
        rows[place], rows[other] = rows[other], rows[place]
        _number(rows)
        addendum.personas = rows
        note_edit(addendum, by, now, "addendum.persona_moved", persona_id=persona_id)


def add_challenge(addendum_id: int, *, by: Actor) -> int:
    """An empty challenge after the last one; its id."""
    with transaction() as now, _writable(addendum_id, by, now) as addendum:
        if len(addendum.challenges) >= 40:
            raise DomainError("call_too_many_rows")
        last = max((one.number for one in addendum.challenges), default=0)
        challenge = Challenge(number=last + 1)
        addendum.challenges.append(challenge)
        _get_ids(addendum)
        note_edit(addendum, by, now, "addendum.challenge_added", challenge_id=challenge.id)
        return challenge.id


def remove_challenge(addendum_id: int, challenge_id: int, *, by: Actor) -> None:
    """Take a challenge out with its obstacles and goals; those after it move up one number."""
    with transaction() as now, _writable(addendum_id, by, now) as addendum:
        challenge = part_of(addendum, Challenge, str(challenge_id))
        addendum.challenges.remove(challenge)
        _get_ids(addendum)
        for number, row in enumerate(addendum.challenges, start=1):
            row.number = number
            _get_ids(addendum)  # one at a time: a number is taken only once
        note_edit(addendum, by, now, "addendum.challenge_removed", challenge_id=challenge_id)


def note_edit(addendum: Addendum, by: Actor, now: datetime, action: str, **facts: Any) -> None:
    """A new version of the call, and its line in the log; one of a pending amendment says so."""
    addendum.version += 1
    if _is_copy(addendum):
        facts["pending"] = True
    record(
        action,
        actor_id=by.user_id,
        subject=f"addendum:{addendum.id}",
        at=now,
        service_area_id=addendum.service_area_id,
        addendum_id=addendum.id,
        **facts,
    )


def _number(rows: Sequence[Persona]) -> None:
    for place, row in enumerate(rows):
        row.position = place
