"""A document between content and file: blocks that every writer (text, Word, Writer, PDF) knows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from .content import Region


@dataclass(frozen=True)
class Heading:
    text: str
    level: int = 1


@dataclass(frozen=True)
class Para:
    """`lines` keeps a line break inside the paragraph (shift-enter)."""

    text: str
    bold: bool = False


@dataclass(frozen=True)
class Items:
    """`mark` is the glyph, or `1.`, `a)` for counted lists, or "" for lines without any."""

    texts: Sequence[str]
    mark: str = "•"
    end: str = ""
    last: str | None = None

    def ended(self) -> list[str]:
        ends = [self.end] * (len(self.texts) - 1) + [self.end if self.last is None else self.last]
        return [text + end for text, end in zip(self.texts, ends, strict=True)]

    def marks(self) -> list[str]:
        if self.mark == "1.":
            return [f"{place}." for place in range(1, len(self.texts) + 1)]
        if self.mark == "a)":
            return [f"{chr(96 + place)})" for place in range(1, len(self.texts) + 1)]
        return [self.mark] * len(self.texts)


@dataclass(frozen=True)
class Table:
    """Cells are text, or a list of points."""

    rows: Sequence[Sequence["str | Items"]]
    head: bool = False


@dataclass(frozen=True)
class Break:
    """A new page."""


Block = Heading | Para | Items | Table | Break


@dataclass
class Doc:
    """`omits` are fields that this layout leaves out; `cells` says how the text form writes a table."""

    blocks: list[Block]
    header: str = ""
    footer: str = ""
    wrap: int = 0
    page: int = 0
    cells: str = "tab"
    spaced: bool = False
    typed_marks: bool = False
    justify: bool = False
    contents: bool = False
    omits: frozenset[str] = field(default_factory=frozenset)
    introduced: bool = True


@dataclass(frozen=True)
class Layout:
    name: str
    make: Callable[[Region], Doc]
