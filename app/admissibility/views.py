"""Addresses of the formal check: the list of a call, and how far all proposals are."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.admissibility.answering import MOST_EACH
from app.admissibility.dossiers import dossiers, requirements_of
from app.admissibility.forms import requirements_form, wanted_lines
from app.admissibility.presenters import formal_requirements, overview_facts
from app.admissibility.requirements import REQUIREMENTS, save_requirements, seal_of
from app.admissibility.wording import KINDS
from app.domain.admissibility import AUTOMATIC
from app.domain.errors import DomainError
from app.infra import clock
from app.proposals.kept import keep_typed
from app.proposals.policy import closed_to, in_conflict, left_out
from app.proposals.queries import standing

blueprint = Blueprint("admissibility", __name__)
VIEW = "admissibility.view"
MOST_UPLOADS = 6
blueprint.add_app_template_global(formal_requirements, "formal_requirements")


@blueprint.url_value_preprocessor
def allow_uploads(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Files are larger than other forms. Before anything looks at the form, hence here."""
    if endpoint == "admissibility.answer":
        request.max_content_length = MOST_UPLOADS * MOST_EACH


@blueprint.errorhandler(CSRFError)
def form_expired(_error: CSRFError) -> ResponseReturnValue:
    """The session in which the form was made is gone: nothing typed is lost."""
    return keep_typed()


@blueprint.get("/oproepen/<int:addendum_id>/bewerken/vormvereisten")
@for_call(REQUIREMENTS)
def requirements(call: Call) -> ResponseReturnValue:
    return _requirements_page(call)


@blueprint.post("/oproepen/<int:addendum_id>/bewerken/vormvereisten")
@for_call(REQUIREMENTS)
def save_list(call: Call) -> ResponseReturnValue:
    rows = requirements_of(call.id)
    form = requirements_form(rows, seal_of(rows))
    if "more" in request.form:
        form.count.data = str(form.place_count + 1)
        return _requirements_page(call, form, more=True)
    lines, places = wanted_lines(form)
    try:
        save_requirements(call.id, lines, seen=form.seen.data or "", by=current_actor())
    except DomainError as error:
        form.refuse(_at_place(error, places))
        changed = error.code == "admissibility_list_changed"
        form.seen.data = seal_of(requirements_of(call.id))
        return _requirements_page(call, form, stored=changed), 409 if changed else 422
    flash("De lijst is bewaard.", "success")
    return redirect(url_for("admissibility.requirements", addendum_id=call.id))


def _at_place(error: DomainError, places: list[int]) -> DomainError:
    """The rule counts the lines that stay, the page all of them."""
    if error.field and error.field.startswith("lines-"):
        _, index, name = error.field.split("-")
        error.field = f"lines-{places[int(index)]}-{name}"
    return error


def _requirements_page(call: Call, form: Any = None, *, more: bool = False, stored: bool = False) -> str:
    rows = requirements_of(call.id)
    frozen = call.facts.published_at is not None
    if more:
        request.form = request.form.copy()  # type: ignore[assignment]
        request.form["count"] = form.count.data  # type: ignore[index]
        form = requirements_form(rows, form.seen.data)
    return render_template(
        "admissibility/requirements.html",
        call=call,
        form=form or requirements_form(rows, seal_of(rows)),
        automatic=[row for row in rows if row.kind in AUTOMATIC],
        rows=rows,
        stored=[row for row in rows if row.kind not in AUTOMATIC] if stored else None,
        kinds=KINDS,
        frozen=frozen,
    )


@blueprint.get("/oproepen/<int:addendum_id>/ontvankelijkheid")
@for_call(VIEW)
def overview(call: Call) -> ResponseReturnValue:
    """Every proposal against every requirement; without those the reader has a conflict with, or has still to
    declare about."""
    now = clock.now()
    actor, running = current_actor(), {row.organisation_id for row in standing(call.id)}
    away = in_conflict(actor, call.id) | closed_to(actor, call.id, running)
    facts = overview_facts(call, dossiers([call.id], now, without=away), now)
    return render_template("admissibility/overview.html", call=call, left_out=left_out(len(away)), **facts)
