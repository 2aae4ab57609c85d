"""Addresses of the formal check of one proposal: ticking, asking, more time."""

from datetime import timedelta
from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.admissibility import checking
from app.admissibility.checking import CHECK
from app.admissibility.dossiers import dossier
from app.admissibility.forms import (
    ask_form,
    asked_numbers,
    check_form,
    chosen_day,
    extend_form,
    ticked,
)
from app.admissibility.presenters import examine_facts, stale_lines, state_words
from app.admissibility.rows import Dossier
from app.admissibility.views import VIEW, blueprint
from app.admissibility.wording import STATES
from app.domain.admissibility import can_be_asked
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import local_day
from app.infra import clock, storage
from app.infra.downloads import file_download
from app.infra.forms import VersionedForm
from app.infra.messages import say
from app.proposals.guard import for_proposal
from app.proposals.policy import ProposalRef
from app.proposals.seal.sealing import call_key

Refused = tuple[str, int]


@blueprint.get("/kandidaturen/<int:proposal_id>/ontvankelijkheid")
@for_proposal(VIEW)
def examine(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    found = dossier(call.id, ref.id, clock.now())
    return examine_page(call, ref, check_form(found), found)


def examine_page(call: Call, ref: ProposalRef, form: VersionedForm, found: Dossier, **more: Any) -> str:
    facts = examine_facts(call, found, clock.now())
    return render_template(
        "admissibility/examine.html", call=call, proposal=ref, form=form, **{**facts, **more}
    )


@blueprint.post("/kandidaturen/<int:proposal_id>/ontvankelijkheid")
@for_proposal(CHECK)
def check(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    found = dossier(call.id, ref.id, clock.now())
    form = check_form(found)
    try:
        state = checking.save_checks(
            ref.id, ticked(form, found), seen=form.seen_version(), by=current_actor()
        )
    except (NotFound, Forbidden):
        raise
    except Stale as error:
        form.version.data = str(error.version)
        lines = stale_lines(found, error.theirs.items())
        return examine_page(call, ref, form, found, theirs=lines), 409
    except DomainError as error:
        form.refuse(error)
        return examine_page(call, ref, form, found), 422
    flash(f"Bewaard. Stand: {STATES[state][0].lower()}.", "success")
    return redirect(url_for("admissibility.examine", proposal_id=ref.id))


@blueprint.post("/kandidaturen/<int:proposal_id>/ontvankelijkheid/in-orde")
@for_proposal(CHECK)
def in_order(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """One click for a proposal with which nothing is wrong."""
    try:
        checking.all_in_order(ref.id, seen=VersionedForm().seen_version(), by=current_actor())
        flash(f"{ref.organisation_name}: alles in orde.", "success")
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        flash(f"{ref.organisation_name}: {_changed(error)}", "error")
    return redirect(url_for("admissibility.overview", addendum_id=call.id))


def _changed(error: DomainError) -> str:
    if isinstance(error, Stale):
        return "intussen veranderde er iets. Kijk na wat er nu staat en probeer opnieuw."
    return say(error)


@blueprint.route("/kandidaturen/<int:proposal_id>/ontvankelijkheid/aanvulling", methods=["GET", "POST"])
@for_proposal(CHECK)
def ask(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """Ask for what is missing."""
    now = clock.now()
    found = dossier(call.id, ref.id, now)
    cells = [cell for cell in found.cells if can_be_asked(cell.item, now)]
    form = ask_form(cells, local_day(now), found.version, call.written_until)
    if form.is_submitted():
        try:
            checking.request_completion(
                ref.id,
                asked_numbers(form),
                form["message"].data or "",
                chosen_day(form),
                seen=form.seen_version(),
                by=current_actor(),
            )
        except DomainError as error:
            status = refuse_form(form, error)
        else:
            flash(f"De vraag is verstuurd naar iedereen van {ref.organisation_name}.", "success")
            return redirect(url_for("admissibility.examine", proposal_id=ref.id))
    else:
        status = 200
    page = render_template(
        "admissibility/ask.html",
        call=call,
        proposal=ref,
        form=form,
        cells=cells,
        found=found,
        state=state_words(found, now),
    )
    return page, status


def refuse_form(form: VersionedForm, error: DomainError) -> int:
    """The refusal in the form, and the status of its page. Who may not, gets the page for that."""
    if isinstance(error, NotFound | Forbidden):
        raise error
    for one in getattr(error, "problems", None) or [error]:
        form.refuse(one)
    if isinstance(error, Stale):
        form.version.data = str(error.version)
        form.form_errors[-1] = (
            "Intussen veranderde er iets aan deze kandidatuur. Kijk na wat er nu staat en bewaar opnieuw. "
            "Wat je schreef, staat er nog."
        )
        return 409
    return 422


@blueprint.route("/kandidaturen/<int:proposal_id>/ontvankelijkheid/termijn", methods=["GET", "POST"])
@for_proposal(CHECK)
def extend(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """More time for one applicant, with the reason."""
    now, status = clock.now(), 200
    found = dossier(call.id, ref.id, now)
    ends = [cell.item.until for cell in found.cells if cell.item.missing and cell.item.until]
    until = local_day(max(ends) - timedelta(minutes=1)) if ends else None
    form = extend_form(local_day(now), until, found.version, call.written_until)
    if form.is_submitted():
        try:
            checking.extend_term(
                ref.id,
                chosen_day(form),
                form["reason"].data or "",
                seen=form.seen_version(),
                by=current_actor(),
            )
        except DomainError as error:
            status = refuse_form(form, error)
        else:
            flash("De termijn is verlengd. De kandidaat krijgt een mail.", "success")
            return redirect(url_for("admissibility.examine", proposal_id=ref.id))
    page = render_template("admissibility/extend.html", call=call, proposal=ref, form=form, until=until)
    return page, status


@blueprint.get("/kandidaturen/<int:proposal_id>/ontvankelijkheid/aanvulling/<int:number>")
@for_proposal(VIEW)
def file(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    return sent_file(call, dossier(call.id, ref.id, clock.now()), number) or redirect(
        url_for("admissibility.examine", proposal_id=ref.id)
    )


def sent_file(call: Call, found: Dossier, number: int) -> Response | None:
    """The file that completes one requirement, only to be kept, never shown in the browser; None without
    one. NotFound for a number that is not on the list."""
    cell = next((one for one in found.cells if one.item.number == number), None)
    if cell is None:
        raise NotFound("requirement")
    if cell.asked is None or cell.asked.file is None:
        return None
    row = cell.asked.file
    return file_download(storage.read(row.object_key, call_key(call.id)), row.name, row.size)
