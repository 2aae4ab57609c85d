"""What is known of one applicant's road, as plain facts, and what is said of it (`status`)."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any, NamedTuple

from app.domain.timeline import Phase


@dataclass(frozen=True)
class Dates:
    """What the call promises; the deadline and the end of the objections exclusive, aware UTC."""

    deadline: datetime | None = None
    written_from: date | None = None
    written_until: date | None = None
    pitch_from: date | None = None
    pitch_until: date | None = None
    decision_before: date | None = None
    opened_at: datetime | None = None
    communicated_at: datetime | None = None


@dataclass(frozen=True)
class Later:
    """What came after handing in, as far as the organisation was told; features further along the road know
    it and hand it over (setting APPLICANT_FACTS). `lapsed_at`: a term to complete ran out and nothing came;
    `readmitted_at`, `readmitted_why`: a refusal was taken back. `outcome` is a sentence,
    `answer` "", "accepted" or "declined" of who was selected, `answer_until` the last day of who still has to
    say, `ruling` how an objection ended, `objection` "", "draft" or "filed", `partnership` its name for who
    is in it."""

    complete_until: datetime | None = None
    completed: bool = False
    lapsed_at: datetime | None = None
    refused_at: datetime | None = None
    readmitted_at: datetime | None = None
    readmitted_why: str = ""
    pitch_at: datetime | None = None
    outcome: str = ""
    outcome_label: str = ""
    outcome_tone: str = "neutral"
    selected: bool = False
    answer: str = ""
    answer_until: date | None = None
    notified_at: datetime | None = None
    objection: str = ""
    objection_at: datetime | None = None
    objection_until: date | None = None
    ruling: str = ""
    partnership: str = ""


@dataclass(frozen=True)
class Facts:
    """One organisation in one call at `now`. `written`: something stands in the working copy; `missing`: the
    codes of what still stands in the way of handing in; `changed`: the working copy says something else than
    what was handed in; `to_confirm`: amendments of the call that wait."""

    phase: Phase
    now: datetime
    dates: Dates = Dates()
    begun: bool = True
    written: bool = True
    missing: tuple[str, ...] = ()
    submitted_at: datetime | None = None
    changed: bool = False
    withdrawn_at: datetime | None = None
    to_confirm: int = 0
    later: Later = Later()


class Action(NamedTuple):
    """The one thing to do: its label, the endpoint it leads to, and whether only an owner can."""

    label: str
    endpoint: str
    owner_only: bool = False


@dataclass(frozen=True)
class Status:
    """`label` for a badge with its `tone`; `line` where it stands, `next_step` what happens then and
    `next_when` when, "" where no date was promised."""

    label: str
    tone: str
    line: str
    next_step: str
    next_when: str = ""
    action: Action | None = None

    @property
    def next_text(self) -> str:
        """What happens next and when, as one paragraph."""
        return f"{self.next_step} {self.next_when}".strip()


def later_from(found: Mapping[str, Any]) -> Later:
    """From what the sources handed over; a fact that nobody knows is left out."""
    known = {one.name for one in fields(Later)}
    return Later(**{name: value for name, value in found.items() if name in known})
