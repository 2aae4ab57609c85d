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
from app.domain.firmness import ANY, DRAWS, JURORS, Problem, Table, draw_all
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


def plain(problem: Problem) -> tuple[float, float]:
    """Seconds (and of the processor) to count who is how often at each place with a loop over the draws."""
    rules, size = problem.written.rules, len(problem.order)
    averages = np.array(
        [
            [np.mean([sheet[one] for sheet in of_jurors.values()]) for one in rules.ids]
            for of_jurors in problem.written.sheets.values()
        ]
    )
    counts, places = np.zeros((size, size), int), np.arange(size)
    begin, busy = time.perf_counter(), time.process_time()
    for weights in np.random.default_rng(7).dirichlet(np.ones(len(rules.ids)), DRAWS):
        counts[np.argsort(-(averages @ weights)), places] += 1
    return time.perf_counter() - begin, time.process_time() - busy


def timed(call: Callable[[], Any]) -> tuple[float, float]:
    """(seconds, seconds of this processor), medians: where they differ, others used the machine."""
    wall, own = [], []
    for _ in range(REPEATS):
        begin, busy = time.perf_counter(), time.process_time()
        call()
        wall.append(time.perf_counter() - begin)
        own.append(time.process_time() - busy)
    return statistics.median(wall), statistics.median(own)


def measure() -> None:
    print(f"\nfirmness of a ranking, {DRAWS} draws (median of {REPEATS}, seconds; cpu: of the processor)")
    head = ("arrays", "weights", "(cpu)", "jurors", "(cpu)", "all three", "(cpu)", "plain", "(cpu)", "ratio")
    print(f"{'proposals x criteria x jurors':<32}" + "".join(f"{one:>10}" for one in head))
    for size in SIZES:
        problem = build(*size)
        table = Table(problem)
        weights = timed(lambda table=table: table.drawn(ANY))  # type: ignore[misc]
        figures = (
            timed(lambda problem=problem: Table(problem))[0],  # type: ignore[misc]
            *weights,
            *timed(lambda table=table: table.drawn(JURORS)),  # type: ignore[misc]
            *timed(lambda problem=problem: draw_all(problem)),  # type: ignore[misc]
            *plain(problem),
        )
        name = " x ".join(map(str, size))
        print(f"{name:<32}" + "".join(f"{one:>10.4f}" for one in figures), end="")
        print(f"{weights[1] / figures[-1]:>10.2f}")
        if size[:2] == PROMISED and weights[0] > 0.1:
            print("  over the promised 0.1 s: on this machine, now")


def main() -> int:
    """In a process of its own with one thread: nothing warms it, nothing helps it."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return subprocess.run([sys.executable, "-m", "bench.firmness", "here"], env=environment).returncode


if __name__ == "__main__":
    if sys.argv[1:] == ["here"]:
        measure()
    else:
        sys.exit(main())
