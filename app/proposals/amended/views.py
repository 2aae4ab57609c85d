"""Confirming what an amendment of the call touches."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.domain.errors import DomainError
from app.infra.messages import say
from app.proposals.amended.queries import amendments_for, unconfirmed
from app.proposals.amended.services import confirm_amendment
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.policy import OWN_DRAFT, ProposalRef
from app.proposals.views import blueprint, page_facts
from app.proposals.writing.drafts import working_content
from app.proposals.writing.services import EDIT


@blueprint.get("/kandidaturen/<int:proposal_id>/wijzigingen")
@for_proposal(OWN_DRAFT)
def amendments(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """Every amendment that touches this proposal, confirmed or not."""
    return _page(call, ref)


@blueprint.post("/kandidaturen/<int:proposal_id>/wijzigingen/<int:number>/bevestigen")
@for_own_write(EDIT)
def confirm(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    try:
        confirm_amendment(ref.id, number, by=current_actor())
    except DomainError as error:
        if error.code not in ("confirm_owner_only", "confirm_too_late"):
            raise
        return _page(call, ref, error), 403
    flash(f"Bevestigd: jullie blijven bij wat er staat, ook na versie {number} van de oproep.", "success")
    left = unconfirmed(amendments_for(ref.id, {ref.organisation_id}))
    return redirect(url_for("proposals.amendments" if left else "proposals.edit", proposal_id=ref.id))


def _page(call: Call, ref: ProposalRef, error: DomainError | None = None) -> str:
    done = [one for one in amendments_for(ref.id, {ref.organisation_id}) if one.confirmed_at]
    return render_template(
        "proposals/amendments.html",
        done=done,
        refusal=say(error) if error else "",
        **page_facts(call, ref, working_content(ref.id), "amendments"),
    )
