"""What regions keep about a person."""

from typing import Any

from sqlalchemy import select

from app.infra.database import db
from app.regions.models import RegionRole, ServiceArea


def personal_data(user_id: int, _email: str) -> dict[str, Any]:
    """The roles in regions (a PERSONAL_DATA entry)."""
    statement = (
        select(ServiceArea.name.label("region"), RegionRole.role, RegionRole.granted_at)
        .join(ServiceArea, ServiceArea.id == RegionRole.service_area_id)
        .where(RegionRole.user_id == user_id)
        .order_by(RegionRole.id)
    )
    return {"region_roles": [row._asdict() for row in db.session.execute(statement)]}
