"""How a document was read and what became of its lines since: `Addendum.import_report` as a value.

The ledger rule: every line of the source that is not blank is in a place of the result, known (a heading,
a page number), not understood, or left out on purpose. `keep` holds to it: a line that nobody booked is
listed as not understood.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import structlog

from app.addenda.amending.snapshots import from_json, to_json
from app.addenda.drafting.sections import Draft
from app.addenda.importing import raw_lines
from app.addenda.importing.source import clean
from app.addenda.models import Addendum
from app.addenda.reviewing.content import Place, place_of_path

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Accepted:
    """Who said that a section is right, when (UTC, ISO), and the fingerprint of what it held."""

    by_id: int | None
    at: str
    fingerprint: int


@dataclass(frozen=True)
class Sureness:
    """The importer's word on one field: `level` is sure, check or missing, `reason` a sentence or ""."""

    at: str
    field: str
    level: str
    reason: str


@dataclass(frozen=True)
class Report:
    """`unrecognised` are (line, text), several for one line if parts of it were not understood. `moved` are
    the lines put somewhere by hand, `left_out` those that belong nowhere on purpose. `base`: what the
    document gave, under the ids of the rows."""

    warnings: tuple[dict[str, Any], ...] = ()
    unrecognised: tuple[tuple[int, str], ...] = ()
    known: Mapping[int, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    moved: frozenset[int] = frozenset()
    left_out: frozenset[int] = frozenset()
    certainty: tuple[Sureness, ...] = ()
    accepted: Mapping[str, Accepted] = field(default_factory=dict)
    base: Draft | None = None
    settled: tuple[str, ...] = ()  # pages saved by hand since: "timeline", "persona:7"

    @property
    def missed(self) -> dict[int, str]:
        """The lines not understood, with what was not understood of them."""
        found: dict[int, str] = {}
        for line, text in self.unrecognised:
            found[line] = f"{found[line]} {text}" if line in found else text
        return found

    def booked(self) -> set[int]:
        taken = {line for place in self.places for line in place.lines}
        return taken | set(self.known) | {line for line, _ in self.unrecognised} | self.left_out

    def without(self, lines: Iterable[int]) -> "Report":
        """These lines taken out of every book, to be booked anew."""
        out = set(lines)
        places = (
            replace(place, lines=tuple(line for line in place.lines if line not in out))
            for place in self.places
        )
        return replace(
            self,
            unrecognised=tuple(one for one in self.unrecognised if one[0] not in out),
            known={line: reason for line, reason in self.known.items() if line not in out},
            places=tuple(place for place in places if place.lines),
            moved=self.moved - out,
            left_out=self.left_out - out,
        )


def unbooked(report: Report, text: str) -> list[int]:
    """The lines that break the rule: not blank, and in no book."""
    booked = report.booked()
    return [
        number
        for number, line in enumerate(raw_lines(text), start=1)
        if number not in booked and line.strip()
    ]


def keep(addendum: Addendum, report: Report) -> None:
    """Store it with the draft. Nothing is lost, not even by a mistake of ours."""
    lost = unbooked(report, addendum.source_text)
    if lost:
        log.warning("source_lines_unbooked", addendum_id=addendum.id, lines=len(lost))
        lines = raw_lines(addendum.source_text)
        found = [*report.unrecognised, *((line, clean(lines[line - 1]).strip()) for line in lost)]
        report = replace(report, unrecognised=tuple(sorted(found)))
    addendum.import_report = {
        "warnings": list(report.warnings),
        "unrecognised": [{"line": line, "text": text} for line, text in report.unrecognised],
        "known": [[line, reason] for line, reason in sorted(report.known.items())],
        "places": [[one.at, list(one.lines), one.text] for one in report.places],
        "moved": sorted(report.moved),
        "left_out": sorted(report.left_out),
        "certainty": [list(vars(one).values()) for one in report.certainty],
        "accepted": {key: vars(one) for key, one in report.accepted.items()},
        "base": to_json(report.base) if report.base else None,
        "settled": list(report.settled),
    }


def report_of(addendum: Addendum) -> Report:
    """What is stored, also as the first release wrote it (lines by section, no items)."""
    stored: dict[str, Any] = addendum.import_report or {}
    return Report(
        warnings=tuple(stored.get("warnings", [])),
        unrecognised=tuple((one["line"], one["text"]) for one in stored.get("unrecognised", [])),
        known={line: reason for line, reason in stored.get("known", [])},
        places=tuple(Place(at, tuple(lines), text) for at, lines, text in stored.get("places", []))
        or _first_release(addendum, stored.get("taken", [])),
        moved=frozenset(stored.get("moved", [])),
        left_out=frozenset(stored.get("left_out", [])),
        certainty=tuple(Sureness(*one) for one in stored.get("certainty", [])),
        accepted={key: Accepted(**one) for key, one in stored.get("accepted", {}).items()},
        base=from_json(stored["base"]) if stored.get("base") else None,
        settled=tuple(stored.get("settled", [])),
    )


def _first_release(addendum: Addendum, taken: Sequence[Sequence[Any]]) -> tuple[Place, ...]:
    ids = [one.id for one in addendum.challenges]
    lines: dict[str, list[int]] = {}
    for line, path in taken:
        at = place_of_path(path)
        kind, _, key = at.partition(":")
        if key and -int(key) <= len(ids):
            at = f"{kind}:{ids[-int(key) - 1]}"
        lines.setdefault(at, []).append(line)
    return tuple(Place(at, tuple(found)) for at, found in lines.items())
