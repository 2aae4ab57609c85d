"""What the regisseur does with groups and notes: buttons that post and come back to where they stood."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.drafting.editing import EDIT
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra.messages import say
from app.workshops import moderation, taking
from app.workshops.forms import WordingForm
from app.workshops.presenters import WORDS
from app.workshops.queries import load_session, one_group, topics_of
from app.workshops.views import SESSION, VIEW, blueprint

GROUP = f"{SESSION}/groepen/<int:group_id>"
NOTE = f"{SESSION}/briefjes/<int:note_id>"


def _refused(error: DomainError) -> None:
    """Said on the page one comes back to; who may not, or what does not exist, is an error page."""
    if isinstance(error, (NotFound, Forbidden)):
        raise error
    flash(say(error), "error")


def _to(call: Call, workshop_id: int, group_id: int | None) -> ResponseReturnValue:
    """Back to the group on the page where the button stood."""
    where = {"addendum_id": call.id, "workshop_id": workshop_id}
    if group_id and request.form.get("back") == "group":
        return redirect(url_for("workshops.group", group_id=group_id, **where))  # type: ignore[arg-type]
    anchor = f"groep-{group_id}" if group_id else None
    return redirect(url_for("workshops.show", _anchor=anchor, **where))  # type: ignore[arg-type]


def _page(call: Call, workshop_id: int, group_id: int, form: WordingForm, status: int) -> ResponseReturnValue:
    session = load_session(call.id, workshop_id)
    found = one_group(session.id, group_id)
    page = render_template(
        "workshops/group.html",
        call=call,
        workshop=session,
        group=found,
        form=form,
        topics=topics_of(call.id),
        untouched=taking.stands_untouched(call.id, group_id) if found.taken_as else True,
        may_write=may_here(call, EDIT) and call.facts.published_at is None,
        **WORDS,
    )
    return page, status


@blueprint.get(GROUP)
@for_call(VIEW)
def group(call: Call, workshop_id: int, group_id: int) -> ResponseReturnValue:
    """One group with its notes."""
    session = load_session(call.id, workshop_id)
    found = one_group(session.id, group_id)
    if found.id != group_id:  # merged meanwhile
        return redirect(
            url_for("workshops.group", addendum_id=call.id, workshop_id=workshop_id, group_id=found.id)
        )
    return _page(call, workshop_id, group_id, WordingForm(formdata=None, data={"text": found.text}), 200)


@blueprint.post(f"{GROUP}/verwoorden")
@for_call(EDIT)
def reword(call: Call, workshop_id: int, group_id: int) -> ResponseReturnValue:
    form = WordingForm()
    try:
        moderation.reword(call.id, workshop_id, group_id, form.text.data or "", by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(call, workshop_id, group_id, form, 422)
    flash("De naam van de groep is bewaard.", "success")
    return _to(call, workshop_id, group_id)


@blueprint.post(f"{SESSION}/samenvoegen")
@for_call(EDIT)
def merge(call: Call, workshop_id: int) -> ResponseReturnValue:
    chosen = [int(one) for one in request.form.getlist("group") if one.isdecimal() and len(one) < 10]
    into = None
    try:
        into = moderation.merge(call.id, workshop_id, chosen, by=current_actor())
        flash("Samengevoegd. Bij “Briefjes en meer” kan je dat ongedaan maken.", "success")
    except DomainError as error:
        _refused(error)
    return _to(call, workshop_id, into or (chosen[0] if chosen else None))


@blueprint.post(f"{GROUP}/losmaken")
@for_call(EDIT)
def take_apart(call: Call, workshop_id: int, group_id: int) -> ResponseReturnValue:
    was_in = moderation.take_apart(call.id, workshop_id, group_id, by=current_actor())
    flash("De groep staat weer apart.", "success")
    return _to(call, workshop_id, was_in or group_id)


@blueprint.post(f"{GROUP}/verplaatsen")
@for_call(EDIT)
def move(call: Call, workshop_id: int, group_id: int) -> ResponseReturnValue:
    topic = request.form.get("topic", "")
    if not topic.isdecimal() or len(topic) > 9:
        raise NotFound("challenge")
    try:
        moderation.move(call.id, workshop_id, group_id, int(topic), by=current_actor())
        flash("De groep is verplaatst.", "success")
    except DomainError as error:
        _refused(error)
    return _to(call, workshop_id, group_id)


@blueprint.post(f"{GROUP}/overnemen")
@for_call(EDIT)
def take_over(call: Call, workshop_id: int, group_id: int) -> ResponseReturnValue:
    try:
        taking.take_over(call.id, workshop_id, group_id, request.form.get("kind", ""), by=current_actor())
        flash("Overgenomen in het ontwerp van de oproep.", "success")
    except DomainError as error:
        _refused(error)
    return _to(call, workshop_id, group_id)


@blueprint.post(f"{GROUP}/terugnemen")
@for_call(EDIT)
def take_back(call: Call, workshop_id: int, group_id: int) -> ResponseReturnValue:
    leave = request.form.get("leave") == "1"
    try:
        taking.take_back(call.id, workshop_id, group_id, leave_row=leave, by=current_actor())
        flash("De vermelding is weg." if leave else "Niet meer overgenomen.", "success")
    except DomainError as error:
        _refused(error)
        return redirect(
            url_for("workshops.group", addendum_id=call.id, workshop_id=workshop_id, group_id=group_id)
        )
    return _to(call, workshop_id, group_id)


@blueprint.post(f"{NOTE}/losmaken")
@for_call(EDIT)
def split_note(call: Call, workshop_id: int, note_id: int) -> ResponseReturnValue:
    group_id = None
    try:
        group_id = moderation.split_note(call.id, workshop_id, note_id, by=current_actor())
        flash("Het briefje staat nu in een eigen groep.", "success")
    except DomainError as error:
        _refused(error)
    return _to(call, workshop_id, group_id)


@blueprint.post(f"{NOTE}/verbergen")
@for_call(EDIT)
def hide_note(call: Call, workshop_id: int, note_id: int) -> ResponseReturnValue:
    """Hide an unsuitable note, or show it again."""
    hidden = request.form.get("hidden", "1") == "1"
    group_id = moderation.hide_note(call.id, workshop_id, note_id, hidden, by=current_actor())
    flash("Het briefje is verborgen." if hidden else "Het briefje is weer zichtbaar.", "success")
    return _to(call, workshop_id, group_id)
