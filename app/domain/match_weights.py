"""The weights of the figures in `match_features`, and from which score on a match is shown.

Fitted on the tune half alone; `python -m bench.match_fit` prints these values again.
"""

WEIGHTS: dict[str, float] = {
    "concept coverage": 1.34,
    "concept likeness": 3.58,
    "best same": 1.86,
    "best help": 1.34,
    "best near": 0.28,
    "word coverage": -2.08,
    "word likeness": 1.02,
    "best word": 3.62,
    "life domain": 0.52,
    "trade": -1.87,
    "help": 0.81,
    "help and best": -1.36,
    "trade and best": 1.38,
}
BIAS = -4.81
THRESHOLD = 0.2
SECOND_OPINION = 2.0  # weight of an encoder's likeness, only when one is switched on
