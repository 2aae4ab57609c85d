"""What is judged and invited: the rights, the words that are counted, and when two obstacles are the same."""

import unicodedata

VIEW = "matching.candidates"
JUDGE = "matching.judge"
INVITE = "matching.invite"

CONFIRMED, REJECTED, WITHDRAWN = "confirmed", "rejected", "withdrawn"
MOST_REASON = 500
MOST_BODY = 4_000
MOST_AT_ONCE = 200  # organisations in one sending
_MOST_NEED = 300


def folded(label: str) -> str:
    """An obstacle's label by which it is found back in another call: its letters and digits alone."""
    plain = unicodedata.normalize("NFKD", label.casefold())
    kept = "".join(one if one.isalnum() else " " for one in plain if not unicodedata.combining(one))
    return " ".join(kept.split())[:_MOST_NEED].strip()
