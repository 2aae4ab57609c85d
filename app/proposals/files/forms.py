"""The form with which a file comes in."""

from flask_wtf.file import MultipleFileField

from app.infra.forms import Form


class AttachmentForm(Form):
    """One file at a time without a script; with it as many as one likes, each in a request of its own."""

    file = MultipleFileField("Bestand")

    def chosen(self) -> list[tuple[str, bytes]]:
        """(name, content) of what was sent; says what to do when there is nothing."""
        found = [(one.filename, one.stream.read()) for one in self.file.data or () if one and one.filename]
        if not found:
            self.file.errors = [*self.file.errors, "Kies een bestand."]
        return found
