"""A document as plain text, with what a text export leaves behind: wraps, headers, page ends."""

import textwrap
from collections.abc import Iterator

from .model import Block, Break, Doc, Heading, Items, Para, Table


def text(doc: Doc) -> str:
    lines: list[str] = []
    if doc.contents:
        heads = [block.text for block in doc.blocks if isinstance(block, Heading) and block.level == 1]
        lines += ["Inhoud", *(f"{head} {'.' * 30} {place + 2}" for place, head in enumerate(heads)), ""]
    for block in doc.blocks:
        lines += _block(block, doc)
        if doc.spaced or isinstance(block, Heading | Para):
            lines.append("")
    return "\n".join(_paged(lines, doc)) + "\n"


def _block(block: Block, doc: Doc) -> Iterator[str]:
    if isinstance(block, Heading | Para):
        yield from _wrapped(block.text, doc.wrap)
    elif isinstance(block, Items):
        for mark, item in zip(block.marks(), block.ended(), strict=True):
            yield from _wrapped(item, doc.wrap, f"{mark} " if mark else "")
    elif isinstance(block, Table):
        for row in block.rows:
            yield from _row(row, doc.cells)
    elif isinstance(block, Break):
        yield "\f"


def _wrapped(content: str, width: int, mark: str = "") -> list[str]:
    if not width:
        return [mark + content]
    return textwrap.wrap(content, width, initial_indent=mark, break_long_words=False,
                         break_on_hyphens=bool(mark)) or [""]  # fmt: skip


def _row(row: object, cells: str) -> Iterator[str]:
    parts = [_cell(cell) for cell in row]  # type: ignore[attr-defined]
    if cells == "lines" or any(len(part) > 1 for part in parts):
        for part in parts:
            yield from part
    else:
        yield {"tab": "\t", "pipe": " | ", "space": " "}[cells].join(
            part[0] if part else "" for part in parts
        )


def _cell(cell: "str | Items") -> list[str]:
    if isinstance(cell, str):
        return [cell]
    return [f"{mark} {item}".strip() for mark, item in zip(cell.marks(), cell.ended(), strict=True)]


def _paged(lines: list[str], doc: Doc) -> Iterator[str]:
    if not doc.page:
        yield from lines
        return
    total = len(lines) // doc.page + 1
    for number in range(total):
        if doc.header:
            yield from (doc.header, "")
        yield from lines[number * doc.page : (number + 1) * doc.page]
        if doc.footer:
            footer = doc.footer.replace("#", str(number + 1), 1).replace("#", str(total), 1)
            yield from ("", footer)
        if number < total - 1:
            yield "\f"
