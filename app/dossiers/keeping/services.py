"""Destroying records of a call: proposed by one, approved by another, with a certificate; and the terms."""

from datetime import datetime
from typing import Any, NamedTuple

from app.accounts.models import User
from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.retention import CLASSES, Ground, check_proposal, checked_years
from app.domain.timeline import local_day
from app.dossiers.guarding import DESTROY, require_all
from app.dossiers.keeping.certificate import FORMAT, certified, instant
from app.dossiers.keeping.queries import counts_of, destructions_of, kept_of, scopes_of
from app.dossiers.keeping.rule import Scope
from app.dossiers.keeping.wiping import wipe
from app.dossiers.models import Destruction, RetentionTerm
from app.infra.database import db, transaction


class Wanted(NamedTuple):
    """`applicant` is the proposal that a request is about, 0 for none."""

    classes: tuple[str, ...]
    ground: str
    reason: str
    applicant: int = 0


def propose(addendum_id: int, wanted: Wanted, *, by: Actor) -> int:
    """The number of the proposal. Nothing is destroyed yet. Raises DomainError (retention_…)."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        require_all(by, DESTROY, call)
        facts = _facts(call, wanted, now)
        _check_free(call.id, wanted.classes)
        assert by.user_id is not None
        row = Destruction(addendum_id=call.id, classes=sorted(wanted.classes), facts=facts, proposed_at=now)
        row.reason, row.proposed_by_id = wanted.reason.strip(), by.user_id
        db.session.add(row)
        db.session.flush()
        _log("destruction.proposed", call, row, by, now, classes=row.classes, ground=facts["ground"])
    return row.id


def drop(destruction_id: int, *, by: Actor) -> None:
    """The proposal is off; who made it may do that too. Raises DomainError retention_gone."""
    with transaction() as now:
        row, call = _open_row(destruction_id, by, now)
        row.dropped_at = now
        _log("destruction.dropped", call, row, by, now)


def approve(destruction_id: int, *, certain: bool, by: Actor) -> None:
    """Destroy, and leave the certificate: in one transaction. Raises DomainError (retention_…), Forbidden for
    who proposed it."""
    with transaction() as now:
        row, call = _open_row(destruction_id, by, now)
        if row.proposed_by_id == by.user_id:
            raise Forbidden("retention_same_person")
        if not certain:
            raise DomainError("retention_not_certain", field="certain")
        wanted = Wanted(tuple(row.classes), row.facts["ground"], row.reason, row.facts["applicant"] or 0)
        if _facts(call, wanted, now)["counts"] != row.facts["counts"]:
            raise DomainError("retention_changed")
        scopes = _scopes(call.id, wanted)
        done = {key: wipe(key, scopes[key], row.id, now) for key in row.classes}
        row = db.session.get_one(Destruction, destruction_id)
        certificate, digest = certified(_statement(call, row, done, by, now))
        row.approved_by_id, row.approved_at = by.user_id, now
        row.certificate, row.sha256 = certificate, digest
        _log("destruction.approved", call, row, by, now, classes=row.classes, sha256=row.sha256)


def set_term(addendum_id: int, record_class: str, years: int | None, *, by: Actor) -> bool:
    """How many years the region of this call keeps a class, for all its calls; False when it was so."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        require_all(by, DESTROY, call)
        wanted = checked_years(record_class, years)
        row = db.session.get(RetentionTerm, (call.service_area_id, record_class))
        before = row.years if row else CLASSES[record_class].years
        if before == wanted:
            return False
        assert by.user_id is not None
        if row is None:
            row = RetentionTerm(service_area_id=call.service_area_id, record_class=record_class)
            db.session.add(row)
        row.years, row.by_id, row.at = wanted, by.user_id, now
        record(
            "retention.term_set",
            actor_id=by.user_id,
            subject=f"region:{call.service_area_id}",
            at=now,
            service_area_id=call.service_area_id,
            record_class=record_class,
            before=before,
            years=wanted,
        )
    return True


def _facts(call: Call, wanted: Wanted, now: datetime) -> dict[str, Any]:
    """What a proposal rests on, worked out now. Raises what `check_proposal` raises."""
    kept = {one.key: one for one in kept_of(call) if one.destroyed is None}
    ground = check_proposal(
        wanted.classes,
        wanted.ground,
        wanted.reason,
        from_days={key: one.from_day for key, one in kept.items()},
        today=local_day(now),
        applicant=wanted.applicant or None,
    )
    scopes = _scopes(call.id, wanted)
    counts = counts_of({key: scopes[key] for key in wanted.classes})
    for key in wanted.classes:
        if not any(counts[key].values()):
            raise DomainError("retention_nothing_left", field="classes", label=CLASSES[key].label)
    return {
        "ground": ground.value,
        "applicant": wanted.applicant or None,
        "counts": counts,
        "terms": {
            key: {
                "years": kept[key].years,
                "start": _iso(kept[key].start),
                "destroyable_from": _iso(kept[key].from_day),
            }
            for key in wanted.classes
        },
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _scopes(addendum_id: int, wanted: Wanted) -> dict[str, Scope]:
    """What the classes are about; a request is about one applicant that is no partner."""
    scopes = scopes_of(addendum_id)
    if wanted.ground != Ground.REQUEST:
        return scopes
    if any(wanted.applicant not in scopes[key].proposals for key in wanted.classes):
        raise DomainError("retention_request_whose", field="applicant")
    return {key: Scope(addendum_id, frozenset((wanted.applicant,))) for key in wanted.classes}


def _check_free(addendum_id: int, classes: tuple[str, ...]) -> None:
    for row in destructions_of(addendum_id):
        waiting = row.approved_at is None and row.dropped_at is None
        for key in set(classes) & set(row.classes) if waiting else ():
            raise DomainError("retention_already_proposed", field="classes", label=CLASSES[key].label)


def _open_row(destruction_id: int, by: Actor, now: datetime) -> tuple[Destruction, Call]:
    row = db.session.get(Destruction, destruction_id)
    if row is None:
        raise NotFound("destruction")
    call = load_call(row.addendum_id, now)
    require_all(by, DESTROY, call)
    if row.approved_at is not None or row.dropped_at is not None:
        raise DomainError("retention_gone")
    return row, call


def _statement(
    call: Call, row: Destruction, done: dict[str, Any], by: Actor, now: datetime
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "number": row.id,
        "call": {"id": call.id, "title": call.title, "service_area": call.service_area},
        "ground": row.facts["ground"],
        "applicant": row.facts["applicant"],
        "reason": row.reason,
        "classes": {
            key: {"label": CLASSES[key].label, "term": row.facts["terms"][key], "destroyed": done[key]}
            for key in row.classes
        },
        "proposed": {**_person(row.proposed_by_id), "at": instant(row.proposed_at)},
        "approved": {**_person(by.user_id), "at": instant(now)},
    }


def _person(user_id: int | None) -> dict[str, Any]:
    """The name as it is now: a certificate does not change with an account."""
    user = db.session.get(User, user_id) if user_id else None
    return {"id": user_id, "name": user.name if user else ""}


def _log(action: str, call: Call, row: Destruction, by: Actor, at: datetime, **details: Any) -> None:
    record(
        action,
        actor_id=by.user_id,
        subject=f"destruction:{row.id}",
        at=at,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        **details,
    )
