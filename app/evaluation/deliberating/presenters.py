"""The agenda, the map of spread and one proposal's deliberation, made ready for plain loops."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from app.domain.criteria import Criterion
from app.evaluation.deliberating.policy import STEP_WORDS, WIDE, step_of
from app.evaluation.deliberating.queries import Agreed, Cell, Point, span_of, step_in, weights_of
from app.evaluation.models import Consensus
from app.evaluation.policy import ROUND_LABELS
from app.evaluation.reading import SheetState
from app.evaluation.standings import CallRules
from app.infra.formats import counted, moment, number


def agenda_rows(points: Iterable[Point], href: str) -> list[dict[str, Any]]:
    """Rows of the list; `href` is the address of a proposal's page with 0 for its id."""
    return [
        {
            "href": _address(href, point.cell),
            "name": point.cell.organisation_name,
            "criterion": point.criterion.name,
            "round": ROUND_LABELS[point.round],
            "step": step_in(point.cell, point.criterion),
            "levels": _levels(point.cell),
            "skipped": _skipped(point.cell),
            "weight": number(point.weight),
            "sheets": point.cell.given,
            "agreed": _agreed(point.cell),
        }
        for point in points
    ]


def map_columns(rules: CallRules, rounds: Collection[str]) -> list[dict[str, Any]]:
    """Per round its criteria, in the order of the sheet."""
    return [
        {
            "label": ROUND_LABELS[name].capitalize(),
            "criteria": [
                (one.name, f"{one.name} (pitch)" if name == "pitch" else one.name)
                for one in rules.rounds[name].criteria
            ],
        }
        for name in rounds
        if rules.rounds[name].criteria
    ]


def map_rows(
    cells: Iterable[Cell], rules: CallRules, rounds: Collection[str], href: str
) -> list[dict[str, Any]]:
    """A row per proposal with a cell per criterion; first where jurors lie furthest apart on what weighs."""
    criteria = [one for name in rounds for one in rules.rounds[name].criteria]
    weight = weights_of(rules)
    found: dict[int, dict[int, Cell]] = {}
    for cell in cells:
        found.setdefault(cell.proposal_id, {})[cell.criterion_id] = cell

    def apart(row: Mapping[int, Cell]) -> tuple[Any, ...]:
        first = next(iter(row.values()))
        width = sum(cell.width * weight.get(one, 0) for one, cell in row.items())
        return -width, first.organisation_name.casefold(), first.proposal_id

    rows = []
    for row in sorted(found.values(), key=apart):
        first = next(iter(row.values()))
        shown = [_map_cell(row.get(one.id), one, href) for one in criteria]
        rows.append(
            {
                "name": first.organisation_name,
                "href": _address(href, first, anchor=False),
                "cells": shown,
                "left": sum(one["step"] in WIDE and not one["agreed"] for one in shown),
            }
        )
    return rows


def _map_cell(cell: Cell | None, criterion: Criterion, href: str) -> dict[str, Any]:
    if cell is None:
        return {"step": "none", "href": "", "levels": "", "words": STEP_WORDS["none"], "agreed": ""}
    step = step_in(cell, criterion)
    said = [STEP_WORDS[step]]
    if cell.given:
        said.append(counted(cell.given, "score", "scores"))
    if cell.given > 1 and cell.total is not None:
        said.append(f"gemiddeld {number(Fraction(cell.total, cell.given))}")
    if cell.skipped:
        said.append(_skipped(cell))
    return {
        "step": step,
        "href": _address(href, cell),
        "levels": _short(cell),
        "words": ", ".join(said),
        "agreed": _agreed(cell),
    }


def deliberation_rows(
    rules: CallRules,
    rounds: Collection[str],
    sheets: Sequence[SheetState],
    agreed: Mapping[int, Consensus],
) -> list[dict[str, Any]]:
    """The criteria of these rounds with what each juror gave, the widest apart first, then what weighs most.
    `sheets` are those that count."""
    weight = weights_of(rules)
    rows = [
        _deliberation_row(name, one, [sheet for sheet in sheets if sheet.round == name], agreed.get(one.id))
        for name in rounds
        for one in rules.rounds[name].criteria
    ]
    rows = [row for row in rows if row["points"] or row["skipped"]]
    return sorted(rows, key=lambda row: (-row["width"], -weight[row["id"]]))


def _deliberation_row(
    round_name: str, criterion: Criterion, sheets: Sequence[SheetState], agreed: Consensus | None
) -> dict[str, Any]:
    given: list[tuple[str, int | None, str]] = []
    skipped: list[tuple[str, int | None, str]] = []
    for sheet in sheets:
        if criterion.id not in sheet.levels:
            continue
        level, reason = sheet.levels[criterion.id], sheet.reasons.get(criterion.id, "")
        (skipped if level is None else given).append((sheet.juror, level, reason))
    points = sorted(level for _, level, _ in given if level is not None)
    mean = Fraction(sum(points), len(points)) if points else None
    step = step_of(min(points, default=None), max(points, default=None), len(points), span_of(criterion))
    return {
        "id": criterion.id,
        "label": f"{criterion.name} ({ROUND_LABELS[round_name]})",
        "levels": [(str(one.value), one.description) for one in criterion.levels],
        "given": given,
        "skipped": skipped,
        "points": points,
        "width": points[-1] - points[0] if points else 0,
        "mean": None if mean is None else float(mean),
        "text": number(mean),
        "points_text": ", ".join(map(str, points)),
        "step": step,
        "wide": step in WIDE,
        "step_words": STEP_WORDS[step],
        "tone": "warning" if step == "far" else None,
        "agreed": agreed,
        "highest": criterion.highest,
    }


def agreed_before(lines: Sequence[Agreed], *, stands: bool) -> list[str]:
    """What was agreed earlier, a sentence each, the newest first; `stands`: the newest is the present one."""
    return [_agreed_line(one) for one in (lines[1:] if stands else lines)]


def _agreed_line(one: Agreed) -> str:
    what = "ingetrokken" if one.level is None else f"niveau {one.level}"
    there = f", {one.present} juryleden erbij" if one.present else ""
    return f"{moment(one.at)}: {what} ({one.by}{there})"


def _levels(cell: Cell) -> str:
    return f"{cell.lowest} tot {cell.highest}" if cell.width else str(cell.lowest)


def _short(cell: Cell) -> str:
    if not cell.given:
        return "n.v.t." if cell.skipped else ""
    return f"{cell.lowest}–{cell.highest}" if cell.width else str(cell.lowest)


def _skipped(cell: Cell) -> str:
    return f"{cell.skipped} × n.v.t." if cell.skipped else ""


def _agreed(cell: Cell) -> str:
    return "" if cell.agreed is None else str(cell.agreed)


def _address(href: str, cell: Cell, *, anchor: bool = True) -> str:
    before, _, after = href.partition("0")
    opened = f"?criterium={cell.criterion_id}#criterium-{cell.criterion_id}" if anchor else ""
    return f"{before}{cell.proposal_id}{after}{opened}"
