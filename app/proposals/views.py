"""The pages of a proposal: own list, start and overview here; writing, handing in and what others see in
the modules beside it."""

from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError

from app.accounts.actors import current_actor
from app.addenda.models import Addendum
from app.addenda.queries import Call, load_call, load_calls
from app.domain.access import may, require
from app.infra import clock
from app.infra.access import signed_in
from app.proposals.amended.presenters import amended_rows
from app.proposals.amended.queries import amendments_for, unconfirmed
from app.proposals.forms import OrganisationForm
from app.proposals.guard import for_proposal
from app.proposals.kept import keep_typed
from app.proposals.own.overview import own_organisations, own_proposals
from app.proposals.own.page import overview, own_row
from app.proposals.own.statuses import own_statuses
from app.proposals.own.twofold import twofold
from app.proposals.policy import OWN_DRAFT, ProposalRef, own_organisations_of
from app.proposals.presenters import obstacle_rows, side_steps, strip_for
from app.proposals.wording import EXPECTATIONS
from app.proposals.writing.drafts import state_of, working_content
from app.proposals.writing.services import PUBLISHED, start_proposal

blueprint = Blueprint("proposals", __name__)


@blueprint.app_template_global()
def expectation_labels() -> list[tuple[str, str]]:
    """(key, label) of what the region expects, for templates that show a content."""
    return [(one.key, one.label) for one in EXPECTATIONS]


@blueprint.app_template_filter()
def exact(amount: str) -> Decimal:
    """An amount of a frozen content as a number, to be shown by `number` or `euro`."""
    return Decimal(amount)


@blueprint.errorhandler(CSRFError)
def form_expired(_error: CSRFError) -> ResponseReturnValue:
    """The session in which the form was made is gone: nothing typed is lost."""
    return keep_typed()


@blueprint.post("/oproepen/<int:addendum_id>/kandidatuur")
@signed_in
def start(addendum_id: int) -> ResponseReturnValue:
    call = load_call(addendum_id, clock.now())
    actor = current_actor()
    require(may(actor, PUBLISHED, call.subject(), call.phase))
    organisations = own_organisations(actor)
    if not organisations:
        flash("Registreer eerst je organisatie. Daarna kan je een kandidatuur starten.", "info")
        return redirect(url_for("organisations.register"))
    form = OrganisationForm()
    form.organisation_id.choices = organisations
    if form.organisation_id.data is None and len(organisations) == 1:
        form.organisation_id.data = organisations[0][0]
    if form.organisation_id.data is None:
        return render_template("proposals/start.html", call=call, form=form)
    proposal_id = start_proposal(call.id, form.organisation_id.data, by=actor)
    return redirect(url_for("proposals.edit", proposal_id=proposal_id))


@blueprint.get("/kandidaturen")
@signed_in
def mine() -> ResponseReturnValue:
    now, actor = clock.now(), current_actor()
    rows = own_proposals(actor)
    calls = {call.id: call for call in load_calls(now, Addendum.id.in_({row.addendum_id for row in rows}))}
    found = own_statuses(rows, calls, own_organisations_of(actor), now)
    lines = [own_row(row, calls[row.addendum_id], found[row.id], now) for row in rows]
    return render_template(
        "proposals/mine.html",
        rows=lines,
        twofold=twofold(rows, calls),
        has_organisation=bool(_organisation_ids()),
    )


def _organisation_ids() -> set[int]:
    return {one.organisation_id for one in current_actor().grants if one.organisation_id is not None}


@blueprint.get("/kandidaturen/<int:proposal_id>")
@for_proposal(OWN_DRAFT)
def edit(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The overview: everything in one place."""
    content = working_content(ref.id)
    page = page_facts(call, ref, content, "overview") | overview(call, ref, clock.now())
    return render_template("proposals/edit.html", challenges=obstacle_rows(content, ref), **page)


def page_facts(call: Call, ref: ProposalRef, content: dict[str, Any], active: str) -> dict[str, Any]:
    """What every page of the organisation's own proposal shows around its content."""
    state = state_of(ref.id)
    amendments = amendments_for(ref.id, {ref.organisation_id})
    complete = state.standing is not None and not unconfirmed(amendments)
    return {
        "call": call,
        "proposal": ref,
        "content": content,
        "standing": state.standing,
        "strip": strip_for(call, ref, state, content, clock.now()),
        "steps": side_steps(ref, content, complete, active, receipt=state.standing is not None),
        "amended": amended_rows(call, ref, amendments),
        "call_version": content["call"]["version"],
    }
