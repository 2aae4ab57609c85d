"""Putting the lines of a document together."""

import re
from collections.abc import Iterable, Sequence

_PAGE = re.compile(r"(?:pagina|blz\.?|page|p\.)?\s*\d*\s*(?:van|/|of)?\s*\d*", re.IGNORECASE)
NOTES = "Voetnoten"


def assemble(margins: Sequence[str], body: Iterable[str], notes: Sequence[str]) -> str:
    """Headers and footers on a page before the text, footnotes on a page after it; never two blank lines."""
    lines: list[str] = [*margins, "\f"] if margins else []
    lines.extend(body)
    if notes:
        lines.extend(["\f", NOTES, *(f"{place}. {note}" for place, note in enumerate(notes, start=1))])
    return _tidy(lines)


def without_repeats(margins: Iterable[str], body: Iterable[str]) -> list[str]:
    """What only the headers and footers say, once; page numbers say nothing."""
    said = {_bare(line) for line in body}
    found: dict[str, str] = {}
    for line in margins:
        bare = _bare(line)
        if bare and bare not in said and not _PAGE.fullmatch(line.strip()):
            found.setdefault(bare, line.strip())
    return list(found.values())


def _bare(line: str) -> str:
    return " ".join(line.split()).casefold()


def _tidy(lines: Iterable[str]) -> str:
    """A page break joins the line after it, as in any text with form feeds."""
    kept: list[str] = []
    breaks = ""
    for line in lines:
        if line == "\f":
            breaks = line
        elif line.strip() or (kept and kept[-1] and not breaks):
            kept.append(breaks + line.rstrip(" \t\n"))
            breaks = ""
    return "\n".join(kept).strip("\n") + "\n" if kept else ""
