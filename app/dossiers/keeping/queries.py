"""What of a call is kept until when, what of it is left, and what was destroyed."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.accounts.models import User
from app.addenda.queries import Call
from app.decisions.models import Decision
from app.decisions.queries import standing_decisions
from app.domain.errors import NotFound
from app.domain.retention import CLASSES, Ground, RecordClass, Start, destroyable_from, last_kept
from app.domain.timeline import local_day
from app.dossiers.keeping.rule import Rule, Scope
from app.dossiers.keeping.rules import RULES
from app.dossiers.models import Destruction, RetentionTerm
from app.infra.database import db
from app.objections.models import Objection, Ruling
from app.organisations.models import Organisation
from app.partnerships.models import Partnership, PartnershipMember
from app.proposals.models import Proposal, Submission


@dataclass(frozen=True)
class Kept:
    """One class of a call. `start`: the day from which the term counts, `from_day` the first on which it may
    be destroyed; both None as long as the fact did not happen. `destroyed`: the destruction that took it."""

    record_class: RecordClass
    years: int
    start: date | None
    from_day: date | None
    destroyed: Any = None

    @property
    def key(self) -> str:
        return self.record_class.key

    def due(self, today: date) -> bool:
        return self.destroyed is None and self.from_day is not None and today >= self.from_day


def terms_of(service_area_id: int) -> dict[str, int]:
    """{class: years} where the region has a term of its own."""
    rows = db.session.execute(
        select(RetentionTerm.record_class, RetentionTerm.years).where(
            RetentionTerm.service_area_id == service_area_id
        )
    )
    return {row.record_class: row.years for row in rows}


def kept_of(call: Call) -> list[Kept]:
    """Every class that is destroyed per call, in its order. Five queries."""
    own, starts, gone = terms_of(call.service_area_id), _starts([call])[call.id], destructions_of(call.id)
    found = []
    for one in CLASSES.values():
        if one.of_a_call and one.start is not None:
            years, start = own.get(one.key, one.years or 0), starts[one.start]
            first = destroyable_from(start, years) if start else None
            found.append(Kept(one, years, start, first, _destroyed(one.key, first, gone)))
    return found


def _destroyed(key: str, first: date | None, rows: Iterable[Any]) -> Any:
    """The last destruction of the whole class, unless something happened since that began the term anew."""
    for row in rows:
        whole = row.facts.get("ground") == Ground.TERM and key in row.classes
        if whole and row.approved_at and (first is None or local_day(row.approved_at) >= first):
            return row
    return None


def last_days(calls: Sequence[Call]) -> dict[int, date | None]:
    """{call: the last day on which something of it is kept}, None as long as its applicants were not told.
    Four queries whatever their number."""
    own: dict[int, dict[str, int]] = defaultdict(dict)
    for row in db.session.scalars(select(RetentionTerm)):
        own[row.service_area_id][row.record_class] = row.years
    starts = _starts(calls)
    return {call.id: last_kept(starts[call.id], own[call.service_area_id]) for call in calls}


def _starts(calls: Sequence[Call]) -> dict[int, dict[Start, date | None]]:
    ids = [call.id for call in calls]
    told = _days(select(Decision.addendum_id, func.max(Decision.notified_at)), Decision.addendum_id, ids)
    given = select(Objection.addendum_id, func.max(Ruling.given_at)).join(
        Ruling, Ruling.objection_id == Objection.id
    )
    ruled = _days(given, Objection.addendum_id, ids)
    formed = select(Partnership.addendum_id, Partnership.ends_on).where(Partnership.addendum_id.in_(ids))
    ends: dict[int, date] = dict(db.session.execute(formed).all())  # type: ignore[arg-type]
    return {
        call.id: {
            Start.DEADLINE: local_day(call.deadline) if call.deadline else None,
            Start.SETTLED: max((day for day in (told.get(call.id), ruled.get(call.id)) if day), default=None),
            Start.PARTNERSHIP_END: ends.get(call.id),
        }
        for call in calls
    }


def _days(moments: Any, of_call: Any, ids: Collection[int]) -> dict[int, date]:
    """{call: the local day of its last moment}, of a selection of (call, moment)."""
    rows = db.session.execute(moments.where(of_call.in_(ids)).group_by(of_call))
    return {one: local_day(moment) for one, moment in rows if moment is not None}


def destructions_of(addendum_id: int) -> Sequence[Any]:
    """Every proposal to destroy of a call, newest first, with the names of its two people."""
    proposer, approver = aliased(User), aliased(User)
    return db.session.execute(
        select(
            Destruction.id,
            Destruction.classes,
            Destruction.facts,
            Destruction.reason,
            Destruction.proposed_by_id,
            Destruction.proposed_at,
            Destruction.dropped_at,
            Destruction.approved_at,
            Destruction.sha256,
            Destruction.certificate,
            proposer.name.label("proposed_by"),
            approver.name.label("approved_by"),
        )
        .join(proposer, proposer.id == Destruction.proposed_by_id)
        .outerjoin(approver, approver.id == Destruction.approved_by_id)
        .where(Destruction.addendum_id == addendum_id)
        .order_by(Destruction.id.desc())
    ).all()


def scopes_of(addendum_id: int) -> dict[str, Scope]:
    """What each class is about. Partners are who is in the partnership; before there is one, who is selected.
    Four queries."""
    members = set(
        db.session.scalars(
            select(PartnershipMember.organisation_id)
            .join(Partnership, Partnership.id == PartnershipMember.partnership_id)
            .where(Partnership.addendum_id == addendum_id)
        )
    ) or {row.organisation_id for row in standing_decisions(addendum_id) if row.outcome == "selected"}
    handed_in = set(
        db.session.scalars(select(Submission.proposal_id).where(Submission.addendum_id == addendum_id))
    )
    rows = db.session.execute(
        select(Proposal.id, Proposal.organisation_id).where(Proposal.addendum_id == addendum_id)
    ).all()
    groups: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        side = "proposals_partners" if row.organisation_id in members else "proposals_not_selected"
        groups[side if row.id in handed_in else "drafts"].add(row.id)
    return {key: Scope(addendum_id, frozenset(groups.get(key, ()))) for key in RULES}


def counts_of(scopes: Mapping[str, Scope]) -> dict[str, dict[str, int]]:
    """{class: {table: rows}} of what can be counted for people."""
    return {
        key: {rule.table.name: count(rule, scope) for rule in RULES[key] if rule.words[0]}
        for key, scope in scopes.items()
    }


def count(rule: Rule, scope: Scope) -> int:
    found = select(func.count()).select_from(rule.table).where(rule.where(scope))
    return db.session.scalar(found) or 0


def applicants_not_selected(scope: Scope) -> Sequence[Any]:
    """(proposal, organisation) of who handed in and did not become a partner, where something is left."""
    left = select(Submission.proposal_id).where(Submission.destroyed_at.is_(None))
    return db.session.execute(
        select(Proposal.id, Organisation.name)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Proposal.id.in_(scope.proposals), Proposal.id.in_(left))
        .order_by(Organisation.name)
    ).all()


def waiting_for_approval(addendum_ids: Collection[int]) -> dict[int, int]:
    """{call: proposals to destroy that nobody decided about}."""
    rows = db.session.execute(
        select(Destruction.addendum_id, func.count())
        .where(
            Destruction.addendum_id.in_(addendum_ids),
            Destruction.approved_at.is_(None),
            Destruction.dropped_at.is_(None),
        )
        .group_by(Destruction.addendum_id)
    )
    return {one: number for one, number in rows}


def applicant_names(addendum_id: int) -> dict[int, str]:
    """{proposal: organisation} of who handed something in."""
    handed_in = select(Submission.proposal_id).where(Submission.addendum_id == addendum_id)
    rows = db.session.execute(
        select(Proposal.id, Organisation.name)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .where(Proposal.id.in_(handed_in))
    )
    return {row.id: row.name for row in rows}


def destruction_of(addendum_id: int, destruction_id: int) -> Any:
    """One of `destructions_of`; NotFound for one of another call."""
    row = next((one for one in destructions_of(addendum_id) if one.id == destruction_id), None)
    if row is None:
        raise NotFound("destruction")
    return row
