"""What the pages of the division send, as plain values."""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict

from app.evaluation.assigning.policy import Wish
from app.evaluation.policy import SEATS
from app.infra.numbers import positive

NAMES = ("lezers", *(f"minstens-{seat}" for seat in SEATS), "opnieuw")


def wish_of(sent: Mapping[str, str]) -> Wish:
    """Numbers as they were meant; -1 for what is none."""
    least = {seat: _number(sent.get(f"minstens-{seat}")) for seat in SEATS}
    return Wish(positive(sent.get("lezers")) or -1, least, keep="opnieuw" not in sent)


def _number(text: str | None) -> int:
    text = (text or "").strip()
    return 0 if text in ("", "0") else positive(text) or -1


def ticked(sent: MultiDict[str, str], name: str) -> list[int]:
    """The ids of ticked boxes; a value that is no id becomes 0, which belongs to nobody."""
    return sorted({positive(one) for one in sent.getlist(name)})
