"""Addresses that everybody can read, and the preview of a draft; the rest is in views_drafts and
views_editor."""

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.presenters import cards
from app.addenda.public.forms import SearchForm
from app.addenda.public.presenters import list_context, page_context
from app.addenda.public.queries import load_page
from app.addenda.public.search import (
    life_domains_with_calls,
    look,
    municipalities_with_calls,
    towns_and_people,
)
from app.addenda.queries import Call
from app.infra import clock
from app.infra.access import public

blueprint = Blueprint("addenda", __name__)
PER_PAGE = 30
FILTERS = ("q", "gemeente", "levensdomein", "stand")


@blueprint.get("/oproepen")
@public
def index() -> ResponseReturnValue:
    """Every published call, as cards that can be searched and filtered."""
    now = clock.now()
    form = SearchForm(request.args)
    form.offer(municipalities_with_calls(now), life_domains_with_calls(now))
    found = look(form.search(), now)
    first = form.first(len(found.calls), PER_PAGE)
    shown = found.calls[first : first + PER_PAGE]
    page = render_template(
        "addenda/index.html",
        form=form,
        total=len(found.calls),
        first=first,
        per_page=PER_PAGE,
        cards=cards(shown, *towns_and_people(call.id for call in shown), now, found.where),
        **list_context(form.active(), found.meant),
    )
    return _unless_known(page)


def _unless_known(page: str) -> ResponseReturnValue:
    """A visitor who has this very page already is told so in a few bytes."""
    response = make_response(page)
    if not current_actor().signed_in:
        response.headers["Cache-Control"] = "private, no-cache"
        response.add_etag()
        response.make_conditional(request)
    return response


@blueprint.get("/oproepen/<int:addendum_id>")
@for_call("addendum.published.view", hidden=True)
def show(call: Call) -> ResponseReturnValue:
    """The public page of a call."""
    return _public_page(call, preview=False)


@blueprint.get("/oproepen/<int:addendum_id>/voorbeeld")
@for_call("addendum.draft.view")
def preview(call: Call) -> ResponseReturnValue:
    """A draft as everybody will see it."""
    return _public_page(call, preview=True)


def _public_page(call: Call, *, preview: bool) -> ResponseReturnValue:
    context = page_context(call, load_page(call.id), current_actor(), clock.now())
    return render_template("addenda/show.html", call=call, preview=preview, **context)
