"""The coverage as the page shows it: obstacles that nobody takes up first."""

from typing import Any

from flask import url_for

from app.matching.queries import CallCoverage

SHOWN = 40  # columns that fit beside each other; the totals count everybody


def columns(found: CallCoverage, page: int) -> list[dict[str, str]]:
    """The proposals of one page, by name, each leading to what was handed in."""
    return [
        {
            "label": row.organisation_name,
            "href": url_for("proposals.read", proposal_id=row.proposal_id),
            "id": row.proposal_id,
        }
        for row in _ordered(found)[(page - 1) * SHOWN : page * SHOWN]
    ]


def pages(found: CallCoverage) -> int:
    return max(1, -(-len(found.proposals) // SHOWN))


def _ordered(found: CallCoverage) -> list[Any]:
    return sorted(found.proposals, key=lambda row: row.organisation_name.casefold())


def matrix(found: CallCoverage, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows for the coverage component, uncovered first, then in the order of the addendum."""
    total = len(found.proposals)
    ids = [column["id"] for column in shown]
    rows = []
    for one in found.obstacles:
        able = found.claims.get(one.id, frozenset())
        rows.append(
            {
                "label": f"{one.number}. {one.label} ({' & '.join(one.personas)})"
                if one.personas
                else one.label,
                "cells": ["full" if proposal in able else "none" for proposal in ids],
                "total": f"{len(able)} van {total}",
                "gap": not able,
            }
        )
    return sorted(rows, key=lambda row: not row["gap"])


def figures(found: CallCoverage) -> list[dict[str, str]]:
    """Tiles: share covered by weight, and how many obstacles are covered by none, one, more."""
    times = [len(found.claims.get(one.id, ())) for one in found.obstacles]
    percent = round(float(found.table.covered())) if found.table else 0
    return [
        {
            "value": f"{percent} %",
            "label": "Gedekt, gewogen",
            "hint": "Obstakels wegen zwaarder als de persona vaker voorkomt.",
        },
        {"value": str(times.count(0)), "label": "Obstakels die niemand opneemt"},
        {"value": str(times.count(1)), "label": "Obstakels bij één kandidaat"},
        {"value": str(sum(one > 1 for one in times)), "label": "Obstakels bij meer kandidaten"},
    ]
