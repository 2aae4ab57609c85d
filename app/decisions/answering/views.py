"""Addresses where an organisation answers, and where the regisseur tells again or gives more time."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.decisions.answering.forms import AnswerForm, MoreTimeForm, NoticeForm
from app.decisions.answering.notices import notify_again
from app.decisions.answering.presenters import answer_facts, notice_facts
from app.decisions.answering.queries import answer_on
from app.decisions.answering.services import answer, give_more_time
from app.decisions.queries import letter_numbered, notified_decision
from app.decisions.views import blueprint
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra.documents import pdf_download
from app.infra.formats import deadline, moment
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.policy import ProposalRef


@blueprint.get("/kandidaturen/<int:proposal_id>/antwoord")
@for_proposal("decision.own.view_with_motivation")
def answer_page(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """Who was selected lets know whether it takes part; everybody of the organisation reads it."""
    row = answer_on(ref.id)
    form = AnswerForm(formdata=None, answer=row.answer if row else None, reason=row.reason if row else "")
    return _answer_page(call, ref, form)


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/<int:number>.pdf")
@for_proposal("decision.own.view_with_motivation")
def earlier_letter(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    """The letter of one of the decisions that were told, as it was sent."""
    pdf = letter_numbered(ref.id, number)
    if pdf is None:
        return redirect(url_for("decisions.own", proposal_id=ref.id))
    return pdf_download(pdf, f"beslissing-{ref.id}-{number}.pdf")


@blueprint.post("/kandidaturen/<int:proposal_id>/antwoord")
@for_own_write("decision.own.answer")
def send_answer(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = AnswerForm()
    try:
        changed = answer(ref.id, form.answer.data or "", form.reason.data or "", by=current_actor())
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return _answer_page(call, ref, form), 403 if isinstance(error, Forbidden) else 422
    if changed:
        flash("Je antwoord is bewaard. Iedereen van je organisatie krijgt een mail.", "success")
    else:
        flash("Dit antwoord stond al zo. Er is niets opnieuw verstuurd.", "info")
    return redirect(url_for("decisions.answer_page", proposal_id=ref.id))


def _answer_page(call: Call, ref: ProposalRef, form: AnswerForm) -> str:
    return render_template(
        "decisions/answer.html", call=call, proposal=ref, form=form, **answer_facts(call, ref)
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/kennisgeving")
@for_proposal("decision.notify_again")
def notices(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """How and when this applicant was told, and its answer; a new notice and more time start here."""
    return _notices_page(call, ref)


@blueprint.post("/kandidaturen/<int:proposal_id>/beslissing/kennisgeving")
@for_proposal("decision.notify_again")
def notify_once_more(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = NoticeForm()
    try:
        at = notify_again(ref.id, form.wanted(), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        form.refuse(error)
        return _notices_page(call, ref, notice_form=form), 422
    flash(f"De nieuwe kennisgeving is genoteerd. De termijnen tellen vanaf {moment(at)}.", "success")
    return redirect(url_for("decisions.notices", proposal_id=ref.id))


@blueprint.post("/kandidaturen/<int:proposal_id>/antwoord/meer-tijd")
@for_proposal("decision.notify_again")
def more_time(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = MoreTimeForm()
    try:
        until = give_more_time(ref.id, form.until.data, form.more_reason.data or "", by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        form.refuse(error)
        return _notices_page(call, ref, more_form=form), 422
    flash(f"Antwoorden kan nu tot en met {deadline(until)}. De organisatie krijgt een mail.", "success")
    return redirect(url_for("decisions.notices", proposal_id=ref.id))


def _notices_page(
    call: Call,
    ref: ProposalRef,
    notice_form: NoticeForm | None = None,
    more_form: MoreTimeForm | None = None,
) -> str:
    decision = notified_decision(ref.id)
    facts = notice_facts(call, ref, decision)
    form = notice_form or NoticeForm(formdata=None, seen=str(facts["count"]))
    form.offer(facts["people"])
    return render_template(
        "decisions/notices.html",
        call=call,
        proposal=ref,
        form=form,
        more=more_form or MoreTimeForm(formdata=None),
        **facts,
    )
