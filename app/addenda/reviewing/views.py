"""Addresses of the review: the source beside the result, and a newer document beside the draft."""

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.drafting.difference_parts import LABELS
from app.addenda.drafting.drafts import load_addendum, load_draft, read_draft, same_document
from app.addenda.drafting.editing import EDIT
from app.addenda.editor.forms import ConfirmForm
from app.addenda.guard import for_call, may_here
from app.addenda.models import Addendum
from app.addenda.queries import Call
from app.addenda.reviewing import reimporting
from app.addenda.reviewing import services as reviewing
from app.addenda.reviewing.forms import HOW, Correction, MoveForm, correction_form
from app.addenda.reviewing.places import Atlas, anchor
from app.addenda.reviewing.presenters_comparing import comparison_view
from app.addenda.reviewing.presenters_result import SectionView, section_views
from app.addenda.reviewing.presenters_source import source_lines, target_groups
from app.addenda.reviewing.report import Report, report_of
from app.addenda.views import blueprint
from app.domain.errors import DomainError, Stale
from app.infra.messages import say

VIEW = "addendum.draft.view"
_MANY = 20_000
_DIGITS = 18
STALE = (
    "Deze pagina is intussen ook elders bewaard, door jezelf of een collega. Je keuze staat er nog: kijk na "
    "wat er nu staat en bevestig opnieuw."
)


@blueprint.get("/oproepen/<int:addendum_id>/bron")
@for_call(VIEW)
def review(call: Call) -> ResponseReturnValue:
    """The document on the left, what was made of it on the right."""
    return _page(call)


@blueprint.post("/oproepen/<int:addendum_id>/bron/klopt")
@for_call(EDIT)
def accept(call: Call) -> ResponseReturnValue:
    """One section, or several at once: `onderdeel` values like "challenge:4=8812"."""
    seen = dict(filter(None, (_section_seen(one) for one in request.form.getlist("onderdeel"))))
    try:
        reviewing.accept(call.id, seen, by=current_actor())
    except Stale:
        return _page(call, wrong={"errors": [STALE]}, status=409)
    return redirect(url_for("addenda.review", addendum_id=call.id, _anchor=_next_open(call, list(seen))))


@blueprint.post("/oproepen/<int:addendum_id>/bron/toch-nakijken")
@for_call(EDIT)
def reopen(call: Call) -> ResponseReturnValue:
    section = request.form.get("onderdeel", "")
    reviewing.reopen(call.id, section, by=current_actor())
    return redirect(url_for("addenda.review", addendum_id=call.id, _anchor=anchor(section, "deel")))


@blueprint.post("/oproepen/<int:addendum_id>/bron/verbeteren")
@for_call(EDIT)
def correct(call: Call) -> ResponseReturnValue:
    """Another value at one place."""
    at = request.form.get("at", "")
    form = correction_form(at)
    status = 422
    if form.validate():
        try:
            gone = reviewing.correct(call.id, at, form.value(), seen=form.seen_version(), by=current_actor())
            if gone:
                flash(f"Bewaard. {gone}", "warning")
            return redirect(url_for("addenda.review", addendum_id=call.id, _anchor=anchor(at)))
        except Stale:
            form.form_errors.append(STALE)
            status = 409
        except DomainError as error:
            if error.code == "not_found":
                raise
            label = LABELS.get(error.field or "")
            form.form_errors.append(f"{label}: {say(error)}" if label else say(error))
    return _page(call, wrong=_wrong(form, at), status=status)


@blueprint.post("/oproepen/<int:addendum_id>/bron/verplaatsen")
@for_call(EDIT)
def move_lines(call: Call) -> ResponseReturnValue:
    """The ticked lines of the source go to another place."""
    form = MoveForm()
    found = (_whole(one) for one in request.form.getlist("regel")[:_MANY])
    lines = [one for one in found if one is not None]
    to, how = str(form.to.data or ""), str(form.how.data or "")
    try:
        left = reviewing.move_lines(call.id, lines, to, how, seen=form.seen_version(), by=current_actor())
    except Stale:
        return _page(call, moving={"lines": lines, "to": to, "how": how, "errors": [STALE]}, status=409)
    except DomainError as error:
        said = {"lines": lines, "to": to, "how": how, "errors": [say(error)]}
        return _page(call, moving=said, status=422)
    count = "1 regel is verplaatst." if len(set(lines)) == 1 else f"{len(set(lines))} regels zijn verplaatst."
    if left:
        count += f" Wat er stond bij {', '.join(left)} is niet ingekort: verbeter dat zelf."
    flash(count, "warning" if left else "success")
    return redirect(url_for("addenda.review", addendum_id=call.id, _anchor=f"regel-{min(lines)}"))


