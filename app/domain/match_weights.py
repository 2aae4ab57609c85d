"""The weights of the figures in `match_features`, and from which score on a match is shown.

Fitted on the tune half alone; `python -m bench.match_fit` prints these values again.
"""

WEIGHTS: dict[str, float] = {
    "concept coverage": 0.49,
    "concept likeness": 10.65,
    "best same": 7.91,
    "best help": 0.1,
    "best near": 1.62,
    "word coverage": 1.99,
    "word likeness": 3.8,
    "best word": -3.54,
    "life domain": 1.57,
}
BIAS = -6.59
OFFER = (0.08, -5.77, 3.72, 6.45)  # the best match, sounds like trade, sounds like help, known words
OFFER_BIAS = -2.46
SHARE = (0.5, 0.5)  # the match itself, and how far it stays behind the best of this offer
SHARE_BIAS = 0.49
THRESHOLD = 0.44
SECOND_OPINION = 6.0  # weight of an encoder's likeness, only when one is switched on
