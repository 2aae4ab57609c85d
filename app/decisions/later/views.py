"""Addresses of later decisions: proposing, confirming and telling."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.decisions.candidates import draft_reasons
from app.decisions.forms import ConfirmForm
from app.decisions.later.forms import LaterForm, TellForm, WithdrawForm, later_form
from app.decisions.later.presenters import later_facts
from app.decisions.later.queries import pending_on
from app.decisions.later.services import CONFIRM, PROPOSE, confirm_later, propose_later
from app.decisions.later.telling import communicate_later
from app.decisions.later.withdrawing import withdraw_later, withdrawable
from app.decisions.letters import decision_letters, letter_pdf
from app.decisions.queries import notified_decision
from app.decisions.results import partner_names
from app.decisions.views import blueprint
from app.decisions.wording import OUTCOMES
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.documents import pdf_download
from app.proposals.guard import for_proposal
from app.proposals.policy import ProposalRef

VIEW = "decision.follow_up.view"


@blueprint.get("/oproepen/<int:addendum_id>/beslissingen/nieuwe")
@for_call(VIEW, every_applicant=True)
def later(call: Call) -> ResponseReturnValue:
    """New decisions on their way, and what stands for every applicant."""
    return _later_page(call, ConfirmForm(formdata=None), TellForm(formdata=None))


@blueprint.post("/oproepen/<int:addendum_id>/beslissingen/nieuwe/bevestigen")
@for_call(CONFIRM, every_applicant=True)
def confirm_later_ones(call: Call) -> ResponseReturnValue:
    form = ConfirmForm()
    try:
        count = confirm_later(call.id, form.seen(), by=current_actor(), grounds=form.grounds())
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        page = _later_page(call, form, TellForm(formdata=None))
        return page, 409 if isinstance(error, Stale) else 422
    words = "nieuwe beslissing is" if count == 1 else "nieuwe beslissingen zijn"
    flash(f"{count} {words} bevestigd. Nog niemand weet ervan.", "success")
    return redirect(url_for("decisions.later", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/beslissingen/nieuwe/meedelen")
@for_call(CONFIRM, every_applicant=True)
def tell_later_ones(call: Call) -> ResponseReturnValue:
    form = TellForm()
    try:
        count = communicate_later(call.id, form.seen(), by=current_actor(), grounds=form.grounds())
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        page = _later_page(call, ConfirmForm(formdata=None), form)
        return page, 409 if isinstance(error, Stale) else 422
    if count:
        words = "nieuwe beslissing is" if count == 1 else "nieuwe beslissingen zijn"
        flash(f"{count} {words} meegedeeld. De mails vertrekken nu.", "success")
    else:
        flash("Dit was al meegedeeld. Er is niets opnieuw verstuurd.", "info")
    return redirect(url_for("decisions.later", addendum_id=call.id))


def _later_page(call: Call, form: ConfirmForm, tell: TellForm) -> str:
    return render_template("decisions/later.html", call=call, form=form, tell=tell, **later_facts(call))


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/nieuwe")
@for_proposal(PROPOSE)
def edit_later(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    return _edit_page(call, ref, later_form(pending_on(ref.id), notified_decision(ref.id)))


@blueprint.post("/kandidaturen/<int:proposal_id>/beslissing/nieuwe")
@for_proposal(PROPOSE)
def save_later(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form, pending = LaterForm(), pending_on(ref.id)
    form.fix(pending)
    if not form.validate():
        return _edit_page(call, ref, form), 422
    try:
        propose_later(ref.id, form.wanted(), cause=form.chosen_cause(pending), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except Stale as error:
        form.version.data = str(error.version)
        form.refuse(error)
        return _edit_page(call, ref, form, error.theirs), 409
    except DomainError as error:
        if error.code == "later_withdrawn_since":
            form.version.data = "0"
        form.refuse(error)
        return _edit_page(call, ref, form), 422
    flash(
        f"Het voorstel voor {ref.organisation_name} is bewaard. Een andere regisseur bevestigt het; tot het "
        "meedelen verandert er niets.",
        "success",
    )
    return redirect(url_for("decisions.later", addendum_id=call.id))


def _edit_page(call: Call, ref: ProposalRef, form: LaterForm, theirs: dict[str, str] | None = None) -> str:
    return render_template(
        "decisions/edit_later.html",
        call=call,
        proposal=ref,
        form=form,
        pending=pending_on(ref.id),
        stands=notified_decision(ref.id),
        draft=draft_reasons(call.id, ref.id),
        theirs=theirs,
        outcomes=OUTCOMES,
        formed=bool(partner_names(call.id)),
        withdrawable=withdrawable(pending_on(ref.id)),
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/nieuwe/intrekken")
@for_proposal(PROPOSE)
def withdraw_later_page(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    pending = pending_on(ref.id)
    if not withdrawable(pending):
        return redirect(url_for("decisions.later", addendum_id=call.id))
    form = WithdrawForm(formdata=None, version=str(pending.decision.version if pending else 0))
    return _withdraw_page(call, ref, form)


@blueprint.post("/kandidaturen/<int:proposal_id>/beslissing/nieuwe/intrekken")
@for_proposal(PROPOSE)
def withdraw_later_one(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = WithdrawForm()
    try:
        done = withdraw_later(ref.id, form.why.data or "", seen=form.seen_version(), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        form.refuse(error)
        return _withdraw_page(call, ref, form), 422
    if done:
        flash(f"Het voorstel voor {ref.organisation_name} is ingetrokken. Er verandert niets.", "success")
    else:
        flash("Er is geen voorstel meer om in te trekken. Er is niets veranderd.", "info")
    return redirect(url_for("decisions.later", addendum_id=call.id))


def _withdraw_page(call: Call, ref: ProposalRef, form: WithdrawForm) -> str:
    pending = pending_on(ref.id)
    if pending:
        form.version.data = str(pending.decision.version)
    return render_template(
        "decisions/withdraw_later.html",
        call=call,
        proposal=ref,
        form=form,
        pending=pending,
        stands=notified_decision(ref.id),
        outcomes=OUTCOMES,
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/nieuwe/ontwerp.pdf")
@for_proposal(VIEW)
def later_letter(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The letter as it would leave today."""
    pending = pending_on(ref.id)
    if pending is None:
        return redirect(url_for("decisions.later", addendum_id=call.id))
    letters = decision_letters(call, [pending.decision], local_day(clock.now()))
    return pdf_download(letter_pdf(letters[pending.decision.id]), f"ontwerpbrief-{ref.id}.pdf")
