"""The importer: one pass from text to result, in which every line ends up somewhere."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .certainty import certainty, challenge_lines
from .challenges import read_challenges
from .contacts import EMAIL, ContactReading, read_contacts
from .dates import MONTHS, has_date
from .errors import ImportRefused
from .furniture import page_furniture
from .introductions import known_introductions
from .joining import Joiner, join_items, paragraphs
from .ledger import Ledger
from .missing import note_missing
from .notices import Notices
from .personas import read_personas
from .places import read_places
from .result import Challenge, Enrichment, Item, ParsedAddendum, Timeline
from .rows import explode
from .section import AIMS
from .sections import SectionReader
from .source import Line, check_text, read_lines
from .timeline import TimelineReader, check_order
from .timeline_columns import read_timing
from .timeline_rest import remarks
from .timeline_rows import Row, read_rows, step_of
from .vocabulary import Kind

_TELLING = frozenset(
    (Kind.CHALLENGE, Kind.OBSTACLES, Kind.GOALS, Kind.EXTRA_OBSTACLES, Kind.RECURRING, Kind.SERVICE_TYPES)
)
_ELSEWHERE = frozenset((Kind.HEAD, Kind.CHALLENGES, Kind.ANALYSIS, Kind.SUBMISSION, Kind.CONTACT, Kind.OTHER))
_FREE_TEXT = frozenset((Kind.LOCAL_INPUT, Kind.EXPECTATIONS, Kind.AMBITION, Kind.VISION, Kind.MISSION))
_LONGEST_LABEL = 80
_PAST = re.compile(
    r"verrijking|\bsessie|infosessie|goedgekeurd|versie|bijeenkomst|kwamen|waren|vond(?:en)? plaats",
    re.IGNORECASE,
)
_SAYS_WHEN = re.compile(
    rf"[\d@]|\b(?:{'|'.join(name for name in MONTHS if len(name) > 3)}|mei)\b", re.IGNORECASE
)


def parse_addendum(text: str) -> ParsedAddendum:
    """Read the text of an addendum. Raises ImportRefused (empty, too_large, not_text, not_an_addendum)."""
    check_text(text)
    return _Parser(text).parse()


class _Parser:
    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = read_lines(text)
        furniture = page_furniture(self.lines)
        body = list(explode(line for line in self.lines if line.key not in furniture))
        self.running = [line for line in self.lines if furniture.get(line.key) == "page"]
        self.joiner = Joiner(body)
        self.ledger = Ledger(text)
        self.notices = Notices()
        for line in self.lines:
            if line.key in furniture:
                self.ledger.know(line, furniture[line.key])
        reader = SectionReader(body, self.joiner)
        reader.read()
        self.sections = reader.sections
        self.guessed_goals = reader.guessed_goals
        for line, reason in reader.known:
            self.ledger.know(line, reason)

    def parse(self) -> ParsedAddendum:
        self._recognise()
        for section in self.sections:
            self.ledger.expect(section.lines)
        places = read_places(self.sections, self.running, self.text, self.joiner)
        self.ledger.take_all(places.taken)
        for line in places.titles:
            self.ledger.know(line, "heading")
        headers = {line.text for line in self.running}
        for line in self._of(Kind.HEAD):
            if line.text in headers and not self.ledger.is_done(line):
                self.ledger.know(line, "page")
        challenges = read_challenges(self.sections, self.joiner, self.ledger, self.notices)
        enrichment = Enrichment(
            self._items(Kind.RECURRING, "enrichment.recurring"),
            self._items(Kind.ATTENTION, "enrichment.attention"),
            self._items(Kind.EXTRA_OBSTACLES, "enrichment.obstacles"),
            self._items(Kind.PROFILES, "enrichment.profiles"),
        )
        service_types = self._items(Kind.SERVICE_TYPES, "service_types")
        local_input = self._local_input()
        timeline = self._timeline()
        contacts = self._contacts()
        result = ParsedAddendum(
            places.programme, places.service_area, places.municipalities, challenges, enrichment,
            service_types, local_input, timeline, tuple(contacts.contacts), contacts.submission,
            ambition=self._aim(Kind.AMBITION), vision=self._aim(Kind.VISION), mission=self._aim(Kind.MISSION),
            personas=read_personas(self.sections, challenges, self.joiner, self.ledger),
        )  # fmt: skip
        note_missing(result, self.notices, self._heading_line(Kind.TIMELINE))
        for line in self.guessed_goals:
            self.notices.add("goals_assumed", line.number)
        known_introductions(self.sections, self.ledger)
        result = replace(result, certainty=certainty(result, self.notices.all(), self._told(challenges)))
        return self.ledger.close(result, self.notices)

    def _told(self, challenges: Sequence[Challenge]) -> dict[int, str]:
        """Where the warnings of a line belong; a heading that names two aims puts its field on line 0."""
        told = {**self.ledger.fields("timeline."), **challenge_lines(challenges)}
        for section in self.sections:
            if (
                section.kind in AIMS
                and section.lines
                and " en " in f"{section.title} ".lower().replace("&", "en")
            ):
                told[0] = section.kind.value
        return told

    def _recognise(self) -> None:
        """Refuses a text without anything that only an addendum has."""
        kinds = {section.kind for section in self.sections if section.lines}
        told = len(kinds & _TELLING)
        steps = {step_of(line.text) for line in self._of(Kind.TIMELINE) if has_date(line.text)} - {None}
        named = "addendum" in self.text[:3000].lower()
        if told + (len(steps) > 1) + named + (Kind.MUNICIPALITIES in kinds) < 2 or not (
            told or len(steps) > 1
        ):
            raise ImportRefused("not_an_addendum")

    def _of(self, *kinds: Kind) -> list[Line]:
        return [line for section in self.sections if section.kind in kinds for line in section.lines]

    def _heading_line(self, kind: Kind) -> int | None:
        return next((s.heading.number for s in self.sections if s.kind is kind and s.heading), None)

    def _items(self, kind: Kind, field: str) -> tuple[Item, ...]:
        items: list[Item] = []
        for section in self.sections:
            if section.kind is kind:
                found, left_over = join_items(
                    section.lines, self.joiner, enumerations=kind is not Kind.PROFILES
                )
                items.extend(found)
                self.ledger.take_except(section.lines, left_over, field)
        return tuple(items)

    def _local_input(self) -> str | None:
        blocks: list[str] = []
        for section in self.sections:
            if section.kind not in (Kind.LOCAL_INPUT, Kind.EXPECTATIONS) or not section.lines:
                continue
            text = paragraphs(section.lines, self.joiner)
            if section.kind is Kind.EXPECTATIONS and section.heading:
                self.notices.add("section_in_local_input", section.heading.number, section.title)
                text = f"{section.title}\n\n{text}"
            blocks.append(text or "")
            self.ledger.take_all((line, "local_input") for line in section.lines)
        return "\n\n".join(blocks) or None

    def _aim(self, kind: Kind) -> str | None:
        found = [section for section in self.sections if section.kind is kind and section.lines]
        for section in found:
            self.ledger.take_all((line, kind.value) for line in section.lines)
        return "\n\n".join(paragraphs(section.lines, self.joiner) or "" for section in found) or None

    def _timeline(self) -> Timeline:
        rows = read_timing(self._of(Kind.TIMELINE), self.joiner)
        kinds = _ELSEWHERE if rows else _ELSEWHERE | _FREE_TEXT
        spare = [line for line in self._of(*kinds) if _may_date(line.text)]
        reader = TimelineReader(rows, self.notices, _usual_year(self.text))
        timeline = reader.read(elsewhere=read_rows(spare, self.joiner))
        for row in reader.used:
            if row.paired:
                self.notices.add("timeline_columns_apart", row.line, row.text[:80])
            self.ledger.take_all((part, f"timeline.{row.step}") for part in row.parts)
            for part in row.parts:
                for remark in remarks(part.text):
                    self.ledger.remark(part.number, remark)
        self._labels(rows, reader.used)
        check_order(timeline, self.notices, self._heading_line(Kind.TIMELINE))
        return timeline

    def _labels(self, rows: Sequence[Row], used: Iterable[Row]) -> None:
        """A step that is only named, as in a list of contents above the table, is a heading."""
        seen = {id(row) for row in used}
        for row in rows:
            self.ledger.split(row.parts)
            short = all(_is_label(part.text) for part in row.parts)
            if id(row) not in seen and short and row.step and row.step != "other" and not row.has_value():
                for part in row.parts:
                    self.ledger.know(part, "heading")

    def _contacts(self) -> ContactReading:
        contact, submission = self._of(Kind.CONTACT), self._of(Kind.SUBMISSION)
        if not contact and not submission:
            contact = [line for line in self._of(*_ELSEWHERE, *_FREE_TEXT) if EMAIL.search(line.text)]
        elif not contact:
            contact = [line for line in submission if EMAIL.search(line.text)]
        reading = read_contacts(contact, submission, self.joiner)
        self.ledger.take_all((line, "contacts") for line in reading.contact_lines)
        self.ledger.take_all((line, "submission") for line in reading.submission_lines)
        return reading


def _may_date(text: str) -> bool:
    """A line outside the timing that may date a step; the day of a session or a version never does."""
    told = has_date(text) or "weerwoord" in text.lower()
    return told and not _PAST.search(text)


def _is_label(text: str) -> bool:
    """Words only: a row with a number or a month in it says something that was not understood."""
    return len(text) <= _LONGEST_LABEL and text[-1] != "." and not _SAYS_WHEN.search(text)


def _usual_year(text: str) -> int | None:
    years = Counter(re.findall(r"(?<![\d/.-])20[2-4]\d(?!\d)", text[:200_000]))
    return int(years.most_common(1)[0][0]) if years else None
