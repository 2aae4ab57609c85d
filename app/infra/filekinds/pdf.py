"""PDF: one document from the first byte to the last, without anything that acts by itself.

Names are looked for in the whole file and inside its compressed object streams (ISO 32000-1, 7.3.5 and
7.5.7), with #-escapes undone. Then a parser takes it apart in a process of its own (pdf_child): what hid from
the search is found there. What cannot be looked into (a password, another compression) is refused.
"""

import re
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

from .refusals import FileRefused

MOST_OBJECTS = 64 * 1024 * 1024
_TAIL = 2048
_CHILD = Path(__file__).with_name("pdf_child.py")
_SECONDS = 45
_CODES = {
    "locked": "file_with_password",
    "acts": "file_with_active_content",
    "carries": "file_with_files_inside",
}
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_NAME_ESCAPED = re.compile(rb"/[!-$&'*-.0-;=?-Z\\^-z|~]*#[0-9A-Fa-f]{2}[!-$&'*-.0-;=?-Z\\^-z|~]*")
_STREAM = re.compile(rb"\bstream[ \t]*(?:\r\n|\n|\r)")
_END = rb"(?=[\s/<>\[\](){}%]|$)"
_ACTS = re.compile(rb"/(?:JavaScript|Launch|RichMedia|SubmitForm|ImportData|XFA)" + _END)
_CARRIES = re.compile(rb"/EmbeddedFiles?" + _END)
_LOCKED = re.compile(rb"/Encrypt" + _END)
_PLAIN_FLATE = re.compile(rb"/Filter\s*(?:/FlateDecode|\[\s*/FlateDecode\s*\])")


def check_pdf(data: bytes) -> None:
    """Raises FileRefused (file_breaks_off, file_two_in_one, file_with_password, file_with_active_content,
    file_with_files_inside, file_unpacks_too_large, file_not_examined)."""
    end = data.rfind(b"%%EOF")
    if end < 0 or b" obj" not in data or b"startxref" not in data:
        raise FileRefused("file_breaks_off")
    if data[end + 5 :].strip(b"\x00 \t\r\n\f\x1a"):
        raise FileRefused("file_two_in_one")
    _look_for_names(data)
    for objects in _object_streams(data):
        _look_for_names(objects)
    _take_apart(data)


def _take_apart(data: bytes) -> None:
    """Ask the process that does it; one that says nothing, or not in time, found nothing good."""
    try:
        answer = subprocess.run(
            [sys.executable, "-I", "-B", str(_CHILD)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            cwd="/",
            timeout=_SECONDS,
        ).stdout.decode("ascii", "replace")
    except subprocess.TimeoutExpired:
        answer = ""
    if answer != "fine":
        raise FileRefused(_CODES.get(answer, "file_not_examined"))


def _look_for_names(data: bytes) -> None:
    plain = _NAME_ESCAPED.sub(_unescaped, data)
    if _LOCKED.search(plain):
        raise FileRefused("file_with_password")
    if _ACTS.search(plain):
        raise FileRefused("file_with_active_content")
    if _CARRIES.search(plain):
        raise FileRefused("file_with_files_inside")


def _unescaped(name: re.Match[bytes]) -> bytes:
    return _ESCAPE.sub(lambda one: bytes([int(one[1], 16)]), name[0])


def _object_streams(data: bytes) -> Iterator[bytes]:
    """The compressed objects, unpacked; altogether never more than MOST_OBJECTS bytes."""
    left = MOST_OBJECTS
    for found in _STREAM.finditer(data):
        header = data[max(0, found.start() - _TAIL) : found.start()]
        header = _NAME_ESCAPED.sub(_unescaped, header[header.rfind(b" obj") :])
        if b"/ObjStm" not in header:
            continue
        unpacked = _unpacked(data, found.end(), header, left)
        left -= len(unpacked)
        yield unpacked


def _unpacked(data: bytes, start: int, header: bytes, most: int) -> bytes:
    if b"/Filter" not in header:
        return b""  # lies open in the file, and was looked through with it
    if not _PLAIN_FLATE.search(header) or b"/Predictor" in header:
        raise FileRefused("file_breaks_off")
    end = data.find(b"endstream", start)
    try:
        unpacked = zlib.decompressobj().decompress(data[start : end if end > 0 else None], most + 1)
    except zlib.error:
        raise FileRefused("file_breaks_off") from None
    if len(unpacked) > most:
        raise FileRefused("file_unpacks_too_large")
    return unpacked
