"""What the demo has made so far, by the keys of its data files, and what is still to happen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from app.accounts.actors import actor_for
from app.accounts.models import User
from app.addenda.models import Addendum
from app.domain.access import Actor
from app.organisations.models import Organisation
from app.regions.models import ServiceArea


class Act(NamedTuple):
    """Something that people did at a moment (aware); `do` is called with the clock set to `at`."""

    at: datetime
    do: Callable[[], object]


@dataclass
class Cast:
    """Rows by key; `members` gives per organisation the users by role ("owner", "member")."""

    regions: dict[str, ServiceArea] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    members: dict[str, dict[str, User]] = field(default_factory=dict)
    calls: dict[str, Addendum] = field(default_factory=dict)
    proposals: dict[tuple[str, str], int] = field(default_factory=dict)

    def acting(self, key: str) -> Actor:
        """One of the people of the demo, with the roles of this moment."""
        return actor_for(self.people[key].id)

    def owner_of(self, key: str) -> Actor:
        """The owner of an organisation, with the roles of this moment."""
        return actor_for(self.members[key]["owner"].id)
