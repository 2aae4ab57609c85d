"""The amendment that is being prepared: pages of the editor read and write a copy of the call in which its
changes are made; the rows stay as everybody reads them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from app.addenda.amending.models import Amendment
from app.addenda.amending.patches import NEW_FROM, ROUNDS, overlay, patches_of
from app.addenda.amending.policy import check_amendable
from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.drafting.sections import ChallengeText, Draft, Part, criteria_of
from app.addenda.drafting.writing import put_dates, write_criterion, write_section
from app.addenda.models import (
    Addendum,
    Challenge,
    Criterion,
    CriterionLevel,
    EnrichmentFinding,
    Goal,
    Obstacle,
    Persona,
    ServiceType,
)
from app.addenda.queries import load_call
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db


def pending_of(addendum_id: int) -> Amendment | None:
    """The amendment being prepared, if any."""
    return db.session.get(Amendment, addendum_id, populate_existing=True)


def load_for_editing(addendum_id: int) -> Addendum:
    """What the pages of the editor show: the rows of a draft, or of an open call a copy with the pending
    amendment. The copy belongs to no session: nothing done to it is stored."""
    addendum = load_addendum(addendum_id)
    if addendum.published_at is None:
        return addendum
    if load_call(addendum_id, clock.now()).phase is not Phase.OPEN:
        raise DomainError("call_is_published")
    return copy_of(addendum, as_amended(addendum))


def as_amended(addendum: Addendum) -> Draft:
    """The content of an open call with its pending amendment, if any."""
    amendment = pending_of(addendum.id)
    content = read_draft(addendum)
    return overlay(content, amendment.patches) if amendment else content


@contextmanager
def amended_copy(addendum: Addendum, by: Actor, now: datetime) -> Iterator[Addendum]:
    """A copy to write in; what is different afterwards becomes the amendment (or none is left). Inside a
    transaction, after asking who may. Refuses what cannot change any more."""
    before = read_draft(addendum)
    copy = copy_of(addendum, as_amended(addendum))
    yield copy
    identify(copy)
    after = read_draft(copy)
    check_amendable(before, after)
    amendment = pending_of(addendum.id)
    patches = patches_of(before, after)
    if amendment is None and patches:
        assert by.user_id is not None
        amendment = Amendment(addendum_id=addendum.id, started_by_id=by.user_id, started_at=now, version=0)
        db.session.add(amendment)
    if amendment is not None and not patches:
        db.session.delete(amendment)
    elif amendment is not None:
        amendment.patches, amendment.version = patches, amendment.version + 1
    db.session.flush()


def identify(copy: Addendum) -> None:
    """Give every new row of a copy an id of its own, above those of published rows."""
    rows: list[Any] = [
        *copy.personas,
        *copy.challenges,
        *copy.criteria,
        *(row for one in copy.challenges for row in (*one.obstacles, *one.goals)),
    ]
    last = max([NEW_FROM, *(row.id for row in rows if row.id is not None)])
    for number, row in enumerate((row for row in rows if row.id is None), start=1):
        row.id = last + number
        _fill_defaults(row)


def _fill_defaults(row: Any) -> None:
    """What storing a row would do."""
    for column in row.__mapper__.columns:
        if column.default is not None and getattr(row, column.key) is None:
            value = column.default.arg
            setattr(row, column.key, value(None) if callable(value) else value)


def copy_of(addendum: Addendum, content: Draft) -> Addendum:
    """The call as it would be with this content, in rows that are never stored."""
    copy = _copied(addendum)
    copy.municipalities = list(addendum.municipalities)
    copy.criteria = _criteria(addendum, content)
    copy.service_types = [_copied(one) for one in addendum.service_types]
    copy.findings = [_copied(one) for one in addendum.findings]
    copy.personas = [
        Persona(id=key, addendum_id=addendum.id, position=place) for place, key in enumerate(content.personas)
    ]
    copy.challenges = [
        _challenge(key, number, text, addendum) for key, (number, text) in content.challenges.items()
    ]
    for key, persona in content.personas.items():
        write_section(copy, Part("persona", str(key)), persona)
    for key, (_, challenge) in content.challenges.items():
        write_section(copy, Part("challenge", str(key)), challenge)
    write_section(copy, Part("basics"), content.basics)
    write_section(copy, Part("analysis"), content.analysis)
    put_dates(copy, content.dates)
    if content.thresholds is not None:
        write_section(copy, Part("thresholds"), content.thresholds)
    return copy


def _criteria(addendum: Addendum, content: Draft) -> list[Criterion]:
    """The criteria of this content: what did not change keeps its row, copied."""
    stored = {one.id: one for one in addendum.criteria}
    found = []
    for name in ROUNDS:
        for place, text in enumerate(criteria_of(getattr(content, name)).criteria):
            row = stored.get(int(text.key))
            copy = _criterion(row) if row else Criterion(id=int(text.key), addendum_id=addendum.id)
            write_criterion(copy, name, place, text)
            found.append(copy)
    return found


def _challenge(key: int, number: int, text: ChallengeText, addendum: Addendum) -> Challenge:
    return Challenge(
        id=key,
        addendum_id=addendum.id,
        number=number,
        obstacles=[Obstacle(id=int(one.key), challenge_id=key) for one in text.obstacles],
        goals=[Goal(id=int(one.key), challenge_id=key) for one in text.goals],
    )


def _criterion(row: Criterion) -> Criterion:
    copy: Criterion = _copied(row)
    copy.levels = [_level(one) for one in row.levels]
    return copy


def _level(row: CriterionLevel) -> CriterionLevel:
    level: CriterionLevel = _copied(row)
    return level


def _copied(row: Addendum | Criterion | CriterionLevel | EnrichmentFinding | ServiceType) -> Any:
    """A row with the same columns that belongs to no session."""
    return type(row)(**{one.key: getattr(row, one.key) for one in row.__mapper__.column_attrs})
