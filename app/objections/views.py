"""Addresses of objections for the applicant."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.decisions.queries import notified_decision
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.infra.documents import pdf_download
from app.objections.forms import ObjectionForm, objection_form
from app.objections.judging import RULING_NAME
from app.objections.presenters import own_facts
from app.objections.queries import objection_on, ruling_pdf
from app.objections.services import DRAFT, SUBMIT, save_draft, submit
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.policy import ProposalRef

blueprint = Blueprint("objections", __name__)


@blueprint.get("/kandidaturen/<int:proposal_id>/weerwoord")
@for_proposal("objection.own.view")
def own(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """Write it, see it handed in, read the ruling: one page."""
    return _own_page(call, ref, objection_form(objection_on(ref.id)))


@blueprint.post("/kandidaturen/<int:proposal_id>/weerwoord")
@for_own_write(DRAFT)
def save(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = ObjectionForm()
    try:
        save_draft(ref.id, form.text(), by=current_actor())
    except DomainError as error:
        return _refused(call, ref, form, error)
    flash("Je ontwerp is bewaard. Het is nog niet ingediend.", "success")
    return redirect(url_for("objections.own", proposal_id=ref.id))


@blueprint.post("/kandidaturen/<int:proposal_id>/weerwoord/indienen")
@for_own_write(SUBMIT)
def file(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = ObjectionForm()
    try:
        submit(ref.id, form.text(), by=current_actor())
    except DomainError as error:
        return _refused(call, ref, form, error)
    flash("Je weerwoord is ingediend. Alle collega’s krijgen een bevestiging per mail.", "success")
    return redirect(url_for("objections.own", proposal_id=ref.id))


def _refused(call: Call, ref: ProposalRef, form: ObjectionForm, error: DomainError) -> ResponseReturnValue:
    """The same page with what was typed and the reason why not."""
    if isinstance(error, NotFound) or error.code == "not_in_this_phase":
        raise error
    if error.code == "objection_field_missing":
        form.is_complete()
        return _own_page(call, ref, form, typed=True), 422
    form.refuse(error)
    if isinstance(error, Stale):
        form.version.data = str(error.version)
        return _own_page(call, ref, form, typed=True, theirs=error.theirs), 409
    return _own_page(call, ref, form, typed=True), 403 if isinstance(error, Forbidden) else 422


def _own_page(
    call: Call,
    ref: ProposalRef,
    form: ObjectionForm,
    *,
    typed: bool = False,
    theirs: dict[str, str] | None = None,
) -> str:
    """`typed`: somebody just sent these words, so they are shown whatever the window says."""
    facts = own_facts(call, notified_decision(ref.id), objection_on(ref.id))
    return render_template(
        "objections/own.html", call=call, proposal=ref, form=form, typed=typed, theirs=theirs, **facts
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/weerwoord/uitspraak.pdf")
@for_proposal("objection.own.view")
def own_ruling(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The letter about the ruling, as it was sent; before there is one, the page that says so."""
    row = objection_on(ref.id)
    pdf = ruling_pdf(row.id) if row else None
    if pdf is None:
        return redirect(url_for("objections.own", proposal_id=ref.id))
    return pdf_download(pdf, RULING_NAME)
