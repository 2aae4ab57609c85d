"""How far apart is far, and who can agree: rules that need neither database nor screen."""

from collections.abc import Collection
from fractions import Fraction

from app.domain.errors import DomainError

LEAST_PRESENT = 2
STEP_WORDS = {
    "none": "geen scores",
    "single": "één score",
    "same": "allemaal hetzelfde",
    "near": "dicht bij elkaar",
    "apart": "verdeeld",
    "far": "ver uit elkaar",
}
WIDE = frozenset({"apart", "far"})
_NEAR, _APART = Fraction(1, 5), Fraction(2, 5)


def step_of(lowest: int | None, highest: int | None, count: int, span: int) -> str:
    """A key of STEP_WORDS. `span` is how far apart one can lie on this scale: on 0 to 5 a difference of 1 is
    near, of 2 apart, of 3 and more far; a shorter or longer scale is measured by the same shares."""
    if lowest is None or highest is None or not count:
        return "none"
    if count == 1:
        return "single"
    if lowest == highest:
        return "same"
    share = Fraction(highest - lowest, max(span, highest - lowest))
    if share <= _NEAR:
        return "near"
    return "apart" if share <= _APART else "far"


def check_present(present: Collection[int], free: Collection[int]) -> list[int]:
    """Who was there, in a fixed order. `free` are the jurors who may judge this applicant.

    Raises consensus_too_few_jurors, consensus_present_foreign and consensus_present_missing.
    """
    chosen = set(present)
    if len(set(free)) < LEAST_PRESENT:
        raise DomainError("consensus_too_few_jurors", field="present")
    if chosen - set(free):
        raise DomainError("consensus_present_foreign", field="present")
    if len(chosen) < LEAST_PRESENT:
        raise DomainError("consensus_present_missing", field="present")
    return sorted(chosen)
