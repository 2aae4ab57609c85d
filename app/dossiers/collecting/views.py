"""The dossier of a call: what is in it, and taking it along."""

from flask import Response, render_template, request, stream_with_context
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.domain.errors import DomainError
from app.dossiers.collecting.gathering import gather
from app.dossiers.collecting.packing import PUBLIC
from app.dossiers.collecting.presenters import overview
from app.dossiers.collecting.queries import choices_of, copies_of
from app.dossiers.collecting.services import take
from app.dossiers.guarding import VIEW
from app.dossiers.views import blueprint
from app.infra.downloads import disposition
from app.infra.messages import say


@blueprint.get("/oproepen/<int:addendum_id>/dossier")
@for_call(VIEW, every_applicant=True)
def dossier(call: Call) -> ResponseReturnValue:
    return _page(call)


@blueprint.post("/oproepen/<int:addendum_id>/dossier")
@for_call(VIEW, every_applicant=True)
def download(call: Call) -> ResponseReturnValue:
    """A form and no link: who takes it is written down."""
    version = request.form.get("version", "")
    try:
        stream = take(call.id, version, by=current_actor())
    except DomainError as error:
        if error.code != "dossier_version_unknown":
            raise
        return _page(call, say(error)), 422
    response = Response(stream_with_context(stream), mimetype="application/zip")
    ending = "-openbaar" if version == PUBLIC else ""
    response.headers["Content-Disposition"] = disposition(f"dossier-oproep-{call.id}{ending}.zip")
    return response


def _page(call: Call, error: str = "") -> str:
    facts = overview(gather(call), choices_of(call.id), copies_of(call.id))
    return render_template("dossiers/dossier.html", call=call, errors=[error] if error else [], **facts)
