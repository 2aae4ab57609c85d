"""A ZIP that is sent while it is being made: at most one file of it is in memory at a time."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from app.domain.timeline import BRUSSELS
from app.infra.texts import one_line
from app.infra.uploads import shortened, split_name

NAME_BYTES = 200  # folders on disks allow 255 for one name, and a number may come behind it
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Member:
    """A file of the ZIP. `path` has no part that `member_name` did not make safe; `at` aware."""

    path: str
    at: datetime
    data: bytes
    packed_already: bool = False


def member_name(name: str, taken: set[str]) -> str:
    """The name as it is shown, as far as every system can keep it, unlike those in `taken` (folded, and added
    to)."""
    safe = _FORBIDDEN.sub("_", one_line(name)).strip(". ") or "bestand"
    if _RESERVED.match(safe):
        safe = f"_{safe}"
    stem, extension = split_name(safe)
    number = 1
    while (
        candidate := _fitting(stem, f" ({number}){extension}" if number > 1 else extension)
    ).casefold() in taken:
        number += 1
    taken.add(candidate.casefold())
    return candidate


def _fitting(stem: str, end: str) -> str:
    length = len(stem)
    while len((stem + end).encode()) > NAME_BYTES:
        length -= 1
        stem = shortened(stem, length)
    return stem + end


def zip_stream(members: Iterable[Member]) -> Iterator[bytes]:
    """The bytes of a ZIP with these members, as they come."""
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for member in members:
            local = member.at.astimezone(BRUSSELS)
            info = zipfile.ZipInfo(member.path, local.timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if member.packed_already else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, member.data)
            yield sink.taken()
    yield sink.taken()


class _Sink(io.RawIOBase):
    """Where the ZIP is written; it cannot go back, so sizes come behind the data."""

    def __init__(self) -> None:
        self._held = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        piece = bytes(data)  # type: ignore[call-overload]
        self._held += piece
        return len(piece)

    def taken(self) -> bytes:
        piece = bytes(self._held)
        self._held.clear()
        return piece
