"""The home page of each role, the logs, and the accessibility statement."""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_region
from app.addenda.queries import Region
from app.domain.errors import NotFound
from app.infra import clock
from app.infra.access import public
from app.workspace.guard import for_system_log
from app.workspace.home import home_of, landing_calls
from app.workspace.links import link
from app.workspace.presenters_log import log_lines, page_number
from app.workspace.queries_log import calls_of_region, log_of_region
from app.workspace.queries_log import system_log as entries_outside_calls

blueprint = Blueprint("workspace", __name__)


@blueprint.get("/")
@public
def home() -> ResponseReturnValue:
    """What there is to do now; for visitors what this is, and the open calls."""
    actor, now = current_actor(), clock.now()
    if not actor.signed_in:
        register = link("organisations.register")
        return render_template("workspace/landing.html", calls=landing_calls(now), register_href=register)
    return render_template("workspace/home.html", page=home_of(actor, now))


@blueprint.get("/toegankelijkheid")
@public
def accessibility() -> ResponseReturnValue:
    return render_template("workspace/accessibility.html")


@blueprint.get("/regio/<int:service_area_id>/logboek")
@for_region("audit.log_of_region")
def audit_log(region: Region) -> ResponseReturnValue:
    """What happened in one region, for who runs or watches it."""
    calls, chosen = calls_of_region(region.id), request.args.get("oproep", type=int)
    if chosen is not None and chosen not in dict(calls):
        raise NotFound("call")
    number = page_number(request.args.get("pagina", type=int))
    page = log_of_region(region.id, current_actor(), addendum_id=chosen, page=number)
    return render_template(
        "workspace/audit_log.html",
        region=region,
        calls=calls,
        chosen=chosen,
        lines=log_lines(page.rows),
        number=number,
        more=page.more,
    )


@blueprint.get("/beheer/logboek")
@for_system_log
def system_log() -> ResponseReturnValue:
    """What happened outside any call; without content."""
    number = page_number(request.args.get("pagina", type=int))
    page = entries_outside_calls(number)
    return render_template(
        "workspace/system_log.html", lines=log_lines(page.rows), number=number, more=page.more
    )
