"""The sections while they are being filled: what is open, what was opened, how a line is added."""

from collections import Counter
from collections.abc import Sequence

from .challenge_heading import ChallengeHeading, challenge_heading
from .headings import contents_key, heading_kind
from .joining import Joiner
from .lead_ins import find_lead_ins
from .paired import PairedColumns
from .section import HEAD_ONLY, IN_CHALLENGE, Section
from .source import Line
from .timings import find_timings
from .vocabulary import Kind


def _names_contact(text: str) -> bool:
    return len(text) <= 90 and heading_kind(text.split(": ")[0]) is Kind.CONTACT


class SectionBook:
    """`sections` hold every content line once, `known` the lines that only give structure."""

    def __init__(self, lines: Sequence[Line], joiner: Joiner) -> None:
        self.sections = [Section(Kind.HEAD)]
        self.known: list[tuple[Line, str]] = []
        self.guessed_goals: list[Line] = []
        self._lines = lines
        self._joiner = joiner
        self._lead_ins = find_lead_ins(lines, joiner)
        self._repeats = Counter(contents_key(line.text) for line in lines)
        self._numbered = any(challenge_heading(line.text) for line in lines)
        self._contact_named = any(_names_contact(line.text) for line in lines)
        self._challenges = 0
        self._kinds: list[Kind] = []
        self._timings = find_timings(lines)
        self._paired: PairedColumns | None = None

    @property
    def current(self) -> Section:
        return self.sections[-1]

    def _open(
        self, kind: Kind, heading: Line | None, title: str = "", head: ChallengeHeading | None = None
    ) -> None:
        if kind is Kind.CHALLENGE:
            self._challenges += 1
            self._kinds = []
        elif kind in (Kind.OBSTACLES, Kind.GOALS) and self._starts_unnamed(kind):
            self._open(Kind.CHALLENGE, None)
            self.current.heading = heading
        inside = kind in IN_CHALLENGE and kind is not Kind.CHALLENGES
        self._paired = None
        if inside and kind not in self._kinds[-1:]:
            self._kinds.append(kind)
        self.sections.append(Section(kind, self._challenges - 1 if inside else None, heading, title, head))

    def _starts_unnamed(self, kind: Kind) -> bool:
        """A list without a challenge above it; or obstacles that come after the goals of the one before."""
        if not self._challenges:
            return True
        kinds = self._kinds
        return kind is Kind.OBSTACLES and kinds[-1] is Kind.GOALS and Kind.OBSTACLES in kinds

    def _content(self, line: Line) -> None:
        above = self.current.lines[-1].text if self.current.lines else ""
        if self.current.kind in HEAD_ONLY and above and not self._joiner.continues(above, line):
            self.sections.append(Section(Kind.HEAD))
        self.current.lines.append(line)
