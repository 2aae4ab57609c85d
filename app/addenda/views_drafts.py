"""Addresses around a draft: the calls of a region, a new one, its source, and extending."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.drafting.editing import EDIT
from app.addenda.editor.forms import ExtendForm
from app.addenda.guard import for_call, for_region
from app.addenda.models import Addendum
from app.addenda.presenters import manage_rows
from app.addenda.publishing import publication
from app.addenda.queries import Call, Region, load_calls
from app.addenda.views import blueprint
from app.domain.access import Subject, may
from app.domain.errors import DomainError
from app.domain.timeline import Phase, last_accepted_minute
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
