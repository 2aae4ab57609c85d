"""Changing the thesaurus: every change is a row of its own with a reason, nothing is ever overwritten."""

from dataclasses import dataclass, replace
from datetime import datetime

from app.accounts.guard import require_administrator
from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound, Stale
from app.domain.thesaurus import Concept
from app.domain.thesaurus_rules import id_of, pointing, problems
from app.infra.database import db, transaction
from app.matching.models import ThesaurusChange
from app.matching.vocabulary.queries import changed_concepts, newest_of
from app.matching.vocabulary.store import concepts, table_of

MOST_REASON = 500


@dataclass(frozen=True)
class ConceptDraft:
    """As typed. Concepts are named, or given by id; words and names one a line."""

    name: str
    domain: str = ""
    words: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    helps: tuple[str, ...] = ()
    note: str = ""
    field: tuple[str, ...] = ()


def standing() -> dict[str, Concept]:
    """All concepts as they are now, by id."""
    return {one.id: one for one in concepts(changed_concepts())}


def concept_from(concept_id: str, draft: ConceptDraft, others: dict[str, Concept]) -> Concept:
    """With names looked up; a name that nobody has stays as typed, for `problems` to name."""
    ids = {other.name.casefold(): id for id, other in others.items()}

    def found(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(name if name in others else ids.get(name.casefold(), name) for name in names)

    return Concept(
        concept_id,
        draft.name,
        draft.words,
        draft.domain,
        found(draft.broader),
        found(draft.related),
        found(draft.helps),
        draft.note,
        draft.field,
    )


def add_concept(draft: ConceptDraft, reason: str, *, by: Actor) -> str:
    """The id of the new concept, made of its name."""
    with transaction() as now:
        require_administrator(by)
        others = standing()
        concept_id = id_of(draft.name)
        known = not concept_id or concept_id in others or _named(draft.name, others)
        taken = (
            [DomainError("concept_known", field="name", concept=draft.name)] if draft.name and known else []
        )
        one = concept_from(concept_id, draft, others)
        _refuse([*taken, *problems(one, others), *_reason(reason)])
        _keep("thesaurus.added", concept_id, one, reason, by, now)
        return concept_id


def edit_concept(concept_id: str, seen: int, draft: ConceptDraft, reason: str, *, by: Actor) -> bool:
    """Save over the change that was seen (0: as in the file), also one that was taken out; Stale with the
    concept as it is when somebody was earlier. False when nothing differs."""
    with transaction() as now:
        require_administrator(by)
        others = standing()
        _unchanged(concept_id, seen, others)
        one = concept_from(concept_id, draft, others)
        twin = _named(draft.name, {id: other for id, other in others.items() if id != concept_id})
        taken = [DomainError("concept_known", field="name", concept=draft.name)] if twin else []
        _refuse([*taken, *problems(one, others), *_reason(reason)])
        if one == others.get(concept_id):
            return False
        _keep("thesaurus.edited", concept_id, one, reason, by, now)
        return True


def remove_concept(concept_id: str, seen: int, reason: str, *, by: Actor) -> int:
    """Take it out, and the links of others to it with it; how many of those there were."""
    with transaction() as now:
        require_administrator(by)
        others = standing()
        _unchanged(concept_id, seen, others)
        if concept_id not in others:
            raise NotFound("concept")
        _refuse(_reason(reason))
        touched = {one.id: one for found in pointing(concept_id, others).values() for one in found}
        for one in touched.values():
            _keep("thesaurus.edited", one.id, _without(one, concept_id), reason, by, now)
        _keep("thesaurus.removed", concept_id, None, reason, by, now)
        return len(touched)


def _without(one: Concept, id: str) -> Concept:
    def kept(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in ids if each != id)

    return replace(one, broader=kept(one.broader), related=kept(one.related), helps=kept(one.helps))


def _named(name: str, others: dict[str, Concept]) -> bool:
    return any(other.name.casefold() == name.casefold() for other in others.values())


def _unchanged(concept_id: str, seen: int, others: dict[str, Concept]) -> None:
    newest = newest_of(concept_id)
    if not newest and concept_id not in others:
        raise NotFound("concept")
    if newest != seen:
        now = others.get(concept_id)
        raise Stale(version=newest, theirs=table_of(now) if now else {})


def _reason(reason: str) -> list[DomainError]:
    if not reason:
        return [DomainError("concept_reason_missing", field="reason")]
    return [DomainError("concept_too_long", field="reason", most=MOST_REASON)] * (len(reason) > MOST_REASON)


class Refused(DomainError):
    """Everything that is wrong, to show at once."""

    def __init__(self, found: list[DomainError]) -> None:
        super().__init__(found[0].code, field=found[0].field, **found[0].facts)
        self.all = found


def _refuse(found: list[DomainError]) -> None:
    if found:
        raise Refused(found)


def _keep(action: str, concept_id: str, one: Concept | None, reason: str, by: Actor, at: datetime) -> None:
    row = ThesaurusChange(
        concept_id=concept_id, concept=table_of(one) if one else None, reason=reason, by_id=by.user_id, at=at
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        action, actor_id=by.user_id, subject=f"thesaurus:{row.id}", at=at, concept=concept_id, change=row.id
    )
