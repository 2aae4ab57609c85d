"""A table as lines of text, whatever document it comes from."""

from collections.abc import Sequence

Cell = list[str]
"""The paragraphs of one cell, list markers in front."""

_LONGEST_LABEL = 120
_MARKS = ("• ", "- ", "– ", "o ", "▪ ")


def table_lines(rows: Sequence[Sequence[Cell]]) -> list[str]:
    """One line per row, cells set apart by tabs, as long as the cells hold one thing each. Lists in cells
    keep their items on lines of their own, under the heading of their column."""
    filled = [row for row in rows if any(row)]
    if not filled:
        return []
    if max(len(row) for row in filled) == 1:
        return [line for row in filled for cell in row for line in cell]
    head = filled[0] if _is_head(filled) else None
    if head is not None and all(_holds_list(cell) for row in filled[1:] for cell in row if cell):
        return _by_column(head, filled[1:])
    lines: list[str] = []
    for row in filled:
        lines.extend(_row(row, head if row is not head else None))
    return lines


def _is_head(rows: Sequence[Sequence[Cell]]) -> bool:
    """A first row of short labels, one for each column, above cells with lists in more than one column."""
    first = rows[0]
    labels = all(len(cell) == 1 and len(cell[0]) <= _LONGEST_LABEL for cell in first)
    lists = max((sum(map(_holds_list, row)) for row in rows[1:]), default=0)
    return labels and lists > 1 and all(len(row) == len(first) for row in rows)


def _holds_list(cell: Cell) -> bool:
    return len(cell) > 1 and any(_is_item(line) for line in cell)


def _is_item(line: str) -> bool:
    bare = line.lstrip()
    return bare.startswith(_MARKS) or bare.split(" ", 1)[0].rstrip(".)").isdecimal()


def _by_column(head: Sequence[Cell], rows: Sequence[Sequence[Cell]]) -> list[str]:
    lines: list[str] = []
    for place, label in enumerate(head):
        lines.extend(label)
        lines.extend(line for row in rows for line in row[place])
    return lines


def _row(row: Sequence[Cell], head: Sequence[Cell] | None) -> list[str]:
    if head is not None and sum(map(_holds_list, row)) > 1:
        return [
            line
            for label, cell in zip(head, row, strict=True)
            for line in ([*label, *cell] if _holds_list(cell) else cell)
        ]
    cells = [_single(cell) for cell in row[:-1]] + [row[-1]]
    if any(len(cell) > 1 for cell in cells[:-1]):
        return [line for cell in cells for line in cell]
    first = "\t".join(cell[0] if cell else "" for cell in cells).rstrip()
    return [first, *cells[-1][1:]]


def _single(cell: Cell) -> Cell:
    """A label that was broken over paragraphs is one label."""
    short = sum(map(len, cell)) <= _LONGEST_LABEL
    return [" ".join(line.strip() for line in cell)] if short and not _holds_list(cell) and cell else cell
