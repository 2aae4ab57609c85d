"""The forms with which a call begins: from a document, or empty."""

import secrets

from flask_wtf.file import FileField
from wtforms import HiddenField, TextAreaField
from wtforms.validators import Optional

from app.addenda.editor.forms_base import text_field
from app.infra.forms import Form

ACCEPTED = ".pdf,.docx,.odt,.txt,.md"


class SourceForm(Form):
    """A document: a file, or its text pasted. `nonce` makes of two clicks one document."""

    file = FileField(
        "Bestand",
        description="PDF, Word (.docx), ODT of platte tekst. Hoogstens 20 MB en 300 pagina's.",
    )
    text = TextAreaField("Of plak hier de tekst van het addendum", [Optional()])
    nonce = HiddenField(default=lambda: secrets.token_urlsafe(16))

    def chosen(self) -> bool:
        """Whether there is a file or a text at all; says what to do when there is none."""
        upload = self.file.data
        if (upload and upload.filename) or (self.text.data or "").strip():
            return True
        self.file.errors = [*self.file.errors, "Kies een bestand of plak de tekst."]
        return False

    def content(self) -> tuple[bytes, str]:
        """(bytes, file name): the file when there is one, else the pasted text under no name."""
        upload = self.file.data
        if upload and upload.filename:
            return upload.stream.read(), upload.filename
        return (self.text.data or "").encode("utf-8", "replace"), ""


class BlankForm(Form):
    title = text_field("Titel van de oproep", 200, required="Geef de oproep een titel.")
