"""What the demo has made so far, by the keys of its data files."""

from dataclasses import dataclass, field

from app.accounts.models import User
from app.addenda.models import Addendum
from app.organisations.models import Organisation
from app.regions.models import ServiceArea


@dataclass
class Cast:
    """Rows by key; `members` gives per organisation the users by role ("owner", "member")."""

    regions: dict[str, ServiceArea] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    members: dict[str, dict[str, User]] = field(default_factory=dict)
    calls: dict[str, Addendum] = field(default_factory=dict)
    proposals: dict[tuple[str, str], int] = field(default_factory=dict)
