"""The pages on the phones in the room. Nobody signs in: a signed key in a cookie is all that is known."""

import secrets
from typing import Any

from flask import current_app, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from app.accounts.throttle import TooManyAttempts
from app.domain.errors import DomainError, NotFound
from app.infra.access import public
from app.infra.messages import say
from app.workshops import room as services
from app.workshops.forms import JoinForm, NoteForm
from app.workshops.policy import NOTE_LENGTH, State, clean_code
from app.workshops.presenters import WORDS
from app.workshops.queries import Session, Topic, groups_of, in_topic, session_by_code, topics_of
from app.workshops.room import OwnNote, Person
from app.workshops.views import blueprint

COOKIE = "pw_sessie"
COOKIE_AGE = 7 * 24 * 3600
ROOM = "/s/<code>"
TOPIC = f"{ROOM}/u/<int:topic>"
STATUS = {
    "workshop_closed": 409,
    "workshop_topic_paused": 409,
    "workshop_not_open": 409,
    "workshop_full": 409,
    "workshop_join_first": 403,
    "workshop_too_fast": 429,
    "workshop_too_much": 429,
}


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(current_app.config["SECRET_KEY"], salt="workshop-phone")


def device() -> str | None:
    """The key of this phone; None without a cookie, or with one we did not sign."""
    try:
        key = _signer().loads(request.cookies.get(COOKIE, ""))
    except BadSignature:
        return None
    return key if isinstance(key, str) else None


def _remember(answer: ResponseReturnValue, key: str) -> ResponseReturnValue:
    """The same answer, with the key of this phone."""
    response = make_response(answer)
    response.set_cookie(
        COOKIE,
        _signer().dumps(key),  # type: ignore[arg-type]
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["SESSION_COOKIE_SECURE"],
    )
    return response


def _here(code: str) -> tuple[Session, Person] | None:
    """The session and who is at the phone; None for an unknown code as for one not joined, so that asking
    for pages does not find codes."""
    key = device()
    session = session_by_code(clean_code(code)) if key else None
    person = services.person_of(session, key) if session else None
    return (session, person) if session and person else None


def _status(error: DomainError) -> int:
    if isinstance(error, NotFound):
        return 404
    return 429 if isinstance(error, TooManyAttempts) else STATUS.get(error.code, 422)


def _join_page(form: JoinForm, status: int = 200, *, known: bool = False) -> ResponseReturnValue:
    return render_template("workshops/join.html", form=form, known=known), status


@blueprint.route("/meedoen", methods=["GET", "POST"])
@public
def join() -> ResponseReturnValue:
    """Type the code from the screen."""
    form = JoinForm()
    return _enter(form, form.code.data or "") if request.method == "POST" else _join_page(form)


@blueprint.get(ROOM)
@public
def room(code: str) -> ResponseReturnValue:
    """The challenges to write about; first a page to join, the same for every code."""
    found = _here(code)
    if found is None:
        return _join_page(JoinForm(formdata=None, data={"code": clean_code(code) or code}), known=True)
    session, person = found
    topics = topics_of(session.addendum_id)
    return render_template(
        "workshops/room.html",
        workshop=session,
        person=person,
        topics=topics,
        mine=services.count_own(session, person),
        own=_all_own(session, person, topics) if session.state is State.CLOSED else [],
        **WORDS,
    )


def _all_own(session: Session, person: Person, topics: list[Topic]) -> list[tuple[Topic, list[OwnNote]]]:
    """What somebody wrote in a session that is over."""
    notes = services.all_own_notes(session, person)
    return [(topic, notes[topic.id]) for topic in topics if topic.id in notes]


@blueprint.post(ROOM)
@public
def enter(code: str) -> ResponseReturnValue:
    return _enter(JoinForm(), code, known=True)


def _enter(form: JoinForm, code: str, *, known: bool = False) -> ResponseReturnValue:
    """Join; a note that was sent before joining goes along."""
    key = device() or secrets.token_urlsafe(24)
    try:
        session = services.join(code, key, form.name.data or "", address=request.remote_addr)
    except DomainError as error:
        form.code.data = form.code.data or code
        form.refuse(error)
        return _join_page(form, _status(error), known=known and error.code != "workshop_code_unknown")
    return _remember(_after_joining(session, key, form), key)


