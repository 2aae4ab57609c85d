"""What somebody still has to do, from plain facts. The words are here too: a task is a sentence.

Each task names the row of the table of rights that its page asks, so that nobody is sent to a closed door.
Whose tasks they are: `policy_region`, `policy_jury`, `policy_own`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.domain.timeline import last_accepted_minute


@dataclass(frozen=True)
class Task:
    """`due` is the last day on which it is in time; None when no date was promised.

    Without `action` it is for whoever sees it. `waiting`: somebody else has to act.
    """

    text: str
    endpoint: str
    due: date | None = None
    action: str = ""
    waiting: bool = False


def by_date(tasks: Iterable[Task]) -> list[Task]:
    """Soonest first; what has no date comes last."""
    return sorted(tasks, key=lambda task: (task.due is None, task.due or date.max))


def last_day(deadline: datetime | None, before: int = 0) -> date | None:
    """The day of the last minute that counts, or some days earlier."""
    return last_accepted_minute(deadline).date() - timedelta(days=before) if deadline else None


def day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None
