"""Addresses of calls."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.addenda.guard import for_call
from app.addenda.queries import Call, load_calls
from app.infra import clock
from app.infra.access import public

blueprint = Blueprint("addenda", __name__)


@blueprint.get("/oproepen")
@public
def index() -> ResponseReturnValue:
    """Every published call."""
    return render_template("addenda/index.html", calls=load_calls(clock.now()))


@blueprint.get("/oproepen/<int:addendum_id>")
@for_call("addendum.published.view")
def show(call: Call) -> ResponseReturnValue:
    """The public page of a call."""
    return render_template("addenda/show.html", call=call)
