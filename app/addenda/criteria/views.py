"""The templates of a region, and beginning the criteria of a call with one."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.amending.pending import load_for_editing
from app.addenda.criteria import services
from app.addenda.criteria.queries import STANDARD, load_template, placed_in, templates_of
from app.addenda.drafting.difference_parts import Change
from app.addenda.drafting.differences import compare_sections
from app.addenda.drafting.drafts import read_section
from app.addenda.drafting.editing import AMEND, EDIT
from app.addenda.drafting.sections import Criteria, Part, fingerprint
from app.addenda.editor.presenters import ROUND_LABELS
from app.addenda.guard import for_editing, for_region
from app.addenda.queries import Call, Region
from app.addenda.views import blueprint
from app.domain.errors import DomainError, NotFound, Stale
from app.infra.messages import say
from app.infra.numbers import positive

DONE = {
    "hernoem": "De naam is gewijzigd.",
    "verwijder": "Het sjabloon is verwijderd. Onderaan kun je het terugzetten.",
    "herstel": "Het sjabloon staat er weer.",
}


@blueprint.get("/regio/<int:service_area_id>/criteria", endpoint="criteria_templates")
@for_region(EDIT)
def listing(region: Region) -> ResponseReturnValue:
    return _listing(region)


def _listing(region: Region, error: DomainError | None = None, at: int = 0) -> ResponseReturnValue:
    page = render_template(
        "addenda/criteria_templates.html",
        region=region,
        rows=templates_of(region.id),
        rounds=ROUND_LABELS,
        error=say(error) if error else "",
        at=at,
        typed=request.form.get("name", ""),
    )
    return page, 422 if error else 200


@blueprint.post(
    "/regio/<int:service_area_id>/criteria/<int:template_id>/<any(hernoem,verwijder,herstel):act>",
    endpoint="change_criteria_template",
)
@for_region(EDIT)
def change(region: Region, template_id: int, act: str) -> ResponseReturnValue:
    by = current_actor()
    try:
        if act == "hernoem":
            services.rename_template(region.id, template_id, request.form.get("name", ""), by=by)
        elif act == "verwijder":
            services.remove_template(region.id, template_id, by=by)
        else:
            services.restore_template(region.id, template_id, by=by)
    except NotFound:
        raise
    except DomainError as error:
        return _listing(region, error, template_id)
    flash(DONE[act], "success")
    return redirect(url_for("addenda.criteria_templates", service_area_id=region.id))


@blueprint.post(
    "/oproepen/<int:addendum_id>/bewerken/criteria/<round_name>/bewaren", endpoint="keep_criteria"
)
@for_editing(EDIT, AMEND)
def keep(call: Call, round_name: str) -> ResponseReturnValue:
    _known(round_name)
    try:
        services.keep_template(call.id, round_name, request.form.get("name", ""), by=current_actor())
    except DomainError as error:
        return _template_page(call, round_name, error), 422
    flash("Bewaard als sjabloon van de regio.", "success")
    return redirect(url_for("addenda.edit_criteria", addendum_id=call.id, round_name=round_name))


@blueprint.route(
    "/oproepen/<int:addendum_id>/bewerken/criteria/<round_name>/sjabloon",
    methods=["GET", "POST"],
    endpoint="criteria_from_template",
)
@for_editing(EDIT, AMEND)
def use(call: Call, round_name: str) -> ResponseReturnValue:
    """Choose a template (`sjabloon`), see what it would change, and put it in."""
    _known(round_name)
    if request.method == "GET":
        return _template_page(call, round_name)
    chosen, seen = _template_id(request.form.get("sjabloon", "")), request.form.get("version", "")
    try:
        services.use_template(
            call.id, round_name, chosen, seen=int(seen) if _whole(seen) else 0, by=current_actor()
        )
    except NotFound:
        raise
    except Stale:
        flash("De criteria zijn intussen gewijzigd. Kijk opnieuw wat er verandert.", "warning")
        return redirect(
            url_for(
                "addenda.criteria_from_template", addendum_id=call.id, round_name=round_name, sjabloon=chosen
            )
        )
    flash("De criteria van het sjabloon staan in de oproep. Pas aan wat je wilt.", "success")
    return redirect(url_for("addenda.edit_criteria", addendum_id=call.id, round_name=round_name))


def _whole(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 20


def _template_id(text: str) -> int:
    """What is no number is no template: the standard one is only put in when it was chosen."""
    number = positive(text)
    if not number and text != str(STANDARD):
        raise NotFound("criteria_template")
    return number


def _known(round_name: str) -> None:
    if round_name not in ROUND_LABELS:
        raise NotFound("round")


def _template_page(call: Call, round_name: str, error: DomainError | None = None) -> str:
    part = Part("criteria", round_name)
    stored: Any = read_section(load_for_editing(call.id), part)
    wanted = request.args.get("sjabloon")
    chosen = load_template(call.service_area_id, round_name, _template_id(wanted)) if wanted else None
    return render_template(
        "addenda/criteria_from_template.html",
        call=call,
        round_name=round_name,
        round_label=ROUND_LABELS[round_name],
        rows=[one for one in templates_of(call.service_area_id, round_name) if not one.removed],
        chosen=chosen,
        changes=_changes(part, stored, placed_in(chosen.criteria, stored)) if chosen else [],
        version=fingerprint(stored),
        error=say(error) if error else "",
        typed=request.form.get("name", ""),
    )


def _changes(part: Part, stored: Criteria, wanted: Criteria) -> list[Change]:
    return compare_sections(part, stored, wanted)
