"""The home page of each role, the logs, and the accessibility statement."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.infra import clock
from app.infra.access import public
from app.workspace.home import home_of, landing_calls
from app.workspace.links import link

blueprint = Blueprint("workspace", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """What there is to do now; for visitors what this is, and the open calls."""
    actor, now = current_actor(), clock.now()
    if not actor.signed_in:
        register = link("organisations.register")
        return render_template("workspace/landing.html", calls=landing_calls(now), register_href=register)
    return render_template("workspace/home.html", home=home_of(actor, now))


@blueprint.get("/toegankelijkheid")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("workspace/accessibility.html")
