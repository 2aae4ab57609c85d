"""Files that others uploaded, handed out: only ever to be kept, never shown in the browser."""

from collections.abc import Iterator
from itertools import chain
from urllib.parse import quote

from flask import Response

_SANDBOX = "default-src 'none'; sandbox"


def file_download(pieces: Iterator[bytes], name: str, size: int) -> Response:
    """Sent piece by piece. The first one is read at once, so that a file that is damaged from the start gets
    a page that says so. The name comes through in every script (RFC 6266, RFC 8187)."""
    response = Response(chain([next(pieces)], pieces), mimetype="application/octet-stream")
    ascii_name = name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_")
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(name, safe='')}"
    )
    response.headers["Content-Length"] = str(size)
    response.headers["Content-Security-Policy"] = _SANDBOX
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
