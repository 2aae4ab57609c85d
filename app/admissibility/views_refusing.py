"""Addresses of refusing and of taking a refusal back: proposed by one person, confirmed by another."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.admissibility import refusing
from app.admissibility.dossiers import dossier
from app.admissibility.forms import ConfirmForm, ReasonForm, check_form, refusal_form, refusal_reasons
from app.admissibility.letters import refusal_letter
from app.admissibility.presenters import spoken, too_early
from app.admissibility.refusing import REFUSE
from app.admissibility.views import VIEW, blueprint
from app.admissibility.views_checking import examine_page, refuse_form
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.documents import pdf_download
from app.proposals.guard import for_proposal
from app.proposals.letters import letter_pdf
from app.proposals.policy import ProposalRef


@blueprint.route("/kandidaturen/<int:proposal_id>/ontvankelijkheid/weigering", methods=["GET", "POST"])
@for_proposal(REFUSE)
def refuse(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """Propose that a proposal is not admissible."""
    status, found = 200, dossier(call.id, ref.id, clock.now())
    form = refusal_form(found)
    if form.is_submitted():
        try:
            refusing.propose_refusal(
                ref.id,
                refusal_reasons(form),
                form["legal_basis"].data or "",
                form["appeal_routes"].data or "",
                seen=form.seen_version(),
                by=current_actor(),
            )
        except DomainError as error:
            status = refuse_form(form, error)
        else:
            flash("Het voorstel is bewaard. Iemand anders van de regio bevestigt het.", "success")
            return redirect(url_for("admissibility.examine", proposal_id=ref.id))
    page = render_template(
        "admissibility/refuse.html",
        call=call,
        proposal=ref,
        form=form,
        found=found,
        typed=refusal_reasons(form) if form.is_submitted() else {},
        too_early=too_early(found, clock.now()),
    )
    return page, status


@blueprint.post("/kandidaturen/<int:proposal_id>/ontvankelijkheid/weigering/bevestigen")
@for_proposal(REFUSE)
def confirm_refusal(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = ConfirmForm()
    if not form.read.data:
        return _refused(call, ref, DomainError("admissibility_not_read"))
    done = f"{ref.organisation_name} is niet ontvankelijk verklaard. De brief is onderweg."
    return _act(call, ref, refusing.confirm_refusal, form.seen_version(), done)


@blueprint.post("/kandidaturen/<int:proposal_id>/ontvankelijkheid/weigering/intrekken")
@for_proposal(REFUSE)
def drop_refusal(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    done = "Het voorstel om te weigeren is ingetrokken."
    return _act(call, ref, refusing.drop_refusal, ConfirmForm().seen_version(), done)


@blueprint.route("/kandidaturen/<int:proposal_id>/ontvankelijkheid/herroeping", methods=["GET", "POST"])
@for_proposal(REFUSE)
def revoke(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """Propose to take a refusal back."""
    status, found = 200, dossier(call.id, ref.id, clock.now())
    form = ReasonForm(data={"version": str(found.version)})
    if form.is_submitted():
        try:
            refusing.propose_revocation(
                ref.id, form.reason.data or "", seen=form.seen_version(), by=current_actor()
            )
        except DomainError as error:
            status = refuse_form(form, error)
        else:
            flash("Het voorstel om te herroepen is bewaard. Iemand anders bevestigt het.", "success")
            return redirect(url_for("admissibility.examine", proposal_id=ref.id))
    page = render_template("admissibility/revoke.html", call=call, proposal=ref, form=form, found=found)
    return page, status


@blueprint.post("/kandidaturen/<int:proposal_id>/ontvankelijkheid/herroeping/bevestigen")
@for_proposal(REFUSE)
def confirm_revocation(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = ConfirmForm()
    if not form.read.data:
        return _refused(call, ref, DomainError("admissibility_not_read"))
    done = f"De weigering is herroepen. {ref.organisation_name} doet weer mee."
    return _act(call, ref, refusing.confirm_revocation, form.seen_version(), done)


@blueprint.post("/kandidaturen/<int:proposal_id>/ontvankelijkheid/herroeping/intrekken")
@for_proposal(REFUSE)
def drop_revocation(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    done = "Het voorstel om te herroepen is ingetrokken."
    return _act(call, ref, refusing.drop_revocation, ConfirmForm().seen_version(), done)


def _act(call: Call, ref: ProposalRef, act: Callable[..., None], seen: int, done: str) -> ResponseReturnValue:
    try:
        act(ref.id, seen=seen, by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        return _refused(call, ref, error)
    flash(done, "success")
    return redirect(url_for("admissibility.examine", proposal_id=ref.id))


def _refused(call: Call, ref: ProposalRef, error: DomainError) -> ResponseReturnValue:
    """The page as it is now, with why it did not go through."""
    found = dossier(call.id, ref.id, clock.now())
    stale = isinstance(error, Stale)
    said = "Intussen veranderde er iets. Lees wat er nu staat en beslis opnieuw." if stale else spoken(error)
    form = check_form(found)
    form.version.data = str(found.version)
    return examine_page(call, ref, form, found, refused=said), 409 if stale else 422


@blueprint.get("/kandidaturen/<int:proposal_id>/ontvankelijkheid/brief.pdf")
@for_proposal(VIEW)
def letter(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The letter as it left, or as it would leave today."""
    now = clock.now()
    found = dossier(call.id, ref.id, now)
    if found.refusal is None:
        return redirect(url_for("admissibility.examine", proposal_id=ref.id))
    data = found.refusal.letter or refusal_letter(call, found, local_day(now))
    return pdf_download(letter_pdf(data), f"niet-ontvankelijk-{found.receipt_number}.pdf")
