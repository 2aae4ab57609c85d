"""What features further along the road do once an applicant was told of a later decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Notified:
    """One later decision that was told. `at`: aware UTC; `by_id`: who told everybody."""

    addendum_id: int
    decision_id: int
    proposal_id: int
    organisation_id: int
    number: int
    cause: str
    outcome: str
    at: datetime
    by_id: int | None


NotifiedHook = Callable[[Notified], None]
NOTIFIED_HOOKS: list[NotifiedHook] = []
"""Called inside the transaction of the act, after the rows and the mails of the notice."""
