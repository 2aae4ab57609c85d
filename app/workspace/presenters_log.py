"""The log as lines that people read."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.infra.formats import moment
from app.workspace.log_words import SENTENCES, VALUES
from app.workspace.queries_log import LogRow, names_of

MOST_PAGES = 1000


@dataclass(frozen=True)
class LogLine:
    when: str
    who: str
    what: str
    about: str
    call: str


def log_lines(rows: Iterable[LogRow]) -> list[LogLine]:
    """Who did what, with the person or the organisation it was about. At most one query more."""
    listed = list(rows)
    people = names_of(sorted({one for row in listed if (one := _person(row)) is not None}))
    return [
        LogLine(
            moment(row.at, seconds=True),
            row.actor or "Iemand",
            _what(row),
            _about(row, people),
            row.call or "",
        )
        for row in listed
    ]


def page_number(given: int | None) -> int:
    return min(max(given or 1, 1), MOST_PAGES)


def _what(row: LogRow) -> str:
    sentence = SENTENCES.get(row.action, row.action)
    details = [VALUES[name].get(str(row.details[name]), "") for name in VALUES if name in row.details]
    shown = ", ".join(one for one in details if one)
    return f"{sentence} ({shown})" if shown else sentence


def _about(row: LogRow, people: dict[int, str]) -> str:
    person = people.get(_person(row) or 0, "")
    return row.organisation or ("" if person == row.actor else person)


def _person(row: LogRow) -> int | None:
    kind, _, number = row.subject.partition(":")
    return int(number) if kind == "user" and number.isdigit() else None
