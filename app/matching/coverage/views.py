"""The coverage of a call after the opening: all obstacles, and one of them."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.domain.errors import NotFound
from app.infra.numbers import positive
from app.matching.coverage.board import Board, board_of
from app.matching.coverage.detail import AT_ONCE, candidates, cards
from app.matching.coverage.presenters import (
    columns,
    figures,
    full_label,
    matrix,
    of_persona,
    ordered,
    pages,
    personas,
)
from app.matching.views import blueprint
from app.matching.vocabulary.store import version
from app.proposals.policy import CONTENT
from app.proposals.queries import refused_names


@blueprint.get("/oproepen/<int:addendum_id>/dekking")
@for_call(CONTENT, every_applicant=True)
def coverage(call: Call) -> ResponseReturnValue:
    board = _board(call)
    persona = request.args.get("persona", type=int)
    page, last = _page(pages(board.found))
    shown = columns(board.found, page)
    choices = personas(board.found, persona)
    return render_template(
        "matching/coverage.html",
        call=call,
        board=board,
        refused=refused_names(call.id),
        columns=shown,
        matrix=matrix(board, of_persona(board.found, persona), shown, call.id),
        figures=figures(board),
        personas=choices,
        persona=next((one["name"] for one in choices if one["chosen"]), ""),
        version=version(),
        **_around("matching.coverage", page, last, addendum_id=call.id, persona=persona),
    )


@blueprint.get("/oproepen/<int:addendum_id>/dekking/<int:obstacle_id>")
@for_call(CONTENT, every_applicant=True)
def covered_obstacle(call: Call, obstacle_id: int) -> ResponseReturnValue:
    """Who takes one obstacle up, with the reasons and the text."""
    board = _board(call)
    one = next((row for row in board.found.obstacles if row.id == obstacle_id), None)
    if one is None:
        raise NotFound("obstacle")
    able = candidates(board, one)
    page, last = _page(max(1, -(-len(able) // AT_ONCE)))
    takers = {row.proposal_id for row in able}
    return render_template(
        "matching/covered_obstacle.html",
        call=call,
        obstacle=one,
        label=full_label(one),
        cards=cards(board, one, able[(page - 1) * AT_ONCE : page * AT_ONCE], call.id),
        count=len(able),
        others=[row.organisation_name for row in ordered(board.found) if row.proposal_id not in takers],
        version=version(),
        **_around("matching.covered_obstacle", page, last, addendum_id=call.id, obstacle_id=obstacle_id),
    )


def _board(call: Call) -> Board:
    return board_of(call, current_actor())


def _page(last: int) -> tuple[int, int]:
    return min(max(positive(request.args.get("pagina")), 1), last), last


def _around(endpoint: str, page: int, last: int, **values: Any) -> dict[str, Any]:
    """Where the pages before and after are."""
    return {
        "page": page,
        "pages": last,
        "previous_href": url_for(endpoint, **values, pagina=page - 1) if page > 1 else None,
        "next_href": url_for(endpoint, **values, pagina=page + 1) if page < last else None,
    }
