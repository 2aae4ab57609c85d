"""Addresses of the mails with the decisions, before they leave."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.decisions.presenters import announce_facts
from app.decisions.queries import decision_of
from app.decisions.rehearsing import mails_to_come
from app.decisions.views import blueprint
from app.decisions.wording import OUTCOMES
from app.domain.errors import NotFound
from app.notifications.framed import mail_frame
from app.proposals.guard import for_proposal
from app.proposals.policy import ProposalRef

PREVIEW = "mail.preview_and_outbox"


@blueprint.get("/oproepen/<int:addendum_id>/beslissingen/mails")
@for_call(PREVIEW, every_applicant=True)
def mail_previews(call: Call) -> ResponseReturnValue:
    """Who will get which mail; once it was sent, the outbox tells."""
    if call.facts.communicated_at is not None:
        return redirect(url_for("decisions.outbox", addendum_id=call.id))
    return render_template("decisions/mail_previews.html", call=call, **announce_facts(call))


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/mail")
@for_proposal(PREVIEW)
def mail_preview(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """Each mail of this applicant as it will leave, as text and in its look."""
    if call.facts.communicated_at is not None:
        return redirect(url_for("decisions.outbox", addendum_id=call.id))
    mails = mails_to_come(call.id, ref.id, by=current_actor())
    decision = decision_of(ref.id)
    return render_template(
        "decisions/mail_preview.html",
        call=call,
        proposal=ref,
        mails=mails,
        outcome=OUTCOMES[decision.outcome] if decision else None,
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/mail/<int:number>/html")
@for_proposal(PREVIEW)
def mail_preview_html(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    """`number` counts the mails of this applicant from 1."""
    if call.facts.communicated_at is not None:
        return redirect(url_for("decisions.outbox", addendum_id=call.id))
    mails = mails_to_come(call.id, ref.id, by=current_actor())
    if not 1 <= number <= len(mails):
        raise NotFound("mail")
    return mail_frame(mails[number - 1].body_html)
