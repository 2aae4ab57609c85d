"""The home page of each role, the log, and the accessibility statement."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.addenda.models import Addendum
from app.addenda.queries import load_calls
from app.infra import clock
from app.infra.access import public

blueprint = Blueprint("workspace", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """What there is to do now; for visitors the open calls."""
    calls = load_calls(clock.now(), Addendum.published_at.is_not(None))
    return render_template("workspace/landing.html", calls=calls)
