"""The heat map as the page shows it: obstacles that nobody can take away first, the surest organisations
beside them."""

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from flask import url_for

from app.addenda.queries import Call
from app.matching.candidates.board import EARLIER, Board, Candidate
from app.matching.candidates.policy import CONFIRMED
from app.matching.candidates.queries import ObstacleLine, OrganisationLine
from app.matching.index import sentences

SHOWN = 20  # columns that fit beside each other; the totals count everybody
BEST = 3
WORDS = {
    CONFIRMED: "Bevestigd",
    EARLIER: "Eerder bevestigd",
    "strong": "Sterk",
    "likely": "Waarschijnlijk",
    "weak": "Zwak",
}
WHERE = {
    True: "Werkt in deze gemeenten",
    False: "Werkt elders",
    None: "Werkingsgebied niet ingevuld",
}


def columns(board: Board) -> list[OrganisationLine]:
    """Who can take away something: those of the region first, then who can do most."""
    able = board.obstacles_by_organisation()
    reach: dict[int, float] = {}
    for found in board.candidates.values():
        for one in found:
            reach[one.organisation.id] = reach.get(one.organisation.id, 0) + one.score
    return sorted(
        (board.organisations[id] for id in able),
        key=lambda one: (
            (True, None, False).index(one.in_region),
            -len(able[one.id]),
            -reach[one.id],
            one.name.casefold(),
        ),
    )


def heat(board: Board, shown: Sequence[OrganisationLine], call: Call) -> list[dict[str, Any]]:
    """Obstacles by challenge, each with a cell per column: its level and why, or None."""
    rows = [line for line in board.lines if board.candidates[line.id]]
    return [
        {"title": _challenge(of[0]), "rows": [_row(board, line, shown, call) for line in of]}
        for _, found in groupby(rows, key=lambda line: line.number)
        if (of := list(found))
    ]


def _row(board: Board, line: ObstacleLine, shown: Sequence[OrganisationLine], call: Call) -> dict[str, Any]:
    able = board.candidates[line.id]
    of = {one.organisation.id: one for one in able}
    return {
        "label": line.label,
        "href": _href(call, line.id),
        "cells": [_cell(of.get(one.id)) for one in shown],
        "total": len(able),
        "best": [_best(one, board) for one in able[:BEST]],
        "more": max(0, len(able) - BEST),
        "away": not any(one.organisation.in_region for one in able),
    }


def _cell(one: Candidate | None) -> dict[str, str] | None:
    if one is None:
        return None
    return {"level": one.level, "word": WORDS[one.level], "why": why_shortly(one)}


def _best(one: Candidate, board: Board) -> dict[str, Any]:
    return {
        "name": one.organisation.name,
        "level": one.level,
        "word": WORDS[one.level],
        "away": one.organisation.in_region is False,
        "invited": one.organisation.id in board.invited,
    }


def why_shortly(one: Candidate) -> str:
    """The strongest reason in one sentence."""
    found = sentences(one.match.reasons[:1]) if one.match else []
    if found:
        return found[0]
    return "Een mens zegt dit; in het profiel staat het niet." if one.match is None else ""


def gaps(board: Board, call: Call) -> list[dict[str, Any]]:
    """Obstacles for which there is nobody, with how many were rejected."""
    return [
        {
            "label": line.label,
            "challenge": _challenge(line),
            "href": _href(call, line.id),
            "rejected": len(board.rejected[line.id]),
        }
        for line in board.lines
        if not board.candidates[line.id]
    ]


def figures(board: Board, found: Sequence[OrganisationLine]) -> list[dict[str, str]]:
    alone = [able for able in board.candidates.values() if able]
    away = sum(1 for able in alone if not any(one.organisation.in_region for one in able))
    said = sum(one.level == CONFIRMED for able in alone for one in able)
    return [
        {
            "value": f"{len(board.lines) - len(alone)} van {len(board.lines)}",
            "label": "Obstakels met niemand",
        },
        {"value": str(away), "label": "Obstakels met alleen iemand van elders"},
        {"value": str(len(found)), "label": "Organisaties die iets kunnen opnemen"},
        {"value": str(said), "label": "Bevestigd door een mens"},
    ]


def sent(board: Board) -> list[dict[str, Any]]:
    """Who was invited, the newest first."""
    return [
        {"name": board.organisations[id].name, "at": at}
        for id, at in board.invited.items()
        if id in board.organisations
    ]


def _challenge(line: ObstacleLine) -> str:
    return f"Uitdaging {line.number}" + (f": {' & '.join(line.personas)}" if line.personas else "")


def _href(call: Call, obstacle_id: int) -> str:
    return url_for("matching.candidates_for", addendum_id=call.id, obstacle_id=obstacle_id)
