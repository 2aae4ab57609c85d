"""Files beside the own objection: the page to add and remove them, and downloading."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge

from app.accounts.actors import current_actor
from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.decisions.queries import notified_decision
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra.downloads import file_download
from app.infra.filekinds import ACCEPT, ALLOWED_TEXT, sentences_by_extension
from app.infra.kept import wants_json
from app.infra.messages import say
from app.objections.attached import bytes_of, file_of, files_of
from app.objections.attaching import MEGABYTE, MOST_EACH, Attached, attach, detach, too_large
from app.objections.forms import FileForm
from app.objections.presenters import file_line, left_over, own_facts
from app.objections.queries import earlier_objections, objection_on
from app.objections.services import DRAFT
from app.objections.views import VIEW, blueprint
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.policy import ProposalRef

_OVERHEAD = MEGABYTE  # what a form adds around its file
_CHOOSE = "Kies een bestand."


@blueprint.url_value_preprocessor
def allow_files(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Files are larger than other forms. Before anything looks at the form, hence here."""
    if endpoint == "objections.add_file":
        request.max_content_length = MOST_EACH + _OVERHEAD


@blueprint.errorhandler(413)
def not_read(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Too large to be read at all: the page says so, and what was kept before is still there."""
    if request.endpoint == "objections.add_file" and current_actor().signed_in:
        try:
            return _too_large(**(request.view_args or {}))
        except NotFound:
            return render_template("errors/404.html"), 404
    return render_template("errors/413.html"), 413


@for_own_write(DRAFT)
def _too_large(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    try:
        too_large(ref.id, by=current_actor())
    except NotFound:
        raise
    except DomainError as error:
        late = isinstance(error, Forbidden)
        return _refused(call, ref, say(error), 403 if late else 413)
    raise LookupError(ref.id)


@blueprint.get("/kandidaturen/<int:proposal_id>/weerwoord/bijlagen")
@for_proposal(VIEW)
def own_files(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    return _page(call, ref)


@blueprint.post("/kandidaturen/<int:proposal_id>/weerwoord/bijlagen")
@for_own_write(DRAFT)
def add_file(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    notified_decision(ref.id)
    files = FileForm().chosen()
    if not files:
        runs = may_here(call, DRAFT, ref.organisation_id)
        return _refused(call, ref, _CHOOSE, 422 if runs else 403)
    added: list[Attached] = []
    for name, data in files:
        try:
            added.append(attach(ref.id, name, data, by=current_actor()))
        except NotFound:
            raise
        except DomainError as error:
            status = 403 if isinstance(error, Forbidden) else 422
            return _refused(call, ref, say(error), status, name)
    if wants_json():
        return {"state": "added", "files": [file_line(one, ref.id) for one in added], **_left(ref)}, 201
    for one in added:
        told = f"Dit bestand stond er al, als {one.name}." if one.already else f"Toegevoegd: {one.name}"
        flash(told, "info" if one.already else "success")
    return redirect(url_for("objections.own_files", proposal_id=ref.id))


@blueprint.post("/kandidaturen/<int:proposal_id>/weerwoord/bijlagen/<int:file_id>/verwijderen")
@for_own_write(DRAFT)
def remove_file(call: Call, ref: ProposalRef, file_id: int) -> ResponseReturnValue:
    notified_decision(ref.id)
    try:
        name = detach(ref.id, file_id, by=current_actor())
    except NotFound:
        raise
    except DomainError as error:
        return _refused(call, ref, say(error), 403 if isinstance(error, Forbidden) else 422)
    flash(f"Verwijderd: {name}", "success")
    return redirect(url_for("objections.own_files", proposal_id=ref.id))


@blueprint.get("/kandidaturen/<int:proposal_id>/weerwoord/bijlagen/<int:file_id>")
@for_proposal(VIEW)
def own_file(call: Call, ref: ProposalRef, file_id: int) -> ResponseReturnValue:
    row = objection_on(ref.id)
    own = [one.id for one in (row, *earlier_objections(ref.id)) if one]
    file = file_of(own, file_id)
    return file_download(bytes_of(file, call.id), file.name, file.size)


def _refused(
    call: Call, ref: ProposalRef, reason: str, status: int, name: str = ""
) -> tuple[str | dict[str, Any], int]:
    if wants_json():
        return {"state": "refused", "message": reason, **_left(ref)}, status
    return _page(call, ref, f"{name}: {reason}" if name else reason), status


def _left(ref: ProposalRef) -> dict[str, Any]:
    row = objection_on(ref.id)
    return left_over(files_of([row.id]).get(row.id, []) if row else [])


def _page(call: Call, ref: ProposalRef, refusal: str = "") -> str:
    return render_template(
        "objections/files.html",
        call=call,
        proposal=ref,
        form=FileForm(formdata=None),
        refusal=refusal,
        accept=ACCEPT,
        allowed=ALLOWED_TEXT,
        sentences=sentences_by_extension(),
        most_each=MOST_EACH,
        **_left(ref),
        **own_facts(call, notified_decision(ref.id), objection_on(ref.id)),
    )
