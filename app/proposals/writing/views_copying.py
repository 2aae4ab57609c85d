"""Taking over texts from an earlier proposal of the same organisation."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import Phase
from app.infra.messages import say
from app.infra.numbers import positive
from app.proposals.forms import ActForm
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.policy import OWN_DRAFT, ProposalRef
from app.proposals.views import blueprint, page_facts
from app.proposals.writing.copying import copy_from, earlier_content, earlier_proposals, offers, seen_token
from app.proposals.writing.drafts import working_content
from app.proposals.writing.services import EDIT


@blueprint.get("/kandidaturen/<int:proposal_id>/overnemen")
@for_proposal(OWN_DRAFT)
def copy_page(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """Which earlier proposal (`?uit=`), then what could come beside what stands."""
    return _copy_page(call, ref, positive(request.args.get("uit")) or None)


@blueprint.post("/kandidaturen/<int:proposal_id>/overnemen")
@for_own_write(EDIT)
def copy_texts(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    source = positive(request.form.get("source"))
    chosen = set(request.form.getlist("take"))
    seen = request.form.get("version", "")
    try:
        count = copy_from(ref.id, source, chosen, seen=seen, by=current_actor())
    except NotFound:
        raise
    except DomainError as error:
        return _copy_page(call, ref, source, error, chosen), _status(error)
    flash(
        f"{count} {'tekst' if count == 1 else 'teksten'} overgenomen. Lees na of ze hier passen: ze zijn "
        "voor een andere oproep geschreven.",
        "success",
    )
    return redirect(url_for("proposals.edit", proposal_id=ref.id))


def _status(error: DomainError) -> int:
    if isinstance(error, Stale):
        return 409
    return 403 if isinstance(error, Forbidden) or error.code == "edit_too_late" else 422


def _copy_page(
    call: Call,
    ref: ProposalRef,
    source: int | None,
    error: DomainError | None = None,
    chosen: set[str] | None = None,
) -> str:
    content = working_content(ref.id)
    earlier = earlier_content(ref, source) if source else None
    offered = offers(content, earlier) if earlier else []
    ticked = {one.key for one in offered if one.advised} if chosen is None else chosen
    return render_template(
        "proposals/copy.html",
        form=ActForm(),
        earlier=earlier_proposals(ref),
        source=source,
        source_title=earlier["call"]["title"] if earlier else "",
        offers=offered,
        ticked=ticked,
        version=seen_token(content),
        editable=call.phase is Phase.OPEN,
        refusal=say(error) if error else "",
        **page_facts(call, ref, content, "copy"),
    )
