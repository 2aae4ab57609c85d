"""The process that takes one PDF apart: bytes on standard input, one word on standard output.

Run as a script with `python -I`: it limits its own memory and time before it looks at the bytes, and knows
neither the application nor any secret. Every object that a reader can reach is looked at, so that it does not
matter from where in the document it is referred to. Source: ISO 32000-1, 7.5 and 12.6.
"""

import ctypes
import resource
import signal
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pdfminer.pdfdocument import PDFBaseXRef, PDFDocument, PDFXRefStream
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream
from pdfminer.psparser import PSLiteral

MEMORY = 700 * 1024 * 1024
CPU_SECONDS = 20
MOST_OBJECTS = 300_000
MOST_PARTS = 5_000_000
FINE, LOCKED, ACTS, CARRIES, BROKEN = "fine", "locked", "acts", "carries", "broken"
_ACTING = {"JavaScript", "Launch", "SubmitForm", "ImportData", "Rendition", "RichMediaExecute", "GoToE"}
_ACTING_KEYS = {"JS", "JavaScript", "XFA", "RichMediaContent"}
_ACTING_TYPES = {"RichMedia", "Movie", "Screen", "3D"}
_CARRYING_KEYS = {"EmbeddedFiles", "EF"}
_BY_ITSELF = {"GoTo", "Named"}  # the only actions that may start without a click


def _limit() -> None:
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, CPU_SECONDS)):
        _, hard = resource.getrlimit(kind)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(kind, (most, hard))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGKILL)


def examine(data: bytes) -> str:
    """One of the words above. Whatever cannot be read as the format says is "broken": another reader might
    mend it in its own way, and see what was not seen here."""
    document = PDFDocument(PDFParser(BytesIO(data)), fallback=False)
    trailers = [one.get_trailer() for one in document.xrefs]
    if any("Encrypt" in one for one in trailers):
        return LOCKED
    if str(_name(document.catalog.get("Type"))) != "Catalog":
        return BROKEN
    ids = set().union(*map(_ids, document.xrefs))
    values = [document.catalog, *trailers, *(document.getobj(one) for one in sorted(ids))]
    found = {_judge(one) for one in _dictionaries(values)}
    return next((one for one in (ACTS, CARRIES) if one in found), FINE)


def _ids(xref: PDFBaseXRef) -> set[int]:
    """The objects in use. Of a table in several ranges, the parser's own list forgets some."""
    if not isinstance(xref, PDFXRefStream):
        return set(xref.get_objids())
    if sum(count for _, count in xref.ranges) > MOST_OBJECTS:
        raise MemoryError
    return {one for start, count in xref.ranges for one in range(start, start + count) if _in_use(xref, one)}


def _in_use(xref: PDFBaseXRef, number: int) -> bool:
    try:
        xref.get_pos(number)
    except KeyError:
        return False
    return True


def _dictionaries(values: list[Any]) -> Iterator[dict[str, Any]]:
    """Every dictionary, also of streams and within others; references are not followed, as each object has
    its turn."""
    left, seen = list(values), 0
    while left:
        one = left.pop()
        seen += 1
        if seen > MOST_PARTS:
            raise MemoryError
        if isinstance(one, PDFStream):
            one = one.attrs
        if isinstance(one, dict):
            yield one
            left.extend(one.values())
        elif isinstance(one, list):
            left.extend(one)


def _judge(one: dict[str, Any]) -> str:
    action, kind = _name(one.get("S")), _name(one.get("Subtype"))
    if action in _ACTING or not _ACTING_KEYS.isdisjoint(one) or kind in _ACTING_TYPES:
        return ACTS
    if _starts_something(one.get("OpenAction")) or _starts_something(one.get("AA"), several=True):
        return ACTS
    if not _CARRYING_KEYS.isdisjoint(one) or "EmbeddedFile" in (kind, _name(one.get("Type"))):
        return CARRIES
    return CARRIES if kind == "FileAttachment" else FINE


def _starts_something(value: Any, *, several: bool = False) -> bool:
    """Whether opening, printing or moving would do more than go to a place in this document."""
    value = _resolved(value)
    if not isinstance(value, dict):
        return False
    actions = [_resolved(one) for one in value.values()] if several else [value]
    return any(isinstance(one, dict) and not _harmless(one) for one in actions)


def _harmless(action: dict[str, Any]) -> bool:
    for _ in range(20):
        if _name(action.get("S")) not in _BY_ITSELF:
            return False
        following = _resolved(action.get("Next"))
        if following is None:
            return True
        if not isinstance(following, dict):
            return False
        action = following
    return False


def _resolved(value: Any) -> Any:
    resolve = getattr(value, "resolve", None)
    return resolve() if resolve is not None else value


def _name(value: Any) -> str:
    value = _resolved(value)
    if not isinstance(value, PSLiteral):
        return ""
    return value.name if isinstance(value.name, str) else value.name.decode("latin-1")


def main() -> None:
    _limit()
    try:
        answer = examine(sys.stdin.buffer.read())
    except Exception:  # a damaged file fails in any of a hundred ways, and each means the same
        answer = BROKEN
    sys.stdout.write(answer)


if __name__ == "__main__":
    main()
