"""Addresses of publication: the last look, asking a colleague, taking a planned publication back, and a
later deadline afterwards."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.asking import ask_first
from app.addenda.drafting.drafts import load_draft, read_draft
from app.addenda.drafting.editing import AMEND, EDIT
from app.addenda.editor.forms import ConfirmForm, ExtendForm
from app.addenda.editor.presenters import checklist
from app.addenda.guard import for_call
from app.addenda.publishing import extending, publication, second_person
from app.addenda.publishing.presenters import becomes_public, dates_beside
from app.addenda.publishing.readiness import readiness
from app.addenda.queries import Call
from app.addenda.views import blueprint
from app.domain.errors import DomainError
from app.domain.timeline import last_accepted_minute, local_day
from app.infra import clock
from app.infra.formats import day


@blueprint.route("/oproepen/<int:addendum_id>/publiceren", methods=["GET", "POST"])
@for_call(EDIT)
def publish(call: Call) -> ResponseReturnValue:
    """The last look before everybody can read it."""
    form = ConfirmForm()
    if request.method == "POST":
        try:
            publication.publish(call.id, seen=form.seen_version(), by=current_actor())
            return _after_publication(call)
        except DomainError as error:
            form.refuse(error)
    return _publish_page(call, form)


@blueprint.post("/oproepen/<int:addendum_id>/publiceren/vragen")
@for_call(EDIT)
def ask_to_publish(call: Call) -> ResponseReturnValue:
    """Where two people publish: the first asks the others."""
    form = ConfirmForm()
    try:
        second_person.ask_to_publish(call.id, seen=form.seen_version(), by=current_actor())
        flash("Je collega’s krijgen een mail met de vraag om te publiceren.", "success")
        return redirect(url_for("addenda.publish", addendum_id=call.id))
    except DomainError as error:
        form.refuse(error)
    return _publish_page(call, form)


@blueprint.post("/oproepen/<int:addendum_id>/publiceren/niet-meer-vragen")
@for_call(EDIT)
def take_back_request(call: Call) -> ResponseReturnValue:
    second_person.take_back(call.id, by=current_actor())
    flash("Je vraag om te publiceren is ingetrokken.", "success")
    return redirect(url_for("addenda.publish", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/publiceren/intrekken")
@for_call(EDIT)
def withdraw_planned(call: Call) -> ResponseReturnValue:
    """Back to a draft, as long as the launch lies ahead."""
    back = url_for("addenda.edit", addendum_id=call.id)
    if question := ask_first("De publicatie intrekken? De oproep wordt weer een ontwerp.", "Trek in", back):
        return question
    publication.withdraw_planned(call.id, seen=ConfirmForm().seen_version(), by=current_actor())
    flash("De publicatie is ingetrokken. Je kan de oproep weer bewerken.", "success")
    return redirect(back)


@blueprint.route("/oproepen/<int:addendum_id>/datum-verlengen", methods=["GET", "POST"])
@for_call(AMEND)
def extend(call: Call) -> ResponseReturnValue:
    """A later deadline, for everybody alike: first what follows from it, then doing it."""
    form, step = ExtendForm(), request.form.get("stap")
    if request.method == "GET" and call.deadline:
        form.deadline_time.data = last_accepted_minute(call.deadline).time()
    elif form.validate() and step != "aanpassen":
        try:
            if step != "verlengen":
                return _consequences_page(call, form)
            extending.extend_deadline(call.id, reason=form.reason.data, **_wanted(form))
            flash("De uiterste indiendatum is verlengd.", "success")
            return redirect(url_for("addenda.show", addendum_id=call.id))
        except DomainError as error:
            form.refuse(error)
    form.version.data = str(call.version)
    page = render_template("addenda/extend.html", call=call, form=form, crumb="Datum verlengen")
    return page, 422 if form.errors else 200


def _wanted(form: ExtendForm) -> dict[str, Any]:
    return {
        "last_accepted": form.wanted(),
        "shift": form.shift.data == "move",
        "seen": form.seen_version(),
        "by": current_actor(),
    }


def _consequences_page(call: Call, form: ExtendForm) -> str:
    found = extending.foreseen(call.id, **_wanted(form))
    return render_template(
        "addenda/extend_confirm.html",
        call=call,
        form=form,
        dates=dates_beside(found.before, found.after),
        remarks=[one["text"] for one in checklist(call.id, list(found.remarks))["advice"]],
        kept=form.kept(),
        crumb="Datum verlengen",
    )


def _publish_page(call: Call, form: ConfirmForm) -> ResponseReturnValue:
    addendum, actor, now = load_draft(call.id), current_actor(), clock.now()
    form.version.data = str(addendum.version)
    draft = read_draft(addendum)
    page = render_template(
        "addenda/publish.html",
        call=call,
        form=form,
        checklist_items=checklist(call.id, readiness(addendum, now)),
        planned=addendum.launch is not None and addendum.launch > local_day(now),
        public=becomes_public(draft),
        standing=second_person.standing(addendum, actor),
        own_id=actor.user_id,
        crumb="Publiceren",
    )
    return page, 422 if form.errors else 200


def _after_publication(call: Call) -> ResponseReturnValue:
    """The public page, or the list of the region as long as the launch lies ahead."""
    if call.launch and call.launch > local_day(clock.now()):
        flash(f"Gepland: zichtbaar vanaf {day(call.launch)}.", "success")
        return redirect(url_for("addenda.manage", service_area_id=call.service_area_id))
    flash("De oproep is gepubliceerd.", "success")
    return redirect(url_for("addenda.show", addendum_id=call.id))
