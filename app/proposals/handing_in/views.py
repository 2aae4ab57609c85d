"""Handing in: checklist and preview, the receipt, withdrawing."""

import secrets
from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra.downloads import disposition
from app.infra.messages import say
from app.proposals.amended.queries import amendments_for, unconfirmed
from app.proposals.content import blocked_by, canonical, checklist, digest
from app.proposals.forms import SubmitForm, WithdrawForm
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.handing_in.receipts import (
    FILE_NAME,
    receipt_facts,
    receipt_pdf,
    receipt_text,
    signed_receipt,
    status_of,
)
from app.proposals.handing_in.submitting import SUBMIT, Receipt, submit_proposal, withdraw_proposal
from app.proposals.policy import OWN_DRAFT, ProposalRef
from app.proposals.presenters import check_items
from app.proposals.queries import OwnSubmission, own_submissions
from app.proposals.seal.sealing import contents
from app.proposals.views import blueprint, page_facts
from app.proposals.writing.drafts import cost_requested, working_content

RECEIPT = "proposal.own.submitted.view_and_receipt"
_GONE = {"withdrawn": "ingetrokken", "superseded": "vervangen door een latere versie"}


@blueprint.get("/kandidaturen/<int:proposal_id>/indienen")
@for_proposal(OWN_DRAFT)
def submit_page(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    return _submit_page(call, ref)


@blueprint.post("/kandidaturen/<int:proposal_id>/indienen")
@for_own_write(SUBMIT)
def submit(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = SubmitForm()
    try:
        receipt = submit_proposal(
            ref.id, key=form.key.data or "", by=current_actor(), seen=form.seen.data or ""
        )
    except DomainError as error:
        late = isinstance(error, Forbidden) or error.code == "too_late"
        changed = 409 if error.code == "changed_meanwhile" else 422
        return _submit_page(call, ref, error), 403 if late else changed
    return _told(receipt, ref)


def _told(receipt: Receipt, ref: ProposalRef) -> ResponseReturnValue:
    """A receipt that no longer counts is no "Ingediend": then one looks again and hands in anew."""
    if receipt.state in _GONE:
        flash(
            f"Er is nu niets ingediend. Dit formulier gaf al ontvangstbewijs {receipt.number}, en dat is "
            f"intussen {_GONE[receipt.state]}. Hier staat hoe het nu is.",
            "warning",
        )
        return redirect(url_for("proposals.submit_page", proposal_id=ref.id))
    if receipt.state == "stood":
        flash(
            f"Dit stond al ingediend, er is niets gewijzigd. Ontvangstbewijs {receipt.number} telt.", "info"
        )
    else:
        flash(f"Ingediend. Het ontvangstbewijs {receipt.number} is ook per mail onderweg.", "success")
    return redirect(url_for("proposals.receipt", proposal_id=ref.id, nummer=receipt.number))


def _submit_page(call: Call, ref: ProposalRef, error: DomainError | None = None) -> str:
    content = working_content(ref.id)
    waiting = len(unconfirmed(amendments_for(ref.id, {ref.organisation_id})))
    checks = checklist(content, cost_requested=cost_requested(call.id), unconfirmed=waiting)
    return render_template(
        "proposals/submit.html",
        form=SubmitForm(
            formdata=None, data={"key": secrets.token_urlsafe(24), "seen": digest(canonical(content))}
        ),
        needed=check_items([one for one in checks if one.blocks], ref),
        advised=check_items([one for one in checks if not one.blocks], ref),
        ready=not blocked_by(content) and not waiting,
        is_owner=may_here(call, SUBMIT, ref.organisation_id),
        refusal=say(error) if error else "",
        **page_facts(call, ref, content, "submit"),
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/ontvangstbewijs")
@for_proposal(RECEIPT)
def receipt(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The one that stands, or the number asked for; before anything was handed in, the way to do so."""
    history = own_submissions(ref.id)
    if not history:
        return redirect(url_for("proposals.submit_page", proposal_id=ref.id))
    chosen = _chosen(history)
    return render_template(
        "proposals/receipt.html",
        facts=receipt_facts(call, chosen.submission, chosen.submitted_by, ref.organisation_id),
        is_standing=chosen.stands,
        history=[(one.submission, status_of(one.submission)) for one in history],
        can_change=may_here(call, SUBMIT, ref.organisation_id),
        **page_facts(call, ref, working_content(ref.id), "receipt"),
    )


def _chosen(history: list[OwnSubmission]) -> OwnSubmission:
    """Newest first; NotFound for a number that is not one of theirs."""
    number = request.args.get("nummer")
    if number:
        found = next((one for one in history if one.submission.receipt_number == number), None)
    else:
        found = next((one for one in history if one.stands), next(iter(history), None))
    if found is None:
        raise NotFound("submission")
    return found


@blueprint.get("/kandidaturen/<int:proposal_id>/ontvangstbewijs.pdf", endpoint="receipt_pdf")
@for_proposal(RECEIPT)
def receipt_pdf_file(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    chosen = _chosen(own_submissions(ref.id))
    pdf = receipt_pdf(receipt_facts(call, chosen.submission, chosen.submitted_by, ref.organisation_id))
    return download(pdf, "application/pdf", f"ontvangstbewijs-{chosen.submission.receipt_number}.pdf")


@blueprint.get("/kandidaturen/<int:proposal_id>/ontvangstbewijs.json")
@for_proposal(RECEIPT)
def receipt_file(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The receipt that proves itself, with its place in the chain once a head covers it."""
    signed = signed_receipt(_chosen(own_submissions(ref.id)).submission, ref.organisation_id)
    if signed is None:
        raise NotFound("submission")
    return download(receipt_text(signed).encode(), "application/json", FILE_NAME)


@blueprint.get("/kandidaturen/<int:proposal_id>/ingediend.json")
@for_proposal(RECEIPT)
def submitted_text(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The exact bytes whose SHA-256 stands on the receipt."""
    submission = _chosen(own_submissions(ref.id)).submission
    text = contents([submission.id], {ref.organisation_id})[submission.id]
    return download(text.encode(), "application/json", f"kandidatuur-{submission.receipt_number}.json")


def download(data: bytes, mimetype: str, name: str) -> Response:
    response = Response(data, mimetype=mimetype)
    response.headers["Content-Disposition"] = disposition(name)
    return response


@blueprint.get("/kandidaturen/<int:proposal_id>/intrekken")
@for_proposal(SUBMIT)
def withdraw_page(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    if not any(one.stands for one in own_submissions(ref.id)):
        return redirect(url_for("proposals.submit_page", proposal_id=ref.id))
    return _withdraw_page(call, ref, WithdrawForm())


@blueprint.post("/kandidaturen/<int:proposal_id>/intrekken")
@for_own_write(SUBMIT)
def withdraw(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = WithdrawForm()
    if not form.validate():
        return _withdraw_page(call, ref, form), 422
    try:
        withdraw_proposal(ref.id, reason=form.reason.data or "", by=current_actor())
    except DomainError as error:
        form.refuse(error)
        return _withdraw_page(call, ref, form), 422 if error.code == "nothing_to_withdraw" else 403
    flash("Jullie kandidatuur is ingetrokken. Opnieuw indienen kan tot de uiterste datum.", "info")
    return redirect(url_for("proposals.edit", proposal_id=ref.id))


def _withdraw_page(call: Call, ref: ProposalRef, form: WithdrawForm) -> str:
    facts: dict[str, Any] = page_facts(call, ref, working_content(ref.id), "submit")
    return render_template("proposals/withdraw.html", form=form, **facts)
