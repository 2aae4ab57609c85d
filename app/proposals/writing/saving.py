"""What the pages of the editor share: the answer to a save while typing, and what a refusal shows."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from flask import flash, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, SelectMultipleField

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.domain.errors import DomainError, NotFound, Stale
from app.domain.timeline import BRUSSELS
from app.infra import clock
from app.infra.forms import VersionedForm
from app.infra.messages import say
from app.proposals.amended.presenters import call_news
from app.proposals.guard import ProposalView
from app.proposals.policy import ProposalRef
from app.proposals.views import blueprint
from app.proposals.wording import word_line as line_of
from app.proposals.wording import words
from app.proposals.writing.merging import token
from app.proposals.writing.presence import also_here
from app.proposals.writing.services import Saved

Save = Callable[[], Saved]
_BESIDE = {"csrf_token", "version", "call_version"}


@blueprint.app_template_global()
def over_limit(text: str | None, limit: int) -> bool:
    return words(text or "") > limit


@blueprint.app_template_global()
def word_line(text: str | None, limit: int) -> str:
    return line_of(text or "", limit)


@blueprint.app_template_global()
def kept_key(proposal_id: int, section: int) -> str:
    """Under what the browser keeps what is not saved yet: of this person, whoever signs in after them."""
    return f"persoon-{current_actor().user_id}-kandidatuur-{proposal_id}-deel-{section}"


@blueprint.app_template_global()
def typed_values(form: VersionedForm) -> dict[str, list[str]]:
    """The fields as a browser would send them, so that a text kept there can be compared when there is no
    form any more."""
    return {field.name: _sent(field) for field in form if field.name not in _BESIDE}


def _sent(field: Any) -> list[str]:
    if isinstance(field, BooleanField):
        return [field._value()] if field.data else []
    if isinstance(field, SelectMultipleField):
        return [str(one) for one in field.data or []]
    return [field._value()]


def colleagues_here(ref: ProposalRef, section: int) -> list[str]:
    return also_here(ref, section, current_actor().user_id, clock.now())


def answer(call: Call, ref: ProposalRef, section: int, save: Save) -> ResponseReturnValue:
    """What autosave.js reads; with who else is working here, and with what changed in the call since the
    form was opened, whatever came of the save."""
    news = call_news(call.id, seen_call_version())
    try:
        saved = save()
    except Stale as error:
        here = colleagues_here(ref, section)
        conflict = {"state": "conflict", "message": say(error), "theirs": error.theirs}
        return {**conflict, "version": token(error.theirs), "also_here": here, **news}, 409
    except NotFound:
        raise  # `told_in_json` says it
    except DomainError as error:
        too_late = error.code == "edit_too_late"
        return {"state": "closed", "message": say(error), "too_late": too_late, **news}, 403
    return {
        "state": "saved",
        "version": saved.token,
        "saved_at": f"{saved.at.astimezone(BRUSSELS):%H:%M:%S}",
        "levels": saved.levels,
        "also_here": colleagues_here(ref, section),
        **news,
    }


def require_known(names: Iterable[str]) -> None:
    """NotFound when the page sent a field that is not in the form (any more): "saved" would be untrue."""
    if set(request.form) - set(names) - _BESIDE:
        raise NotFound("field")


def told_in_json(view: ProposalView) -> ProposalView:
    """What is not there is said to the script that saves, which cannot read a page."""

    @wraps(view)
    def saying(**values: Any) -> ResponseReturnValue:
        try:
            return view(**values)
        except NotFound:
            return {
                "state": "closed",
                "message": "Niet bewaard: dit staat niet meer in het formulier. Je tekst staat nog in deze "
                "browser. Laad de pagina opnieuw.",
            }, 404

    return saying


def invalid(form: VersionedForm) -> ResponseReturnValue:
    first = next((str(one) for errors in form.errors.values() for one in errors), "")
    return {"state": "failed", "message": f"Niet bewaard: {first}"}, 422


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


def refusal(error: DomainError | None) -> dict[str, Any]:
    theirs = error.theirs if isinstance(error, Stale) else {}
    return {"refusal": say(error) if error else "", "theirs": theirs}
