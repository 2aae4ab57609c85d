"""The rule on the composition of a jury: writing it, and holding the jury against it."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.jury_rule import MOST, TOTAL, Lack, Rule, lacking
from app.evaluation.juries.models import JuryRule
from app.evaluation.policy import SEATS, SheetRefused
from app.evaluation.queries import Declaration, JurorRow
from app.evaluation.seats import MANAGE
from app.infra.database import db, transaction
from app.proposals.queries import StandingRow

NO_RULE = Rule(dict.fromkeys(SEATS, 0))
NAMES = (*SEATS, TOTAL)
_NUMBER = re.compile(r"[0-9]{1,3}")


def rule_of(addendum_id: int) -> Rule:
    """One query; NO_RULE when nothing was asked."""
    row = db.session.get(JuryRule, addendum_id, populate_existing=True)
    return Rule({one: getattr(row, one) for one in SEATS}, row.total) if row else NO_RULE


def stamp(rule: Rule) -> str:
    """A rule in a hidden field, to see whether another one was written in the meantime."""
    return "-".join(str(number) for number in (*rule.least.values(), rule.total))


def set_rule(addendum_id: int, typed: Mapping[str, str], seen: str, *, by: Actor) -> bool:
    """`typed`: {kind of seat or TOTAL: a number as it was typed}; nothing is 0. False when it stays as it is.

    Raises jury_rule_changed when `seen` is not the rule that counts, and SheetRefused for what is no number.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, MANAGE, call.subject(), call.phase))
        numbers = _numbers(typed)
        wanted = Rule({one: numbers[one] for one in SEATS}, numbers[TOTAL])
        known = rule_of(call.id)
        if wanted == known:
            return False
        if seen != stamp(known):
            raise DomainError("jury_rule_changed", now=in_words(known))
        row = db.session.get(JuryRule, call.id) or JuryRule(addendum_id=call.id)
        for name, number in numbers.items():
            setattr(row, name, number)
        row.by_id, row.at = by.user_id or 0, now
        db.session.add(row)
        record(
            "jury.rule_set",
            actor_id=by.user_id,
            subject=f"call:{call.id}",
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            at=now,
            sealed=False,
            **numbers,
        )
        return True


def _numbers(typed: Mapping[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    problems = []
    for name in NAMES:
        text = typed.get(name, "").strip()
        number = int(text) if _NUMBER.fullmatch(text) else (MOST + 1 if text else 0)
        found[name] = number
        if number > MOST:
            problems.append(DomainError("jury_rule_number", field=name, most=MOST))
    if problems:
        raise SheetRefused(problems)
    return found


def in_words(rule: Rule) -> str:
    """ "minstens 2 namens VDAB, 6 in totaal"."""
    parts = [f"{number} namens {SEATS[kind]}" for kind, number in rule.least.items() if number]
    parts += [f"{rule.total} in totaal"] if rule.total else []
    return f"minstens {', '.join(parts)}" if parts else "geen regel"


@dataclass(frozen=True)
class Composition:
    """The jury against its rule. `of_jury`: what it lacks as a whole; `of_proposals`: what it lacks for one
    applicant once those in conflict left, of the applicants that may be shown; `has` by kind and TOTAL."""

    rule: Rule
    has: Mapping[str, int]
    of_jury: tuple[Lack, ...]
    of_proposals: Sequence[tuple[str, tuple[Lack, ...]]]

    @property
    def broken(self) -> bool:
        return bool(self.of_jury or self.of_proposals)


def composition(
    rule: Rule,
    jurors: Sequence[JurorRow],
    applicants: Sequence[StandingRow],
    declared: Sequence[Declaration],
    without: Collection[int] = (),
) -> Composition:
    """`without`: organisations that are not told about. Per applicant only what is lacking more than for the
    jury as a whole."""
    has = Counter(one.seat for one in jurors)
    of_jury = lacking(rule, has.elements())
    away = {(one.juror_id, one.organisation_id) for one in declared if one.in_conflict}
    found = []
    for row in sorted(applicants, key=lambda one: one.organisation_name.casefold()):
        left = [one.seat for one in jurors if (one.user_id, row.organisation_id) not in away]
        lacks = tuple(one for one in lacking(rule, left) if one not in of_jury)
        if lacks and row.organisation_id not in without:
            found.append((row.organisation_name, lacks))
    return Composition(rule, {**{one: has[one] for one in SEATS}, TOTAL: has.total()}, of_jury, found)


def log_if_broken(
    call: Call,
    round_name: str,
    jurors: Sequence[JurorRow],
    applicants: Sequence[StandingRow],
    declared: Sequence[Declaration],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """A round may close with a jury that is not as the rule asks; the log keeps that it did."""
    state = composition(rule_of(call.id), jurors, applicants, declared)
    if not state.broken:
        return
    record(
        "round.closed_against_rule",
        actor_id=by.user_id,
        subject=f"call:{call.id}",
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        at=at,
        round=round_name,
        lacking=[one.kind for one in state.of_jury],
        proposals=len(state.of_proposals),
    )
