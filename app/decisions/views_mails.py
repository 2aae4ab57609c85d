"""Addresses of the mails with the decisions, before they leave. Looking writes nothing."""

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.decisions.later.queries import pending_on
from app.decisions.mails import decision_mails, ready_mails
from app.decisions.presenters import announce_facts
from app.decisions.queries import DecisionRow, decision_of
from app.decisions.views import blueprint
from app.decisions.wording import OUTCOMES
from app.domain.errors import NotFound
from app.infra import clock
from app.notifications.framed import mail_frame
from app.notifications.services import Ready
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
    decision = _to_tell(call, ref)
    if decision is None:
        return redirect(url_for("decisions.outbox", addendum_id=call.id))
    return render_template(
        "decisions/mail_preview.html",
        call=call,
        proposal=ref,
        mails=_mails(call, decision),
        outcome=OUTCOMES[decision.outcome],
        is_later=decision.number > 1,
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/mail/<int:number>/html")
@for_proposal(PREVIEW)
def mail_preview_html(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    """`number` counts the mails of this applicant from 1."""
    decision = _to_tell(call, ref)
    if decision is None:
        return redirect(url_for("decisions.outbox", addendum_id=call.id))
    mails = _mails(call, decision)
    if not 1 <= number <= len(mails):
        raise NotFound("mail")
    return mail_frame(mails[number - 1].written.html)


def _to_tell(call: Call, ref: ProposalRef) -> DecisionRow | None:
    """The decision that this applicant hears next, proposed or confirmed; None when all was told. NotFound
    before anything was proposed."""
    if call.facts.communicated_at is not None:
        pending = pending_on(ref.id)
        return pending.decision if pending else None
    decision = decision_of(ref.id)
    if decision is None:
        raise NotFound("decision")
    return decision


def _mails(call: Call, decision: DecisionRow) -> list[Ready]:
    return ready_mails(decision_mails(call, [decision], clock.now())[decision.id])
