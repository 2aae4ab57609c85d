"""What the jury talks about and agrees upon."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.evaluation.deliberating.queries import PAGE, agenda_rows, deliberation_rows, divergences
from app.evaluation.deliberating.services import AGREE, record_consensus
from app.evaluation.forms import ConsensusForm
from app.evaluation.queries import conflicted_jurors
from app.evaluation.views import blueprint
from app.infra.messages import say
from app.infra.numbers import positive
from app.proposals.guard import for_proposal
from app.proposals.policy import ProposalRef, closed_to, left_out
from app.proposals.queries import applicants


@blueprint.get("/oproepen/<int:addendum_id>/beraad")
@for_call(AGREE)
def consensus(call: Call) -> ResponseReturnValue:
    """What diverges most, for the chair; without applicants of a conflict, or not declared about."""
    page = max(1, positive(request.args.get("pagina")))
    away = closed_to(current_actor(), call.id, applicants(call.id))
    found = divergences(call.id, without=away, page=page)
    link = url_for("evaluation.deliberate", proposal_id=0)
    return render_template(
        "evaluation/consensus.html",
        call=call,
        rows=agenda_rows(found[:PAGE], link),
        left_out=left_out(len(away)),
        page=page,
        previous=url_for("evaluation.consensus", addendum_id=call.id, pagina=page - 1) if page > 1 else None,
        following=url_for("evaluation.consensus", addendum_id=call.id, pagina=page + 1)
        if len(found) > PAGE
        else None,
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/beraad")
@for_proposal(AGREE)
def deliberate(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    return _deliberation_page(call, ref)


@blueprint.post("/kandidaturen/<int:proposal_id>/beraad", endpoint="record_consensus")
@for_proposal(AGREE)
def agree(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = ConsensusForm()
    try:
        record_consensus(
            ref.id,
            positive(form.criterion.data),
            form.level.data or "",
            form.reason.data or "",
            seen=form.seen.data or "",
            by=current_actor(),
        )
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        status = 409 if isinstance(error, Stale) else 422
        return _deliberation_page(call, ref, form, error), status
    flash("Bewaard.", "success")
    return redirect(url_for("evaluation.deliberate", proposal_id=ref.id))


def _deliberation_page(
    call: Call, ref: ProposalRef, form: ConsensusForm | None = None, error: DomainError | None = None
) -> str:
    rows = deliberation_rows(call.id, ref.id, conflicted_jurors(call.id, ref.organisation_id))
    typed = positive(form.criterion.data) if form else 0
    return render_template(
        "evaluation/deliberate.html",
        call=call,
        proposal=ref,
        rows=rows,
        form=form or ConsensusForm(formdata=None),
        typed=typed,
        typed_level=(form.level.data or "") if form else "",
        typed_reason=(form.reason.data or "") if form else "",
        errors=[{"text": say(error), "href": f"#reason-{typed}"}] if error else [],
        stale=isinstance(error, Stale),
    )
