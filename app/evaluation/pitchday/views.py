"""The pages of who plans: the shortlist, the moments, who cannot come, and the versions."""

from collections.abc import Callable
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase
from app.domain.visibility import PROGRESS
from app.evaluation.entries import problems_of
from app.evaluation.forms import chosen_ids
from app.evaluation.pitchday import messages, views_day, views_own, views_shifts
from app.evaluation.pitchday.absences import add_on_behalf, remove_on_behalf
from app.evaluation.pitchday.forms import (
    minutes_of,
    rooms_of,
    seen_version,
    stretch_of,
    wanted_slots,
    who_of,
)
from app.evaluation.pitchday.planning import day_facts
from app.evaluation.pitchday.policy import Saved
from app.evaluation.pitchday.presenters import (
    Asked,
    PageFacts,
    day_plan,
    page_facts,
    shortlist_rows,
    window_text,
)
from app.evaluation.pitchday.presenters_own import behalf_groups, version_rows
from app.evaluation.pitchday.services import save_shortlist, save_slots
from app.evaluation.rounds import CLOSE
from app.evaluation.views import blueprint, refusal
from app.infra import clock
from app.infra.formats import counted
from app.infra.numbers import positive
from app.proposals.policy import closed_to
from app.proposals.queries import applicants

__all__ = ["messages", "views_day", "views_own", "views_shifts"]

MINUTES, BREAK = 20, 10


@blueprint.get("/oproepen/<int:addendum_id>/pitchdag")
@for_call(PROGRESS)
def pitch_day(call: Call) -> ResponseReturnValue:
    return _pitch_page(call, _asked_in_address)


@blueprint.post("/oproepen/<int:addendum_id>/pitchdag/selectie", endpoint="save_shortlist")
@for_call(CLOSE)
def choose(call: Call) -> ResponseReturnValue:
    chosen = chosen_ids(request.form)
    try:
        number = save_shortlist(call.id, chosen, by=current_actor())
    except (Forbidden, NotFound):
        raise
    except DomainError as error:
        return _pitch_page(call, _asked_in_address, error, ticked=chosen), 422
    flash(f"Op de lijst staan nu {number} kandidaten. Geef elk een moment.", "success")
    return redirect(url_for("evaluation.pitch_day", addendum_id=call.id, _anchor="momenten"))


@blueprint.post("/oproepen/<int:addendum_id>/pitchdag/momenten", endpoint="save_slots")
@for_call(CLOSE)
def place(call: Call) -> ResponseReturnValue:
    """Save the moments; the button `suggest` only shows a plan and writes nothing."""
    form = request.form
    if form.get("act") == "suggest":
        return _pitch_page(call, _asked_in_form)
    try:
        saved = save_slots(
            call.id,
            wanted_slots(form),
            minutes=minutes_of(form.get("minutes"), MINUTES),
            break_minutes=minutes_of(form.get("break_minutes"), BREAK),
            room=rooms_of(form),
            seen=seen_version(form),
            without="without" in form,
            by=current_actor(),
        )
    except (Forbidden, NotFound):
        raise
    except DomainError as error:
        return _pitch_page(call, _asked_in_form, error), 422
    flash(_told(saved), "success" if saved.number else "info")
    return redirect(url_for("evaluation.pitch_day", addendum_id=call.id, _anchor="momenten"))


def _told(saved: Saved) -> str:
    if not saved.number:
        return "Er was niets gewijzigd: niemand krijgt een mail."
    told = counted(saved.told, "kandidaat krijgt", "kandidaten krijgen")
    return (
        f"Bewaard als versie {saved.number}. {told} een mail met hun moment, de juryleden met de wijzigingen."
    )


def _asked_in_address(facts: PageFacts) -> Asked:
    asked = request.args
    return Asked(
        minutes_of(asked.get("minuten"), facts.minutes or MINUTES),
        minutes_of(asked.get("pauze"), BREAK),
        wish="voorstel" in asked,
    )


def _asked_in_form(facts: PageFacts) -> Asked:
    form = request.form
    wish = form.get("act") == "suggest"
    typed = form.to_dict()
    if wish:
        typed = {name: text for name, text in typed.items() if not name.startswith(("start-", "window-"))}
    return Asked(
        minutes_of(form.get("minutes"), facts.minutes or MINUTES),
        minutes_of(form.get("break_minutes"), BREAK),
        typed=typed,
        wish=wish,
        keep="keep" in form,
        without="without" in form,
        rooms=rooms_of(form),
    )


def _pitch_page(
    call: Call,
    read: Callable[[PageFacts], Asked],
    error: DomainError | None = None,
    ticked: list[int] | None = None,
) -> str:
    if call.phase < Phase.PITCH:
        return render_template(
            "evaluation/pitch_day.html", call=call, too_early=True, errors=[], may_note=may_here(call, CLOSE)
        )
    facts = page_facts(call, current_actor())
    problems = tuple(problems_of(error)) if error else ()
    asked = replace(read(facts), problems=problems)
    plan, suggestion_error = day_plan(facts, asked, clock.now())
    if suggestion_error:
        problems = (*problems, suggestion_error)
    return render_template(
        "evaluation/pitch_day.html",
        call=call,
        too_early=False,
        shortlist=shortlist_rows(facts, ticked),
        plan=plan,
        editable=may_here(call, CLOSE) and call.phase is Phase.PITCH,
        errors=[refusal(one) for one in problems],
    )


@blueprint.get("/oproepen/<int:addendum_id>/pitchdag/versies")
@for_call(PROGRESS)
def pitch_versions(call: Call) -> ResponseReturnValue:
    """What was told when, newest first."""
    actor = current_actor()
    away = closed_to(actor, call.id, applicants(call.id))
    rows = version_rows(day_facts(call), actor, away)
    return render_template("evaluation/pitch_versions.html", call=call, versions=rows)


@blueprint.get("/oproepen/<int:addendum_id>/pitchdag/beschikbaarheid")
@for_call(CLOSE)
def pitch_availability(call: Call) -> ResponseReturnValue:
    return _availability_page(call)


@blueprint.post("/oproepen/<int:addendum_id>/pitchdag/beschikbaarheid", endpoint="save_availability")
@for_call(CLOSE)
def note_for_somebody(call: Call) -> ResponseReturnValue:
    form, actor = request.form, current_actor()
    try:
        if "remove" in form:
            done = remove_on_behalf(call.id, positive(form["remove"]), by=actor)
            flash("Weggehaald." if done else "Dat stond er al niet meer.", "success" if done else "info")
        else:
            done = add_on_behalf(call.id, who_of(form), stretch_of(form), by=actor)
            flash("Bewaard." if done else "Dat stond er al.", "success" if done else "info")
    except (Forbidden, NotFound):
        raise
    except DomainError as error:
        return _availability_page(call, error), 422
    return redirect(url_for("evaluation.pitch_availability", addendum_id=call.id))


def _availability_page(call: Call, error: DomainError | None = None) -> str:
    facts = day_facts(call)
    away = closed_to(current_actor(), call.id, applicants(call.id))
    jurors, organisations, choices = behalf_groups(facts, away)
    return render_template(
        "evaluation/pitch_availability.html",
        call=call,
        jurors=jurors,
        organisations=organisations,
        choices=choices,
        hidden=len([row for row in facts.rows.values() if row.organisation_id in away]),
        windows=[(str(one.id), window_text(one)) for one in facts.windows],
        typed=request.form if error else {},
        errors=[refusal(error)] if error else [],
        field=error.field if error else None,
    )
