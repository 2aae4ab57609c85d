"""Addresses of decisions: the table, the proposals of the chair, the letters and the results."""

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.decisions.candidates import draft_reasons
from app.decisions.finding import asked_here
from app.decisions.forms import DecisionForm, decision_form
from app.decisions.letters import decision_letters, letter_pdf
from app.decisions.presenters import OUTCOME_LABELS, STANDS, found_facts, other_facts, own_facts
from app.decisions.queries import decision_of, letter_of, notified_decision
from app.decisions.results import partner_names, public_results
from app.decisions.services import propose
from app.decisions.wording import OUTCOMES
from app.domain.errors import DomainError, NotFound, Stale
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.documents import pdf_download
from app.proposals.guard import for_proposal
from app.proposals.policy import ProposalRef

blueprint = Blueprint("decisions", __name__)


@blueprint.get("/oproepen/<int:addendum_id>/beslissingen")
@for_call("decision.view_embargoed", every_applicant=True)
def table(call: Call) -> ResponseReturnValue:
    """Every standing proposal with what the jury found beside its outcome; before anybody is told."""
    return render_template("decisions/table.html", call=call, **found_facts(call, asked_here(STANDS)))


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/voorstel")
@for_proposal("decision.propose")
def edit(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    return _edit_page(call, ref, decision_form(decision_of(ref.id), draft_reasons(call.id, ref.id)))


@blueprint.post("/kandidaturen/<int:proposal_id>/beslissing/voorstel")
@for_proposal("decision.propose")
def save(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = DecisionForm()
    if not form.validate():
        return _edit_page(call, ref, form), 422
    try:
        propose(ref.id, form.wanted(), by=current_actor())
    except Stale as error:
        form.version.data = str(error.version)
        form.refuse(error)
        return _edit_page(call, ref, form, error.theirs), 409
    except DomainError as error:
        form.refuse(error)
        return _edit_page(call, ref, form), 422
    flash(f"Het voorstel voor {ref.organisation_name} is bewaard. Een regisseur bevestigt het.", "success")
    return redirect(url_for("decisions.table", addendum_id=call.id))


def _edit_page(call: Call, ref: ProposalRef, form: DecisionForm, theirs: dict[str, str] | None = None) -> str:
    decision = decision_of(ref.id)
    return render_template(
        "decisions/edit.html",
        call=call,
        proposal=ref,
        form=form,
        decision=decision,
        draft=draft_reasons(call.id, ref.id),
        theirs=theirs,
        outcomes=OUTCOMES,
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/ontwerp.pdf")
@for_proposal("decision.view_embargoed")
def preview(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The letter as it would leave today."""
    decision = decision_of(ref.id)
    if decision is None:
        raise NotFound("decision")
    letters = decision_letters(call, [decision], local_day(clock.now()))
    return pdf_download(letter_pdf(letters[decision.id]), f"ontwerpbrief-{ref.id}.pdf")


@blueprint.get("/oproepen/<int:addendum_id>/beslissingen/overzicht")
@for_call("decision.other.view_with_motivation", every_applicant=True)
def other(call: Call) -> ResponseReturnValue:
    """All decisions with their reasons, once everybody knows."""
    return render_template("decisions/other.html", call=call, **other_facts(call, asked_here(OUTCOME_LABELS)))


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/brief.pdf")
@for_proposal("decision.other.view_with_motivation")
def letter_copy(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    pdf = letter_of(ref.id)
    if pdf is None:
        return redirect(url_for("decisions.other", addendum_id=call.id))
    return pdf_download(pdf, f"beslissing-{ref.id}.pdf")


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing")
@for_proposal("decision.own.view_with_motivation")
def own(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The applicant's own decision."""
    facts = own_facts(call, notified_decision(ref.id))
    return render_template("decisions/own.html", call=call, proposal=ref, **facts)


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing.pdf")
@for_proposal("decision.own.view_with_motivation")
def letter(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The letter exactly as it was sent; the page itself for one from before there were letters."""
    pdf = letter_of(ref.id)
    if pdf is None:
        return redirect(url_for("decisions.own", proposal_id=ref.id))
    return pdf_download(pdf, f"beslissing-{ref.id}.pdf")


@blueprint.get("/oproepen/<int:addendum_id>/resultaat")
@for_call("decision.public_result_list")
def results(call: Call) -> ResponseReturnValue:
    """Who is selected or in reserve, and later the partnership; for everybody."""
    return render_template(
        "decisions/results.html",
        call=call,
        rows=public_results(call.id),
        partners=partner_names(call.id),
        outcomes=OUTCOMES,
    )
