"""Addresses around a draft: the calls of a region, its drafts included."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.drafting.editing import EDIT
from app.addenda.guard import for_region
from app.addenda.models import Addendum
from app.addenda.presenters import manage_rows
from app.addenda.queries import Region, load_calls
from app.addenda.views import blueprint
from app.domain.access import Subject, may
from app.domain.timeline import Phase
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
