"""What each juror said about each applicant, what may be a tie, and what was found to be none."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.addenda.models import Addendum
from app.addenda.queries import Call
from app.audit.models import AuditEntry
from app.domain.affiliation import fold
from app.domain.conflict_hints import Hint, JurorFacts, OrganisationFacts, hints_between
from app.domain.likeness import domain_of
from app.evaluation.juries.models import HintDismissal
from app.evaluation.juries.policy import ASKED, SHARED_BY
from app.evaluation.queries import Declaration, JurorRow, declarations_of, jurors_of
from app.infra.database import db
from app.organisations.models import Membership, Organisation
from app.proposals.queries import StandingRow, standing
from app.regions.models import Municipality


class Dismissal(NamedTuple):
    """`stays_id`: the organisation that stands for all that were merged."""

    addendum_id: int
    call_title: str
    juror_id: int
    organisation_id: int
    stays_id: int
    reason: str
    kinds: Sequence[str]
    by: str
    at: datetime


@dataclass(frozen=True)
class Pair:
    """One juror and one applicant. `dismissed` in this call; `earlier` in other calls of the region."""

    juror: JurorRow
    applicant: StandingRow
    declared: Declaration | None
    hints: tuple[Hint, ...] = ()
    dismissed: Dismissal | None = None
    earlier: tuple[Dismissal, ...] = ()

    @property
    def conflict(self) -> bool:
        return self.declared is not None and self.declared.in_conflict

    @property
    def missing(self) -> bool:
        return self.declared is None

    @property
    def unseen(self) -> tuple[Hint, ...]:
        """The hints that nobody dismissed in this call."""
        seen = self.dismissed.kinds if self.dismissed else ()
        return tuple(one for one in self.hints if one.kind.value not in seen)

    @property
    def likely(self) -> bool:
        """A tie that somebody still has to look at."""
        return bool(self.unseen) and not self.conflict


def pairs_of(call: Call, juror_id: int | None = None, organisation_id: int | None = None) -> list[Pair]:
    """Every juror with every applicant in the running, by applicant and then as the jury is ordered; of one
    juror or applicant when given. Nothing before the opening. Seven queries at most."""
    everyone = standing(call.id)
    rows = [one for one in everyone if organisation_id in (None, one.organisation_id)]
    jurors = [one for one in jurors_of(call.id) if juror_id in (None, one.user_id)]
    if not rows or not jurors:
        return []
    said = {(one.juror_id, one.organisation_id): one for one in declarations_of(call.id, juror_id)}
    facts = facts_of({row.organisation_id for row in everyone})
    towns = towns_known()
    dismissals = dismissals_of(call, {one.user_id for one in jurors})
    return [
        _pair(call, juror, row, said.get((juror.user_id, row.organisation_id)), facts, towns, dismissals)
        for row in sorted(rows, key=lambda one: (one.organisation_name.casefold(), one.organisation_id))
        for juror in jurors
    ]


Facts = Mapping[int, tuple[int, OrganisationFacts]]
Dismissals = Mapping[tuple[int, int], Sequence[Dismissal]]


def _pair(
    call: Call,
    juror: JurorRow,
    row: StandingRow,
    said: Declaration | None,
    facts: Facts,
    towns: frozenset[str],
    dismissals: Dismissals,
) -> Pair:
    stays_id, known = facts[row.organisation_id]
    me = JurorFacts(juror.user_id, juror.name, juror.email, juror.affiliation)
    found = dismissals.get((juror.user_id, stays_id), ())
    here = [one for one in found if (one.addendum_id, one.organisation_id) == (call.id, row.organisation_id)]
    elsewhere = tuple(one for one in found if one.addendum_id != call.id)
    hints = hints_between(me, known, towns)
    return Pair(juror, row, said, hints, here[0] if here else None, elsewhere)


def facts_of(organisation_ids: Collection[int]) -> dict[int, tuple[int, OrganisationFacts]]:
    """{organisation: (the one that stays, what can be compared)}. Organisations that were merged are one: all
    their names, addresses and people count. A domain that more than SHARED_BY of them use says nothing about
    one. Two queries."""
    asked = aliased(Organisation)
    stays = func.coalesce(Organisation.merged_into_id, Organisation.id)
    wanted = select(func.coalesce(asked.merged_into_id, asked.id)).where(asked.id.in_(organisation_ids))
    rows = db.session.execute(
        select(
            Organisation.id,
            stays.label("stays_id"),
            Organisation.name,
            Organisation.website,
            Organisation.email,
        )
        .where(stays.in_(wanted))
        .order_by(Organisation.id)
    ).all()
    people: dict[int, list[Any]] = defaultdict(list)
    members = (
        select(Membership.organisation_id, User.id, User.name, User.email)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id.in_([row.id for row in rows]), User.active)
        .order_by(User.id)
    )
    for one in db.session.execute(members):
        people[one.organisation_id].append(one)
    groups: dict[int, list[Any]] = defaultdict(list)
    for row in rows:
        groups[row.stays_id].append(row)
    made = {stays_id: _facts(stays_id, group, people) for stays_id, group in groups.items()}
    shared = Counter(one for known in made.values() for one in known.domains | known.colleague_domains)
    common = {one for one, number in shared.items() if number > SHARED_BY}
    telling = {one: _without(known, common) for one, known in made.items()}
    return {row.id: (row.stays_id, telling[row.stays_id]) for row in rows}


def _without(known: OrganisationFacts, domains: Collection[str]) -> OrganisationFacts:
    kept = known.domains.difference(domains), known.colleague_domains.difference(domains)
    return replace(known, domains=kept[0], colleague_domains=kept[1])


def _facts(stays_id: int, group: Sequence[Any], people: Mapping[int, Sequence[Any]]) -> OrganisationFacts:
    members = [one for row in group for one in people.get(row.id, ())]
    own = {domain_of(text) for row in group for text in (row.website, row.email) if text}
    theirs = {domain_of(one.email) for one in members}
    return OrganisationFacts(
        stays_id,
        tuple(row.name for row in group),
        frozenset(own - {""}),
        frozenset(theirs - {""}),
        tuple(one.name for one in members),
        frozenset(one.id for one in members),
    )


def towns_known() -> frozenset[str]:
    """The names of the municipalities, as `domain.affiliation` compares them. One query."""
    names = db.session.scalars(select(Municipality.name)).all()
    return frozenset(part for name in names for part in fold(name).replace("-", " ").split() if len(part) > 3)


def dismissals_of(call: Call, juror_ids: Collection[int]) -> dict[tuple[int, int], list[Dismissal]]:
    """{(juror, organisation that stays): what was found to be no conflict}, in this call and in other calls
    of the region, the latest first. One query."""
    rows = db.session.execute(
        select(
            HintDismissal.addendum_id,
            Addendum.title,
            HintDismissal.juror_id,
            HintDismissal.organisation_id,
            func.coalesce(Organisation.merged_into_id, Organisation.id).label("stays_id"),
            HintDismissal.reason,
            HintDismissal.kinds,
            User.name.label("by"),
            HintDismissal.at,
        )
        .join(Addendum, Addendum.id == HintDismissal.addendum_id)
        .join(Organisation, Organisation.id == HintDismissal.organisation_id)
        .join(User, User.id == HintDismissal.by_id)
        .where(HintDismissal.juror_id.in_(juror_ids), Addendum.service_area_id == call.service_area_id)
        .order_by(HintDismissal.at.desc(), HintDismissal.id.desc())
    ).all()
    found: dict[tuple[int, int], list[Dismissal]] = defaultdict(list)
    for row in rows:
        found[row.juror_id, row.stays_id].append(Dismissal(*row))
    return dict(found)


def asked_at(addendum_id: int) -> dict[int, datetime]:
    """{juror: when they were last asked about likely conflicts}. One query."""
    rows = db.session.execute(
        select(AuditEntry.subject, func.max(AuditEntry.at))
        .where(AuditEntry.addendum_id == addendum_id, AuditEntry.action == ASKED)
        .group_by(AuditEntry.subject)
    )
    return {int(subject.partition(":")[2]): at for subject, at in rows}
