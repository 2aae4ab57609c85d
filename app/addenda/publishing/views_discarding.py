"""The page that asks before a draft goes."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import BooleanField

from app.accounts.actors import current_actor
from app.addenda.drafting.editing import EDIT
from app.addenda.guard import for_call
from app.addenda.publishing import discarding
from app.addenda.queries import Call
from app.addenda.views import blueprint
from app.domain.errors import DomainError
from app.infra.forms import VersionedForm


class DiscardForm(VersionedForm):
    """`version` is what the person saw; `notes_too` only counts when there are notes."""

    notes_too = BooleanField("Verwijder ook de briefjes van de sessie")


@blueprint.route("/oproepen/<int:addendum_id>/verwijderen", methods=["GET", "POST"])
@for_call(EDIT)
def discard_draft(call: Call) -> ResponseReturnValue:
    """Names the draft and what goes with it; only sending the page removes it."""
    form = DiscardForm()
    if request.method == "POST":
        seen, notes_too = form.seen_version(), bool(form.notes_too.data)
        try:
            discarding.discard_draft(call.id, seen=seen, notes_too=notes_too, by=current_actor())
            flash(f"Het ontwerp “{call.title}” is verwijderd.", "success")
            return redirect(url_for("addenda.manage", service_area_id=call.service_area_id))
        except DomainError as error:
            form.refuse(error)
    form.version.data = str(call.version)
    notes = discarding.written_by_others(call.id)
    page = render_template("addenda/discard.html", call=call, form=form, notes=notes, crumb="Verwijderen")
    return page, 422 if form.errors else 200
