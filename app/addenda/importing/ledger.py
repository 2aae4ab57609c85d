"""Double-entry for lines: what was expected and not taken is unrecognised, so that nothing can be dropped."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .coverage import dropped
from .notices import Notices
from .result import KnownLine, ParsedAddendum, TakenLine, UnrecognisedLine
from .source import Line, clean, raw_lines

_Key = tuple[int, int]


class Ledger:
    """Parts of lines are booked apart: the rest of a line can be unrecognised while its start was taken."""

    def __init__(self, text: str) -> None:
        self._raw = raw_lines(text)
        self._expected: dict[_Key, Line] = {}
        self._taken: dict[tuple[int, str], None] = {}
        self._known: dict[int, str] = {}
        self._done: set[_Key] = set()
        self._remarks: list[UnrecognisedLine] = []

    def expect(self, lines: Iterable[Line]) -> None:
        self._expected.update((line.key, line) for line in lines)

    def split(self, parts: Sequence[Line]) -> None:
        """Lines that were cut after being expected: their parts are booked instead of the whole."""
        for part in parts:
            if part.key not in self._expected:
                self._expected.pop(
                    next((k for k in self._expected if k[0] == part.key[0] and k[1] < 10), part.key), None
                )
                self._expected[part.key] = part

    def take_all(self, entries: Iterable[tuple[Line, str]]) -> None:
        for line, section in entries:
            self._taken.setdefault((line.number, section))
            self._done.add(line.key)

    def take_except(self, lines: Iterable[Line], left_over: Sequence[Line], section: str) -> None:
        skipped = {line.key for line in left_over}
        self.take_all((line, section) for line in lines if line.key not in skipped)

    def name(self, line: Line, section: str) -> None:
        """A heading that also gives a value."""
        self._taken.setdefault((line.number, section))

    def know(self, line: Line, reason: str) -> None:
        self._known.setdefault(line.number, reason)
        self._done.add(line.key)

    def fields(self, start: str) -> dict[int, str]:
        """The field of each taken line, for fields whose path starts with `start`."""
        return {line: section for line, section in self._taken if section.startswith(start)}

    def is_done(self, line: Line) -> bool:
        return line.key in self._done

    def remark(self, line: int, text: str) -> None:
        """Words beside a value, on a line that was taken for the value."""
        self._remarks.append(UnrecognisedLine(line, text))

    def _whole(self, line: Line) -> str:
        """A cut line is listed whole when none of its parts was taken: half a sentence says too little."""
        cut = line.key[1] % 1000 > 0
        taken = any(number == line.number for number, _ in self._taken)
        return line.text if taken or not cut else clean(self._raw[line.number - 1]).strip()

    def close(self, result: ParsedAddendum, notices: Notices) -> ParsedAddendum:
        """The result with its lines; a line nobody booked at all is layout when it has no letter or digit."""
        rest = [
            UnrecognisedLine(line.number, self._whole(line))
            for key, line in self._expected.items()
            if key not in self._done
        ]
        rest = list(dict.fromkeys([*rest, *self._remarks]))
        booked = {line for line, _ in self._taken} | set(self._known) | {entry.line for entry in rest}
        for index, raw in enumerate(self._raw):
            if index + 1 in booked or not raw.strip():
                continue
            if any(char.isalnum() for char in clean(raw)[:5000]):
                rest.append(UnrecognisedLine(index + 1, clean(raw).strip()))
            else:
                self._known[index + 1] = "layout"
        result = replace(
            result,
            unrecognised=tuple(rest),
            taken=tuple(TakenLine(*entry) for entry in sorted(self._taken)),
            known=tuple(KnownLine(line, reason) for line, reason in sorted(self._known.items())),
        )
        rest = sorted([*rest, *dropped(result, self._raw)], key=lambda entry: entry.line)
        if rest:
            notices.add("unrecognised_lines", None, len(rest))
        return replace(result, warnings=notices.all(), unrecognised=tuple(rest))
