"""Files beside a proposal: the page to add and remove them, and downloading."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.infra.downloads import file_download
from app.infra.filekinds import ACCEPT, ALLOWED_TEXT, Kind, sentences_by_extension
from app.infra.formats import counted, deadline
from app.infra.kept import wants_json
from app.infra.messages import say
from app.infra.uploads import size_text
from app.proposals.files.attaching import (
    MEGABYTE,
    MOST_EACH,
    MOST_FILES,
    MOST_TOGETHER,
    Attached,
    attach,
    attached_files,
    bytes_of,
    detach,
    readable_file,
    room,
)
from app.proposals.files.forms import AttachmentForm
from app.proposals.guard import for_own_write, for_proposal
from app.proposals.policy import CONTENT, OWN_DRAFT, ProposalRef, is_own
from app.proposals.views import blueprint, page_facts
from app.proposals.writing.drafts import working_content
from app.proposals.writing.services import EDIT

_OVERHEAD = MEGABYTE  # what a form adds around its file


@blueprint.url_value_preprocessor
def allow_attachments(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Files are larger than other forms. Before anything looks at the form, hence here."""
    if endpoint == "proposals.add_attachment":
        request.max_content_length = MOST_EACH + _OVERHEAD


@blueprint.app_template_global()
def kind_label(kind: str) -> str:
    """What people call a kind of file (`filekinds.Kind`)."""
    return Kind(kind).label


@blueprint.get("/kandidaturen/<int:proposal_id>/bijlagen")
@for_proposal(OWN_DRAFT)
def attachments(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    return _page(call, ref, AttachmentForm(formdata=None))


@blueprint.post("/kandidaturen/<int:proposal_id>/bijlagen")
@for_own_write(EDIT)
def add_attachment(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = AttachmentForm()
    files = form.chosen()
    if not files:
        return _refused(call, ref, form, "Kies een bestand.", 422 if call.phase is Phase.OPEN else 403)
    added: list[Attached] = []
    for name, data in files:
        try:
            added.append(attach(ref.id, name, data, by=current_actor()))
        except DomainError as error:
            status = 403 if error.code == "attachment_too_late" else 422
            return _refused(call, ref, form, say(error), status, name)
    if wants_json():
        return {"state": "added", "files": [_row(ref, one) for one in added], **_left(ref)}, 201
    for one in added:
        flash(_told(one), "info" if one.already else "success")
    return redirect(url_for("proposals.attachments", proposal_id=ref.id))


@blueprint.post("/kandidaturen/<int:proposal_id>/bijlagen/<int:attachment_id>/verwijderen")
@for_own_write(EDIT)
def remove_attachment(call: Call, ref: ProposalRef, attachment_id: int) -> ResponseReturnValue:
    try:
        name = detach(ref.id, attachment_id, by=current_actor())
    except DomainError as error:
        if error.code != "attachment_too_late":
            raise
        return _refused(call, ref, AttachmentForm(formdata=None), say(error), 403)
    flash(f"Verwijderd: {name}", "success")
    return redirect(url_for("proposals.attachments", proposal_id=ref.id))


@blueprint.get("/kandidaturen/<int:proposal_id>/bijlagen/<int:attachment_id>")
@for_proposal(CONTENT)
def download_attachment(call: Call, ref: ProposalRef, attachment_id: int) -> ResponseReturnValue:
    own = is_own(current_actor(), call.subject(ref.organisation_id))
    row = readable_file(call, ref, attachment_id, own=own)
    return file_download(bytes_of(row, call.id), row.name, row.size)


def _refused(
    call: Call, ref: ProposalRef, form: AttachmentForm, reason: str, status: int, name: str = ""
) -> ResponseReturnValue:
    if wants_json():
        return {"state": "refused", "message": reason, **_left(ref)}, status
    return _page(call, ref, form, f"{name}: {reason}" if name else reason), status


def _told(one: Attached) -> str:
    return f"Dit bestand stond er al, als {one.name}." if one.already else f"Toegevoegd: {one.name}"


def _row(ref: ProposalRef, one: Any) -> dict[str, Any]:
    """A line of the list, for the page and for app/static/js/upload.js."""
    values = {"proposal_id": ref.id, "attachment_id": one.id}
    return {
        "id": one.id,
        "name": one.name,
        "kind": kind_label(one.kind),
        "size": size_text(one.size),
        "href": url_for("proposals.download_attachment", **values),
        "remove_href": url_for("proposals.remove_attachment", **values),
        "already": getattr(one, "already", False),
    }


def _left(ref: ProposalRef) -> dict[str, Any]:
    left = room(attached_files(ref.id))
    return {"left_files": left.files, "left_bytes": left.size, "left_text": _left_text(left.files, left.size)}


def _left_text(files: int, size: int) -> str:
    if not files:
        return f"Er staan {MOST_FILES} bestanden bij: meer kan niet."
    can = "kan" if files == 1 else "kunnen"
    return f"Er {can} nog {counted(files, 'bestand', 'bestanden')} bij, samen {size_text(size)}."


def _page(call: Call, ref: ProposalRef, form: AttachmentForm, refusal: str = "") -> str:
    return render_template(
        "proposals/attachments.html",
        form=form,
        rows=[_row(ref, one) for one in attached_files(ref.id)],
        refusal=refusal,
        editable=call.phase is Phase.OPEN,
        accept=ACCEPT,
        allowed=ALLOWED_TEXT,
        sentences=sentences_by_extension(),
        most_each=MOST_EACH,
        limits=f"Hoogstens {size_text(MOST_EACH)} per bestand, {MOST_FILES} bestanden en "
        f"{size_text(MOST_TOGETHER)} samen.",
        until=deadline(call.deadline),
        **_left(ref),
        **page_facts(call, ref, working_content(ref.id), "attachments"),
    )
