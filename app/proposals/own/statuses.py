"""The facts behind an applicant's status, gathered for one proposal or for many at once."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, NamedTuple

from flask import current_app
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.queries import Call, load_call
from app.domain.timeline import Phase
from app.infra.database import db
from app.organisations.models import Membership, Organisation
from app.proposals.amended.queries import to_confirm
from app.proposals.models import Proposal
from app.proposals.own.facts import Dates, Facts, Later, Status, later_from
from app.proposals.own.overview import changed_since, proposal_rows
from app.proposals.own.status import status_of

# {proposal: what a feature further along the road knows, by the names of `Later`}
Source = Callable[[Collection[int], datetime], Mapping[int, Mapping[str, Any]]]


@dataclass(frozen=True)
class Own:
    """One proposal for its own organisation; `to_confirm` counts amendments that wait."""

    status: Status
    later: Later
    changed: bool
    to_confirm: int


def own_statuses(
    rows: Iterable[Any],
    calls: Mapping[int, Call],
    own: Collection[int],
    now: datetime,
    told: Mapping[int, Mapping[str, Any]] | None = None,
) -> dict[int, Own]:
    """{proposal: Own} of `own_list` rows. `own`: the organisations of who is told; `told`: what each hears
    just now, in the place of what is known of it. As many queries for thirty as for one."""
    rows = list(rows)
    ids = {row.id for row in rows}
    changed, waiting, later = changed_since(rows, own), to_confirm(ids, own), later_of(ids, now)
    found = {}
    for row in rows:
        call, known = calls[row.addendum_id], later.get(row.id, Later())
        known = replace(known, **(told or {}).get(row.id, {}))
        facts = Facts(
            phase=call.phase,
            now=now,
            dates=dates_of(call),
            written=bool(row.answered or row.summary or row.version > 1),
            missing=missing(row),
            submitted_at=row.submitted_at,
            changed=row.id in changed,
            withdrawn_at=row.withdrawn_at,
            to_confirm=waiting.get(row.id, 0),
            later=known,
        )
        found[row.id] = Own(status_of(facts), known, facts.changed, facts.to_confirm)
    return found


def own_status(proposal_id: int, call: Call, now: datetime) -> Own:
    """One proposal, for its own organisation only."""
    (row,) = proposal_rows(Proposal.id == proposal_id)
    return own_statuses([row], {call.id: call}, {row.organisation_id}, now)[proposal_id]


def statuses_to_tell(proposal_ids: Collection[int], addendum_id: int, now: datetime) -> dict[int, Status]:
    """{proposal: Status} for mails to their organisations, each to its own: the words of the page, once the
    rows of what is told were written. Inside the transaction of it."""
    rows = proposal_rows(Proposal.id.in_(proposal_ids))
    call, own = load_call(addendum_id, now), {row.organisation_id for row in rows}
    return {one: found.status for one, found in own_statuses(rows, {call.id: call}, own, now).items()}


def statuses_once_told(
    told: Mapping[int, Mapping[str, Any]], addendum_id: int, now: datetime
) -> dict[int, Status]:
    """{proposal: Status} as it stands once a decision was told: `told` is {proposal: facts by the names of
    `Later`}. The same before the rows of it are written and after."""
    rows, call = proposal_rows(Proposal.id.in_(told)), load_call(addendum_id, now)
    after = replace(call, phase=max(call.phase, Phase.COMMUNICATED))
    own = {row.organisation_id for row in rows}
    return {one: found.status for one, found in own_statuses(rows, {call.id: after}, own, now, told).items()}


class Told(NamedTuple):
    organisation: str
    status: Status


def statuses_by_person(addendum_id: int, now: datetime) -> dict[str, list[Told]]:
    """{casefolded address: where the proposals of that person's organisations stand} for mails about a call
    (an AUDIENCE_LINES entry). As many queries for thirty people as for one."""
    people = db.session.execute(
        select(Proposal.id, Organisation.name, User.email)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .join(User, User.id == Membership.user_id)
        .where(Proposal.addendum_id == addendum_id, User.active)
        .order_by(Organisation.name, Proposal.id)
    ).all()
    statuses = statuses_to_tell({row.id for row in people}, addendum_id, now) if people else {}
    found: dict[str, list[Told]] = {}
    for proposal_id, organisation, email in people:
        found.setdefault(email.casefold(), []).append(Told(organisation, statuses[proposal_id]))
    return found


def just_handed_in(call: Call, now: datetime) -> Status:
    """The words for what was handed in this moment, without a query: the write goes on."""
    return status_of(Facts(phase=call.phase, now=now, dates=dates_of(call), submitted_at=now))


def just_withdrawn(call: Call, now: datetime) -> Status:
    return status_of(Facts(phase=call.phase, now=now, dates=dates_of(call), withdrawn_at=now))


def missing(row: Any) -> tuple[str, ...]:
    """The codes of what stands in the way of handing in: as `content.blocked_by`, from one row."""
    there = {
        "one_obstacle": row.answered,
        "summary": row.summary,
        "truthful": row.truthful,
        "no_client_data": row.no_client_data,
    }
    return tuple(code for code, given in there.items() if not given)


def later_of(ids: Collection[int], now: datetime) -> dict[int, Later]:
    """What the features further along the road know."""
    found: dict[int, dict[str, Any]] = {}
    sources: tuple[Source, ...] = current_app.config["APPLICANT_FACTS"]
    for source in sources if ids else ():
        for one, facts in source(ids, now).items():
            found.setdefault(one, {}).update(facts)
    return {one: later_from(facts) for one, facts in found.items()}


def dates_of(call: Call) -> Dates:
    return Dates(
        deadline=call.deadline,
        written_from=call.written_from,
        written_until=call.written_until,
        pitch_from=call.pitch_from,
        pitch_until=call.pitch_until,
        decision_before=call.decision_before,
        opened_at=call.facts.opened_at,
        communicated_at=call.facts.communicated_at,
    )
