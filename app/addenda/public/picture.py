"""The road of a call as a drawing, to scale in time: where each bar and dot stands, in percent or pixels.

It is drawn twice from the same rows: lying for wide screens and paper, standing for phones.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from app.addenda.presenters import day_range, short_deadline
from app.addenda.queries import Call
from app.domain.timeline import last_accepted_minute, local_day
from app.infra.formats import counted, short_day

_MONTHS = ("jan.", "feb.", "maart", "april", "mei", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "dec.")
_LABEL = 46  # pixels that a label of two lines takes
_MOST_MONTHS = 10
LANE = 15


@dataclass(frozen=True)
class Row:
    """One step: its words, and its stretches of days (both ends included). `kind` is window (a stretch),
    moment (a dot at the end of the first stretch), both, or rule (follows from a rule: about then)."""

    label: str
    when: str
    spans: tuple[tuple[date, date], ...]
    kind: str = "window"

    @property
    def first(self) -> date:
        return min(start for start, _ in self.spans)

    @property
    def last(self) -> date:
        return max(end for _, end in self.spans)


@dataclass(frozen=True)
class Drawn:
    """A row on the drawing. `bars` and `dot` in percent of the width; the rest for the standing drawing, in
    pixels: `tall` bars, the dot `at`, the lane `x`, the middle `mark_y` and the label's `label_y`."""

    row: Row
    past: bool
    y: int
    bars: tuple[tuple[str, str], ...]
    dot: str | None
    tall: tuple[tuple[int, int], ...] = ()
    at: int | None = None
    x: int = 0
    mark_y: int = 0
    label_y: int = 0


@dataclass(frozen=True)
class Picture:
    """`months` and `today` in percent; heights in pixels. `today_label_y` is for the standing drawing."""

    rows: tuple[Drawn, ...]
    months: tuple[tuple[str, str], ...]
    today: str | None
    today_anchor: str
    height: int
    tall_height: int
    today_y: int | None
    today_label_y: int
    words_x: int


ROW_HEIGHT = 46
HEAD_HEIGHT = 30


