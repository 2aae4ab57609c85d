"""How firm a ranking is beside the same draws in a plain NumPy loop, in the same run, one thread each.

    python -m bench.firmness

The loop multiplies and calls argsort once per draw, as one writes it first; it knows no ties and no minimums.
Promised: 200 proposals x 8 criteria x 10,000 random weightings within 0.1 s. Read the ratio.
"""

import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import numpy as np

from app.domain.criteria import Criterion, Level, RoundRules
from app.domain.firmness import ANY, DRAWS, KINDS, Problem, Table, draw_all
from app.domain.firmness_rounds import RoundSheets
from app.domain.outcome import RoundWeights

SIZES = ((60, 8, 12), (200, 8, 12), (1000, 8, 5))
PROMISED = (200, 8)
REPEATS = 7


def build(proposals: int, criteria: int, jurors: int, seed: int = 7) -> Problem:
    """Everybody scored everything, in one round, from level 1 to 5."""
    dice = random.Random(seed)
    scale = tuple(Level(value, "een niveau") for value in range(6))
    weight = Decimal(100) / criteria
    rules = RoundRules(tuple(Criterion(one, f"c{one}", weight, scale) for one in range(1, criteria + 1)))
    sheets = {
        proposal: {juror: {one: dice.randint(1, 5) for one in rules.ids} for juror in range(jurors)}
        for proposal in range(1, proposals + 1)
    }
    written = RoundSheets(rules, sheets, {})
    return Problem(tuple(sheets), written, replace(written, sheets={}), RoundWeights())


def plain(problem: Problem) -> np.ndarray:
    """How often each proposal is at each place, with a loop over the draws."""
    rules, size = problem.written.rules, len(problem.order)
    averages = np.array(
        [
            [
                np.mean([sheet[one] for sheet in problem.written.sheets[proposal].values()])
                for one in rules.ids
            ]
            for proposal in problem.order
        ]
    )
    counts, places = np.zeros((size, size), int), np.arange(size)
    begin = time.perf_counter()
    for weights in np.random.default_rng(7).dirichlet(np.ones(len(rules.ids)), DRAWS):
        counts[np.argsort(-(averages @ weights)), places] += 1
    plain.seconds = time.perf_counter() - begin  # type: ignore[attr-defined]
    return counts


def timed(call: Callable[[], Any]) -> tuple[float, float]:
    """(median, slowest) in seconds."""
    times = []
    for _ in range(REPEATS):
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return statistics.median(times), max(times)


def measure() -> None:
    print(f"\nfirmness of a ranking, {DRAWS} draws (median and slowest of {REPEATS}, seconds)")
    head = ("arrays", "weights", "slowest", "jurors", "all three", "plain", "ratio")
    print(f"{'proposals x criteria x jurors':<32}" + "".join(f"{one:>10}" for one in head))
    for proposals, criteria, jurors in SIZES:
        problem = build(proposals, criteria, jurors)
        table = Table(problem)
        arrays, _ = timed(lambda problem=problem: Table(problem))  # type: ignore[misc]
        found = {kind: timed(lambda table=table, kind=kind: table.drawn(kind)) for kind in KINDS}  # type: ignore[misc]
        whole, _ = timed(lambda problem=problem: draw_all(problem))  # type: ignore[misc]
        plain(problem)
        loop: float = plain.seconds  # type: ignore[attr-defined]
        figures = (arrays, *found[ANY], found["jurors"][0], whole, loop)
        print(
            f"{f'{proposals} x {criteria} x {jurors}':<32}" + "".join(f"{one:>10.4f}" for one in figures),
            end="",
        )
        print(f"{found[ANY][0] / loop:>10.2f}")
        if (proposals, criteria) == PROMISED and found[ANY][0] > 0.1:
            print("  over the promised 0.1 s on this machine")


def main() -> int:
    """In a process of its own with one thread: nothing warms it, nothing helps it."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.run([sys.executable, "-m", "bench.firmness", "here"], env=environment).returncode


if __name__ == "__main__":
    if sys.argv[1:] == ["here"]:
        measure()
    else:
        sys.exit(main())
