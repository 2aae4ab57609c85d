"""What a document holds and the reader cannot tell, said where the importer says what it doubts."""

from collections.abc import Sequence
from dataclasses import replace

from app.addenda.importing import ImportWarning, ParsedAddendum


def with_unread(parsed: ParsedAddendum, pictures: Sequence[int]) -> ParsedAddendum:
    """The same, with a warning for the pages that are only a picture."""
    if not pictures:
        return parsed
    *before, last = map(str, pictures)
    pages = (
        f"Pagina's {', '.join(before)} en {last} zijn een afbeelding"
        if before
        else f"Pagina {last} is een afbeelding"
    )
    message = f"{pages} en kon{'den' if before else ''} niet gelezen worden. Vul zelf aan wat daar staat."
    return replace(parsed, warnings=(ImportWarning("page_is_picture", message), *parsed.warnings))