def picture(
    call: Call, windows: Sequence[date], questions_until: date | None, now: datetime
) -> Picture | None:
    """None as long as the call has too few dates to draw."""
    rows = _rows(call, windows, questions_until)
    if len(rows) < 2:
        return None
    first, last = min(row.first for row in rows), max(row.last for row in rows) + timedelta(days=1)
    margin = timedelta(days=max(1, (last - first).days // 40))
    scale = _Scale(first - margin, last + margin)
    today = local_day(now)
    drawn = [_lying(row, number, scale, today) for number, row in enumerate(rows)]
    return _standing(drawn, scale, today)


def _rows(call: Call, windows: Sequence[date], questions_until: date | None) -> list[Row]:
    due = last_accepted_minute(call.deadline).date() if call.deadline else None
    found = [_row("Lancering", call.launch, call.launch, "moment")]
    if call.launch and questions_until and questions_until >= call.launch:
        found.append(
            _row(
                "Vragen stellen",
                call.launch,
                questions_until,
                "both",
                f"tot en met {short_day(questions_until)}",
            )
        )
    if due:
        text = f"tot en met {short_deadline(call.deadline)}"
        found.append(_row("Indienen", min(call.launch or due, due), due, "both", text))
    found.append(_row("Schriftelijke ronde", call.written_from, call.written_until))
    if windows:
        text = day_range(call.pitch_from, call.pitch_until, whole=False)
        found.append(Row("Pitch", text, tuple((day, day) for day in sorted(set(windows)))))
    return [*(row for row in found if row), *_after(call)]


def _after(call: Call) -> list[Row]:
    """The decision and the days to object: as they were, or as they are promised."""
    told = call.facts.communicated_at
    decided = local_day(told) if told else call.decision_before
    if decided is None:
        return []
    ends = call.facts.common_window_end_at
    until = local_day(ends - timedelta(seconds=1)) if ends else decided + timedelta(days=call.objection_days)
    return [
        Row(
            "Beslissing",
            short_day(decided) if told else f"voor {short_day(decided)}",
            ((decided, decided),),
            "moment",
        ),
        Row(
            "Weerwoord",
            f"tot en met {short_day(until)}"
            if ends
            else f"{counted(call.objection_days, 'dag', 'dagen')} na de kennisgeving",
            ((decided, max(until, decided)),),
            "window" if ends else "rule",
        ),
    ]


def _row(
    label: str, start: date | None, end: date | None, kind: str = "window", when: str = ""
) -> Row | None:
    if start is None or end is None or end < start:
        return None
    return Row(label, when or day_range(start, end), ((start, end),), kind)


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date

    def share(self, day: date, half: float = 0.0) -> float:
        return ((day - self.first).days + half) / (self.last - self.first).days

    def percent(self, day: date, half: float = 0.0) -> str:
        return f"{self.share(day, half) * 100:.2f}%"

    def months(self) -> tuple[tuple[str, str], ...]:
        """(place, name) of each first of the month, thinned out on a long road; January with its year."""
        starts = []
        day = self.first.replace(day=1)
        while day <= self.last:
            if day >= self.first:
                starts.append(day)
            day = (day + timedelta(days=31)).replace(day=1)
        every = -(-len(starts) // _MOST_MONTHS) or 1
        return tuple(
            (self.percent(one), _MONTHS[one.month - 1] + (f" {one.year}" if one.month == 1 else ""))
            for one in starts[::every]
            if self.share(one) < 0.94
        )


def _lying(row: Row, number: int, scale: _Scale, today: date) -> Drawn:
    bars = tuple((scale.percent(start), scale.percent(end, 1.0)) for start, end in row.spans)
    return Drawn(
        row,
        past=row.last < today,
        y=HEAD_HEIGHT + number * ROW_HEIGHT,
        bars=() if row.kind == "moment" else bars,
        dot=scale.percent(row.last, 0.5) if row.kind in ("moment", "both") else None,
    )


def _standing(rows: list[Drawn], scale: _Scale, today: date) -> Picture:
    """The same rows from top to bottom: stretches that overlap get lanes, labels keep clear of each other."""
    inside = scale.first <= today <= scale.last
    tall = max(400, (len(rows) + 2) * (_LABEL + 6))
    placed = _in_lanes(rows, scale, tall)
    marks = sorted([(one.mark_y, number) for number, one in enumerate(placed)])
    if inside:
        marks = sorted([*marks, (round(scale.share(today, 0.5) * tall), -1)])
    labels, free = {}, 0
    for mark, number in marks:
        labels[number] = max(mark - 12, free)
        free = labels[number] + (_LABEL if number >= 0 else _LABEL // 2)
    placed = [replace(one, label_y=labels[number] + 14) for number, one in enumerate(placed)]
    share = scale.share(today, 0.5)
    return Picture(
        rows=tuple(placed),
        months=scale.months(),
        today=scale.percent(today, 0.5) if inside else None,
        today_anchor="start" if share < 0.08 else "end" if share > 0.92 else "middle",
        height=HEAD_HEIGHT + len(rows) * ROW_HEIGHT,
        tall_height=max(tall, free) + 10,
        today_y=round(share * tall) if inside else None,
        today_label_y=labels.get(-1, 0) + 14,
        words_x=max(one.x for one in placed) + 44,
    )


def _in_lanes(rows: list[Drawn], scale: _Scale, tall: int) -> list[Drawn]:
    ends: list[date] = []
    placed = []
    for one in rows:
        lane = next((n for n, end in enumerate(ends) if end < one.row.first), len(ends))
        ends[lane : lane + 1] = [one.row.last]
        spans = [(round(scale.share(a) * tall), round(scale.share(b, 1.0) * tall)) for a, b in one.row.spans]
        at = round(scale.share(one.row.last, 0.5) * tall) if one.dot else None
        mark = at if at is not None else sum(spans[0]) // 2
        bars = tuple(spans) if one.bars else ()
        placed.append(replace(one, tall=bars, at=at, x=12 + lane * LANE, mark_y=mark))
    return placed
