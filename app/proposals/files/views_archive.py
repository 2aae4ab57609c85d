"""Taking along everything that was handed in, once it is open."""

from collections.abc import Iterator

from flask import Response, stream_with_context
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.infra import clock
from app.infra.downloads import disposition
from app.proposals.files.archive import archive_of
from app.proposals.guard import for_proposal
from app.proposals.policy import EXPORT, ProposalRef, closed_to
from app.proposals.queries import applicants
from app.proposals.views import blueprint


@blueprint.get("/oproepen/<int:addendum_id>/kandidaturen.zip")
@for_call(EXPORT)
def archive(call: Call) -> ResponseReturnValue:
    """Without the applicants that the reader has a conflict with, or has not declared about."""
    away = closed_to(current_actor(), call.id, applicants(call.id))
    return _download(archive_of(call, away, clock.now()), f"kandidaturen-oproep-{call.id}.zip")


@blueprint.get("/kandidaturen/<int:proposal_id>/kandidatuur.zip")
@for_proposal(EXPORT)
def archive_one(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    stream = archive_of(call, (), clock.now(), proposal_id=ref.id)
    return _download(stream, f"kandidatuur-{ref.id}.zip")


def _download(stream: Iterator[bytes], name: str) -> Response:
    response = Response(stream_with_context(stream), mimetype="application/zip")
    response.headers["Content-Disposition"] = disposition(name)
    return response
