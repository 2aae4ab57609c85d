"""Addresses of the editor: one page per section, each with its own version."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.amending.pending import load_for_editing
from app.addenda.asking import ask_first
from app.addenda.drafting import editing
from app.addenda.drafting.difference_parts import dates_taken_away
from app.addenda.drafting.drafts import (
    load_draft,
    municipality_choices,
    part_of,
    read_section,
    same_document,
)
from app.addenda.drafting.sections import ChallengeText, Dates, Part, fingerprint
from app.addenda.editor.forms import (
    AnalysisForm,
    BasicsForm,
    ThresholdsForm,
    TimelineForm,
)
from app.addenda.editor.forms_base import SectionForm
from app.addenda.editor.forms_lists import ChallengeForm, CriteriaForm
from app.addenda.editor.forms_persona import NewPersonaForm, PersonaForm
from app.addenda.editor.presenters import (
    ROUND_LABELS,
    checklist,
    differences,
    editor_steps,
    field_notes,
)
from app.addenda.guard import for_call, for_editing
from app.addenda.models import Addendum, Challenge, Persona
from app.addenda.publishing.policy import timeline_refusal
from app.addenda.publishing.readiness import readiness
from app.addenda.queries import Call
from app.addenda.views import blueprint
from app.domain.errors import DomainError, NotFound, Stale
from app.domain.life_domains import DOMAINS
from app.domain.timeline import problems
from app.infra import clock

EDIT = editing.EDIT


@blueprint.get("/oproepen/<int:addendum_id>/bewerken")
@for_call(EDIT)
def edit(call: Call) -> ResponseReturnValue:
    """What the draft still needs, and the way to every page of it."""
    if call.facts.published_at is not None:
        return render_template("addenda/planned.html", call=call)
    addendum = load_draft(call.id)
    items = readiness(addendum, clock.now())
    return render_template(
        "addenda/edit.html",
        call=call,
        addendum=addendum,
        twins=same_document(addendum),
        steps=editor_steps(addendum, items, Part("overview")),
        checklist_items=checklist(call.id, items),
    )


@blueprint.route("/oproepen/<int:addendum_id>/bewerken/basis", methods=["GET", "POST"])
@for_editing(EDIT, editing.AMEND)
def edit_basics(call: Call) -> ResponseReturnValue:
    return _page(call, Part("basics"), BasicsForm, "addenda/edit_basics.html", "Basis")


@blueprint.route("/oproepen/<int:addendum_id>/bewerken/tijdlijn", methods=["GET", "POST"])
@for_editing(EDIT, editing.AMEND)
def edit_timeline(call: Call) -> ResponseReturnValue:
    return _page(call, Part("timeline"), TimelineForm, "addenda/edit_timeline.html", "Tijdlijn")


@blueprint.route("/oproepen/<int:addendum_id>/bewerken/personas/<int:persona_id>", methods=["GET", "POST"])
@for_editing(EDIT, editing.AMEND)
def edit_persona(call: Call, persona_id: int) -> ResponseReturnValue:
    part = Part("persona", str(persona_id))
    return _page(call, part, PersonaForm, "addenda/edit_persona.html", "Persona", persona_id=persona_id)


@blueprint.route(
    "/oproepen/<int:addendum_id>/bewerken/uitdagingen/<int:challenge_id>", methods=["GET", "POST"]
)
@for_editing(EDIT, editing.AMEND)
def edit_challenge(call: Call, challenge_id: int) -> ResponseReturnValue:
    part = Part("challenge", str(challenge_id))
    context = {"challenge_id": challenge_id, "life_domains": DOMAINS}
    return _page(call, part, ChallengeForm, "addenda/edit_challenge.html", "Uitdaging", **context)


@blueprint.route("/oproepen/<int:addendum_id>/bewerken/analyse", methods=["GET", "POST"])
@for_editing(EDIT, editing.AMEND)
def edit_analysis(call: Call) -> ResponseReturnValue:
    return _page(call, Part("analysis"), AnalysisForm, "addenda/edit_analysis.html", "Lokale analyse")


@blueprint.route("/oproepen/<int:addendum_id>/bewerken/criteria/<round_name>", methods=["GET", "POST"])
@for_editing(EDIT, editing.AMEND)
def edit_criteria(call: Call, round_name: str) -> ResponseReturnValue:
    if round_name not in ROUND_LABELS:
        raise NotFound("round")
    title = f"Criteria {ROUND_LABELS[round_name]}"
    part = Part("criteria", round_name)
    return _page(call, part, CriteriaForm, "addenda/edit_criteria.html", title, round_name=round_name)


@blueprint.route("/oproepen/<int:addendum_id>/bewerken/drempels", methods=["GET", "POST"])
@for_editing(EDIT, editing.AMEND)
def edit_thresholds(call: Call) -> ResponseReturnValue:
    return _page(call, Part("thresholds"), ThresholdsForm, "addenda/edit_thresholds.html", "Drempels")


@blueprint.route("/oproepen/<int:addendum_id>/bewerken/personas", methods=["GET", "POST"])
@for_editing(EDIT, editing.AMEND)
def personas(call: Call) -> ResponseReturnValue:
    """The personas in order of how often they occur, and room for a new one."""
    form = NewPersonaForm()
    if form.validate_on_submit():
        try:
            persona_id = editing.add_persona(call.id, form.name.data, by=current_actor())
            return redirect(url_for("addenda.edit_persona", addendum_id=call.id, persona_id=persona_id))
        except DomainError as error:
            form.refuse(error)
    context = frame(call, load_for_editing(call.id), Part("personas"), "Persona’s")
    return render_template("addenda/personas.html", form=form, **context), 422 if form.errors else 200


@blueprint.post("/oproepen/<int:addendum_id>/bewerken/personas/<int:persona_id>/verplaatsen")
@for_editing(EDIT, editing.AMEND)
def move_persona(call: Call, persona_id: int) -> ResponseReturnValue:
    step = -1 if request.form.get("direction") == "up" else 1
    editing.move_persona(call.id, persona_id, step, by=current_actor())
    return redirect(url_for("addenda.personas", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/bewerken/personas/<int:persona_id>/verwijderen")
@for_editing(EDIT, editing.AMEND)
def remove_persona(call: Call, persona_id: int) -> ResponseReturnValue:
    back = url_for("addenda.personas", addendum_id=call.id)
    name = part_of(load_for_editing(call.id), Persona, str(persona_id)).name
    if question := ask_first(f"{name} verwijderen, met verhaal en al?", "Verwijder", back):
        return question
    editing.remove_persona(call.id, persona_id, by=current_actor())
    flash("De persona is verwijderd.", "success")
    return redirect(back)


@blueprint.route("/oproepen/<int:addendum_id>/bewerken/uitdagingen", methods=["GET", "POST"])
@for_editing(EDIT, editing.AMEND)
def challenges(call: Call) -> ResponseReturnValue:
    """The challenges in their order; sending adds one."""
    if request.method == "POST":
        challenge_id = editing.add_challenge(call.id, by=current_actor())
        return redirect(url_for("addenda.edit_challenge", addendum_id=call.id, challenge_id=challenge_id))
    context = frame(call, load_for_editing(call.id), Part("challenges"), "Regio-uitdagingen")
    return render_template("addenda/challenges.html", **context)


@blueprint.post("/oproepen/<int:addendum_id>/bewerken/uitdagingen/<int:challenge_id>/verwijderen")
@for_editing(EDIT, editing.AMEND)
def remove_challenge(call: Call, challenge_id: int) -> ResponseReturnValue:
    back = url_for("addenda.challenges", addendum_id=call.id)
    number = part_of(load_for_editing(call.id), Challenge, str(challenge_id)).number
    if question := ask_first(f"Uitdaging {number} verwijderen, met obstakels en doelen?", "Verwijder", back):
        return question
    editing.remove_challenge(call.id, challenge_id, by=current_actor())
    flash("De uitdaging is verwijderd.", "success")
    return redirect(back)


def _page(
    call: Call, part: Part, form_class: type[SectionForm], template: str, title: str, **context: Any
) -> ResponseReturnValue:
    """Open, rearrange or save one section; what was typed comes back with every refusal."""
    addendum = load_for_editing(call.id)
    stored = read_section(addendum, part)
    form = form_class() if request.method == "POST" else form_class(data=form_class.values(stored))
    options, status = _options(addendum), 200
    if request.method == "GET":
        form.version.data = str(fingerprint(stored))
        form.offer(options)
        _tell_order(form, stored)
    elif action := request.form.get("rearrange"):
        form.rearrange(action)
        form.offer(options)
        context["unsaved"] = True
    else:
        form.offer(options)
        if form.validate():
            try:
                editing.save_section(
                    call.id, part, form.section(), seen=form.seen_version(), by=current_actor()
                )
                _tell_saved(stored, form.section())
                return redirect(request.path)
            except Stale as error:
                context["differences"] = _both(form, error, options)
                status = 409
            except DomainError as error:
                form.refuse(error)
        status = 422 if form.errors else status
    context |= frame(call, load_for_editing(call.id), part, title)
    return render_template(template, form=form, **context), status


def _tell_saved(before: Any, after: Any) -> None:
    """Saved; a date that went is named, because an empty field is easily sent by mistake."""
    gone = dates_taken_away(before, after) if isinstance(after, Dates) else ""
    flash(f"Bewaard. {gone}".strip(), "warning" if gone else "success")


def _both(form: SectionForm, error: Stale, options: dict[str, Any]) -> list[dict[str, str]]:
    """The two texts side by side; saving once more now means choosing one's own."""
    form.version.data = str(error.version)
    mine = form.section()
    names = dict(options["personas" if isinstance(mine, ChallengeText) else "municipalities"])
    return differences(mine, error.theirs["section"], names)


def _tell_order(form: SectionForm, stored: Any) -> None:
    """An imported timeline that is out of order says so at the dates as soon as the page opens."""
    if isinstance(form, TimelineForm):
        for problem in problems(stored.timeline()):
            if not problem.code.endswith("_missing"):
                form.refuse(timeline_refusal(problem))


def _options(addendum: Addendum) -> dict[str, Any]:
    return {
        "municipalities": municipality_choices(addendum),
        "personas": [(one.id, one.name) for one in addendum.personas],
    }


def frame(call: Call, addendum: Addendum, part: Part, title: str) -> dict[str, Any]:
    """What the frame of every page of the editor needs."""
    items = readiness(addendum, clock.now())
    return {
        "call": call,
        "addendum": addendum,
        "steps": editor_steps(addendum, items, part),
        "crumb": title,
        "advice": checklist(call.id, [item for item in items if item.part == part]),
        "notes": field_notes(items, part),
    }
