"""From the bytes of a document to its text, in this very process: nothing here limits time or memory."""

from collections.abc import Callable
from typing import NamedTuple

from app.addenda.importing import ImportRefused
from app.infra.archive import Archive, DocumentRefused

from . import limits
from .docx import read_docx
from .kinds import Kind, kind_of
from .odt import read_odt
from .plain import read_plain
from .refusals import ReadingRefused

Report = Callable[[str, int, int], None]


def _nobody(stage: str, done: int, total: int) -> None:
    """Nobody is watching."""


def text_of(data: bytes) -> str:
    """The text of a document of any kind. Raises ImportRefused."""
    return extract(data).text


class Extracted(NamedTuple):
    """`pictures` are the numbers of pages that are nothing but a picture, which is not read."""

    kind: str
    text: str
    pictures: tuple[int, ...] = ()


def extract(data: bytes, report: Report = _nobody) -> Extracted:
    """The text of a document of any kind. `report` hears of the stage and, page by page, how far it is."""
    report("opening", 0, 0)
    try:
        return _extract(data, report)
    except DocumentRefused as refused:
        raise ReadingRefused(refused.code) from None


def _extract(data: bytes, report: Report) -> Extracted:
    kind = kind_of(data)
    try:
        text, pictures = _text(kind, data, report)
    except (ImportRefused, DocumentRefused, MemoryError):
        raise
    except Exception as error:  # readers of broken documents fail in every way there is
        code = "damaged_pdf" if kind is Kind.PDF else "damaged_document"
        raise ReadingRefused(code) from error
    if len(text) > limits.TEXT:
        raise ReadingRefused("too_large")
    if not text.strip():
        raise ReadingRefused("empty")
    return Extracted(kind.value, text, pictures)


def _text(kind: Kind, data: bytes, report: Report) -> tuple[str, tuple[int, ...]]:
    if kind is Kind.TEXT:
        return read_plain(data), ()
    if kind is Kind.PDF:
        from .pdf import read_pdf  # half of the start-up time, and only this kind needs it

        return read_pdf(data, report)
    report("text", 0, 0)
    with Archive(data) as archive:
        return (read_docx(archive) if kind is Kind.DOCX else read_odt(archive)), ()
