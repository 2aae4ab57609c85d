"""Keeping, using, renaming and removing templates of criteria."""

from dataclasses import replace

from app.addenda.amending.pending import load_for_editing
from app.addenda.amending.snapshots import section_to_json
from app.addenda.criteria.models import CriteriaTemplate
from app.addenda.criteria.queries import load_row, load_template, name_taken, placed_in
from app.addenda.drafting import editing
from app.addenda.drafting.drafts import read_section
from app.addenda.drafting.sections import Criteria, Part
from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.access import Actor, Subject, may, require
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db, transaction

NAME_LENGTH = 120


def keep_template(addendum_id: int, round_name: str, name: str, *, by: Actor) -> None:
    """Keep the criteria of a call (also those of a pending amendment) under a name. Raises
    template_name_missing, template_name_long, template_name_taken, template_empty."""
    criteria = read_section(load_for_editing(addendum_id), Part("criteria", round_name))
    if not isinstance(criteria, Criteria) or not criteria.criteria:
        raise DomainError("template_empty", field="name")
    plain = Criteria(tuple(replace(one, key="") for one in criteria.criteria))
    with transaction() as now:
        call = load_call(addendum_id, now)
        row_of_rights = editing.EDIT if call.phase is Phase.DRAFT else editing.AMEND
        require(may(by, row_of_rights, call.subject(), call.phase))
        _allowed(call.service_area_id, by)
        _check_name(call.service_area_id, round_name, name)
        row = CriteriaTemplate(
            service_area_id=call.service_area_id,
            round=round_name,
            name=_tidy(name),
            content=section_to_json(plain),
            by_id=by.user_id,
            at=now,
        )
        db.session.add(row)
        db.session.flush()
        _log("criteria_template.kept", row, by)


def use_template(addendum_id: int, round_name: str, template_id: int, *, seen: int, by: Actor) -> None:
    """Put the criteria of a template in the place of those of a call. `seen` is the fingerprint of what was
    shown beside it. Raises what `editing.save_section` raises, and NotFound."""
    call = load_call(addendum_id, clock.now())
    wanted = load_template(call.service_area_id, round_name, template_id).criteria
    part = Part("criteria", round_name)
    stored = read_section(load_for_editing(addendum_id), part)
    assert isinstance(stored, Criteria)
    editing.save_section(addendum_id, part, placed_in(wanted, stored), seen=seen, by=by)


def rename_template(service_area_id: int, template_id: int, name: str, *, by: Actor) -> None:
    with transaction():
        _allowed(service_area_id, by)
        row = load_row(service_area_id, template_id)
        _check_name(service_area_id, row.round, name, row.id)
        row.name = _tidy(name)
        _log("criteria_template.renamed", row, by)


def remove_template(service_area_id: int, template_id: int, *, by: Actor) -> None:
    """It can be brought back; calls that began with it keep their criteria."""
    with transaction() as now:
        _allowed(service_area_id, by)
        row = load_row(service_area_id, template_id)
        if row.removed_at is None:
            row.removed_at = now
            _log("criteria_template.removed", row, by)


def restore_template(service_area_id: int, template_id: int, *, by: Actor) -> None:
    """Raises template_name_taken when another has its name now."""
    with transaction():
        _allowed(service_area_id, by)
        row = load_row(service_area_id, template_id)
        if row.removed_at is not None:
            _check_name(service_area_id, row.round, row.name, row.id)
            row.removed_at = None
            _log("criteria_template.restored", row, by)


def _allowed(service_area_id: int, by: Actor) -> None:
    require(may(by, editing.EDIT, Subject(service_area_id), Phase.DRAFT))


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _check_name(service_area_id: int, round_name: str, name: str, besides: int = 0) -> None:
    if not name.strip():
        raise DomainError("template_name_missing", field="name")
    if len(_tidy(name)) > NAME_LENGTH:
        raise DomainError("template_name_long", field="name", most=NAME_LENGTH)
    if name_taken(service_area_id, round_name, _tidy(name), besides):
        raise DomainError("template_name_taken", field="name")


def _log(action: str, row: CriteriaTemplate, by: Actor) -> None:
    record(
        action,
        actor_id=by.user_id,
        subject=f"criteria_template:{row.id}",
        at=clock.now(),
        service_area_id=row.service_area_id,
        round=row.round,
    )
