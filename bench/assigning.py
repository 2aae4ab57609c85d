"""Dividing proposals among jurors, beside dealing them out in turn, on the same questions in the same run.

    python -m bench.assigning

Dealing gives every proposal to the jurors with the least to read who may: fast, and it knows nothing of what
jurors know. It may never be fairer, nor match more when it is as fair. "again" asks once more after two
conflicts; "lists" is how many jurors' lists then change.
"""

import random
import statistics
import time
from dataclasses import dataclass, replace

from app.domain.assigning import Blocked, Division, Question, Reader, Wanting, divide, reckoned
from app.domain.life_domains import LIFE_DOMAINS

SEEDS = (1, 2, 3)
SEATS = ("vdab", "local_authority", "independent")


@dataclass(frozen=True)
class Size:
    name: str
    proposals: int
    jurors: int
    per_proposal: int
    conflicts: float
    least: tuple[str, ...] = ()


SIZES = (
    Size("60 x 12, 3 readers", 60, 12, 3, 0.05),
    Size("60 x 12, 4, every seat", 60, 12, 4, 0.1, SEATS),
    Size("200 x 20, 3 readers", 200, 20, 3, 0.05),
    Size("200 x 20, 5, every seat", 200, 20, 5, 0.1, SEATS),
    Size("200 x 20, 3, many conflicts", 200, 20, 3, 0.3, ("vdab",)),
)


def build(size: Size, seed: int) -> Question:
    dice = random.Random(seed)
    readers = tuple(
        Reader(one, SEATS[one % 3], frozenset(dice.sample(LIFE_DOMAINS, dice.randint(0, 4))))
        for one in range(size.jurors)
    )
    proposals = tuple(
        Wanting(1000 + one, frozenset(dice.sample(LIFE_DOMAINS, dice.randint(1, 7))))
        for one in range(size.proposals)
    )
    closed = frozenset(
        (reader.id, one.id) for one in proposals for reader in readers if dice.random() < size.conflicts
    )
    return Question(readers, proposals, size.per_proposal, closed, least=dict.fromkeys(size.least, 1))


def dealt(question: Question) -> Division:
    """In turn to who has least to read; the seats that are asked for first."""
    loads = {one.id: 0 for one in question.readers}
    pairs = set()
    for one in question.proposals:
        able = sorted(question.able(one.id), key=lambda each: (loads[each.id], each.id))
        chosen = [next(each for each in able if each.seat == seat) for seat in question.least]
        chosen += [each for each in able if each not in chosen][: question.per_proposal - len(chosen)]
        for each in chosen:
            loads[each.id] += 1
            pairs.add((each.id, one.id))
    return reckoned(question, frozenset(pairs), proven=False)


def _row(question: Question) -> tuple[float, float, int, bool, Division, Division]:
    begin = time.perf_counter()
    best = divide(question)
    took = time.perf_counter() - begin
    closed = question.closed | {(0, 1000), (1, 1001)}
    begin = time.perf_counter()
    again = divide(replace(question, closed=closed, now=best.pairs))
    once_more = time.perf_counter() - begin
    simple = dealt(question)
    squares = [sum(load**2 for load in each.loads.values()) for each in (best, simple)]
    better = squares[0] == squares[1] and len(simple.unmet) < len(best.unmet)
    if not simple.lacks and (squares[1] < squares[0] or better):
        raise SystemExit(f"dealing is better: {squares}, {len(simple.unmet)} against {len(best.unmet)}")
    lists = len({juror for juror, _ in best.pairs ^ again.pairs})
    return took, once_more, lists, best.proven and again.proven, best, simple


def main() -> int:
    divide(build(SIZES[0], 0))
    print("\nwho reads what (seconds, median of three; domains: asked for and known by a reader)")
    print(f"{'question':<30}{'best':>7}{'again':>7}{'lists':>7}{'spread':>8}{'domains':>9}", end="")
    print(f"{'dealt':>7}{'spread':>8}{'proven':>8}")
    for size in SIZES:
        try:
            rows = [_row(build(size, seed)) for seed in SEEDS]
        except Blocked as error:
            raise SystemExit(f"{size.name}: {error.blocks}") from error
        took, again = (statistics.median(row[at] for row in rows) for at in (0, 1))
        lists, spread = max(row[2] for row in rows), max(row[4].spread for row in rows)
        known = [
            sum(each.wanted - len(each.unmet) for each in row) / sum(each.wanted for each in row)
            for row in zip(*[(row[4], row[5]) for row in rows], strict=True)
        ]
        print(f"{size.name:<30}{took:>7.2f}{again:>7.2f}{lists:>7}{spread:>8}{known[0]:>9.0%}", end="")
        print(f"{known[1]:>7.0%}{max(row[5].spread for row in rows):>8}{sum(row[3] for row in rows):>6}/3")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
