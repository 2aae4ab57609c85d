"""Office and OpenDocument packages: a zip of which every byte is accounted for, without programs inside.

Sizes that a zip declares are not believed: every part is unpacked to its end, and thrown away. Source:
APPNOTE.TXT 6.3.9 (PKWARE), sections 4.3 and 4.4.
"""

import io
import re
import struct
import zipfile
import zlib
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from app.infra.archive import MEMBERS, RATIO, RATIO_FROM, UNPACKED, Archive, DocumentRefused
from app.infra.office import ZIP, family_of, has_macros, relations

from .refusals import FileRefused

_CODES = {
    "odt_password": "file_with_password",
    "document_password": "file_with_password",
    "unpacks_too_large": "file_unpacks_too_large",
}
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError, struct.error)
_LOCAL = struct.Struct("<4s5H3L2H")
_SLACK = 24  # a data descriptor, the only thing that may stand between two parts
_CHUNK = 1 << 20
_ACTIVE = re.compile(
    r"(?:^|/)(?:activeX|macrosheets)/|\.(?:exe|dll|js|vbs|bat|cmd|ps1|hta|jar|scr|lnk|msi|wsf)$",
    re.IGNORECASE,
)
_PACKAGED = "\x01Ole10Native".encode("utf-16-le")
_FETCHED = {"attachedTemplate", "oleObject", "frame", "subDocument"}


def check_package(data: bytes) -> str:
    """docx, xlsx, pptx, odt, ods, odp, or what else it is. Raises FileRefused (file_breaks_off,
    file_two_in_one, file_unpacks_too_large, file_with_macros, file_with_password, file_with_files_inside)."""
    try:
        budget = _Budget()
        _unpack_all(data, budget, depth=0)
        with Archive(data) as archive:
            family = family_of(archive)
            if family != "unknown_type" and _acts(archive):
                raise FileRefused("file_with_macros")
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


def _acts(archive: Archive) -> bool:
    return has_macros(archive) or any(map(_ACTIVE.search, archive.names)) or _fetches(archive)


def _fetches(archive: Archive) -> bool:
    """Whether opening it would fetch a template or an object from elsewhere."""
    return any(
        kind in _FETCHED and target.lower().startswith(("http:", "https:", "ftp:"))
        for name in archive.names
        if name.endswith(".rels") and "_rels/" in name
        for kind, target in relations(archive, name.replace("_rels/", "").removesuffix(".rels"), outside=True)
    )


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
    if part.compress_type == ZIP_STORED:
        _look_into(_stored(data[start:end], part, budget), part, budget, depth)
    elif part.compress_type == ZIP_DEFLATED:
        _look_into(_inflated(data[start:end], part, budget), part, budget, depth)
    else:
        raise FileRefused("file_breaks_off")
    return end


def _stored(content: bytes, part: ZipInfo, budget: _Budget) -> bytes:
    budget.take(unpacked=len(content))
    if len(content) != part.file_size or zlib.crc32(content) != part.CRC:
        raise FileRefused("file_breaks_off")
    return content


def _inflated(packed: bytes, part: ZipInfo, budget: _Budget) -> bytes:
    """The whole part; what it declares has to be true to the byte."""
    if part.file_size > RATIO_FROM and part.file_size > RATIO * max(len(packed), 1):
        raise FileRefused("file_unpacks_too_large")
    unpacking, whole = zlib.decompressobj(-zlib.MAX_WBITS), bytearray()
    while not unpacking.eof:
        piece = unpacking.decompress(packed, _CHUNK)
        packed = unpacking.unconsumed_tail
        budget.take(unpacked=len(piece))
        whole += piece
        if not piece and not packed and not unpacking.eof:
            raise FileRefused("file_breaks_off")
    if len(whole) != part.file_size or unpacking.unused_data or zlib.crc32(whole) != part.CRC:
        raise FileRefused("file_breaks_off")
    return bytes(whole)


def _look_into(content: bytes, part: ZipInfo, budget: _Budget, depth: int) -> None:
    """A chart has its numbers in a package of its own; deeper than that nobody needs, nor a program in an
    object."""
    if _PACKAGED in content[: 1 << 20] and content.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileRefused("file_with_files_inside")
    if content.startswith((b"MZ", b"\x7fELF", b"Rar!", b"7z\xbc\xaf")):
        raise FileRefused("file_with_files_inside")
    if not content.startswith(ZIP):
        return
    if depth or not part.filename.lower().endswith((".xlsx", ".docx", ".pptx")):
        raise FileRefused("file_with_files_inside")
    _unpack_all(content, budget, depth + 1)
    with Archive(content) as inner:
        if _acts(inner):
            raise FileRefused("file_with_macros")
