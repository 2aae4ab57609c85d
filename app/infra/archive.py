"""The zip container of a document, opened with suspicion: only named parts are ever unpacked, and never more
than agreed."""

import io
import zipfile
import zlib
from collections.abc import Iterator
from types import TracebackType

MEGABYTE = 1024 * 1024
MEMBERS = 3000
UNPACKED = 200 * MEGABYTE
PART = 48 * MEGABYTE
RATIO = 250
RATIO_FROM = 8 * MEGABYTE
_CHUNK = 65536
_BROKEN = (zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, OSError, ValueError)


class DocumentRefused(Exception):
    """A document that cannot or should not be opened; `code` says why, each feature in its own words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Archive:
    """The parts of a document by name. Raises DocumentRefused (damaged_document, unpacks_too_large,
    document_password) for what cannot or should not be unpacked."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN:
            raise DocumentRefused("damaged_document") from None
        members = self._zip.infolist()
        self.names = frozenset(one.filename for one in members)
        whole = sum(one.file_size for one in members)
        if len(members) > MEMBERS or whole > UNPACKED:
            raise DocumentRefused("unpacks_too_large")

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The unpacked part, piece by piece; the sizes a zip declares are not believed."""
        try:
            member = self._zip.getinfo(name)
        except KeyError:
            raise DocumentRefused("damaged_document") from None
        _check(member)
        read = 0
        try:
            with self._zip.open(member) as part:
                while chunk := part.read(_CHUNK):
                    read += len(chunk)
                    if read > PART:
                        raise DocumentRefused("unpacks_too_large")
                    yield chunk
        except RuntimeError:
            raise DocumentRefused("document_password") from None
        except _BROKEN:
            raise DocumentRefused("damaged_document") from None

    def read(self, name: str) -> bytes:
        """A small part as a whole; empty when there is none."""
        return b"".join(self.chunks(name)) if name in self.names else b""


def _check(member: zipfile.ZipInfo) -> None:
    large = member.file_size > RATIO_FROM
    if member.file_size > PART:
        raise DocumentRefused("unpacks_too_large")
    if large and member.file_size > RATIO * max(member.compress_size, 1):
        raise DocumentRefused("unpacks_too_large")
