"""The page of an invitation: whom to choose from, the text that everybody gets, the mail as it will be."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from flask import render_template

from app.addenda.queries import Call
from app.matching.candidates.board import Board
from app.matching.candidates.presenters import WHERE, columns
from app.matching.candidates.queries import owners_of
from app.notifications.services import page_url

LABELS = 3  # obstacles named behind an organisation
FIRST = 30  # organisations shown before one asks for the others


def choices(board: Board, ticked: Collection[int]) -> dict[str, list[dict[str, Any]]]:
    """Those that can be invited: `first` the ticked ones and the best, `others` folded; and `lonely`, where
    nobody can read a mail."""
    able = board.obstacles_by_organisation()
    labels = {line.id: line.label for line in board.lines}
    found = [one for one in columns(board) if one.id not in board.invited]
    found += [board.organisations[id] for id in ticked if _extra(id, board, able)]
    owners = owners_of([one.id for one in found])
    rows = [
        {
            "id": one.id,
            "name": one.name,
            "where": WHERE[one.in_region],
            "ticked": one.id in ticked,
            "fits": [labels[id] for id in able.get(one.id, ())[:LABELS]],
            "more": max(0, len(able.get(one.id, ())) - LABELS),
            "reachable": one.id in owners,
        }
        for one in found
    ]
    open_to = [one for one in rows if one["reachable"]]
    first = [one for place, one in enumerate(open_to) if one["ticked"] or place < FIRST]
    return {
        "first": sorted(first, key=lambda one: not one["ticked"]),
        "others": [one for one in open_to if one not in first],
        "lonely": [one for one in rows if not one["reachable"]],
    }


def _extra(id: int, board: Board, able: Mapping[int, Sequence[int]]) -> bool:
    return id in board.organisations and id not in able and id not in board.invited


def preview(call: Call, body: str) -> str:
    """The mail as one of them will read it."""
    return render_template(
        "matching/mail_invitation.txt",
        greeting="Beste (naam van de eigenaar)",
        body=body,
        call=call.title,
        region=call.service_area,
        organisation="(naam van de organisatie)",
        link=page_url("addenda.show", addendum_id=call.id),
    )
