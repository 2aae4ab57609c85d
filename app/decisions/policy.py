"""What a decision must meet, as plain facts: two people, the reading, and nobody left out."""

from collections.abc import Iterable, Sequence

from app.decisions.wording import TEXT_LIMIT
from app.domain.errors import DomainError
from app.domain.motivation import DecisionOutcome, check_motivation


def check_proposed(
    outcome: str, reasons: str, legal_basis: str, appeal_routes: str, *, draft: str
) -> DecisionOutcome:
    """Whether this may be proposed. `draft` is the text put together from remarks: a start, never the end.

    Raises what `domain.motivation.check_motivation` raises, `reasons_unedited` and `text_too_long_here`.
    """
    for field, text in (("reasons", reasons), ("legal_basis", legal_basis), ("appeal_routes", appeal_routes)):
        if len(text) > TEXT_LIMIT:
            raise DomainError("text_too_long_here", field=field, maximum=TEXT_LIMIT)
    known = check_motivation(outcome, reasons, legal_basis, appeal_routes)
    if draft and _flat(reasons) == _flat(draft):
        raise DomainError("reasons_unedited", field="reasons")
    return known


def check_two_people(proposed_by: int, confirms: int | None) -> None:
    """Who proposed does not confirm. Raises `same_person_confirms`."""
    if proposed_by == confirms:
        raise DomainError("same_person_confirms")


def check_complete(states: Iterable[tuple[str, bool]], lapsed: Sequence[str] = ()) -> None:
    """`states` is (name of the organisation, has a confirmed decision) for every standing proposal; `lapsed`
    are those of them whose confirmation rests on another ranking.

    Raises `nothing_to_communicate`, `decisions_not_confirmed` with the names, and `confirmations_lapsed` when
    that is all that is wrong.
    """
    known = list(states)
    if not known:
        raise DomainError("nothing_to_communicate")
    missing = [name for name, confirmed in known if not confirmed]
    if missing and set(missing) == set(lapsed):
        raise DomainError("confirmations_lapsed", names=", ".join(missing))
    if missing:
        raise DomainError("decisions_not_confirmed", count=len(missing), names=", ".join(missing))


def _flat(text: str) -> str:
    return " ".join(text.split())