def _after_joining(session: Session, key: str, form: JoinForm) -> ResponseReturnValue:
    """To the challenges; a note that was sent before joining is kept first."""
    topic = form.topic.data or ""
    if not (form.text.data and topic.isdecimal() and len(topic) < 10):
        return redirect(url_for("workshops.room", code=session.code))
    try:
        services.add_note(session.code, key, int(topic), form.text.data, form.client_key.data or "")
    except DomainError as error:
        kept = NoteForm(formdata=None, data={"text": form.text.data, "client_key": _fresh_key()})
        kept.refuse(error)
        return _topic_page(session, services.person_of(session, key), int(topic), kept), _status(error)
    return redirect(url_for("workshops.topic", code=session.code, topic=int(topic)))


def _fresh_key() -> str:
    return secrets.token_urlsafe(16)


def _topic_page(session: Session, person: Person | None, topic_id: int, form: NoteForm) -> str:
    """One challenge: what it is, a note to write, own notes, and after the first one what others wrote."""
    topic = next((one for one in topics_of(session.addendum_id) if one.id == topic_id), None)
    if topic is None or person is None:
        raise NotFound("challenge")
    own, began = services.own_notes(session, person, topic_id)
    groups = groups_of(session.id, in_topic(topic_id)) if began else []
    return render_template(
        "workshops/topic.html",
        workshop=session,
        topic=topic,
        form=form,
        own=own,
        began=began,
        groups=[one for one in groups if one.people],
        mine={
            one.id
            for one in groups
            if any(note.participant_id == person.id and not note.hidden for note in one.notes)
        },
        is_open=session.state is State.OPEN and topic_id not in session.paused,
        most=NOTE_LENGTH,
        **WORDS,
    )


@blueprint.get(TOPIC)
@public
def topic(code: str, topic: int) -> ResponseReturnValue:
    found = _here(code)
    if found is None:
        return redirect(url_for("workshops.room", code=code))
    form = NoteForm(formdata=None, data={"client_key": _fresh_key()})
    return _topic_page(*found, topic, form)


@blueprint.post(TOPIC)
@public
def add_note(code: str, topic: int) -> ResponseReturnValue:
    """From the script (answers JSON), or from the form itself."""
    form = NoteForm()
    typed, key = form.text.data or "", form.client_key.data or ""
    wants_json = request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
    try:
        note_id = services.add_note(code, device(), topic, typed, key)
    except DomainError as error:
        return _not_kept(error, code, topic, form, wants_json)
    if wants_json:
        return {"state": "saved", "id": note_id}
    return redirect(url_for("workshops.topic", code=code, topic=topic))


def _not_kept(
    error: DomainError, code: str, topic: int, form: NoteForm, wants_json: bool
) -> ResponseReturnValue:
    """What was typed comes back, with why."""
    status = _status(error)
    if wants_json:
        return {"state": "refused", "code": error.code, "message": say(error)}, status
    found = _here(code)
    if found is None:
        kept: dict[str, Any] = {"code": code, "topic": topic, "text": form.text.data or ""}
        joining = JoinForm(formdata=None, data=kept | {"client_key": form.client_key.data})
        joining.refuse(error)
        return _join_page(joining, status, known=True)
    if isinstance(error, NotFound):
        raise error
    form.refuse(error)
    return _topic_page(*found, topic, form), status


@blueprint.post(f"{ROOM}/groepen/<int:group_id>/ook")
@public
def agree(code: str, group_id: int) -> ResponseReturnValue:
    """ "That goes for me too"."""
    return _act(code, lambda: services.agree(code, device(), group_id))


@blueprint.post(f"{ROOM}/briefjes/<int:note_id>/intrekken")
@public
def withdraw(code: str, note_id: int) -> ResponseReturnValue:
    return _act(code, lambda: services.withdraw(code, device(), note_id))


def _act(code: str, act: Any) -> ResponseReturnValue:
    """A button on a phone: back to the challenge; a refusal is said on a page of the session."""
    try:
        topic = act()
    except DomainError as error:
        if isinstance(error, NotFound):
            raise
        page = render_template("workshops/refused.html", message=say(error), code=clean_code(code))
        return page, _status(error)
    return redirect(url_for("workshops.topic", code=code, topic=topic))
