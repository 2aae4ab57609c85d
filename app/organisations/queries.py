"""Reading organisations."""

from typing import Any

from sqlalchemy import Select, select

from app.accounts.actors import grant_columns
from app.organisations.models import Membership


def membership_grants(user_id: int) -> Select[Any]:
    """The GrantSource of owners and colleagues."""
    columns = grant_columns(Membership.role, organisation_id=Membership.organisation_id)
    return select(*columns).where(Membership.user_id == user_id)
