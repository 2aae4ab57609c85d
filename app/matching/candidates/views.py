"""Who can take away which obstacle: all of a call, one obstacle, and what a person says of it."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra.messages import say
from app.infra.numbers import positive
from app.matching.candidates import services
from app.matching.candidates.board import Board, board_of
from app.matching.candidates.cards import AT_ONCE, by_name, cards, rejected
from app.matching.candidates.forms import JudgeForm, number_of
from app.matching.candidates.policy import INVITE, JUDGE, VIEW
from app.matching.candidates.presenters import SHOWN, columns, figures, gaps, heat, sent
from app.matching.candidates.queries import ObstacleLine
from app.matching.views import blueprint
from app.matching.vocabulary.store import version

DONE = {
    "confirmed": "Bevestigd: {name} kan dit opnemen.",
    "rejected": "Afgewezen: {name} staat niet meer bij dit obstakel.",
    "withdrawn": "Het oordeel over {name} is teruggenomen.",
}


@blueprint.get("/oproepen/<int:addendum_id>/wie-kan-dit")
@for_call(VIEW)
def candidates(call: Call) -> ResponseReturnValue:
    board = board_of(call)
    found = columns(board)
    page, last = _page(-(-len(found) // SHOWN))
    shown = found[(page - 1) * SHOWN : page * SHOWN]
    return render_template(
        "matching/candidates.html",
        call=call,
        board=board,
        columns=shown,
        groups=heat(board, shown, call),
        gaps=gaps(board, call),
        figures=figures(board, found),
        sent=sent(board),
        may_invite=may_here(call, INVITE),
        version=version(),
        **_around("matching.candidates", page, last, addendum_id=call.id),
    )


@blueprint.get("/oproepen/<int:addendum_id>/wie-kan-dit/<int:obstacle_id>")
@for_call(VIEW)
def candidates_for(call: Call, obstacle_id: int) -> ResponseReturnValue:
    return _obstacle_page(call, obstacle_id)


@blueprint.post("/oproepen/<int:addendum_id>/wie-kan-dit/<int:obstacle_id>/oordeel")
@for_call(JUDGE)
def judge_match(call: Call, obstacle_id: int) -> ResponseReturnValue:
    form, organisation_id = JudgeForm(), number_of("organisation")
    try:
        services.judge(
            call.id,
            obstacle_id,
            organisation_id,
            form.verdict.data or "",
            form.reason.data or "",
            offer_id=number_of("offer") or None,
            seen=form.seen_version(),
            by=current_actor(),
        )
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        typed = {"id": organisation_id, "reason": form.reason.data or "", "error": say(error)}
        status = 409 if error.code == "judgement_meanwhile" else 422
        return _obstacle_page(call, obstacle_id, typed), status
    name = board_of(call).organisations[organisation_id].name
    flash(DONE[form.verdict.data or ""].format(name=name), "success")
    page = number_of("pagina") or None
    return redirect(
        url_for("matching.candidates_for", addendum_id=call.id, obstacle_id=obstacle_id, pagina=page)
    )


def _obstacle_page(call: Call, obstacle_id: int, typed: dict[str, Any] | None = None) -> str:
    """`typed` is a judgement that was refused: whose, with what was typed and why."""
    board = board_of(call)
    line = _line(board, obstacle_id)
    able = board.candidates[line.id]
    looked = request.args.get("zoek", "")[:100].strip()
    page, last = _page(-(-len(able) // AT_ONCE))
    if typed:
        places = [place for place, one in enumerate(able) if one.organisation.id == typed["id"]]
        page = places[0] // AT_ONCE + 1 if places else page
    return render_template(
        "matching/candidates_for.html",
        call=call,
        line=line,
        cards=cards(board, line, able[(page - 1) * AT_ONCE : page * AT_ONCE]),
        count=len(able),
        rejected=rejected(board, line),
        typed=typed or {},
        looked=looked,
        named=by_name(board, line, looked),
        may_judge=may_here(call, JUDGE),
        may_invite=may_here(call, INVITE),
        version=version(),
        **_around("matching.candidates_for", page, last, addendum_id=call.id, obstacle_id=line.id),
    )


def _line(board: Board, obstacle_id: int) -> ObstacleLine:
    found = next((one for one in board.lines if one.id == obstacle_id), None)
    if found is None:
        raise NotFound("obstacle")
    return found


def _page(last: int) -> tuple[int, int]:
    wanted = positive(request.values.get("pagina"))
    return min(max(wanted, 1), max(last, 1)), max(last, 1)


def _around(endpoint: str, page: int, last: int, **values: Any) -> dict[str, Any]:
    """Where the pages before and after are."""
    return {
        "page": page,
        "pages": last,
        "previous_href": url_for(endpoint, **values, pagina=page - 1) if page > 1 else None,
        "next_href": url_for(endpoint, **values, pagina=page + 1) if page < last else None,
    }
