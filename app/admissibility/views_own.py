"""Addresses for the organisation itself: completing what was asked, and a refusal with its reasons."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.admissibility import answering
from app.admissibility.answering import ANSWER, MEGABYTE, MOST_EACH
from app.admissibility.dossiers import dossier
from app.admissibility.forms import answer_form, sent_answers
from app.admissibility.presenters import own_facts
from app.admissibility.views import blueprint
from app.admissibility.views_checking import sent_file
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.documents import pdf_download
from app.infra.filekinds import ALLOWED_TEXT
from app.infra.forms import Form
from app.infra.messages import say
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.letters import letter_pdf
from app.proposals.policy import ProposalRef

OWN = "admissibility.own.view"
_LATE = {"admissibility_too_late", "not_in_this_phase", "admissibility_is_refused"}


@blueprint.get("/kandidaturen/<int:proposal_id>/aanvullen")
@for_proposal(OWN)
def own(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    return _own_page(call, ref)


@blueprint.post("/kandidaturen/<int:proposal_id>/aanvullen")
@for_own_write(ANSWER)
def answer(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    sent = sent_answers()
    try:
        answering.answer(ref.id, sent, seen=request.form.get("seen", ""), by=current_actor())
    except NotFound:
        raise
    except DomainError as error:
        return _refused(call, ref, error)
    flash("Je aanvulling is aangekomen. Er is ook een mail onderweg.", "success")
    return redirect(url_for("admissibility.own", proposal_id=ref.id))


def _refused(call: Call, ref: ProposalRef, error: DomainError) -> ResponseReturnValue:
    """The page again with what was typed, also when it is too late to send it."""
    found = dossier(call.id, ref.id, clock.now())
    cells = found.open_cells(clock.now())
    form = answer_form(cells, answering.seal_of(cells))
    form["seen"].data = answering.seal_of(cells)
    form.refuse(error)
    theirs = error.theirs if isinstance(error, Stale) else {}
    texts = {cell.item.number: cell.requirement.text for cell in found.cells}
    open_numbers = {cell.item.number for cell in cells if call.phase is Phase.WRITTEN}
    lost = [
        (texts.get(number, ""), one.text)
        for number, one in sent_answers().items()
        if one.text and number not in open_numbers
    ]
    late = isinstance(error, Forbidden) or error.code in _LATE
    status = 403 if late else 409 if isinstance(error, Stale) else 422
    page = _own_page(call, ref, form, said=say(error), lost=lost, theirs=theirs, again=bool(request.files))
    return page, status


def _own_page(call: Call, ref: ProposalRef, form: Form | None = None, **more: object) -> str:
    now = clock.now()
    found = dossier(call.id, ref.id, now)
    cells = found.open_cells(now)
    return render_template(
        "admissibility/own.html",
        call=call,
        proposal=ref,
        form=form or answer_form(cells, answering.seal_of(cells)),
        allowed=ALLOWED_TEXT,
        megabytes=MOST_EACH // MEGABYTE,
        **{**own_facts(call, found, now), **more},
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/aanvullen/bestand/<int:number>")
@for_proposal(OWN)
def own_file(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    return sent_file(call, dossier(call.id, ref.id, clock.now()), number) or redirect(
        url_for("admissibility.own", proposal_id=ref.id)
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/aanvullen/brief.pdf")
@for_proposal(OWN)
def own_letter(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The letter as it was sent."""
    found = dossier(call.id, ref.id, clock.now())
    if found.refusal is None or found.refusal.confirmed_at is None:
        return redirect(url_for("admissibility.own", proposal_id=ref.id))
    return pdf_download(letter_pdf(found.refusal.letter), f"niet-ontvankelijk-{found.receipt_number}.pdf")
