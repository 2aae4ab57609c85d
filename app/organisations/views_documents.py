"""The documents of an organisation: keep, download, remove."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.domain.errors import DomainError
from app.infra.downloads import file_download
from app.infra.filekinds import ACCEPT, ALLOWED_TEXT
from app.infra.uploads import size_text
from app.organisations import documents as kept
from app.organisations import presenters
from app.organisations.forms import DocumentForm
from app.organisations.guard import for_members
from app.organisations.queries import documents_of, load_document, load_organisation
from app.organisations.views import blueprint

_OVERHEAD = kept.MEGABYTE  # what a form adds around its file


@blueprint.url_value_preprocessor
def allow_documents(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Files are larger than other forms. Before anything looks at the form, hence here."""
    if endpoint == "organisations.keep_document":
        request.max_content_length = kept.MOST_EACH + _OVERHEAD


@blueprint.get("/organisaties/<int:organisation_id>/documenten")
@for_members
def documents(organisation_id: int) -> ResponseReturnValue:
    return _page(organisation_id, DocumentForm(formdata=None)), 200


@blueprint.post("/organisaties/<int:organisation_id>/documenten")
@for_members
def keep_document(organisation_id: int) -> ResponseReturnValue:
    form = DocumentForm()
    if not form.validate():
        return _page(organisation_id, form), 422
    sent = form.file.data
    try:
        kept.keep_document(
            organisation_id, form.label.data or "", sent.filename or "", sent.read(), by=current_actor()
        )
    except DomainError as error:
        error.field = "file"
        form.refuse(error)
        return _page(organisation_id, form), 422
    flash("Het document is bewaard.", "success")
    return redirect(url_for("organisations.documents", organisation_id=organisation_id))


@blueprint.get("/organisaties/<int:organisation_id>/documenten/<int:document_id>")
@for_members
def download_document(organisation_id: int, document_id: int) -> ResponseReturnValue:
    """Never shown in the browser, whatever it is."""
    row = load_document(organisation_id, document_id)
    return file_download(kept.bytes_of(row), row.name, row.size)


@blueprint.post("/organisaties/<int:organisation_id>/documenten/<int:document_id>/verwijderen")
@for_members
def remove_document(organisation_id: int, document_id: int) -> ResponseReturnValue:
    label = kept.remove_document(organisation_id, document_id, by=current_actor())
    flash(f"Verwijderd: {label}", "success")
    return redirect(url_for("organisations.documents", organisation_id=organisation_id))


def _page(organisation_id: int, form: DocumentForm) -> str:
    rows = documents_of(organisation_id)
    return render_template(
        "organisations/documents.html",
        organisation=load_organisation(organisation_id),
        form=form,
        rows=presenters.document_rows(rows, organisation_id),
        left=max(kept.MOST - len(rows), 0),
        accept=ACCEPT,
        allowed=ALLOWED_TEXT,
        limits=f"Hoogstens {size_text(kept.MOST_EACH)} per bestand en {kept.MOST} documenten.",
        tabs=presenters.tabs(organisation_id, "documents"),
    )
