"""How often each field is exactly right, per format: `python -m tests.addenda.layouts`."""

import sys

from .accuracy import FORMATS, Score, measure
from .catalogue import ALL_LAYOUTS, HELD_OUT_LAYOUTS, LAYOUTS
from .expected import FIELDS


def main(arguments: list[str]) -> int:
    formats = [name for name in FORMATS if name in arguments] or list(FORMATS)
    layouts = (
        HELD_OUT_LAYOUTS if "held-out" in arguments else LAYOUTS if "tuned" in arguments else ALL_LAYOUTS
    )
    wanted = [one for one in ALL_LAYOUTS if one.name in arguments] or list(layouts)
    scores = {name: measure(wanted, name, verbose="-v" in arguments) for name in formats}
    print(table(scores))
    return 0


def table(scores: dict[str, Score]) -> str:
    lines = ["| veld | " + " | ".join(scores) + " |", "|---" * (len(scores) + 1) + "|"]
    for name in FIELDS:
        cells = [f"{score.right[name]}/{score.documents}" for score in scores.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    lines.append(
        "| regels niet begrepen | " + " | ".join(str(one.unrecognised) for one in scores.values()) + " |"
    )
    lines.append("| regels in totaal | " + " | ".join(str(one.lines) for one in scores.values()) + " |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
