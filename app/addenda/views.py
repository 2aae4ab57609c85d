"""Addresses that everybody can read, and the preview of a draft; the rest is in views_drafts and
views_editor."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.forms_search import SearchForm
from app.addenda.guard import for_call
from app.addenda.presenters import cards
from app.addenda.presenters_public import page_context
from app.addenda.public import load_page
from app.addenda.queries import Call
from app.addenda.search import find_calls, municipalities_with_calls, towns_and_people
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
    form.municipality.choices += municipalities_with_calls(now)
    calls = find_calls(form.search(), now)
    first = form.first(len(calls), PER_PAGE)
    shown = calls[first : first + PER_PAGE]
    return render_template(
        "addenda/index.html",
        form=form,
        total=len(calls),
        first=first,
        per_page=PER_PAGE,
        arguments={name: request.args[name] for name in FILTERS if request.args.get(name)},
        cards=cards(shown, *towns_and_people(call.id for call in shown), now),
    )


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
