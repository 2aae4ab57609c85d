"""Addresses of objections for the applicant: writing, reading it over, filing, and what became of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.decisions.queries import notified_decision
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.infra.documents import pdf_download
from app.infra.formats import moment
from app.objections.forms import ObjectionForm, objection_form, read_again
from app.objections.judging import RULING_NAME
from app.objections.presenters import missing_parts, own_facts
from app.objections.queries import (
    ObjectionRow,
    criteria_of,
    earlier_objections,
    objection_on,
    ruling_pdf,
)
from app.objections.services import DRAFT, SUBMIT, ObjectionText, save_draft, submit
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.policy import ProposalRef

blueprint = Blueprint("objections", __name__)
VIEW = "objection.own.view"
_NEXT = {"read": "objections.preview", "files": "objections.own_files"}
_KEPT = "Je ontwerp is bewaard. Het is nog niet ingediend."


@blueprint.get("/kandidaturen/<int:proposal_id>/weerwoord")
@for_proposal(VIEW)
def own(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """Write it, see it handed in, read the ruling: one page."""
    return _own_page(call, ref)


@blueprint.post("/kandidaturen/<int:proposal_id>/weerwoord")
@for_own_write(DRAFT)
def save(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """Keep the draft, and go on to where the button said."""
    form = ObjectionForm()
    after = _NEXT.get(request.form.get("next", ""), "objections.own")
    try:
        save_draft(ref.id, form.text(), by=current_actor(), to_file=after == "objections.preview")
    except DomainError as error:
        return _refused(call, ref, form, error)
    flash(_KEPT, "success")
    return redirect(url_for(after, proposal_id=ref.id))


@blueprint.get("/kandidaturen/<int:proposal_id>/weerwoord/nalezen")
@for_proposal(VIEW)
def preview(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """What the region will read, before it is filed; without a draft there is nothing to read."""
    row = objection_on(ref.id)
    facts = own_facts(call, notified_decision(ref.id), row)
    if row is None or not facts["may_write"]:
        return redirect(url_for("objections.own", proposal_id=ref.id))
    return render_template(
        "objections/preview.html", call=call, proposal=ref, missing=missing_parts(row), **facts
    )


@blueprint.post("/kandidaturen/<int:proposal_id>/weerwoord/indienen")
@for_own_write(SUBMIT)
def file(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The words that were sent, or those of the draft that was read over."""
    row = objection_on(ref.id)
    form = ObjectionForm()
    text = form.text() if "grounds" in request.form else read_again(row)
    try:
        submit(ref.id, text, by=current_actor())
    except DomainError as error:
        runs = may_here(call, SUBMIT, ref.organisation_id)
        if runs and error.code == "objection_filed_already" and _is_what_was_filed(row, text):
            return _filed_before(ref, row)
        if "grounds" not in request.form:
            form = objection_form(row, notified_decision(ref.id).id) if row else form
        return _refused(call, ref, form, error)
    flash("Je weerwoord is ingediend. Alle collega’s krijgen een bevestiging per mail.", "success")
    return redirect(url_for("objections.own", proposal_id=ref.id))


def _is_what_was_filed(row: ObjectionRow | None, text: ObjectionText) -> bool:
    sent = (text.contested, text.grounds, text.request)
    return row is not None and (row.contests, row.grounds, row.asks) == sent


def _filed_before(ref: ProposalRef, row: ObjectionRow | None) -> ResponseReturnValue:
    """A second click."""
    when = moment(row.submitted_at, seconds=True) if row else ""
    flash(f"Je weerwoord was al ingediend, op {when}. Er is niets dubbel.", "info")
    return redirect(url_for("objections.own", proposal_id=ref.id))


def _refused(call: Call, ref: ProposalRef, form: ObjectionForm, error: DomainError) -> ResponseReturnValue:
    """The same page with what was typed and the reason why not."""
    if isinstance(error, NotFound) or error.code == "not_in_this_phase":
        raise error
    if error.code == "objection_field_missing":
        form.is_complete()
        return _own_page(call, ref, form), 422
    form.refuse(error)
    if isinstance(error, Stale):
        form.version.data = str(error.version)
        return _own_page(call, ref, form, theirs=error.theirs), 409
    if error.code == "objection_other_decision":
        form.decision.data = str(notified_decision(ref.id).id)
        form.version.data = str(_version(objection_on(ref.id)))
    return _own_page(call, ref, form), 403 if isinstance(error, Forbidden) else 422


def _version(row: ObjectionRow | None) -> int:
    return row.version if row else 0


def _own_page(
    call: Call, ref: ProposalRef, form: ObjectionForm | None = None, theirs: dict[str, str] | None = None
) -> str:
    """`form`: somebody just sent these words, so they are shown whatever the window says."""
    decision, row = notified_decision(ref.id), objection_on(ref.id)
    shown = form or objection_form(row, decision.id)
    shown.offer(criteria_of(call.id))
    return render_template(
        "objections/own.html",
        call=call,
        proposal=ref,
        form=shown,
        typed=form is not None,
        theirs=theirs,
        **own_facts(call, decision, row),
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/weerwoord/uitspraak.pdf")
@for_proposal(VIEW)
def own_ruling(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The letter about the ruling, as it was sent; before there is one, the page that says so."""
    return _ruling(ref, objection_on(ref.id))


@blueprint.get("/kandidaturen/<int:proposal_id>/weerwoord/beslissing-<int:number>/uitspraak.pdf")
@for_proposal(VIEW)
def earlier_ruling(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    """The same, about a decision that no longer stands; `number` is of that decision."""
    return _ruling(ref, next((r for r in earlier_objections(ref.id) if r.decision_number == number), None))


def _ruling(ref: ProposalRef, row: ObjectionRow | None) -> ResponseReturnValue:
    pdf = ruling_pdf(row.id) if row else None
    if pdf is None:
        return redirect(url_for("objections.own", proposal_id=ref.id))
    return pdf_download(pdf, RULING_NAME)
