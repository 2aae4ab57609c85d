"""Files of published calls, for everybody. Who has a file already is told so (304) before it is drawn."""

import csv
import io
import json

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.addenda.guard import for_call
from app.addenda.public.forms import SearchForm
from app.addenda.public.search import municipalities_with_calls
from app.addenda.queries import Call
from app.addenda.takeaway import calendar, docx, feed, pdf
from app.addenda.takeaway.answers import file_answer, same_already, tag_of
from app.addenda.takeaway.document import Takeaway, load_takeaway
from app.addenda.takeaway.explaining import described
from app.addenda.takeaway.links import page_steps, step_day, webcal
from app.addenda.takeaway.listing import Listed, listed_calls
from app.addenda.takeaway.open_data import COLUMNS, call_json, list_json, list_rows, schema
from app.addenda.takeaway.words import file_name
from app.addenda.views import blueprint
from app.domain.errors import NotFound
from app.infra import clock
from app.infra.access import public
from app.infra.exports import safe_cell

VIEW = "addendum.published.view"

blueprint.add_app_template_global(webcal, "takeaway_webcal")
blueprint.add_app_template_global(page_steps, "takeaway_steps")
blueprint.add_app_template_filter(step_day, "takeaway_day")


@blueprint.get("/oproepen/<int:addendum_id>/oproep.pdf")
@for_call(VIEW, hidden=True)
def call_pdf(call: Call) -> ResponseReturnValue:
    """The call to print and to lay on a desk."""
    taken = load_takeaway(call)
    source = pdf.pdf_source(taken)
    tag = tag_of(pdf.template_text() + source.encode(), taken.version.number)
    content = b"" if same_already(tag) else pdf.pdf_of(source)
    return file_answer(content, pdf.MIME, tag, name=_name(taken, "pdf"), attachment=True)


@blueprint.get("/oproepen/<int:addendum_id>/oproep.docx")
@for_call(VIEW, hidden=True)
def call_docx(call: Call) -> ResponseReturnValue:
    """The call to work on in a word processor."""
    taken = load_takeaway(call)
    content = docx.docx_of(taken)
    tag = tag_of(content, taken.version.number)
    return file_answer(content, docx.MIME, tag, name=_name(taken, "docx"), attachment=True)


@blueprint.get("/oproepen/<int:addendum_id>/oproep.json")
@for_call(VIEW, hidden=True)
def call_json_file(call: Call) -> ResponseReturnValue:
    """The call for programs."""
    taken = load_takeaway(call)
    return _json(call_json(taken), _name(taken, "json"), taken.version.number)


@blueprint.get("/oproepen/<int:addendum_id>/tijdlijn.ics")
@for_call(VIEW, hidden=True)
def timeline_calendar(call: Call) -> ResponseReturnValue:
    """The timeline: to import once, or to subscribe to."""
    return _calendar(load_takeaway(call), None)


@blueprint.get("/oproepen/<int:addendum_id>/tijdlijn/<step>.ics")
@for_call(VIEW, hidden=True)
def step_calendar(call: Call, step: str) -> ResponseReturnValue:
    """One step of the timeline."""
    taken = load_takeaway(call)
    if step not in {one.step.key for one in taken.steps}:
        raise NotFound("step")
    return _calendar(taken, step)


@blueprint.get("/oproepen.json")
@public
def calls_json() -> ResponseReturnValue:
    """Every published call, filtered as the list on screen."""
    return _json(list_json(_listed()), "oproepen.json")


@blueprint.get("/oproepen.csv")
@public
def calls_csv() -> ResponseReturnValue:
    """The same for a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow([name for name, _ in COLUMNS])
    writer.writerows([safe_cell(cell) for cell in row] for row in list_rows(_listed()))
    content = ("\ufeff" + buffer.getvalue()).encode()
    return file_answer(
        content, "text/csv", tag_of(content), name="oproepen.csv", attachment=True, shared=True
    )


@blueprint.get("/oproepen.atom")
@public
def calls_feed() -> ResponseReturnValue:
    """New and changed calls, filtered as the list on screen."""
    content = feed.calls_feed(_listed(), _asked().active())
    return file_answer(content, feed.MIME, tag_of(content), name="oproepen.atom", shared=True)


@blueprint.get("/schema/oproep-1.json")
@public
def call_schema() -> ResponseReturnValue:
    """What the fields of a call mean, for programs."""
    return _json(schema(), "oproep-1.json", mime="application/schema+json")


@blueprint.get("/open-data")
@public
def open_data() -> ResponseReturnValue:
    """What the fields mean, for people."""
    return render_template("addenda/takeaway/open_data.html", parts=described(), columns=COLUMNS)


def _asked() -> SearchForm:
    """The filters of the list, with the names of the municipalities when one is asked for."""
    form = SearchForm(request.args)
    if request.args.get("gemeente"):
        form.municipality.choices += municipalities_with_calls(clock.now())
    return form


def _listed() -> list[Listed]:
    return listed_calls(SearchForm(request.args).search(), clock.now())


def _calendar(taken: Takeaway, step: str | None) -> Response:
    content = calendar.timeline_calendar(taken, step)
    name = _name(taken, "ics", *([step] if step else []))
    return file_answer(content, calendar.MIME, tag_of(content, taken.version.number), name=name, shared=True)


def _json(
    content: dict[str, object], name: str, version: int | None = None, mime: str = "application/json"
) -> Response:
    text = json.dumps(content, ensure_ascii=False, indent=1).encode()
    return file_answer(text, mime, tag_of(text, version), name=name, shared=True)


def _name(taken: Takeaway, extension: str, *more: str) -> str:
    return f"{file_name(taken.call.service_area, taken.call.title, *more)}.{extension}"
