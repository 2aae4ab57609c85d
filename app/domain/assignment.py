"""One-to-one assignment with the least total cost (Kuhn and Munkres, with potentials; cubic time)."""

from dataclasses import dataclass, field

_FAR = float("inf")


def assign(cost: list[list[float]]) -> list[tuple[int, int]]:
    """(row, column) pairs for a square matrix: every row and every column once."""
    state = _State(cost)
    for row in range(1, len(cost) + 1):
        state.place(row)
    return sorted((row - 1, column - 1) for column, row in enumerate(state.owner) if column)


@dataclass
class _State:
    """Rows and columns count from 1; column 0 stands for "not placed yet"."""

    cost: list[list[float]]
    rows: list[float] = field(init=False)
    columns: list[float] = field(init=False)
    owner: list[int] = field(init=False)

    def __post_init__(self) -> None:
        size = len(self.cost) + 1
        self.rows, self.columns, self.owner = [0.0] * size, [0.0] * size, [0] * size

    def place(self, row: int) -> None:
        """Give this row a column, moving earlier rows along the cheapest path."""
        size = len(self.owner)
        least, way, used = [_FAR] * size, [0] * size, [False] * size
        self.owner[0], column = row, 0
        while self.owner[column]:
            used[column] = True
            following, delta = self._reach(column, least, way, used)
            self._shift(delta, least, used)
            column = following
        while column:
            self.owner[column], column = self.owner[way[column]], way[column]

    def _reach(self, column: int, least: list[float], way: list[int], used: list[bool]) -> tuple[int, float]:
        row, following, delta = self.owner[column], 0, _FAR
        for j in range(1, len(used)):
            if used[j]:
                continue
            reduced = self.cost[row - 1][j - 1] - self.rows[row] - self.columns[j]
            if reduced < least[j]:
                least[j], way[j] = reduced, column
            if least[j] < delta:
                following, delta = j, least[j]
        return following, delta

    def _shift(self, delta: float, least: list[float], used: list[bool]) -> None:
        for j, seen in enumerate(used):
            if seen:
                self.rows[self.owner[j]] += delta
                self.columns[j] -= delta
            else:
                least[j] -= delta
