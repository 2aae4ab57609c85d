"""The report, the workbook and the data."""

from collections.abc import Collection

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.domain.timeline import Phase
from app.evaluation.reports.data import scores_json
from app.evaluation.reports.paper import report_pdf
from app.evaluation.reports.policy import CHOSEN, INTERNAL, PARTS, chosen_parts
from app.evaluation.reports.presenters import summary
from app.evaluation.reports.queries import material_of, read_sheets
from app.evaluation.reports.workbook import MIME, workbook
from app.evaluation.views import blueprint
from app.infra import clock
from app.infra.database import db
from app.infra.documents import pdf_download
from app.infra.downloads import disposition
from app.proposals.policy import closed_to
from app.proposals.queries import applicants

EXPORT = "export.scores"


def _closed(call: Call) -> Collection[int]:
    """The applicants the viewer has a conflict with, or did not declare about: in none of the files."""
    return closed_to(current_actor(), call.id, applicants(call.id))


@blueprint.get("/oproepen/<int:addendum_id>/verslag")
@for_call(EXPORT)
def report(call: Call) -> ResponseReturnValue:
    return _page(call, CHOSEN)


@blueprint.get("/oproepen/<int:addendum_id>/verslag.pdf")
@for_call(EXPORT)
def report_file(call: Call) -> ResponseReturnValue:
    """The parts that were ticked; those of the page when the address names none."""
    parts = chosen_parts(request.args.getlist("deel")) if "gekozen" in request.args else CHOSEN
    if not parts:
        return _page(call, parts, "Vink minstens één onderdeel aan."), 422
    away = _closed(call)
    sheets = list(read_sheets(call.id, away, db.session.execute))
    pdf = report_pdf(material_of(call, away, clock.now()), sheets, parts)
    inside = "-intern" if INTERNAL & parts else ""
    return pdf_download(pdf, f"juryverslag{inside}-oproep-{call.id}.pdf")


@blueprint.get("/oproepen/<int:addendum_id>/scores.xlsx")
@for_call(EXPORT)
def scores_workbook(call: Call) -> ResponseReturnValue:
    away = _closed(call)
    sheets = list(read_sheets(call.id, away, db.session.execute))
    made = workbook(material_of(call, away, clock.now()), sheets)
    return _file(Response(made, mimetype=MIME), f"scores-oproep-{call.id}.xlsx")


@blueprint.get("/oproepen/<int:addendum_id>/scores.json")
@for_call(EXPORT)
def scores_data(call: Call) -> ResponseReturnValue:
    away = _closed(call)
    pieces = scores_json(material_of(call, away, clock.now()), away)
    return _file(Response(pieces, mimetype="application/json"), f"scores-oproep-{call.id}.json")


def _file(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = disposition(name)
    return response


def _page(call: Call, ticked: Collection[str], error: str = "") -> str:
    return render_template(
        "evaluation/reports.html",
        call=call,
        parts=PARTS,
        internal=INTERNAL,
        ticked=ticked,
        found=summary(call.id, _closed(call)),
        embargo=call.phase is Phase.DECIDED,
        errors=[{"text": error, "href": f"#deel-{PARTS[0].key}"}] if error else [],
    )
