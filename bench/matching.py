"""`python -m bench.matching [needs] [offers]`: all needs against all offers, in memory that is measured.

Beside it rapidfuzz's own cdist with token_set_ratio: the same strings, as many workers, the same run.
"""

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
from rapidfuzz import fuzz, process

LABELLED = Path(__file__).parent.parent / "tests/matching/labelled"
CHANGES = 20


def texts(needs: int, offers: int) -> tuple[dict[str, str], dict[str, str]]:
    """Mixed from the labelled sets: two sentences in an offer, so that no two are the same."""
    sets = [json.loads((LABELLED / f"{name}.json").read_text(encoding="utf-8")) for name in ("tune", "test")]
    own_needs = [text for one in sets for text in one["obstacles"].values()]
    own_offers = [offer["text"] for one in sets for offer in one["offers"]]
    chance = random.Random(7)
    some = {
        f"n{number}": f"{own_needs[number % len(own_needs)]}, {chance.choice(own_needs)}"
        for number in range(needs)
    }
    return some, {f"o{number}": " ".join(chance.sample(own_offers, 2)) for number in range(offers)}


def ours(needs: dict[str, str], offers: dict[str, str]) -> None:
    """Print seconds for reading and scoring everything, for one changed offer, and the peak of memory."""
    from app.domain.matching import MatchIndex
    from app.matching.thesaurus_files import thesaurus

    known = thesaurus()
    begin = time.perf_counter()
    index = MatchIndex(needs, known)
    index.add_all(offers)
    whole = time.perf_counter() - begin
    before = {one: index.scores(one).copy() for one in list(offers)[: CHANGES + 1]}
    begin = time.perf_counter()
    for number in range(CHANGES):
        index.replace(f"o{number}", f"Rijlessen voor wie geen rijbewijs heeft, groep {number}.")
    one = (time.perf_counter() - begin) / CHANGES
    untouched = f"o{CHANGES}"
    assert untouched not in offers or (index.scores(untouched) == before[untouched]).all()
    print(json.dumps({"seconds": whole, "one": one, "memory": _peak()}))


def rapidfuzz(needs: dict[str, str], offers: dict[str, str]) -> None:
    begin = time.perf_counter()
    process.cdist(
        list(needs.values()), list(offers.values()), scorer=fuzz.token_set_ratio, workers=1, dtype=np.uint8
    )
    print(json.dumps({"seconds": time.perf_counter() - begin, "memory": _peak()}))


def _peak() -> float:
    """MB, the highest this process ever held."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) / 1024


def main(needs: int = 500, offers: int = 10_000) -> int:
    """Each way in a process of its own with one thread, so that neither warms or weighs on the other."""
    found = {}
    for way in ("ours", "rapidfuzz"):
        found[way] = _apart(way, needs, offers)
    print(f"\n{needs} needs x {offers} offers, one worker each")
    print(f"{'':<32}{'seconds':>9}{'MB':>8}")
    print(
        f"{'matching, reading included':<32}{found['ours']['seconds']:>9.2f}{found['ours']['memory']:>8.0f}"
    )
    cdist = found["rapidfuzz"]
    print(f"{'cdist with token_set_ratio':<32}{cdist['seconds']:>9.2f}{cdist['memory']:>8.0f}")
    print(f"times its time: {found['ours']['seconds'] / cdist['seconds']:.2f}")
    print(f"one changed offer: {found['ours']['one'] * 1000:.1f} ms")
    return 0


def _apart(way: str, needs: int, offers: int) -> dict[str, float]:
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "bench.matching", way, str(needs), str(offers)]
    run = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(run.stdout)


if __name__ == "__main__":
    given = sys.argv[1:]
    if given and given[0] in ("ours", "rapidfuzz"):
        {"ours": ours, "rapidfuzz": rapidfuzz}[given[0]](*texts(*(int(one) for one in given[1:])))
    else:
        sys.exit(main(*(int(one) for one in given)))
