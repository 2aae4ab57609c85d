"""Addresses of the regisseur about the mail that left, and the mail that did not arrive."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.decisions.post.forms import AgainForm, OtherwiseForm
from app.decisions.post.presenters import mail_facts, outbox_facts, undelivered_rows
from app.decisions.post.queries import mail_of, receivers_for
from app.decisions.post.services import ACTION, delivered_otherwise, send_again
from app.decisions.views import blueprint
from app.domain.errors import DomainError, NotFound
from app.infra.documents import pdf_download
from app.notifications.sending import attached_pdf

KNOWN = "Dit was al afgehandeld. Er is niets veranderd."


@blueprint.get("/oproepen/<int:addendum_id>/uitgaande-post")
@for_call(ACTION)
def outbox(call: Call) -> ResponseReturnValue:
    """The mails of this call and what became of them."""
    facts = outbox_facts(call, request.args.get("stand", ""), request.args.get("pagina", ""))
    return render_template("decisions/outbox.html", call=call, **facts)


@blueprint.get("/oproepen/<int:addendum_id>/uitgaande-post/<int:message_id>")
@for_call(ACTION, every_applicant=True)
def mail(call: Call, message_id: int) -> ResponseReturnValue:
    """A letter tells what was decided and why: closed to who may not see all of that."""
    return _mail_page(call, message_id, AgainForm(formdata=None), OtherwiseForm(formdata=None))


@blueprint.get("/oproepen/<int:addendum_id>/uitgaande-post/<int:message_id>/bijlage")
@for_call(ACTION, every_applicant=True)
def attachment(call: Call, message_id: int) -> ResponseReturnValue:
    message = mail_of(call.id, message_id)
    pdf = attached_pdf(message)
    if pdf is None:
        raise NotFound("attachment")
    return pdf_download(pdf, message.attachment_name or "bijlage.pdf")


@blueprint.get("/oproepen/<int:addendum_id>/post/niet-bezorgd")
@for_call(ACTION, every_applicant=True)
def undelivered(call: Call) -> ResponseReturnValue:
    """What did not arrive and nobody looked at yet."""
    return render_template("decisions/undelivered.html", call=call, rows=undelivered_rows(call))


@blueprint.post("/oproepen/<int:addendum_id>/uitgaande-post/<int:message_id>/opnieuw")
@for_call(ACTION, every_applicant=True)
def send_mail_again(call: Call, message_id: int) -> ResponseReturnValue:
    form = AgainForm()
    try:
        sent = send_again(call.id, message_id, form.address.data or "", by=current_actor())
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return _mail_page(call, message_id, form, OtherwiseForm(formdata=None)), 422
    flash("De mail is opnieuw klaargezet en vertrekt nu." if sent else KNOWN, "success" if sent else "info")
    return redirect(url_for("decisions.undelivered", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/uitgaande-post/<int:message_id>/anders")
@for_call(ACTION, every_applicant=True)
def note_delivered_otherwise(call: Call, message_id: int) -> ResponseReturnValue:
    form = OtherwiseForm()
    try:
        noted = delivered_otherwise(call.id, message_id, form.how.data or "", by=current_actor())
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return _mail_page(call, message_id, AgainForm(formdata=None), form), 422
    flash("Genoteerd dat dit anders bezorgd is." if noted else KNOWN, "success" if noted else "info")
    return redirect(url_for("decisions.undelivered", addendum_id=call.id))


def _mail_page(call: Call, message_id: int, again: AgainForm, otherwise: OtherwiseForm) -> str:
    row = mail_of(call.id, message_id)
    return render_template(
        "decisions/mail.html",
        call=call,
        again=again.offer(receivers_for(call.id, row)),
        otherwise=otherwise,
        **mail_facts(call, row),
    )
