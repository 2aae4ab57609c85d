"""The weights of the figures in `match_features`, and from which score on a match is shown.

Fitted on the tune half alone; `python -m bench.match_fit` prints these values again.
"""

WEIGHTS: dict[str, float] = {
    "concept coverage": 0.74,
    "concept likeness": 10.78,
    "best same": 7.2,
    "best help": 0.48,
    "best near": 2.0,
    "word coverage": 1.48,
    "word likeness": 4.76,
    "best word": -4.92,
    "life domain": 1.85,
}
BIAS = -7.27
OFFER = (0.13, -5.76, 3.44, 6.57)  # the best match, sounds like trade, sounds like help, known words
OFFER_BIAS = -2.6
SHARE = (0.5, 0.5)  # the match itself, and how far it stays behind the best of this offer
SHARE_BIAS = 0.6
THRESHOLD = 0.45
SECOND_OPINION = 3.0  # weight of an encoder's likeness, only when one is switched on
