"""Addresses around a draft: the calls of a region, a new one, its source, publishing and extending."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda import imports, publication
from app.addenda.drafts import load_addendum, load_draft, read_draft
from app.addenda.editing import EDIT
from app.addenda.forms import BlankForm, ConfirmForm, ExtendForm, SourceForm
from app.addenda.guard import for_call, for_region
from app.addenda.importing import ImportRefused, decode
from app.addenda.models import Addendum
from app.addenda.policy import publication_items
from app.addenda.presenters import manage_rows
from app.addenda.presenters_editor import checklist
from app.addenda.presenters_source import source_lines
from app.addenda.queries import Call, Region, load_calls
from app.addenda.views import blueprint
from app.domain.access import Subject, may
from app.domain.errors import DomainError
from app.domain.timeline import Phase, last_accepted_minute, local_day
from app.infra import clock

VIEW = "addendum.draft.view"


@blueprint.get("/regio/<int:service_area_id>/oproepen")
@for_region(VIEW)
def manage(region: Region) -> ResponseReturnValue:
    """All calls of the own region, drafts included."""
    calls = load_calls(clock.now(), Addendum.service_area_id == region.id)
    may_write = bool(may(current_actor(), EDIT, Subject(region.id), Phase.DRAFT))
    return render_template(
        "addenda/manage.html", region=region, rows=manage_rows(calls, clock.now()), may_write=may_write
    )


@blueprint.route("/regio/<int:service_area_id>/oproepen/nieuw", methods=["GET", "POST"])
@for_region(EDIT)
def create(region: Region) -> ResponseReturnValue:
    """A draft from a document."""
    form = SourceForm()
    if request.method == "POST" and (source := _source(form)):
        name, text = source
        try:
            addendum_id = imports.create_draft(region.id, text=text, source_name=name, by=current_actor())
            flash("Het document is ingelezen. Kijk hieronder na wat waar terechtkwam.", "success")
            return redirect(url_for("addenda.review", addendum_id=addendum_id))
        except ImportRefused as error:
            _refuse(form, error)
    return _create_page(region, form, BlankForm(formdata=None))


@blueprint.post("/regio/<int:service_area_id>/oproepen/leeg")
@for_region(EDIT)
def create_blank(region: Region) -> ResponseReturnValue:
    """A draft without a document."""
    form = BlankForm()
    if form.validate():
        addendum_id = imports.create_draft(region.id, title=form.title.data, by=current_actor())
        return redirect(url_for("addenda.edit", addendum_id=addendum_id))
    return _create_page(region, SourceForm(formdata=None), form)


def _create_page(region: Region, form: SourceForm, blank: BlankForm) -> ResponseReturnValue:
    status = 422 if form.errors or blank.errors else 200
    return render_template("addenda/create.html", region=region, form=form, blank=blank), status


@blueprint.get("/oproepen/<int:addendum_id>/bron")
@for_call(VIEW)
def review(call: Call) -> ResponseReturnValue:
    """The document on the left, what was made of it on the right."""
    addendum = load_addendum(call.id)
    return render_template(
        "addenda/review.html",
        call=call,
        addendum=addendum,
        lines=source_lines(addendum),
        crumb="Bron en resultaat",
    )


@blueprint.route("/oproepen/<int:addendum_id>/opnieuw-inlezen", methods=["GET", "POST"])
@for_call(EDIT)
def import_again(call: Call) -> ResponseReturnValue:
    """Another document over the same draft."""
    addendum = load_draft(call.id)
    form = SourceForm() if request.method == "POST" else SourceForm(data={"version": str(call.version)})
    if request.method == "POST" and (source := _source(form)):
        name, text = source
        try:
            seen, sure = form.seen_version(), bool(form.confirmed.data)
            imports.import_again(call.id, text, name, seen=seen, confirmed=sure, by=current_actor())
            flash("Het document is opnieuw ingelezen.", "success")
            return redirect(url_for("addenda.review", addendum_id=call.id))
        except ImportRefused as error:
            _refuse(form, error)
        except DomainError as error:
            form.refuse(error)
    form.version.data = str(addendum.version)
    page = render_template(
        "addenda/import_again.html", call=call, addendum=addendum, form=form, crumb="Opnieuw inlezen"
    )
    return page, 422 if form.errors else 200


def _source(form: SourceForm) -> tuple[str, str] | None:
    """(name, text) of what was sent: a file, else the pasted text. None, with an error at the field."""
    upload: Any = form.file.data
    try:
        if upload and upload.filename:
            text = decode(upload.stream.read())
            return upload.filename, text
        return "", decode((form.text.data or "").encode())
    except ImportRefused as error:
        _refuse(form, error)
        return None


def _refuse(form: SourceForm, error: ImportRefused) -> None:
    field: Any = form.file if form.file.data and form.file.data.filename else form.text
    field.errors = [*field.errors, error.message]


@blueprint.route("/oproepen/<int:addendum_id>/publiceren", methods=["GET", "POST"])
@for_call(EDIT)
def publish(call: Call) -> ResponseReturnValue:
    """The last look before everybody can read it."""
    form = ConfirmForm()
    if request.method == "POST":
        try:
            publication.publish(call.id, seen=form.seen_version(), by=current_actor())
            flash("De oproep is gepubliceerd.", "success")
            return redirect(_after_publication(call))
        except DomainError as error:
            form.refuse(error)
    addendum = load_draft(call.id)
    form.version.data = str(addendum.version)
    items = publication_items(read_draft(addendum), clock.now())
    page = render_template(
        "addenda/publish.html",
        call=call,
        form=form,
        checklist_items=checklist(call.id, items),
        planned=addendum.launch is not None and addendum.launch > local_day(clock.now()),
        crumb="Publiceren",
    )
    return page, 422 if form.errors else 200


def _after_publication(call: Call) -> str:
    """The public page, or the list of the region as long as the launch lies ahead."""
    if call.launch and call.launch <= local_day(clock.now()):
        return url_for("addenda.show", addendum_id=call.id)
    return url_for("addenda.manage", service_area_id=call.service_area_id)


@blueprint.route("/oproepen/<int:addendum_id>/datum-verlengen", methods=["GET", "POST"])
@for_call(publication.AMEND)
def extend(call: Call) -> ResponseReturnValue:
    """A later deadline, for everybody alike."""
    form = ExtendForm()
    if request.method == "GET" and call.deadline:
        form.deadline_time.data = last_accepted_minute(call.deadline).time()
    elif form.validate():
        try:
            publication.extend_deadline(
                call.id,
                form.wanted(),
                reason=form.reason.data,
                shift=form.shift.data == "move",
                seen=form.seen_version(),
                by=current_actor(),
            )
            flash("De uiterste indiendatum is verlengd.", "success")
            return redirect(url_for("addenda.show", addendum_id=call.id))
        except DomainError as error:
            form.refuse(error)
    form.version.data = str(call.version)
    page = render_template("addenda/extend.html", call=call, form=form, crumb="Datum verlengen")
    return page, 422 if form.errors else 200
