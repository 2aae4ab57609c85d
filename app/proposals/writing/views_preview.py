"""The proposal as others will see it: one text, the whole as the jury reads it, and on paper."""

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from app.addenda.queries import Call
from app.infra import clock
from app.infra.documents import pdf_download, render_pdf
from app.infra.markdown import rich
from app.infra.texts import clean
from app.proposals.content import Content
from app.proposals.guard import for_proposal
from app.proposals.policy import OWN_DRAFT, ProposalRef
from app.proposals.presenters import differs
from app.proposals.seal.sealing import standing_content
from app.proposals.views import blueprint, page_facts
from app.proposals.wording import TEXT_LIMIT
from app.proposals.writing.drafts import State, state_of, working_content
from app.proposals.writing.paper import paper_of

DEEPEST = 4  # a heading in a text comes under the name of its part


@blueprint.post("/kandidaturen/<int:proposal_id>/opmaak")
@for_proposal(OWN_DRAFT)
def show_markup(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """One text as it will be read (app/static/js/markdown.js); nothing is kept."""
    return Response(rich(clean(request.form.get("text", ""))[:TEXT_LIMIT], DEEPEST), mimetype="text/html")


@blueprint.get("/kandidaturen/<int:proposal_id>/voorbeeld")
@for_proposal(OWN_DRAFT)
def preview(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The working copy as the jury would read it."""
    content = working_content(ref.id)
    return render_template("proposals/preview.html", **page_facts(call, ref, content, "preview"))


@blueprint.get("/kandidaturen/<int:proposal_id>/kandidatuur.pdf")
@for_proposal(OWN_DRAFT)
def proposal_pdf(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """What stands, when the working copy says the same; else the working copy, marked as a draft."""
    content, state = working_content(ref.id), state_of(ref.id)
    stands = _stands(state, content, ref)
    shown = standing_content(ref.id, {ref.organisation_id}) if stands else content
    data = paper_of(call, shown, state.standing if stands else None, clock.now())
    name = f"kandidatuur-{state.standing.receipt_number}.pdf" if stands else "kandidatuur-ontwerp.pdf"
    return pdf_download(render_pdf("proposals/proposal.typ", data), name)


def _stands(state: State, content: Content, ref: ProposalRef) -> bool:
    return state.standing is not None and not differs(state, content, ref)
