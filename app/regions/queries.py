"""Reading regions and the roles in them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from app.accounts.actors import grant_columns
from app.accounts.models import User
from app.domain.errors import NotFound
from app.infra.database import db
from app.regions.models import Municipality, RegionRole, ServiceArea, service_area_municipality
from app.regions.policy import town_key


def region_grants(user_id: int) -> Select[Any]:
    """The GrantSource of regisseurs and observers."""
    columns = grant_columns(RegionRole.role, service_area_id=RegionRole.service_area_id)
    return select(*columns).where(RegionRole.user_id == user_id)  # type: ignore[call-overload]


def load_region(service_area_id: int) -> ServiceArea:
    """The region with its municipalities; NotFound."""
    found = db.session.scalar(
        select(ServiceArea)
        .where(ServiceArea.id == service_area_id)
        .options(selectinload(ServiceArea.municipalities))
    )
    if found is None:
        raise NotFound("region")
    return found


def all_regions() -> Sequence[Any]:
    """Every region by name: id, name, reference_region, towns and regisseurs (how many)."""
    towns = (
        select(func.count())
        .where(service_area_municipality.c.service_area_id == ServiceArea.id)
        .scalar_subquery()
    )
    regisseurs = (
        select(func.count())
        .where(RegionRole.service_area_id == ServiceArea.id, RegionRole.role == "regisseur")
        .scalar_subquery()
    )
    columns = (
        ServiceArea.id,
        ServiceArea.name,
        ServiceArea.reference_region,
        towns.label("towns"),
        regisseurs.label("regisseurs"),
    )
    return db.session.execute(select(*columns).order_by(ServiceArea.name)).all()


def people_of(service_area_id: int) -> Sequence[Any]:
    """Regisseurs and observers: role_id, user_id, name, email, role, granted_at."""
    columns = (
        RegionRole.id.label("role_id"),
        User.id.label("user_id"),
        User.name,
        User.email,
        RegionRole.role,
        RegionRole.granted_at,
    )
    statement = select(*columns).join(User, User.id == RegionRole.user_id)
    statement = statement.where(RegionRole.service_area_id == service_area_id)
    return db.session.execute(statement.order_by(RegionRole.role.desc(), User.name, User.id)).all()


def region_name_taken(name: str, besides: int | None = None) -> bool:
    statement = select(ServiceArea.id).where(func.lower(ServiceArea.name) == name.lower())
    if besides is not None:
        statement = statement.where(ServiceArea.id != besides)
    return db.session.scalar(statement) is not None


def municipalities_by_key() -> dict[str, Municipality]:
    """Every municipality by the spelling that counts for looking it up (`policy.town_key`)."""
    return {town_key(one.name): one for one in db.session.scalars(select(Municipality))}
