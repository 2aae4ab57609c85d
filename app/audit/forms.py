"""What a visitor gives to have a receipt checked."""

from wtforms import FileField, TextAreaField

from app.infra.forms import Form

MOST_BYTES = 300_000  # a receipt of 41 obstacles and 20 files takes some 40,000


class CheckForm(Form):
    """A file, or what is in it; the file counts when both are given."""

    file = FileField("Het bestand ontvangstbewijs.json")
    text = TextAreaField("Of plak hier wat erin staat")

    def given(self) -> bytes:
        """The bytes, at most one more than MOST_BYTES; empty when nothing was given."""
        upload = self.file.data
        if upload is not None and upload.filename:
            data: bytes = upload.stream.read(MOST_BYTES + 1)
            return data
        return (self.text.data or "").encode("utf-8", "replace")[: MOST_BYTES + 1]
