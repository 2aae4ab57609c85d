"""The fields of the timing, read from its rows."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from .dates import Clock, Mark, Token
from .notices import Notices
from .pitch import pitch_windows
from .result import PitchWindow, Timeline
from .timeline_rows import Row, Step
from .years import complete_years

_NUMBERS = {"één": 1, "een": 1, "twee": 2, "drie": 3, "vier": 4, "vijf": 5, "zes": 6, "zeven": 7, "acht": 8,
            "negen": 9, "tien": 10,
            "veertien": 14, "vijftien": 15, "twintig": 20, "eenentwintig": 21, "dertig": 30}  # fmt: skip
_TERM = re.compile(
    rf"(?<!\d)(?P<count>\d{{1,3}}|{'|'.join(sorted(_NUMBERS, key=len, reverse=True))})"
    r"(?:\s?\([\w\s]{1,20}\))?\s?(?P<unit>(?:kalender|werk)?dag(?:en)?\b|we(?:ek|ken)\b|maand(?:en)?\b|d\.)",
    re.IGNORECASE,
)
_LAST_MINUTE = time(23, 59)
_Value = TypeVar("_Value", date, datetime)


class TimelineReader:
    """`read()` gives the Timeline; `used` the rows that went into it, with the step each was used for."""

    def __init__(self, rows: Sequence[Row], notices: Notices, usual_year: int | None = None) -> None:
        self.used: list[Row] = []
        self._rows = rows
        self._notices = notices
        self._usual = usual_year
        complete_years(rows, notices, usual_year)

    def read(self, *, elsewhere: Sequence[Row] = ()) -> Timeline:
        """`elsewhere` are rows met outside the timing: they only fill what the timing does not give."""
        timeline = self._fields(self._rows)
        missing = {step for step in Step if step is not Step.OTHER and not getattr(timeline, step.value)}
        if self._rows:
            missing.discard(Step.DECISION)  # what is said of a decision elsewhere is seldom this one
        spare = [row for row in elsewhere if row.step in missing]
        if not spare:
            return timeline
        complete_years([*self._rows, *spare], self._notices, self._usual)
        known = len(self.used)
        found = self._fields(spare)
        for row in self.used[known:]:
            if row.step is Step.DEADLINE and self._rows:
                self._notices.add("deadline_from_text", row.line)
            elif row.step is not Step.DEADLINE:
                self._notices.add("timeline_from_text", row.line, row.text[:80])
        return replace(timeline, **{step.value: getattr(found, step.value) for step in missing})

    def _fields(self, rows: Sequence[Row]) -> Timeline:
        return Timeline(
            launch=self._single(rows, Step.LAUNCH, lambda row: row.days[0].on(0)),
            deadline=self._single(rows, Step.DEADLINE, self._deadline),
            written_round=self._written(rows),
            pitch_windows=self._pitch(rows),
            decision_before=self._single(rows, Step.DECISION, self._decision),
            objection_days=self._objection(rows),
        )

    def _single(
        self, rows: Sequence[Row], step: Step, value_of: Callable[[Row], _Value | None]
    ) -> _Value | None:
        """The first row that gives a value wins; another value is a warning and its row stays unused."""
        chosen: _Value | None = None
        for row in rows:
            if row.step is not step or not row.days:
                continue
            value = value_of(row)
            if chosen is None:
                chosen = value
                self.used.append(row)
            elif value == chosen:
                self.used.append(row)
            else:
                self._notices.add("timeline_conflict", row.line, row.text[:80])
        return chosen

    def _deadline(self, row: Row) -> datetime | None:
        day = row.days[-1]
        on = day.on(0)
        clock = next((token for token in reversed(row.tokens) if isinstance(token, Clock)), None)
        if on is None:
            return None
        if clock is None:
            self._notices.add("deadline_time_assumed", row.line)
            on = on - timedelta(days=1) if _follows(row.tokens, day, Mark.BEFORE) else on
            return datetime.combine(on, _LAST_MINUTE)
        moment = datetime.combine(on, clock.at)
        before = _follows(row.tokens, day, Mark.BEFORE) or _follows(row.tokens, clock, Mark.BEFORE)
        return moment - timedelta(minutes=1) if before and clock.at.minute != 59 else moment

    def _decision(self, row: Row) -> date | None:
        day = row.days[-1]
        on = day.on(0)
        if on is None or _follows(row.tokens, day, Mark.BEFORE):
            return on
        self._notices.add("decision_day_included", row.line, day.label())
        return on + timedelta(days=7 - on.weekday() if _follows(row.tokens, day, Mark.WEEK) else 1)

    def _written(self, rows: Sequence[Row]) -> tuple[date, date] | None:
        dated = [row for row in rows if row.step is Step.WRITTEN and row.days]
        days = [on for row in dated for day in row.days if (on := day.on(0))]
        if not days:
            return None
        self.used.extend(dated)
        only = dated[0].tokens
        if len(days) == 1 and _follows(only, dated[0].days[0], Mark.WEEK):
            self._notices.add("written_week_assumed", dated[0].line)
            return days[0], days[0] + timedelta(days=4)
        if len(days) == 1 and any(
            _follows(only, dated[0].days[0], mark) for mark in (Mark.BEFORE, Mark.UNTIL, Mark.RANGE)
        ):
            self._notices.add("written_round_incomplete", dated[0].line)
            return None
        return min(days), max(days)

    def _pitch(self, rows: Sequence[Row]) -> tuple[PitchWindow, ...]:
        windows: list[PitchWindow] = []
        for row in rows:
            if row.step is not Step.PITCH or not row.days:
                continue
            found = pitch_windows(row.tokens)
            if found:
                self.used.append(row)
            for window in found:
                if window.start is None or window.end is None:
                    self._notices.add("pitch_time_missing", row.line, f"{window.day:%d/%m/%Y}")
                windows.append(window)
        return tuple(dict.fromkeys(sorted(windows, key=lambda window: (window.day, window.start or time()))))

    def _objection(self, rows: Sequence[Row]) -> int | None:
        for row in rows:
            match = _TERM.search(row.text) if row.step is Step.OBJECTION else None
            if not match:
                continue
            self.used.append(row)
            return self._term(match, row)
        return None

    def _term(self, match: re.Match[str], row: Row) -> int:
        count, unit = match["count"].lower(), match["unit"].lower()
        number = int(count) if count.isdigit() else _NUMBERS[count]
        if unit.startswith("werk"):
            self._notices.add("objection_working_days", row.line)
        if unit.startswith("maand"):
            self._notices.add("objection_months", row.line)
            return number * 30
        return number * 7 if unit in ("week", "weken") else number


def _follows(tokens: Sequence[Token], token: Token, mark: Mark) -> bool:
    """Whether `mark` stands immediately before `token`."""
    place = next(index for index, other in enumerate(tokens) if other is token)
    return place > 0 and tokens[place - 1] is mark


def check_order(timeline: Timeline, notices: Notices, line: int | None) -> None:
    """Warns for each pair of neighbouring moments that stands the wrong way round."""
    moments = _moments(timeline)
    for (name, day), (next_name, next_day) in zip(moments, moments[1:], strict=False):
        if next_day < day:
            order = f"{next_name} ({next_day:%d/%m/%Y}) valt voor {name} ({day:%d/%m/%Y})"
            notices.add("timeline_out_of_order", line, order)


def _moments(timeline: Timeline) -> list[tuple[str, date]]:
    written = timeline.written_round or (None, None)
    pitches = [window.day for window in timeline.pitch_windows]
    named = (
        ("de lancering", timeline.launch),
        ("de uiterste indiendatum", timeline.deadline.date() if timeline.deadline else None),
        ("het begin van de schriftelijke ronde", written[0]),
        ("het einde van de schriftelijke ronde", written[1]),
        ("het eerste pitchmoment", min(pitches, default=None)),
        ("het laatste pitchmoment", max(pitches, default=None)),
        ("de beslissing", timeline.decision_before),
    )
    return [(name, day) for name, day in named if day]
