"""Writing: the general part and the challenges, by button and while typing."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.domain.errors import DomainError, Stale
from app.domain.timeline import BRUSSELS, Phase
from app.infra.forms import VersionedForm
from app.infra.messages import say
from app.proposals.content import Content
from app.proposals.drafts import cost_requested, goals_of, service_type_choices, working_content
from app.proposals.forms import GeneralForm, answer_form, general_data, typed_general
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.merging import merge, token
from app.proposals.policy import OWN_DRAFT, ProposalRef
from app.proposals.presenters_amended import call_news
from app.proposals.services import (
    EDIT,
    Saved,
    answer_values,
    general_values,
    save_answers,
    save_general,
)
from app.proposals.views import blueprint, page_facts
from app.proposals.wording import ANSWER_PARTS, EXPECTATION_WORDS, EXPECTATIONS, SUMMARY_WORDS

Save = Callable[[], Saved]


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
@for_own_write(EDIT)
def autosave(call: Call, ref: ProposalRef, number: int) -> ResponseReturnValue:
    """Only the fields that changed, as app/static/js/autosave.js sends them."""
    values = answer_values(working_content(ref.id), number)
    form = answer_form(list(values))()
    if not form.validate():
        return _invalid(form)
    typed = {name: form[name].data or "" for name in values if name in request.form}
    seen = form.version.data or ""
    read = seen_call_version()
    return _answer(
        call,
        lambda: save_answers(
            ref.id, number, typed, seen=seen, by=current_actor(), quiet=True, call_version=read
        ),
    )


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
@for_own_write(EDIT)
def autosave_general(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = _general_form(call)
    names = set(request.form)
    if not form.validate() and names & set(form.errors):
        return _invalid(form)
    typed = {name: text for name, text in typed_general(form).items() if name in names}
    seen = form.version.data or ""
    return _answer(call, lambda: save_general(ref.id, typed, seen=seen, by=current_actor(), quiet=True))


def _general_form(call: Call) -> Any:
    form = GeneralForm()
    form.service_types.choices = service_type_choices(call.id)
    return form


def _show_both(form: VersionedForm, values: dict[str, str], typed: dict[str, str], seen: str) -> None:
    """Own texts stay in the fields, what others changed elsewhere is put in; saving again decides."""
    merged = merge(values, typed, seen)
    form.process(formdata=None, data={**merged.values, "version": token(values)})


def _answer(call: Call, save: Save) -> ResponseReturnValue:
    """What autosave.js reads; with what changed in the call since the form was opened, whatever came of
    the save."""
    news = call_news(call.id, seen_call_version())
    try:
        saved = save()
    except Stale as error:
        return {"state": "conflict", "message": say(error), "theirs": error.theirs, **news}, 409
    except DomainError as error:
        return {"state": "closed", "message": say(error), **news}, 403
    at = f"{saved.at.astimezone(BRUSSELS):%H:%M:%S}"
    return {"state": "saved", "version": saved.token, "saved_at": at, **news}


def seen_call_version() -> int | None:
    """The version of the call that the form showed; None when it says nothing of use."""
    sent = request.form.get("call_version", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else None


def tell_call_changed(call: Call) -> None:
    """After a save by button, for who began to write before an amendment."""
    if call_news(call.id, seen_call_version()):
        flash(
            "De oproep is gewijzigd terwijl je schreef. Je tekst is bewaard. Lees wat er anders is.",
            "warning",
        )


def _invalid(form: VersionedForm) -> ResponseReturnValue:
    first = next((str(one) for errors in form.errors.values() for one in errors), "")
    return {"state": "failed", "message": f"Niet bewaard: {first}"}, 422


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
        goals=goals_of(challenge["id"]),
        parts=ANSWER_PARTS,
        editable=call.phase is Phase.OPEN,
        following=any(one > number for one in numbers),
        **_refusal(error),
        **page_facts(call, ref, content, str(number)),
    )


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
        **_refusal(error),
        **page_facts(call, ref, content, "general"),
    )


def _refusal(error: DomainError | None) -> dict[str, Any]:
    theirs = error.theirs if isinstance(error, Stale) else {}
    return {"refusal": say(error) if error else "", "theirs": theirs}
