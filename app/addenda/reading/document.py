"""What reading hands back."""

from dataclasses import dataclass

from app.addenda.importing import ParsedAddendum


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """`text` is what the importer numbers its lines by; `kind` is pdf, docx, odt or text."""

    text: str
    parsed: ParsedAddendum
    kind: str
