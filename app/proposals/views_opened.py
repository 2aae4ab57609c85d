"""What others see: the list, the opening of the seal and its report, and the content once it is open."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.infra.documents import render_pdf
from app.infra.exports import csv_download
from app.infra.formats import moment
from app.infra.messages import say
from app.proposals.amended import amendments_for
from app.proposals.drafts import state_of
from app.proposals.forms import ActForm
from app.proposals.guard import for_proposal
from app.proposals.listing import (
    EXPORT_HEADER,
    SORTS,
    export_rows,
    listed_rows,
    opening_report,
    sort_heads,
)
from app.proposals.policy import CONTENT, NAMES, ProposalRef, in_conflict, is_own
from app.proposals.presenters_amended import confirmation_lines
from app.proposals.queries import exported, listed, opening_of
from app.proposals.sealing import NOBODY, contents, standing_content
from app.proposals.unsealing import OPEN_SEAL, sign_opening
from app.proposals.views import blueprint
from app.proposals.views_submission import download

EXPORT = "export.proposals"


@blueprint.get("/oproepen/<int:addendum_id>/kandidaturen")
@for_call(NAMES)
def listing(call: Call) -> ResponseReturnValue:
    sort = request.args.get("sorteer", "")
    sort = sort if sort in SORTS else "ontvangen"
    descending = request.args.get("richting") == "af"
    actor = current_actor()
    return render_template(
        "proposals/listing.html",
        call=call,
        rows=listed_rows(listed(call.id), call, actor, sort, descending),
        heads=sort_heads(call, sort, descending),
        sealed=call.phase is Phase.SEALED,
        opening_href=url_for("proposals.opening", addendum_id=call.id),
        export_href=url_for("proposals.export", addendum_id=call.id) if may_here(call, EXPORT) else "",
    )


@blueprint.get("/oproepen/<int:addendum_id>/kandidaturen.csv")
@for_call(EXPORT)
def export(call: Call) -> ResponseReturnValue:
    rows = exported(call.id, in_conflict(current_actor(), call.id))
    return csv_download(
        f"kandidaturen-oproep-{call.id}.csv",
        EXPORT_HEADER,
        export_rows(rows, contents([row.id for row in rows])),
    )


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
        amended=confirmation_lines(amendments),
    )


@blueprint.get("/oproepen/<int:addendum_id>/opening")
@for_call(NAMES)
def opening(call: Call) -> ResponseReturnValue:
    return _opening_page(call)


@blueprint.post("/oproepen/<int:addendum_id>/opening")
@for_call(OPEN_SEAL)
def sign(call: Call) -> ResponseReturnValue:
    try:
        opened = sign_opening(call.id, by=current_actor())
    except DomainError as error:
        return _opening_page(call, error), 422
    flash("De kandidaturen zijn geopend." if opened else "Je handtekening staat genoteerd.", "success")
    return redirect(url_for("proposals.opening", addendum_id=call.id))


def _opening_page(call: Call, error: DomainError | None = None) -> str:
    signed = opening_of(call.id)
    rows = listed(call.id)
    actor = current_actor()
    return render_template(
        "proposals/opening.html",
        call=call,
        form=ActForm(),
        report=opening_report(call, signed, rows),
        opened=call.phase > Phase.SEALED,
        signed=signed is not None,
        own_signature=signed is not None and signed.first_by_id == actor.user_id,
        may_sign=may_here(call, OPEN_SEAL),
        refusal=say(error) if error else "",
        received=len(rows),
    )


@blueprint.get("/oproepen/<int:addendum_id>/opening.pdf")
@for_call(NAMES)
def opening_pdf(call: Call) -> ResponseReturnValue:
    if call.phase <= Phase.SEALED:
        return redirect(url_for("proposals.opening", addendum_id=call.id))
    report = opening_report(call, opening_of(call.id), listed(call.id))
    for proposal in report["proposals"]:
        proposal["groups"] = [proposal["sha256"][at : at + 16] for at in range(0, 64, 16)]
    pdf = render_pdf("proposals/opening.typ", report)
    return download(pdf, "application/pdf", f"opening-oproep-{call.id}.pdf")