def _section_seen(value: str) -> tuple[str, int] | None:
    section, _, text = value.rpartition("=")
    seen = _whole(text)
    return (section, seen) if section and seen is not None else None


def _whole(text: str) -> int | None:
    """A whole number of a size that makes sense here."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else None


def _next_open(call: Call, done: list[str]) -> str:
    """Where she goes on: the first section after this one that was not looked at."""
    addendum = load_addendum(call.id)
    report, atlas = report_of(addendum), Atlas(read_draft(addendum))
    keys = atlas.sections()
    place = keys.index(done[-1]) if done and done[-1] in keys else -1
    for key in [*keys[place + 1 :], *keys]:
        said = report.accepted.get(key)
        if said is None or said.fingerprint != atlas.fingerprint(key):
            return anchor(key, "deel")
    return "nazicht"


def _wrong(form: Correction, at: str) -> dict[str, Any]:
    """What was typed at one place, with what is wrong with it."""
    errors = [str(one) for found in form.errors.values() for one in found]
    typed = {
        name: request.form.get(name, "") for name in form.data if name not in ("at", "version", "csrf_token")
    }
    return {"at": at, "anchor": anchor(at), "errors": errors, "typed": typed}


def _page(
    call: Call,
    *,
    wrong: dict[str, Any] | None = None,
    moving: dict[str, Any] | None = None,
    status: int = 200,
) -> ResponseReturnValue:
    addendum = load_addendum(call.id)
    report, atlas = report_of(addendum), Atlas(read_draft(addendum))
    sections, loose = _sections(call, addendum, report, atlas)
    lines = source_lines(addendum.source_text, report, atlas) if addendum.source_text else []
    page = render_template(
        "addenda/review.html",
        call=call,
        addendum=addendum,
        twins=same_document(addendum),
        lines=lines,
        missed=[one for one in lines if one.state == "missed"],
        sections=sections,
        open_sections=[one for one in sections if one.open],
        sure=[one for one in sections if one.open and one.tone == "success"],
        loose=loose,
        targets=target_groups(atlas),
        how=HOW,
        may_write=addendum.published_at is None and may_here(call, EDIT),
        wrong=wrong or {},
        moving=moving or {},
        crumb="Bron en resultaat",
    )
    return page, status


def _sections(
    call: Call, addendum: Addendum, report: Report, atlas: Atlas
) -> tuple[list[SectionView], list[dict[str, Any]]]:
    towns = {one.id: one.name for one in addendum.municipalities}
    names = reviewing.names_of(report)
    return section_views(call.id, report, atlas, towns, names)


@blueprint.get("/oproepen/<int:addendum_id>/opnieuw-inlezen/<int:job_id>")
@for_call(EDIT)
def import_again_compare(call: Call, job_id: int) -> ResponseReturnValue:
    """What a newer document would change, with a choice per difference."""
    addendum = load_draft(call.id)
    job = reimporting.job_for(addendum, job_id)
    if job.used_at is not None:
        flash("Dit document is al verwerkt.", "info")
        return redirect(url_for("addenda.review", addendum_id=call.id))
    return _compare_page(call, addendum, job_id, {}, [])


@blueprint.post("/oproepen/<int:addendum_id>/opnieuw-inlezen/<int:job_id>")
@for_call(EDIT)
def import_again_apply(call: Call, job_id: int) -> ResponseReturnValue:
    """Everything she chose, in one go; a second click changes nothing."""
    form = ConfirmForm()
    choices = {
        name.removeprefix("keuze-"): value
        for name, value in request.form.items()
        if name.startswith("keuze-")
    }
    try:
        done = reimporting.apply(call.id, job_id, choices, seen=form.seen_version(), by=current_actor())
    except Stale:
        return _compare_page(call, load_draft(call.id), job_id, choices, [STALE], 409)
    except DomainError as error:
        if error.code == "not_found":
            abort(404)
        return _compare_page(call, load_draft(call.id), job_id, choices, [say(error)], 422)
    flash(
        "Het nieuwe document is verwerkt." if done else "Dit document is al verwerkt.",
        "success" if done else "info",
    )
    return redirect(url_for("addenda.review", addendum_id=call.id))


def _compare_page(
    call: Call, addendum: Addendum, job_id: int, choices: dict[str, str], errors: list[str], status: int = 200
) -> ResponseReturnValue:
    job = reimporting.job_for(addendum, job_id)
    found = reimporting.comparison(addendum, job)
    page = render_template(
        "addenda/import_compare.html",
        call=call,
        job=job,
        found=found,
        view=comparison_view(found, choices, reimporting.town_names()),
        version=addendum.version,
        errors=errors,
        crumb="Nieuw document vergelijken",
    )
    return page, status
