"""Addresses of the regisseur: confirming, telling everybody, and the mail that left."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.decisions.communicating import MOST_MADE_HERE, communicate
from app.decisions.forms import CommunicateForm, ConfirmForm
from app.decisions.letters.presenters import letters_facts
from app.decisions.presenters import announce_facts, mail_rows, mail_state, table_facts
from app.decisions.queries import mail_of, mails_of
from app.decisions.services import confirm as confirm_decisions
from app.decisions.views import blueprint
from app.domain.errors import DomainError, NotFound, Stale
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.documents import pdf_download
from app.notifications.sending import attached_pdf


@blueprint.get("/oproepen/<int:addendum_id>/beslissingen/bevestigen")
@for_call("decision.confirm", every_applicant=True)
def review(call: Call) -> ResponseReturnValue:
    """All proposed decisions with their reasons, to be read and confirmed."""
    return _review_page(call, ConfirmForm(formdata=None))


@blueprint.post("/oproepen/<int:addendum_id>/beslissingen/bevestigen")
@for_call("decision.confirm", every_applicant=True)
def confirm(call: Call) -> ResponseReturnValue:
    form = ConfirmForm()
    try:
        count = confirm_decisions(call.id, form.seen(), by=current_actor(), grounds=form.grounds())
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return _review_page(call, form), 409 if isinstance(error, Stale) else 422
    flash(f"{count} {'beslissing is' if count == 1 else 'beslissingen zijn'} bevestigd.", "success")
    return redirect(url_for("decisions.table", addendum_id=call.id))


def _review_page(call: Call, form: ConfirmForm) -> str:
    return render_template("decisions/review.html", call=call, form=form, **table_facts(call))


@blueprint.get("/oproepen/<int:addendum_id>/beslissingen/meedelen")
@for_call("decision.communicate", every_applicant=True)
def announce(call: Call) -> ResponseReturnValue:
    """What will happen, before it happens."""
    return _announce_page(call, CommunicateForm(formdata=None))


@blueprint.post("/oproepen/<int:addendum_id>/beslissingen/meedelen")
@for_call("decision.communicate", every_applicant=True)
def tell(call: Call) -> ResponseReturnValue:
    form = CommunicateForm()
    try:
        if not form.agreed.data:
            raise DomainError("not_agreed", field="agreed")
        count = communicate(call.id, by=current_actor())
    except DomainError as error:
        form.refuse(error)
        return _announce_page(call, form), 422
    if count:
        flash(f"Alle {count} beslissingen zijn meegedeeld. De mails vertrekken nu.", "success")
    else:
        flash("De beslissingen waren al meegedeeld. Er is niets opnieuw verstuurd.", "info")
    return redirect(url_for("decisions.other", addendum_id=call.id))


def _announce_page(call: Call, form: CommunicateForm) -> str:
    letters = letters_facts(call, local_day(clock.now())) | {"made_here": MOST_MADE_HERE}
    facts = announce_facts(call)
    return render_template("decisions/announce.html", call=call, form=form, letters=letters, **facts)


@blueprint.get("/oproepen/<int:addendum_id>/uitgaande-post")
@for_call("mail.preview_and_outbox")
def outbox(call: Call) -> ResponseReturnValue:
    """The mails of this call and what became of them."""
    return render_template("decisions/outbox.html", call=call, rows=mail_rows(mails_of(call.id)))


@blueprint.get("/oproepen/<int:addendum_id>/uitgaande-post/<int:message_id>")
@for_call("mail.preview_and_outbox", every_applicant=True)
def mail(call: Call, message_id: int) -> ResponseReturnValue:
    """A letter tells what was decided and why: closed to who may not see all of that."""
    message = mail_of(call.id, message_id)
    return render_template("decisions/mail.html", call=call, mail=message, state=mail_state(message))


@blueprint.get("/oproepen/<int:addendum_id>/uitgaande-post/<int:message_id>/bijlage")
@for_call("mail.preview_and_outbox", every_applicant=True)
def attachment(call: Call, message_id: int) -> ResponseReturnValue:
    message = mail_of(call.id, message_id)
    pdf = attached_pdf(message)
    if pdf is None:
        raise NotFound("attachment")
    return pdf_download(pdf, message.attachment_name or "bijlage.pdf")
