"""Reading regions and the roles in them."""

from typing import Any

from sqlalchemy import Select, select

from app.accounts.actors import grant_columns
from app.regions.models import RegionRole


def region_grants(user_id: int) -> Select[Any]:
    """The GrantSource of regisseurs and observers."""
    columns = grant_columns(RegionRole.role, service_area_id=RegionRole.service_area_id)
    return select(*columns).where(RegionRole.user_id == user_id)
