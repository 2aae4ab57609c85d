"""The regisseur's pages about sessions: the list, one session, the screen in the room, the summary."""

from collections.abc import Iterator

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.drafting.editing import EDIT
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError
from app.infra.exports import csv_download
from app.workshops import services
from app.workshops.forms import SessionForm
from app.workshops.policy import spoken_code
from app.workshops.presenters import (
    KIND_LABELS,
    ON_SCREEN,
    WORDS,
    Section,
    join_address,
    only_on_this_computer,
    qr_code,
    sections,
)
from app.workshops.queries import (
    Session,
    groups_of,
    load_session,
    sessions_of,
    tally_of,
    topics_of,
)

blueprint = Blueprint("workshops", __name__)
VIEW = "addendum.draft.view"
SESSION = "/oproepen/<int:addendum_id>/sessies/<int:workshop_id>"

blueprint.app_template_filter("spoken_code")(spoken_code)


def _list(call: Call, form: SessionForm, status: int = 200) -> ResponseReturnValue:
    page = render_template(
        "workshops/index.html",
        call=call,
        rows=sessions_of(call.id),
        form=form,
        may_write=may_here(call, EDIT) and call.facts.published_at is None,
        **WORDS,
    )
    return page, status


@blueprint.get("/oproepen/<int:addendum_id>/sessies")
@for_call(VIEW)
def index(call: Call) -> ResponseReturnValue:
    """All sessions of this call, and a new one."""
    return _list(call, SessionForm(formdata=None))


@blueprint.post("/oproepen/<int:addendum_id>/sessies")
@for_call(EDIT)
def create(call: Call) -> ResponseReturnValue:
    form = SessionForm()
    if form.validate():
        try:
            made = services.create(call.id, form.title.data, form.held_on.data or "", by=current_actor())
            return redirect(url_for("workshops.show", addendum_id=call.id, workshop_id=made))
        except DomainError as error:
            form.refuse(error)
    return _list(call, form, 422)


def board(session: Session, *, everything: bool = False) -> list[Section]:
    """The notes of a session in their groups, per topic."""
    return sections(session, topics_of(session.addendum_id), groups_of(session.id), everything=everything)


@blueprint.get(SESSION)
@for_call(VIEW)
def show(call: Call, workshop_id: int) -> ResponseReturnValue:
    """The notes as they came together, and what can be done with them."""
    session = load_session(call.id, workshop_id)
    return render_template(
        "workshops/show.html",
        call=call,
        workshop=session,
        tally=tally_of(session.id),
        sections=board(session, everything=True),
        may_write=may_here(call, EDIT) and call.facts.published_at is None,
        address=join_address(),
        unreachable=only_on_this_computer(),
        **WORDS,
    )


def _back(call: Call, workshop_id: int, anchor: str | None = None) -> ResponseReturnValue:
    return redirect(url_for("workshops.show", addendum_id=call.id, workshop_id=workshop_id, _anchor=anchor))


@blueprint.post(f"{SESSION}/openen")
@for_call(EDIT)
def open_session(call: Call, workshop_id: int) -> ResponseReturnValue:
    services.open_session(call.id, workshop_id, by=current_actor())
    flash("De sessie is open. Toon het scherm, dan kan iedereen meedoen.", "success")
    return _back(call, workshop_id)


@blueprint.post(f"{SESSION}/sluiten")
@for_call(EDIT)
def close_session(call: Call, workshop_id: int) -> ResponseReturnValue:
    services.close_session(call.id, workshop_id, by=current_actor())
    flash("De sessie is afgesloten. Alles wat geschreven is, blijft staan.", "success")
    return _back(call, workshop_id)


@blueprint.post(f"{SESSION}/onderwerpen/<int:topic>")
@for_call(EDIT)
def pause_topic(call: Call, workshop_id: int, topic: int) -> ResponseReturnValue:
    """Take notes about one challenge, or not for now."""
    paused = request.form.get("paused") == "1"
    services.pause_topic(call.id, workshop_id, topic, paused, by=current_actor())
    return _back(call, workshop_id, f"onderwerp-{topic}")


@blueprint.get(f"{SESSION}/scherm")
@for_call(VIEW)
def projection(call: Call, workshop_id: int) -> ResponseReturnValue:
    """For the screen in the room. htmx asks for the part that changes; `toon` chooses what is shown."""
    session = load_session(call.id, workshop_id)
    chosen = request.args.get("toon", "")
    found = board(session)
    if chosen.isdecimal():
        found = [one for one in found if one.topic.id == int(chosen)]
    part = "HX-Request" in request.headers
    return render_template(
        "workshops/_projection.html" if part else "workshops/projection.html",
        call=call,
        workshop=session,
        tally=tally_of(session.id),
        sections=found,
        most=ON_SCREEN if not chosen.isdecimal() else 3 * ON_SCREEN,
        chosen=chosen,
        still=request.args.get("stil") == "1",
        address=join_address(),
        qr=qr_code(session),
        **WORDS,
    )


@blueprint.get(f"{SESSION}/overzicht")
@for_call(VIEW)
def summary(call: Call, workshop_id: int) -> ResponseReturnValue:
    """What came out of it, to print."""
    session = load_session(call.id, workshop_id)
    return render_template(
        "workshops/summary.html",
        call=call,
        workshop=session,
        tally=tally_of(session.id),
        sections=board(session),
        **WORDS,
    )


@blueprint.get(f"{SESSION}/overzicht.csv")
@for_call(VIEW)
def export(call: Call, workshop_id: int) -> ResponseReturnValue:
    """A line per note that stands; without the names of who wrote."""
    session = load_session(call.id, workshop_id)
    header = ("Uitdaging", "Groep", "Personen", "Overgenomen als", "Briefje", "Soort")
    return csv_download(f"sessie-{session.id}.csv", header, _lines(board(session)))


def _lines(found: list[Section]) -> Iterator[tuple[object, ...]]:
    for section in found:
        for group in section.groups:
            for note in group.notes:
                if not note.hidden:
                    kind = "Eens met de groep" if note.agrees else "Briefje"
                    taken = KIND_LABELS.get(group.taken_as, "")
                    yield section.title, group.text, group.people, taken, note.text, kind
