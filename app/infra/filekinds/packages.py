"""Office and OpenDocument packages: a zip of which every byte is accounted for, without programs inside.

Sizes that a zip declares are not believed: every part is unpacked to its end, in pieces that are thrown
away; only a package in a package is held as a whole. Source: APPNOTE.TXT 6.3.9 (PKWARE), sections 4.3 and
4.4.
"""

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from app.infra.archive import MEMBERS, Archive, DocumentRefused
from app.infra.office import ZIP, family_of, has_macros

from .references import fetches
from .refusals import FileRefused

MEGABYTE = 1024 * 1024
UNPACKED = 60 * MEGABYTE  # all parts together, also those of packages inside
RATIO, RATIO_FROM = 100, 8 * MEGABYTE  # a picture hardly shrinks, a sheet of figures some twenty times
KEPT_WHOLE = 2 * MEGABYTE  # a part that is read as a whole: what refers, the types, the manifest

_CODES = {
    "odt_password": "file_with_password",
    "document_password": "file_with_password",
    "unpacks_too_large": "file_unpacks_too_large",
}
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, struct.error)
_LOCAL = struct.Struct("<4s5H3L2H")
_SLACK = 24  # a data descriptor, the only thing that may stand between two parts
_CHUNK, _FED = 1 << 20, 1 << 16
_WHOLE = re.compile(r"\.rels$|^\[Content_Types\]\.xml$|^mimetype$|^META-INF/", re.IGNORECASE)
_ACTIVE = re.compile(
    r"(?:^|/)(?:activeX|macrosheets)/|\.(?:exe|dll|js|vbs|bat|cmd|ps1|hta|jar|scr|lnk|msi|wsf)$",
    re.IGNORECASE,
)
_PACKAGED = "\x01Ole10Native".encode("utf-16-le")


def check_package(data: bytes) -> str:
    """docx, xlsx, pptx, odt, ods, odp, or what else it is. Raises FileRefused (file_breaks_off,
    file_two_in_one, file_unpacks_too_large, file_with_macros, file_fetches, file_with_password,
    file_with_files_inside)."""
    try:
        _unpack_all(data, _Budget(), depth=0)
        with Archive(data) as archive:
            family = family_of(archive)
            if family != "unknown_type":
                _refuse_acting(archive)
            return family
    except DocumentRefused as refused:
        raise FileRefused(_CODES.get(refused.code, "file_breaks_off")) from None
    except _BROKEN:
        raise FileRefused("file_breaks_off") from None


class _Budget:
    """What unpacking may still cost, over all packages in packages."""

    def __init__(self) -> None:
        self.members, self.unpacked = MEMBERS, UNPACKED

    def take(self, *, members: int = 0, unpacked: int = 0) -> None:
        self.members -= members
        self.unpacked -= unpacked
        if self.members < 0 or self.unpacked < 0:
            raise FileRefused("file_unpacks_too_large")


def _refuse_acting(archive: Archive) -> None:
    if has_macros(archive) or any(map(_ACTIVE.search, archive.names)):
        raise FileRefused("file_with_macros")
    if fetches(archive):
        raise FileRefused("file_fetches")


def _unpack_all(data: bytes, budget: _Budget, depth: int) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = sorted(package.infolist(), key=lambda one: one.header_offset)
        budget.take(members=len(parts))
        if package.comment or not data.endswith(_end_record(data)):
            raise FileRefused("file_two_in_one")
        if len({one.filename for one in parts}) != len(parts) or any(map(_astray, parts)):
            raise FileRefused("file_breaks_off")
        place = 0
        for part in parts:
            place = _follow(data, part, place, budget, depth)
        if package.start_dir - place > _SLACK:
            raise FileRefused("file_two_in_one")


def _end_record(data: bytes) -> bytes:
    """The end of the central directory, which has to be the end of the file."""
    return data[-22:] if data[-22:].startswith(b"PK\x05\x06") else b"\x00missing"


def _astray(part: ZipInfo) -> bool:
    """A part that would land outside its folder, or that says it needs a password."""
    name = part.orig_filename
    if part.flag_bits & 1:
        raise FileRefused("file_with_password")
    return name.startswith("/") or "\\" in name or "\x00" in name or ".." in name.split("/")


def _follow(data: bytes, part: ZipInfo, place: int, budget: _Budget, depth: int) -> int:
    """Unpack one part that should begin at `place`; where it ends."""
    if not 0 <= part.header_offset - place <= (_SLACK if place else 0):
        raise FileRefused("file_two_in_one")
    mark, *_rest, name_length, extra_length = _LOCAL.unpack_from(data, part.header_offset)
    start = part.header_offset + _LOCAL.size + name_length + extra_length
    end = start + part.compress_size
    if mark != b"PK\x03\x04" or end > len(data):
        raise FileRefused("file_breaks_off")
    if part.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise FileRefused("file_breaks_off")
    if part.file_size > RATIO_FROM and part.file_size > RATIO * max(part.compress_size, 1):
        raise FileRefused("file_unpacks_too_large")
    packed = memoryview(data)[start:end]
    pieces = _inflated(packed) if part.compress_type == ZIP_DEFLATED else _cut(packed, _CHUNK)
    _look_into(_as_declared(pieces, part, budget), part, budget, depth)
    return end


def _cut(data: memoryview, size: int) -> Iterator[bytes]:
    for place in range(0, len(data), size):
        yield bytes(data[place : place + size])


def _inflated(packed: memoryview) -> Iterator[bytes]:
    """The part in pieces; it has to end exactly where the zip says."""
    unpacking, place = zlib.decompressobj(-zlib.MAX_WBITS), 0
    while not unpacking.eof:
        fed = unpacking.unconsumed_tail
        if not fed:
            fed, place = bytes(packed[place : place + _FED]), place + _FED
        piece = unpacking.decompress(fed, _CHUNK)
        if not piece and not fed:
            raise FileRefused("file_breaks_off")
        yield piece
    if unpacking.unused_data or place < len(packed):
        raise FileRefused("file_breaks_off")


def _as_declared(pieces: Iterable[bytes], part: ZipInfo, budget: _Budget) -> Iterator[bytes]:
    """The same pieces; what the zip declares of them has to be true to the byte."""
    size = check = 0
    most = KEPT_WHOLE if _WHOLE.search(part.filename) else UNPACKED
    for piece in pieces:
        size, check = size + len(piece), zlib.crc32(piece, check)
        if size > part.file_size:
            break
        if size > most:
            raise FileRefused("file_unpacks_too_large")
        budget.take(unpacked=len(piece))
        yield piece
    if size != part.file_size or check != part.CRC:
        raise FileRefused("file_breaks_off")


def _look_into(pieces: Iterator[bytes], part: ZipInfo, budget: _Budget, depth: int) -> None:
    """A chart has its numbers in a package of its own; deeper than that nobody needs, nor a program in an
    object."""
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= _CHUNK:
            break
    if _PACKAGED in head and head.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused("file_with_files_inside")
    if head.startswith((b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")):
        raise FileRefused("file_with_files_inside")
    if not head.startswith(ZIP):
        for _ in pieces:
            pass
        return
    if depth or not part.filename.lower().endswith((".xlsx", ".docx", ".pptx")):
        raise FileRefused("file_with_files_inside")
    content = b"".join((head, *pieces))
    _unpack_all(content, budget, depth + 1)
    with Archive(content) as inner:
        _refuse_acting(inner)
