"""Walking the lines once and giving each its section: headings and lead-ins open one, the rest fills it."""

import re
from dataclasses import replace

from .challenge_heading import ChallengeHeading, challenge_heading, goes_on, names, needs_more, persona_line
from .contacts import ASKS, EMAIL
from .dates import has_date
from .headings import IN_CONTENTS, Heading, contents_key, heading_kind, is_exact, label
from .joining import breaks_off
from .lead_ins import LeadIn
from .section import AIMS, CLOSED, FREE, HEAD_ONLY, IN_ANALYSIS, IN_CHALLENGE, ROWS, UNLISTED, Section
from .source import Line
from .table_steps import TableSteps
from .vocabulary import Kind

_CHAPTERS = frozenset((Kind.ANALYSIS, Kind.LOCAL_INPUT, Kind.TIMELINE, Kind.CONTACT, Kind.SUBMISSION))
_MAY_ASK = frozenset(
    (Kind.TIMELINE, Kind.LOCAL_INPUT, Kind.EXPECTATIONS, Kind.SERVICE_TYPES, Kind.PROFILES, Kind.OTHER)
)
_WORTH_KEEPING = 60
_BEFORE_PERSONAS = frozenset((Kind.HEAD, Kind.CHALLENGES, Kind.GOALS, Kind.ANALYSIS, Kind.MUNICIPALITIES))


