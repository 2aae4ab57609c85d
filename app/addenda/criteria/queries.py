"""Reading the templates of a region, and what the application itself offers."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.amending.snapshots import section_from_json
from app.addenda.criteria.models import CriteriaTemplate
from app.addenda.drafting.sections import Criteria, criteria_of
from app.domain.criteria import DEFAULT_PITCH, DEFAULT_WRITTEN
from app.domain.errors import NotFound
from app.infra.database import db

STANDARD = 0  # the id of what the application offers
_STANDARD = {"written": criteria_of(DEFAULT_WRITTEN), "pitch": criteria_of(DEFAULT_PITCH)}
STANDARD_NAME = "Standaardcriteria"


@dataclass(frozen=True)
class Template:
    id: int
    round: str
    name: str
    criteria: Criteria
    by: str = ""
    at: datetime | None = None
    removed: bool = False


def templates_of(service_area_id: int, round_name: str | None = None) -> list[Template]:
    """The standard ones first, then those of the region by name, then the removed ones. One query."""
    own = select(CriteriaTemplate, User.name.label("by")).join(User, User.id == CriteriaTemplate.by_id)
    rows = db.session.execute(
        own.where(CriteriaTemplate.service_area_id == service_area_id).order_by(
            CriteriaTemplate.removed_at.is_not(None), func.lower(CriteriaTemplate.name), CriteriaTemplate.id
        )
    )
    standard = [Template(STANDARD, name, STANDARD_NAME, found) for name, found in _STANDARD.items()]
    found = standard + [_template(row, by) for row, by in rows]
    return [one for one in found if round_name in (None, one.round)]


def load_template(service_area_id: int, round_name: str, template_id: int) -> Template:
    """One that can be used; NotFound for another region's, another round's or a removed one."""
    for one in templates_of(service_area_id, round_name):
        if one.id == template_id and not one.removed:
            return one
    raise NotFound("criteria_template")


def load_row(service_area_id: int, template_id: int) -> CriteriaTemplate:
    """The row of a region's own template, removed or not."""
    row = db.session.get(CriteriaTemplate, template_id)
    if row is None or row.service_area_id != service_area_id:
        raise NotFound("criteria_template")
    return row


def name_taken(service_area_id: int, round_name: str, name: str, besides: int = STANDARD) -> bool:
    """Whether a template that is in use has this name, whatever its capitals."""
    if name.casefold() == STANDARD_NAME.casefold():
        return True
    names = db.session.scalars(
        select(CriteriaTemplate.name).where(
            CriteriaTemplate.service_area_id == service_area_id,
            CriteriaTemplate.round == round_name,
            CriteriaTemplate.removed_at.is_(None),
            CriteriaTemplate.id != besides,
        )
    )
    return name.casefold() in {one.casefold() for one in names}


def placed_in(wanted: Criteria, stored: Criteria) -> Criteria:
    """The criteria of a template for the rows of a call: one with a name that is there keeps that row."""
    known = {one.name.casefold(): one.key for one in stored.criteria}
    return Criteria(
        tuple(
            replace(one, key=known.pop(one.name.casefold(), f"new-{place}"))
            for place, one in enumerate(wanted.criteria)
        )
    )


def _template(row: CriteriaTemplate, by: str) -> Template:
    content: Any = section_from_json("criteria", row.content)
    return Template(
        row.id, row.round, row.name, cast(Criteria, content), by, row.at, row.removed_at is not None
    )
