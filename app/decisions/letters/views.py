"""Addresses of letters: the words that the region writes, and all letters before they leave."""

from typing import Any

from flask import flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.decisions.letters.forms import MakeForm, WordsForm, words_form
from app.decisions.letters.making import ask_for_letters
from app.decisions.letters.presenters import letter_facts, letters_facts, texts_facts, words_facts
from app.decisions.letters.queries import Stored, words_of
from app.decisions.letters.services import restore_proposed, save_words
from app.decisions.queries import decision_of
from app.decisions.views import blueprint
from app.domain.errors import DomainError, NotFound, Stale
from app.domain.timeline import local_day
from app.infra import clock
from app.proposals.guard import for_proposal
from app.proposals.policy import ProposalRef


@blueprint.get("/oproepen/<int:addendum_id>/brieven")
@for_call("letter.texts")
def letter_texts(call: Call) -> ResponseReturnValue:
    """The words of every letter; nothing about who gets which."""
    return render_template("decisions/letter_texts.html", call=call, **texts_facts(call))


@blueprint.get("/oproepen/<int:addendum_id>/brieven/<outcome>")
@for_call("letter.texts")
def letter_words(call: Call, outcome: str) -> ResponseReturnValue:
    stored = _stored(call, outcome)
    return _words_page(call, outcome, words_form(stored))


@blueprint.post("/oproepen/<int:addendum_id>/brieven/<outcome>")
@for_call("letter.texts")
def save_letter_words(call: Call, outcome: str) -> ResponseReturnValue:
    _stored(call, outcome)
    form = WordsForm()
    if not form.sound(outcome):
        return _words_page(call, outcome, form), 422
    if "preview" in request.form:
        return _words_page(call, outcome, form, tried=True)
    try:
        changed = save_words(call.id, outcome, form.words(), seen=form.seen_version(), by=current_actor())
    except Stale as error:
        return _stale(call, outcome, form, error)
    flash("De tekst van de brief is bewaard." if changed else "Er was niets te wijzigen.", "success")
    return redirect(url_for("decisions.letter_words", addendum_id=call.id, outcome=outcome))


@blueprint.post("/oproepen/<int:addendum_id>/brieven/<outcome>/voorstel")
@for_call("letter.texts")
def restore_letter_words(call: Call, outcome: str) -> ResponseReturnValue:
    stored, form = _stored(call, outcome), WordsForm()
    try:
        restore_proposed(call.id, outcome, seen=form.seen_version(), by=current_actor())
    except Stale as error:
        return _stale(call, outcome, words_form(stored), error)
    flash("De brief heeft weer de tekst die Partnerwijzer voorstelt.", "success")
    return redirect(url_for("decisions.letter_words", addendum_id=call.id, outcome=outcome))


def _stored(call: Call, outcome: str) -> Stored:
    found = words_of(call.id).get(outcome)
    if found is None:
        raise NotFound("outcome")
    return found


def _stale(call: Call, outcome: str, form: WordsForm, error: Stale) -> ResponseReturnValue:
    form.version.data = str(error.version)
    form.refuse(error)
    return _words_page(call, outcome, form, theirs=error.theirs), 409


def _words_page(
    call: Call, outcome: str, form: WordsForm, *, theirs: dict[str, str] | None = None, tried: bool = False
) -> str:
    facts = words_facts(call, outcome, _stored(call, outcome), form.words())
    return render_template(
        "decisions/letter_words.html", call=call, form=form, theirs=theirs, tried=tried, **facts
    )


@blueprint.get("/oproepen/<int:addendum_id>/brieven/alle")
@for_call("decision.view_embargoed", every_applicant=True)
def all_letters(call: Call) -> ResponseReturnValue:
    """Who gets which letter, and whether it is made."""
    facts = letters_facts(call)
    page = make_response(_letters_page(call, MakeForm(formdata=None), facts))
    if "HX-Request" in request.headers and not facts["busy"]:
        page.headers["HX-Refresh"] = "true"  # the progress is over: the list and the form changed too
    return page


@blueprint.post("/oproepen/<int:addendum_id>/brieven/alle")
@for_call("decision.communicate", every_applicant=True)
def make_all_letters(call: Call) -> ResponseReturnValue:
    form = MakeForm()
    try:
        begun = ask_for_letters(call.id, form.wanted(), by=current_actor())
    except DomainError as error:
        form.refuse(error)
        return _letters_page(call, form, letters_facts(call)), 422
    flash("De brieven worden gemaakt." if begun else "De brieven werden al gemaakt.", "success")
    return redirect(url_for("decisions.all_letters", addendum_id=call.id))


def _letters_page(call: Call, form: MakeForm, facts: dict[str, Any]) -> str:
    form.offer(local_day(clock.now()), facts["day"])
    may_make = may_here(call, "decision.communicate", every_applicant=True)
    return render_template("decisions/all_letters.html", call=call, form=form, may_make=may_make, **facts)


@blueprint.get("/kandidaturen/<int:proposal_id>/beslissing/brief")
@for_proposal("decision.view_embargoed")
def letter_page(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """One letter to read on the screen, before it leaves."""
    decision = decision_of(ref.id)
    if decision is None:
        raise NotFound("decision")
    return render_template(
        "decisions/letter_page.html", call=call, proposal=ref, **letter_facts(call, decision)
    )
