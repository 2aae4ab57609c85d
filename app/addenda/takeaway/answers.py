"""The files as answers: who has the same already gets 304, and nothing is kept without asking."""

import hashlib

from flask import Response, request

from app.addenda.takeaway.words import disposition


def tag_of(content: bytes, version: int | None = None) -> str:
    """ "3-5f2c…": the number of the version for people, the digest for what changes besides."""
    digest = hashlib.sha256(content).hexdigest()[:20]
    return f"{version}-{digest}" if version else digest


def same_already(tag: str) -> bool:
    """Whether the reader has this one, so that a document need not be made."""
    return request.if_none_match.contains(tag)


def file_answer(
    content: bytes, mime: str, tag: str, *, name: str = "", attachment: bool = False, shared: bool = False
) -> Response:
    """`shared`: other websites may read it from their pages (CORS). Always asked again, since a call can
    change any minute; the tag makes that cheap."""
    charset = "; charset=utf-8" if mime.startswith("text/") else ""
    response = Response(content, content_type=mime + charset)
    response.set_etag(tag)
    response.headers["Cache-Control"] = "public, no-cache"
    if name:
        kind = "attachment" if attachment else "inline"
        response.headers["Content-Disposition"] = disposition(kind, name)
    if shared:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = "ETag"
    response.make_conditional(request)
    return response
