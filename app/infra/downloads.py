"""Files that a browser keeps: under which name, and never shown when somebody else made them."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

from flask import Response

from app.infra.texts import one_line

_UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
LONGEST = 120


def disposition(name: str, kind: str = "attachment") -> str:
    """The header for a file: a name in ASCII for old browsers, the real one in UTF-8 (RFC 6266)."""
    whole = _UNSAFE.sub("-", one_line(name)).strip(". ") or "bestand"
    stem, dot, ending = whole.rpartition(".")
    if dot and len(ending) <= 10:
        whole = f"{stem[: LONGEST - len(ending) - 1]}.{ending}"
    whole = whole[:LONGEST]
    plain = unicodedata.normalize("NFKD", whole).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w.-]+", "-", plain).strip("-")
    plain = f"bestand{plain}" if not plain or plain.startswith(".") else plain
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(whole, safe='')}"


def file_download(pieces: Iterator[bytes], name: str, size: int) -> Response:
    """A file that somebody uploaded, sent piece by piece, never shown in the browser. The first piece is read
    at once, so that a file that is damaged from the start gets a page that says so."""
    response = Response(chain([next(pieces)], pieces), mimetype="application/octet-stream")
    response.headers["Content-Disposition"] = disposition(name)
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
