"""When a partnership may be formed, and the indicators it is measured by.

Indicators follow the Lokaal Activeringspact: per municipality a Flemish-average baseline, an engagement
on top of it, and a share of the subsidy earned in published tiers. Exact: no number is rounded here.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from app.domain.errors import DomainError
from app.domain.numbers import is_usable

Amount = int | Decimal | Fraction


@dataclass(frozen=True)
class FormationFacts:
    """What decides whether a partnership may be formed.

    `window_ends`: per applicant of the call that got a decision the exclusive end of the objection window
    (aware UTC), None for one who was never notified. `members`, `selected`, `coordinator` are
    organisation ids; the lead authority is named apart because it need not be a member. `undecided`: names
    of the applicants for whom a new decision is on its way.
    """

    members: Sequence[int]
    selected: Collection[int]
    window_ends: Sequence[datetime | None]
    open_objections: int = 0
    coordinator: int | None = None
    lead_authority: str = ""
    lead_is_local_authority: bool = False
    accepted: Collection[int] | None = None
    awaiting: Sequence[str] = ()
    answers_end: datetime | None = None
    undecided: Sequence[str] = ()


def check_formation(facts: FormationFacts, now: datetime) -> None:
    """Raise the first of `formation_problems`."""
    for problem in formation_problems(facts, now):
        raise problem


def formation_problems(facts: FormationFacts, now: datetime) -> Iterator[DomainError]:
    """Everything that stands in the way of forming the partnership at `now`.

    Codes: not_everyone_notified (fact `count`), objection_window_open (fact `until`: the last to end),
    objections_open (fact `count`), answers_awaited (facts `names`, `until`), new_decisions_pending (fact
    `names`), partnership_without_members, member_twice, member_not_selected and member_not_accepted (fact
    `members`), coordinator_missing, coordinator_not_member, lead_authority_missing, lead_not_local_authority.
    """
    yield from _waiting(facts, now)
    yield from _membership(facts)
    if facts.coordinator is None:
        yield DomainError("coordinator_missing", field="coordinator")
    elif facts.coordinator not in facts.members:
        yield DomainError("coordinator_not_member", field="coordinator")
    if not facts.lead_authority.strip():
        yield DomainError("lead_authority_missing", field="lead_authority")
    elif not facts.lead_is_local_authority:
        yield DomainError("lead_not_local_authority", field="lead_authority", name=facts.lead_authority)


def _waiting(facts: FormationFacts, now: datetime) -> Iterator[DomainError]:
    ends = [end for end in facts.window_ends if end is not None]
    if not ends or len(ends) < len(facts.window_ends):
        yield DomainError("not_everyone_notified", count=len(facts.window_ends) - len(ends))
    if ends and now < max(ends):
        yield DomainError("objection_window_open", until=max(ends))
    if facts.open_objections:
        yield DomainError("objections_open", count=facts.open_objections)
    if facts.awaiting:
        yield DomainError("answers_awaited", names=", ".join(facts.awaiting), until=facts.answers_end)
    if facts.undecided:
        yield DomainError("new_decisions_pending", names=", ".join(facts.undecided))


def _membership(facts: FormationFacts) -> Iterator[DomainError]:
    if not facts.members:
        yield DomainError("partnership_without_members", field="members")
    if len(set(facts.members)) < len(facts.members):
        yield DomainError("member_twice", field="members")
    strangers = [one for one in facts.members if one not in facts.selected]
    if strangers:
        yield DomainError("member_not_selected", field="members", members=strangers)
    elif facts.accepted is not None:
        unwilling = [one for one in facts.members if one not in facts.accepted]
        if unwilling:
            yield DomainError("member_not_accepted", field="members", members=unwilling)


def _exact(amount: Amount, field: str) -> Fraction:
    """Raises `figure_invalid` for what is negative, NaN or infinite."""
    usable = not isinstance(amount, Decimal) or is_usable(amount)
    if not usable or amount < 0:
        raise DomainError("figure_invalid", field=field)
    return Fraction(amount)


def target(baseline: Amount, engagement: Amount) -> Fraction:
    """The target in people: the Flemish-average baseline plus the extra engagement. `figure_invalid`."""
    return _exact(baseline, "baseline") + _exact(engagement, "engagement")


def engagement_reached(baseline: Amount, engagement: Amount, result: Amount) -> Fraction | None:
    """The part of the extra engagement that the result reaches: percent, 0 or more, may pass 100.

    What stays under the baseline earns nothing, hence 0. None when nothing extra was engaged: there is no
    percentage of nothing. Raises `figure_invalid` at its field.
    """
    base, extra = _exact(baseline, "baseline"), _exact(engagement, "engagement")
    above = max(_exact(result, "result") - base, Fraction(0))
    return above * 100 / extra if extra else None


@dataclass(frozen=True)
class Tier:
    """From this percentage of the engagement on, this percentage of the subsidy is earned."""

    from_percent: Decimal
    share: Decimal


def check_tiers(tiers: Sequence[Tier]) -> None:
    """Published tiers climb in both columns and stay within 0..100 of the subsidy.

    Raises no_tiers, tier_invalid (NaN, negative, share above 100), tiers_not_climbing; field `tiers`.
    """
    if not tiers:
        raise DomainError("no_tiers", field="tiers")
    for tier in tiers:
        both = (tier.from_percent, tier.share)
        if not all(is_usable(one) and one >= 0 for one in both) or tier.share > 100:
            raise DomainError("tier_invalid", field="tiers")
    for lower, higher in zip(tiers, tiers[1:], strict=False):
        if higher.from_percent <= lower.from_percent or higher.share < lower.share:
            raise DomainError("tiers_not_climbing", field="tiers")


def tier_share(tiers: Sequence[Tier], reached: Fraction | None) -> Fraction:
    """The share of the subsidy earned, in percent: of the highest tier reached, 0 below the first.

    `reached` as `engagement_reached` gives it; None earns nothing. Raises what `check_tiers` raises.
    """
    check_tiers(tiers)
    if reached is None:
        return Fraction(0)
    earned = [Fraction(tier.share) for tier in tiers if reached >= Fraction(tier.from_percent)]
    return earned[-1] if earned else Fraction(0)


def subsidy_earned(subsidy: Amount, share: Fraction) -> Fraction:
    """Euro earned of a subsidy in euro, for a share in percent. Raises `figure_invalid`."""
    return _exact(subsidy, "subsidy") * share / 100
