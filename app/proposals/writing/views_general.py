"""Writing the general part, by button and while typing."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.domain.errors import DomainError, Stale
from app.domain.timeline import Phase
from app.proposals.content import Content
from app.proposals.forms import GeneralForm, general_data, typed_general
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.policy import OWN_DRAFT, ProposalRef
from app.proposals.views import blueprint, page_facts
from app.proposals.wording import EXPECTATION_WORDS, EXPECTATIONS, SUMMARY_WORDS
from app.proposals.writing.copying import earlier_proposals
from app.proposals.writing.drafts import cost_requested, service_type_choices, working_content
from app.proposals.writing.merging import merge, token
from app.proposals.writing.presence import GENERAL
from app.proposals.writing.profile import profile_offers
from app.proposals.writing.saving import (
    answer,
    colleagues_here,
    invalid,
    refusal,
    require_known,
    tell_call_changed,
    told_in_json,
)
from app.proposals.writing.services import EDIT, general_values, save_general


@blueprint.get("/kandidaturen/<int:proposal_id>/algemeen")
@for_proposal(OWN_DRAFT)
def edit_general(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    content = working_content(ref.id)
    values = general_values(content)
    form = GeneralForm(formdata=None, data={**general_data(values), "version": token(values)})
    return _general_page(call, ref, content, form)


@blueprint.post("/kandidaturen/<int:proposal_id>/algemeen")
@for_own_write(EDIT)
def save_general_part(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    content = working_content(ref.id)
    form = _general_form(call)
    if not form.validate():
        return _general_page(call, ref, content, form), 422
    typed, seen = typed_general(form), form.version.data or ""
    try:
        save_general(ref.id, typed, seen=seen, by=current_actor())
    except Stale as error:
        merged = merge(general_values(content), typed, seen)
        form.process(
            formdata=None, data={**general_data(merged.values), "version": token(general_values(content))}
        )
        return _general_page(call, ref, content, form, error), 409
    except DomainError as error:
        return _general_page(call, ref, content, form, error), 403
    flash("Bewaard.", "success")
    tell_call_changed(call)
    return redirect(url_for("proposals.edit_general", proposal_id=ref.id))


@blueprint.post("/kandidaturen/<int:proposal_id>/algemeen/bewaar")
@told_in_json
@for_own_write(EDIT)
def autosave_general(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = _general_form(call)
    names = set(request.form)
    require_known(form.data)
    if not form.validate() and names & set(form.errors):
        return invalid(form)
    typed = {name: text for name, text in typed_general(form).items() if name in names}
    seen = form.version.data or ""
    return answer(
        call, ref, GENERAL, lambda: save_general(ref.id, typed, seen=seen, by=current_actor(), quiet=True)
    )


def _general_form(call: Call) -> Any:
    form = GeneralForm()
    form.service_types.choices = service_type_choices(call.id)
    return form


def _general_page(
    call: Call, ref: ProposalRef, content: Content, form: Any, error: DomainError | None = None
) -> str:
    form.service_types.choices = service_type_choices(call.id)
    return render_template(
        "proposals/edit_general.html",
        form=form,
        expectations=EXPECTATIONS,
        expectation_words=EXPECTATION_WORDS,
        summary_words=SUMMARY_WORDS,
        cost_requested=cost_requested(call.id),
        editable=call.phase is Phase.OPEN,
        here=colleagues_here(ref, GENERAL),
        copy_from=bool(earlier_proposals(ref)),
        offers=profile_offers(ref.organisation_id),
        **refusal(error),
        **page_facts(call, ref, content, "general"),
    )
