"""The weights of the figures in `match_features`, and from which score on a match is shown.

Fitted on the tune half alone; `python -m bench.match_fit` prints these values again.
"""

WEIGHTS: dict[str, float] = {
    "concept coverage": 0.51,
    "concept likeness": 10.73,
    "best same": 8.06,
    "best help": 0.05,
    "best near": 1.61,
    "word coverage": 2.0,
    "word likeness": 3.84,
    "best word": -3.64,
    "life domain": 1.55,
}
BIAS = -6.59
OFFER = (0.08, -5.77, 3.72, 6.45)  # the best match, sounds like trade, sounds like help, known words
OFFER_BIAS = -2.46
SHARE = (0.5, 0.5)  # the match itself, and how far it stays behind the best of this offer
SHARE_BIAS = 0.5
THRESHOLD = 0.44
SECOND_OPINION = 6.0  # weight of an encoder's likeness, only when one is switched on
