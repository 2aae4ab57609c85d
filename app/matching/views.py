"""The coverage page of a call."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.matching.presenters import columns, figures, matrix, pages
from app.matching.queries import coverage_of
from app.proposals.policy import CONTENT, in_conflict

blueprint = Blueprint("matching", __name__)


@blueprint.get("/oproepen/<int:addendum_id>/dekking")
@for_call(CONTENT)
def coverage(call: Call) -> ResponseReturnValue:
    excluded = in_conflict(current_actor(), call.id)
    found = coverage_of(call.id, excluding=excluded)
    last = pages(found)
    page = min(max(request.args.get("pagina", 1, type=int), 1), last)
    shown = columns(found, page)
    return render_template(
        "matching/coverage.html",
        call=call,
        columns=shown,
        rows=matrix(found, shown),
        figures=figures(found),
        left_out=bool(excluded),
        page=page,
        pages=last,
        previous_href=_page_href(call, page - 1) if page > 1 else None,
        next_href=_page_href(call, page + 1) if page < last else None,
    )


def _page_href(call: Call, page: int) -> str:
    return url_for("matching.coverage", addendum_id=call.id, pagina=page)
