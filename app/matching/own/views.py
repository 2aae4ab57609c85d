"""For the people of an organisation: the open calls that fit what it offers, and who completes it."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.infra import clock
from app.infra.access import signed_in
from app.infra.numbers import positive
from app.matching.own.board import fit_of, fits_of
from app.matching.own.presenters import PARTNERS, call_cards, call_head, home_cards, own_rows, partner_cards
from app.matching.own.queries import open_calls, organisation_names
from app.matching.views import blueprint
from app.matching.vocabulary.store import version
from app.organisations import presenters as organisation_presenters
from app.organisations.guard import for_members
from app.organisations.queries import load_organisation
from app.proposals.own.overview import own_proposals
from app.proposals.policy import own_organisations_of

PER_PAGE = 10


@blueprint.get("/oproepen-die-passen")
@signed_in
def best_calls() -> ResponseReturnValue:
    """The block that the home page fetches afterwards: the first reading of the texts takes seconds."""
    actor = current_actor()
    names = organisation_names(own_organisations_of(actor))
    answered = {row.addendum_id for row in own_proposals(actor)}
    calls = [one for one in open_calls(clock.now()) if one.id not in answered]
    return render_template("matching/best_calls.html", cards=home_cards(calls, names), organisations=names)


@blueprint.get("/organisaties/<int:organisation_id>/oproepen-voor-jullie")
@for_members
def own_calls(organisation_id: int) -> ResponseReturnValue:
    organisation, fits = load_organisation(organisation_id), fits_of(organisation_id)
    fitting = [one for one in fits if one.own]
    last = max(1, -(-len(fitting) // PER_PAGE))
    page = min(max(1, positive(request.args.get("pagina"))), last)
    now = clock.now()
    return render_template(
        "matching/own_calls.html",
        organisation=organisation,
        cards=call_cards(fitting[(page - 1) * PER_PAGE : page * PER_PAGE], now),
        count=len(fitting),
        without=[call_head(one, now) for one in fits if not one.own],
        page=page,
        last=last,
        version=version(),
        tabs=organisation_presenters.tabs(organisation_id, "own_calls"),
    )


@blueprint.get("/organisaties/<int:organisation_id>/oproepen-voor-jullie/<int:addendum_id>")
@for_members
def own_call(organisation_id: int, addendum_id: int) -> ResponseReturnValue:
    fit = fit_of(organisation_id, addendum_id)
    return render_template(
        "matching/own_call.html",
        organisation=load_organisation(organisation_id),
        head=call_head(fit, clock.now()),
        rows=own_rows(fit),
        partners=partner_cards(fit),
        further=max(0, len(fit.completing) - PARTNERS),
        gaps=fit.gaps,
        version=version(),
    )
