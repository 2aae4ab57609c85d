"""Writing about the obstacles of a challenge, by button and while typing."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.domain.errors import DomainError, Stale
from app.domain.timeline import Phase
from app.infra.forms import VersionedForm
from app.proposals.content import Content, level
from app.proposals.forms import answer_form
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.policy import OWN_DRAFT, ProposalRef
from app.proposals.presenters import obstacle_rows
from app.proposals.views import blueprint, page_facts
from app.proposals.wording import ANSWER_PARTS
from app.proposals.writing.asked import asked_in
from app.proposals.writing.copying import earlier_proposals
from app.proposals.writing.drafts import working_content
from app.proposals.writing.merging import merge, token
from app.proposals.writing.saving import (
    answer,
    colleagues_here,
    invalid,
    refusal,
    require_known,
    seen_call_version,
    tell_call_changed,
    told_in_json,
)
from app.proposals.writing.services import EDIT, answer_values, save_answers


@blueprint.get("/kandidaturen/<int:proposal_id>/uitdaging/<int:number>")
@for_proposal(OWN_DRAFT)
def edit_challenge(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    content = working_content(ref.id)
    values = answer_values(content, number)
    form = answer_form(list(values))(formdata=None, data={**values, "version": token(values)})
    return _challenge_page(call, ref, content, number, form)


@blueprint.post("/kandidaturen/<int:proposal_id>/uitdaging/<int:number>")
@for_own_write(EDIT)
def save_challenge(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    content = working_content(ref.id)
    values = answer_values(content, number)
    form = answer_form(list(values))()
    if not form.validate():
        return _challenge_page(call, ref, content, number, form), 422
    typed = {name: form[name].data or "" for name in values if name in request.form}
    seen = form.version.data or ""
    try:
        save_answers(ref.id, number, typed, seen=seen, by=current_actor(), call_version=seen_call_version())
    except Stale as error:
        _show_both(form, values, typed, seen)
        return _challenge_page(call, ref, content, number, form, error), 409
    except DomainError as error:
        return _challenge_page(call, ref, content, number, form, error), 403
    flash("Bewaard.", "success")
    tell_call_changed(call)
    return redirect(_after_challenge(ref, content, number))


def _after_challenge(ref: ProposalRef, content: Content, number: int) -> str:
    """ "Bewaren en naar de volgende" goes on; the plain button stays."""
    numbers = [one["number"] for one in content["challenges"]]
    following = [one for one in numbers if one > number]
    if request.form.get("next") != "1":
        return url_for("proposals.edit_challenge", proposal_id=ref.id, number=number)
    if following:
        return url_for("proposals.edit_challenge", proposal_id=ref.id, number=following[0])
    return url_for("proposals.edit", proposal_id=ref.id)


@blueprint.post("/kandidaturen/<int:proposal_id>/uitdaging/<int:number>/bewaar")
@told_in_json
@for_own_write(EDIT)
def autosave(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    """Only the fields that changed, as app/static/js/autosave.js sends them."""
    values = answer_values(working_content(ref.id), number)
    require_known(values)
    form = answer_form(list(values))()
    if not form.validate():
        return invalid(form)
    typed = {name: form[name].data or "" for name in values if name in request.form}
    seen = form.version.data or ""
    read = seen_call_version()
    return answer(
        call,
        ref,
        number,
        lambda: save_answers(
            ref.id, number, typed, seen=seen, by=current_actor(), quiet=True, call_version=read
        ),
    )


def _show_both(form: VersionedForm, values: dict[str, str], typed: dict[str, str], seen: str) -> None:
    """Own texts stay in the fields, what others changed elsewhere is put in; saving again decides."""
    merged = merge(values, typed, seen)
    form.process(formdata=None, data={**merged.values, "version": token(values)})


def _challenge_page(
    call: Call,
    ref: ProposalRef,
    content: Content,
    number: int,
    form: VersionedForm,
    error: DomainError | None = None,
) -> str:
    challenge = next(one for one in content["challenges"] if one["number"] == number)
    numbers = [one["number"] for one in content["challenges"]]
    return render_template(
        "proposals/edit_challenge.html",
        form=form,
        challenge=challenge,
        asked=asked_in(challenge["id"]),
        parts=ANSWER_PARTS,
        levels={one["id"]: level(one) for one in challenge["obstacles"]},
        editable=call.phase is Phase.OPEN,
        following=any(one > number for one in numbers),
        here=colleagues_here(ref, number),
        copy_from=bool(earlier_proposals(ref)),
        coverage=obstacle_rows(content, ref),
        **refusal(error),
        **page_facts(call, ref, content, str(number)),
    )