class SectionReader(TableSteps):
    """After `read()` every line is in a section or known."""

    def read(self) -> None:
        index = 0
        steps = (
            self._contents, self._challenge, self._timing, self._counted_item, self._paired_row,
            self._table_head, self._situation, self._asks, self._heading,
            self._label, self._persona, self._lead_in, self._question, self._unknown_list,
        )  # fmt: skip
        while index < len(self._lines):
            used = next((count for step in steps if (count := step(index, self._lines[index]))), 0)
            if not used:
                self._content(self._lines[index])
            index += used or 1

    def _contents(self, _index: int, line: Line) -> int:
        if self.current.kind is not Kind.CONTENTS:
            return 0
        key = contents_key(line.text)
        self._repeats[key] -= 1
        if not IN_CONTENTS.search(line.text) and not self._repeats[key]:
            self.sections.append(Section(Kind.HEAD))
            return 0
        self.known.append((line, "contents"))
        return 1

    def _challenge(self, index: int, line: Line) -> int:
        head = challenge_heading(_cut_label(line.text))
        if not head or (self.current.kind in FREE and head.number is None):
            return 0
        if self._is_point(line) and not (head.personas and head.number == self._challenges + 1):
            return 0
        text, count = line.text, 1
        while index + count < len(self._lines) and count < 4:
            below = self._lines[index + count]
            if below.bullet or not (
                needs_more(text) or goes_on(below.text) or text.rfind("(") > text.rfind(")")
            ):
                break
            text = self._joiner.text([text, below.text])
            count += 1
        head = challenge_heading(text) or head
        self._open(Kind.CHALLENGE, line, head.title, head)
        self.known.extend((each, "heading") for each in self._lines[index : index + count])
        return count

    def _is_point(self, line: Line) -> bool:
        """The line is one more point of the list that is being read, whatever it resembles."""
        if not line.bullet or self.current.kind in UNLISTED:
            return False
        if line.bullet in ("number", "section") and heading_kind(line.text) not in (None, Kind.OTHER):
            return False
        return any(line.bullet == other.bullet for other in self.current.lines[-12:])

    def _heading(self, index: int, line: Line) -> int:
        kind = heading_kind(line.text)
        if (
            not kind
            or self._is_point(line)
            and not self._closes_list(kind, line)
            or self._breaks_off(line)
            or self._is_row(kind, index)
        ):
            return 0
        kind = self._in_context(kind, line)
        if kind is None:
            return 0
        self._open(kind, line, line.text.rstrip(": "))
        self.known.append((line, "heading"))
        return 1

    def _closes_list(self, kind: Kind, line: Line) -> bool:
        """`• Arena-analyse` below points with the same mark: a heading of several words, to the letter."""
        return kind in _CHAPTERS and is_exact(line.text) and bool(re.search(r"[\s-]", line.text))

    def _breaks_off(self, line: Line) -> bool:
        lines = self.current.lines
        return bool(
            not is_exact(line.text)
            and lines
            and not line.bullet
            and self.current.kind is not Kind.TIMELINE
            and breaks_off(lines[-1].text)
        )

    def _is_row(self, kind: Kind, index: int) -> bool:
        """Inside the timeline a heading's words can name a step, with its date beside or below it."""
        if self.current.kind is not Kind.TIMELINE or kind not in ROWS:
            return False
        return any(has_date(line.text) for line in self._lines[index : index + 2])

    def _in_context(self, kind: Kind, line: Line) -> Kind | None:
        here = self.current.kind
        if kind is Kind.PERSONAS and here is Kind.CHALLENGE and not self.current.lines:
            return Kind.CHALLENGE_PERSONAS
        if kind in HEAD_ONLY and here not in (Kind.HEAD, *HEAD_ONLY, Kind.MUNICIPALITIES):
            return None
        if kind in (Kind.OBSTACLES, Kind.GOALS) and here in IN_ANALYSIS:
            return Kind.EXTRA_OBSTACLES if kind is Kind.OBSTACLES else None
        if here in FREE - {Kind.OTHER} and kind in (Kind.OBSTACLES, Kind.GOALS, Kind.MUNICIPALITIES):
            told = is_exact(line.text) or here in AIMS and line.gap
            return kind if kind is Kind.MUNICIPALITIES and told else None
        if kind is Kind.AMBITION and here is Kind.OBSTACLES:
            return Kind.GOALS
        if kind is Kind.OTHER and (
            line.bullet not in ("", "number", "section") or here in (Kind.OBSTACLES, Kind.GOALS)
        ):
            return None
        return kind

    def _label(self, index: int, line: Line) -> int:
        found: Heading | None = label(line.text)
        if not found or self._is_point(line) or self.current.kind in FREE and found.kind not in CLOSED:
            return 0
        if self._is_row(found.kind, index) or found.kind in (Kind.OTHER, Kind.CHALLENGES, Kind.CONTENTS):
            return 0
        if line.bullet and self.current.kind in (Kind.OBSTACLES, Kind.GOALS) or found.kind is Kind.PERSONAS:
            return 0
        kind = self._in_context(found.kind, line)
        if kind is None:
            return 0
        self._open(kind, line, found.text)
        self.known.append((line.part(found.text, 0), "heading"))
        self._content(line.cell(found.rest, 1))
        return 1

    def _persona(self, _index: int, line: Line) -> int:
        here = self.current.kind
        found = persona_line(line.text)
        if here is Kind.CHALLENGE_PERSONAS and not self.current.lines:
            found = found or names(line.text)
            self._open(Kind.CHALLENGE, line, "", None) if not found else self._name(line, found)
            return 1 if found else 0
        if not found or self._is_point(line):
            return 0
        if here is Kind.CHALLENGE and len(self.current.lines) < 4 and not _personas_of(self.current):
            self._name(line, found)
            return 1
        if self._numbered and here in _BEFORE_PERSONAS and len(found) == 1:
            self.sections.append(Section(Kind.PERSONAS, None, line))
            self._content(line)
            return 1
        if self._numbered or here not in IN_CHALLENGE | {Kind.PERSONAS}:
            return 0
        self._open(Kind.CHALLENGE, line, "", ChallengeHeading(None, found))
        self.known.append((line, "heading"))
        return 1

    def _name(self, line: Line, found: tuple[str, ...]) -> None:
        challenge = next(each for each in reversed(self.sections) if each.kind is Kind.CHALLENGE)
        head = challenge.head or ChallengeHeading(None, ())
        challenge.head = ChallengeHeading(head.number, found, head.title)
        self.known.append((line, "heading"))
        if self.current.kind is Kind.CHALLENGE_PERSONAS:
            self.sections.append(
                Section(Kind.CHALLENGE, challenge.challenge, challenge.heading, "", challenge.head)
            )

    def _lead_in(self, index: int, line: Line) -> int:
        found = self._lead_ins.get(index)
        kind = self._lead_in_kind(found) if found else None
        if not found or not kind:
            return 0
        covered = self._lines[index : found.end + 1]
        self._before(line, found, kind)
        if found.is_item:
            if self.current.kind is not Kind.GOALS:
                self._open(kind, line)
            rest = line.part(line.text[found.offset :], 1) if found.offset else line
            self.current.lines.extend([rest, *covered[1:]])
            return len(covered)
        self._open(kind, line, found.text)
        self.known.extend((each.part(found.text, 4), "heading") for each in covered)
        if found.rest:
            self._content(line.part(found.rest, 2))
        return len(covered)

    def _before(self, line: Line, found: LeadIn, kind: Kind) -> None:
        """What stands before the lead-in on its line; a long lead-in to obstacles is introduction as well."""
        if found.offset:
            above = line.part(line.text[: found.offset].strip(), 0)
            self.current.lines.append(replace(above, bullet=line.bullet))
        if (
            kind is Kind.OBSTACLES
            and self.current.kind is Kind.CHALLENGE
            and len(found.text) > _WORTH_KEEPING
        ):
            self.current.lines.append(line.part(found.text.rstrip(": "), 3))

    def _lead_in_kind(self, found: LeadIn) -> Kind | None:
        here, kind = self.current.kind, found.kind
        if here in CLOSED or here is Kind.CONTENTS:
            return None
        if kind is Kind.MUNICIPALITIES:
            return kind if here is Kind.HEAD else None
        if here in IN_ANALYSIS:
            return {Kind.OBSTACLES: Kind.EXTRA_OBSTACLES, Kind.GOALS: None}.get(kind, kind)
        if kind in IN_ANALYSIS and here in (Kind.CHALLENGE, Kind.CHALLENGES, Kind.CHALLENGE_PERSONAS):
            return None
        return kind

    def _asks(self, index: int, line: Line) -> int:
        """`Meer weten? Bel …`, where no heading announces whom to ask or where to hand in."""
        if self._contact_named or self.current.kind not in _MAY_ASK or not ASKS.match(line.text):
            return 0
        below = self._lines[index : index + 3]
        if has_date(line.text) or not any(EMAIL.search(each.text) for each in below):
            return 0
        self._open(Kind.CONTACT, line)
        self._content(line)
        return 1

    def _question(self, _index: int, line: Line) -> int:
        """A point that itself asks `Hoe kunnen we …` belongs to the goals, whatever list it follows."""
        if self.current.kind not in (Kind.CHALLENGE, Kind.OBSTACLES) or not line.bullet:
            return 0
        if not re.match(r"hoe (?:kunnen|kan|zorgen)\b", line.text, re.IGNORECASE):
            return 0
        self._open(Kind.GOALS, line)
        self._content(line)
        return 1


def _personas_of(section: Section) -> tuple[str, ...]:
    return section.head.personas if section.head else ()


def _cut_label(text: str) -> str:
    return text.rstrip(":").rstrip()
