"""Addresses of partnerships."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra import clock
from app.partnerships.forms import PartnershipForm
from app.partnerships.presenters import partnership_facts, show_facts
from app.partnerships.queries import (
    answers_end,
    local_authorities,
    members_of,
    partnership_of,
    selected_organisations,
)
from app.partnerships.services import form_partnership
from app.proposals.guard import for_proposal
from app.proposals.policy import ProposalRef

blueprint = Blueprint("partnerships", __name__)


@blueprint.get("/oproepen/<int:addendum_id>/partnerschap")
@for_call("partnership.other.view")
def show(call: Call) -> ResponseReturnValue:
    """The members, what they cover together, and what nobody covers."""
    return render_template("partnerships/show.html", call=call, **show_facts(call))


@blueprint.get("/oproepen/<int:addendum_id>/partnerschap/vormen")
@for_call("partnership.form")
def compose(call: Call) -> ResponseReturnValue:
    if partnership_of(call.id):
        return redirect(url_for("partnerships.show", addendum_id=call.id))
    willing = [one.id for one in selected_organisations(call, clock.now()).accepted]
    form = PartnershipForm(
        formdata=None, name=f"Partnerschap {call.service_area}", members=willing, notice_days=90
    )
    return _compose_page(call, form)


@blueprint.post("/oproepen/<int:addendum_id>/partnerschap/vormen")
@for_call("partnership.form")
def form(call: Call) -> ResponseReturnValue:
    wanted = PartnershipForm()
    try:
        form_partnership(call.id, wanted.formation(), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        wanted.refuse(error)
        return _compose_page(call, wanted), 422
    flash("Het partnerschap is gevormd. De leden krijgen een mail.", "success")
    return redirect(url_for("partnerships.show", addendum_id=call.id))


def _compose_page(call: Call, form: PartnershipForm) -> str:
    now = clock.now()
    selected = selected_organisations(call, now)
    authorities = local_authorities()
    form.offer(selected.accepted, authorities)
    return render_template(
        "partnerships/form.html",
        call=call,
        form=form,
        selected=selected,
        answers_until=answers_end(call, now),
        authorities=authorities,
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/partnerschap")
@for_proposal("partnership.own.report")
def own(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The partnership the organisation is in; or in words that it is not, or not yet."""
    partnership = partnership_of(call.id)
    member = any(one.id == ref.organisation_id for one in members_of(call.id))
    facts = partnership_facts(call, partnership) if partnership and member else {}
    return render_template(
        "partnerships/own.html", call=call, proposal=ref, partnership=partnership, member=member, **facts
    )
