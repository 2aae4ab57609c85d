"""Whether what was handed in is formally in order, and what follows when it is not.

Only forms are looked at here, never what a proposal says. Source of the reasons: law of 29 July 1991 on the
formal motivation of administrative acts, articles 2 and 3.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from app.domain.errors import DomainError
from app.domain.timeline import end_of_day

WORKING_DAYS = 5
LONGEST_TERM = 30
MIN_CHARACTERS = 40
MIN_WORDS = 8

LEGAL_BASIS = (
    "Deze beslissing is gemotiveerd zoals de wet van 29 juli 1991 betreffende de uitdrukkelijke motivering "
    "van de bestuurshandelingen het vraagt: de redenen in rechte en in feite staan in de beslissing zelf. Ze "
    "steunt op wat volgens de gepubliceerde oproep formeel in orde moest zijn, voor iedereen gelijk. Over de "
    "inhoud van de kandidatuur is niet geoordeeld."
)


class Kind(StrEnum):
    """What a requirement asks; the first three are found out by the application itself."""

    IN_TIME = "in_time"
    DECLARED = "declared"
    ENTERPRISE_NUMBER = "enterprise_number"
    REGION = "region"
    DOCUMENT = "document"
    OTHER = "other"
    QUALITY = "quality"


class Outcome(StrEnum):
    MET = "met"
    MISSING = "missing"
    NOT_APPLICABLE = "not_applicable"


class State(StrEnum):
    """Where one proposal stands."""

    TO_CHECK = "to_check"
    MISSING = "missing"
    REQUESTED = "requested"
    RECEIVED = "received"
    EXPIRED = "expired"
    IN_ORDER = "in_order"
    REFUSAL_PROPOSED = "refusal_proposed"
    REFUSED = "refused"


AUTOMATIC = frozenset({Kind.IN_TIME, Kind.DECLARED, Kind.ENTERPRISE_NUMBER})
DECIDED = frozenset({State.IN_ORDER, State.REFUSED})


@dataclass(frozen=True)
class Item:
    """One requirement for one proposal. `outcome` None: not looked at yet. `until` is the exclusive end of
    the term in which it could be completed, None when it was never asked."""

    number: int
    kind: Kind
    outcome: Outcome | None = None
    checked_at: datetime | None = None
    until: datetime | None = None
    answered_at: datetime | None = None

    @property
    def blocks(self) -> bool:
        """Quality registration is written down and never stands in the way."""
        return self.kind is not Kind.QUALITY

    @property
    def askable(self) -> bool:
        """Handing in late cannot be put right afterwards."""
        return self.blocks and self.kind is not Kind.IN_TIME

    @property
    def missing(self) -> bool:
        return self.blocks and self.outcome is Outcome.MISSING

    @property
    def unread(self) -> bool:
        """Completed, and nobody of the region looked since."""
        return self.answered_at is not None and (
            self.checked_at is None or self.answered_at >= self.checked_at
        )


def state_of(items: Iterable[Item], now: datetime, *, proposed: bool = False, refused: bool = False) -> State:
    """Where a proposal stands; what the region has to do comes before what it waits for."""
    if refused:
        return State.REFUSED
    if proposed:
        return State.REFUSAL_PROPOSED
    blocking = [one for one in items if one.blocks]
    missing = [one for one in blocking if one.missing]
    if any(one.unread for one in missing):
        return State.RECEIVED
    if any(one.outcome is None for one in blocking):
        return State.TO_CHECK
    return _state_of_missing(missing, now) if missing else State.IN_ORDER


def _state_of_missing(missing: Collection[Item], now: datetime) -> State:
    if any(term_runs(one, now) for one in missing):
        return State.REQUESTED
    if any(one.until is not None and one.answered_at is None for one in missing):
        return State.EXPIRED
    return State.MISSING


def term_runs(item: Item, now: datetime) -> bool:
    return item.until is not None and now < item.until


def can_be_asked(item: Item, now: datetime) -> bool:
    """Missing, possible to put right, and not asked already in a term that still runs."""
    return item.missing and item.askable and not term_runs(item, now)


def can_be_completed(item: Item, now: datetime) -> bool:
    """Asked, not accepted yet, and in time."""
    return item.missing and term_runs(item, now)


def check_asked(items: Iterable[Item], numbers: Collection[int], now: datetime) -> None:
    """Raises `admissibility_nothing_asked` and `admissibility_not_askable` at field `items`."""
    if not numbers:
        raise DomainError("admissibility_nothing_asked", field="items")
    if set(numbers) - {one.number for one in items if can_be_asked(one, now)}:
        raise DomainError("admissibility_not_askable", field="items")


def latest_day(today: date, round_until: date | None) -> date:
    """The last day that a term can end on. A term is a promise, so it stays inside the round in which it can
    be kept; a planned end that passed while the round goes on binds nobody any more."""
    furthest = today + timedelta(days=LONGEST_TERM)
    return min(furthest, round_until) if round_until and round_until > today else furthest


def term_end(last_day: date, today: date, round_until: date | None = None) -> datetime:
    """The last day of a term -> its exclusive end (UTC): whole calendar days, to midnight in Brussels.
    `round_until`: the planned last day of the written round.

    Raises, at field `last_day`, `admissibility_term_past` for today or earlier, `admissibility_term_long`
    and `admissibility_term_beyond_round`.
    """
    if last_day <= today:
        raise DomainError("admissibility_term_past", field="last_day")
    if last_day > today + timedelta(days=LONGEST_TERM):
        raise DomainError("admissibility_term_long", field="last_day", days=LONGEST_TERM)
    if last_day > latest_day(today, round_until):
        raise DomainError("admissibility_term_beyond_round", field="last_day")
    return end_of_day(last_day)


def check_later(current: datetime, wanted: datetime) -> None:
    """A term moves later, never earlier. Raises `admissibility_only_later` at field `last_day`."""
    if wanted <= current:
        raise DomainError("admissibility_only_later", field="last_day")


def after_working_days(today: date, is_holiday: Callable[[date], bool], days: int = WORKING_DAYS) -> date:
    """The day on which so many working days have passed, counted from the day after `today`."""
    found = today
    while days:
        found += timedelta(days=1)
        if found.weekday() < 5 and not is_holiday(found):
            days -= 1
    return found


def refusal_problems(
    items: Iterable[Item], reasons: Mapping[int, str], now: datetime
) -> Iterator[DomainError]:
    """What keeps a refusal from being proposed or confirmed, each at its field (`reason-<number>`).

    Codes: admissibility_nothing_missing, admissibility_answer_unread, admissibility_term_runs,
    admissibility_ask_first (what can be put right is asked first), and those of `reason_problem`.
    """
    missing = [one for one in items if one.missing]
    if not missing:
        yield DomainError("admissibility_nothing_missing")
    for one in missing:
        field = f"reason-{one.number}"
        code = refused_too_early(one, now)
        if code:
            yield DomainError(code, field=field)
        code = reason_problem(reasons.get(one.number, ""))
        if code:
            yield DomainError(code, field=field, characters=MIN_CHARACTERS, words=MIN_WORDS)


def refused_too_early(item: Item, now: datetime) -> str:
    """The code of what comes before a refusal for this missing item; "" when nothing does."""
    if item.unread:
        return "admissibility_answer_unread"
    if term_runs(item, now):
        return "admissibility_term_runs"
    return "admissibility_ask_first" if item.askable and item.until is None else ""


_ELSEWHERE = re.compile(
    r"^\W*(zie|cf\.?|idem|conform|volgens)?\W*(hier)?(boven|hierboven|onder|hieronder|supra|infra|idem|dossier|"
    r"bijlage|mail|oproep|addendum|nota|verslag)\b[\W\d]*$",
    re.IGNORECASE,
)


def reason_problem(text: str) -> str:
    """Why this is no reason: "" when it is one. Words about this item, not a figure and not "zie boven".

    Codes: admissibility_reason_empty, admissibility_reason_elsewhere, admissibility_reason_short (facts
    `characters`, `words`).
    """
    line = " ".join(text.split())
    if not line:
        return "admissibility_reason_empty"
    if _ELSEWHERE.match(line):
        return "admissibility_reason_elsewhere"
    words = {word.lower() for word in re.findall(r"[^\W\d_]{2,}", line)}
    return "admissibility_reason_short" if len(line) < MIN_CHARACTERS or len(words) < MIN_WORDS else ""
