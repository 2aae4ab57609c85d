"""What others see once the seal is broken: the list, and the content."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.timeline import Phase
from app.infra.exports import csv_download
from app.infra.formats import moment
from app.proposals.amended.presenters import confirmation_lines
from app.proposals.amended.queries import amendments_for
from app.proposals.guard import for_proposal
from app.proposals.policy import CONTENT, EXPORT, NAMES, ProposalRef, closed_to, is_own, left_out
from app.proposals.queries import applicants, exported, listed
from app.proposals.seal.listing import (
    EXPORT_HEADER,
    SORTS,
    export_rows,
    frozen_names,
    listed_rows,
    sort_heads,
)
from app.proposals.seal.sealing import NOBODY, contents, examine, standing_content
from app.proposals.views import blueprint
from app.proposals.writing.drafts import state_of


@blueprint.get("/oproepen/<int:addendum_id>/kandidaturen")
@for_call(NAMES)
def listing(call: Call) -> ResponseReturnValue:
    sort = request.args.get("sorteer", "")
    sort = sort if sort in SORTS else "ontvangen"
    descending = request.args.get("richting") == "af"
    found = listed(call.id)
    names = frozen_names(found, examine([row.submission_id for row in found]))
    return render_template(
        "proposals/listing.html",
        call=call,
        rows=listed_rows(found, names, call, current_actor(), sort, descending),
        heads=sort_heads(call, sort, descending),
        sealed=call.phase <= Phase.SEALED,
        opening_href=url_for("proposals.opening", addendum_id=call.id),
        export_href=url_for("proposals.export", addendum_id=call.id) if may_here(call, EXPORT) else "",
    )


@blueprint.get("/oproepen/<int:addendum_id>/kandidaturen.csv")
@for_call(EXPORT)
def export(call: Call) -> ResponseReturnValue:
    away = closed_to(current_actor(), call.id, applicants(call.id))
    rows = exported(call.id, away)
    told = [(left_out(len(away)),)] if away else []
    cells = export_rows(rows, contents([row.id for row in rows]))
    return csv_download(f"kandidaturen-oproep-{call.id}.csv", EXPORT_HEADER, [*cells, *told])


@blueprint.get("/kandidaturen/<int:proposal_id>/lezen")
@for_proposal(CONTENT)
def read(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """What was handed in, as it was frozen."""
    own = is_own(current_actor(), call.subject(ref.organisation_id))
    reader = {ref.organisation_id} if own else NOBODY
    content = standing_content(ref.id, reader)
    amendments = [one for one in amendments_for(ref.id, reader) if one.after_submission]
    standing = state_of(ref.id).standing
    return render_template(
        "proposals/read.html",
        call=call,
        proposal=ref,
        content=content,
        number=standing.receipt_number if standing else "",
        received=moment(standing.submitted_at, seconds=True) if standing else "",
        own=own,
        zip_href=url_for("proposals.archive_one", proposal_id=ref.id)
        if may_here(call, EXPORT, ref.organisation_id)
        else "",
        amended=confirmation_lines(amendments),
    )
