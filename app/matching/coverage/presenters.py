"""The coverage as the page shows it: obstacles that nobody takes up first, three marks for each that is."""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Any, NamedTuple

from flask import url_for

from app.domain.match_levels import Sure
from app.infra.formats import number
from app.matching.coverage.board import Board, Marks
from app.matching.queries import CallCoverage, ObstacleRow
from app.proposals.queries import StandingRow

SHOWN = 20  # columns that fit beside each other; the totals count everybody
NOTHING = "none"


class Mark(NamedTuple):
    """`symbol` full, part, none or open; `letter` K, T or J; `word` says it all."""

    symbol: str
    letter: str
    word: str


CLAIMED = Mark("full", "K", "Kandidaat: ja")
TEXT = {
    Sure.STRONG: Mark("full", "T", "Tekst: duidelijk"),
    Sure.LIKELY: Mark("part", "T", "Tekst: waarschijnlijk"),
}
NO_TEXT = Mark("none", "T", "Tekst: niet gevonden")
UNREAD = Mark("open", "T", "Tekst: nog niet nagelezen")
JURY = {
    "yes": Mark("full", "J", "Jury: ja"),
    "partly": Mark("part", "J", "Jury: deels"),
    "no": Mark("none", "J", "Jury: nee"),
}
NO_VOTE = Mark("open", "J", "Jury: nog geen oordeel")
NOT_SEEN = Mark("open", "J", "Jury: nog niet te zien")


def three(marks: Marks) -> tuple[Mark, Mark, Mark]:
    """What the applicant, the text and the jury say."""
    text = TEXT.get(marks.support, NO_TEXT) if marks.support else NO_TEXT
    jury = JURY.get(marks.jury or "", NO_VOTE) if marks.seen else NOT_SEEN
    return CLAIMED, text if marks.read else UNREAD, jury


def columns(found: CallCoverage, page: int) -> list[dict[str, Any]]:
    """The proposals of one page, by name, each leading to what was handed in."""
    return [
        {
            "label": row.organisation_name,
            "href": url_for("proposals.read", proposal_id=row.proposal_id),
            "id": row.proposal_id,
        }
        for row in ordered(found)[(page - 1) * SHOWN : page * SHOWN]
    ]


def pages(found: CallCoverage) -> int:
    return max(1, -(-len(found.proposals) // SHOWN))


def ordered(found: CallCoverage) -> list[StandingRow]:
    return sorted(found.proposals, key=lambda row: row.organisation_name.casefold())


def personas(found: CallCoverage, chosen: int | None) -> list[dict[str, Any]]:
    """The choices of the filter, in the order of the addendum's challenges."""
    names = {
        id: name for one in found.obstacles for id, name in zip(one.persona_ids, one.personas, strict=True)
    }
    return [{"id": id, "name": name, "chosen": id == chosen} for id, name in names.items()]


def of_persona(found: CallCoverage, chosen: int | None) -> list[ObstacleRow]:
    """The obstacles of one persona; all of them when there is no such persona."""
    return [one for one in found.obstacles if chosen in one.persona_ids] or list(found.obstacles)


def matrix(
    board: Board, rows: Iterable[ObstacleRow], shown: Sequence[dict[str, Any]], addendum_id: int
) -> dict[str, Any]:
    """`{rows, kinds}`: a cell names one of the kinds, which is drawn once; {kind: its three marks}. Rows that
    nobody takes up come first, then those that nobody really does according to jury, in the order of the
    addendum."""
    ids, kinds, found = [column["id"] for column in shown], {}, []
    for one in rows:
        marks = board.of(one.id)
        cells = []
        for proposal in ids:
            drawn = three(marks[proposal]) if proposal in marks else ()
            key = " ".join(mark.word for mark in drawn) or NOTHING
            kinds[key] = drawn
            cells.append(key)
        found.append(_row(board, one, marks.values(), addendum_id) | {"cells": cells})
    return {"rows": sorted(found, key=lambda row: row["gap"]), "kinds": kinds}


def _row(board: Board, one: ObstacleRow, marks: Iterable[Marks], addendum_id: int) -> dict[str, Any]:
    able = board.found.claims.get(one.id, frozenset())
    seen = list(marks)
    shown = any(mark.seen for mark in seen)
    rejected = bool(seen) and all(mark.jury == "no" for mark in seen)
    return {
        "label": full_label(one),
        "href": url_for("matching.covered_obstacle", addendum_id=addendum_id, obstacle_id=one.id),
        "total": f"{len(able)} van {len(board.found.proposals)}",
        "confirmed": f"jury: {sum(mark.jury == 'yes' for mark in seen)} ja" if shown else "",
        "gap": 0 if not able else 1 if rejected else 2,
    }


def full_label(one: ObstacleRow) -> str:
    return f"{one.number}. {one.label} ({' & '.join(one.personas)})" if one.personas else one.label


def figures(board: Board) -> list[dict[str, str]]:
    """Tiles: share covered by weight and what is left of it, and how many obstacles none and one take up."""
    found = board.found
    times = [len(found.claims.get(one.id, ())) for one in found.obstacles]
    return [
        {
            "value": f"{round(float(found.table.covered())) if found.table else 0} %",
            "label": "Gedekt volgens de kandidaten",
            "hint": "Obstakels wegen zwaarder als de persona vaker voorkomt.",
        },
        {
            "value": f"{round(float(_really(board)))} %",
            "label": "Gedekt volgens jury en tekst",
            "hint": "Ja van de jury telt voor 1, deels voor de helft; zonder oordeel weegt de tekst mee.",
        },
        {"value": str(times.count(0)), "label": "Obstakels die niemand opneemt"},
        {"value": str(times.count(1)), "label": "Obstakels bij één kandidaat"},
    ]


def _really(board: Board) -> Fraction:
    """The same share with the degrees that the reader's marks give."""
    if board.found.table is None:
        return Fraction(0)
    weights = board.found.table.weights
    best: dict[int, Fraction] = {}
    for (_, obstacle), marks in board.marks.items():
        best[obstacle] = max(best.get(obstacle, Fraction(0)), marks.degree)
    reached = sum((weights.get(one, Fraction(0)) * degree for one, degree in best.items()), Fraction(0))
    return reached * 100 / sum(weights.values())


def votes_in_words(votes: Sequence[str]) -> str:
    """ "2 ja, 1 deels"; empty without votes."""
    words = {"yes": "ja", "partly": "deels", "no": "nee"}
    counts = [(votes.count(key), word) for key, word in words.items()]
    return ", ".join(f"{count} {word}" for count, word in counts if count)


def degree_in_words(marks: Marks) -> str:
    return f"{number(marks.degree * 100, 0)} %"
