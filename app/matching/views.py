"""The coverage page of a call."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.matching.presenters import columns, figures, matrix, pages
from app.matching.queries import coverage_of
from app.proposals.policy import CONTENT
from app.proposals.queries import refused_names

blueprint = Blueprint("matching", __name__)


@blueprint.get("/oproepen/<int:addendum_id>/dekking")
@for_call(CONTENT, every_applicant=True)
def coverage(call: Call) -> ResponseReturnValue:
    found = coverage_of(call.id)
    last = pages(found)
    page = min(max(request.args.get("pagina", 1, type=int), 1), last)
    shown = columns(found, page)
    return render_template(
        "matching/coverage.html",
        call=call,
        refused=refused_names(call.id),
        columns=shown,
        rows=matrix(found, shown),
        figures=figures(found),
        page=page,
        pages=last,
        previous_href=_page_href(call, page - 1) if page > 1 else None,
        next_href=_page_href(call, page + 1) if page < last else None,
    )


def _page_href(call: Call, page: int) -> str:
    return url_for("matching.coverage", addendum_id=call.id, pagina=page)
