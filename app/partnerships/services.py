"""Forming the partnership of a call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.addenda.queries import Call, load_call
from app.audit import services as audit
from app.decisions.later.queries import pending_of
from app.decisions.queries import recipients_of
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.objection import window_end
from app.domain.partnership import FormationFacts, formation_problems
from app.infra.database import db, transaction
from app.infra.formats import deadline, short_day
from app.notifications.services import enqueue, page_url
from app.partnerships.models import Partnership, PartnershipMember
from app.partnerships.queries import (
    answers_end,
    lead_of,
    notifications_of,
    partnership_of,
    selected_organisations,
)
from app.proposals.own.statuses import statuses_to_tell
from app.proposals.queries import standing

FORM = "partnership.form"
WAITING = frozenset(
    {
        "not_everyone_notified",
        "objection_window_open",
        "objections_open",
        "answers_awaited",
        "new_decisions_pending",
    }
)
NAME_LIMIT = 200
LONGEST_NOTICE = 365


@dataclass(frozen=True)
class Formation:
    """What the regisseur chooses; ids are organisations, days are local."""

    name: str
    members: Sequence[int]
    coordinator: int | None
    lead_authority: int | None
    starts_on: date | None
    ends_on: date | None
    notice_days: int | None = 90


def form_partnership(addendum_id: int, wanted: Formation, *, by: Actor) -> int:
    """Form it, log it and tell the members; its id.

    Raises what `domain.partnership.check_formation` raises (also to who asks too early, in words),
    `partnership_exists`, and the refusals of name, dates and notice at their fields.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        facts = formation_facts(call, wanted, now)
        _require_right_and_time(call, facts, by, now)
        if partnership_of(call.id) is not None:
            raise DomainError("partnership_exists")
        for problem in formation_problems(facts, now):
            raise in_words(problem)
        starts_on, ends_on, notice = _checked(wanted)
        partnership = Partnership(
            addendum_id=call.id,
            name=wanted.name.strip(),
            lead_authority_id=wanted.lead_authority,
            coordinator_id=wanted.coordinator,
            starts_on=starts_on,
            ends_on=ends_on,
            notice_days=notice,
            formed_by_id=by.user_id,
            formed_at=now,
        )
        _store(partnership, wanted.members)
        _note(call, partnership, wanted.members, by, now)
        _tell(call, partnership, wanted.members, now)
        return partnership.id


def formation_facts(call: Call, wanted: Formation, now: datetime) -> FormationFacts:
    """What the rule needs to know, read now."""
    told, selected = notifications_of(call.id), selected_organisations(call, now)
    lead, is_local = lead_of(wanted.lead_authority)
    return FormationFacts(
        members=list(wanted.members),
        selected={one.id for one in selected.everybody},
        accepted={one.id for one in selected.accepted},
        awaiting=[one.name for one in selected.waiting],
        answers_end=answers_end(call, now),
        undecided=[one.decision.organisation_name for one in pending_of(call.id)],
        window_ends=[window_end(at, call.objection_days) if at else None for at in told],
        open_objections=call.facts.open_objections,
        coordinator=wanted.coordinator,
        lead_authority=lead,
        lead_is_local_authority=is_local,
    )


def waiting_for(call: Call, now: datetime) -> list[DomainError]:
    """What has to be over before a partnership can be formed, whoever is in it."""
    facts = formation_facts(call, Formation("", [], None, None, None, None), now)
    return [in_words(one) for one in formation_problems(facts, now) if one.code in WAITING]


def _require_right_and_time(call: Call, facts: FormationFacts, by: Actor, now: datetime) -> None:
    """Who may, but comes too early, hears what is being waited for."""
    verdict = may(by, FORM, call.subject(), call.phase)
    if verdict.reason == "not_in_this_phase":
        for problem in formation_problems(facts, now):
            if problem.code in WAITING:
                raise in_words(problem)
    require(verdict)


def in_words(problem: DomainError) -> DomainError:
    """The same refusal, its moment as people read it."""
    if "until" not in problem.facts:
        return problem
    return DomainError(
        problem.code, field=problem.field, **problem.facts | {"until": deadline(problem.facts["until"])}
    )


def _checked(wanted: Formation) -> tuple[date, date, int]:
    name = wanted.name.strip()
    if not name:
        raise DomainError("partnership_name_missing", field="name")
    if len(name) > NAME_LIMIT:
        raise DomainError("partnership_name_too_long", field="name")
    if wanted.starts_on is None:
        raise DomainError("partnership_date_missing", field="starts_on")
    if wanted.ends_on is None:
        raise DomainError("partnership_date_missing", field="ends_on")
    if wanted.ends_on <= wanted.starts_on:
        raise DomainError("partnership_ends_before_start", field="ends_on")
    if wanted.notice_days is None or not 0 <= wanted.notice_days <= LONGEST_NOTICE:
        raise DomainError("notice_out_of_range", field="notice_days")
    return wanted.starts_on, wanted.ends_on, wanted.notice_days


def _store(partnership: Partnership, members: Sequence[int]) -> None:
    db.session.add(partnership)
    db.session.flush()
    db.session.add_all(
        PartnershipMember(partnership_id=partnership.id, organisation_id=one) for one in sorted(members)
    )


def _note(call: Call, partnership: Partnership, members: Sequence[int], by: Actor, now: datetime) -> None:
    audit.record(
        "partnership.formed",
        actor_id=by.user_id,
        subject=f"partnership:{partnership.id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        members=sorted(members),
        coordinator=partnership.coordinator_id,
        lead_authority=partnership.lead_authority_id,
    )


def _tell(call: Call, partnership: Partnership, members: Sequence[int], now: datetime) -> None:
    """A mail to everybody in every member organisation."""
    names = {one.id: one.name for one in selected_organisations(call, now).accepted}
    proposals = {row.organisation_id: row.proposal_id for row in standing(call.id)}
    people = recipients_of(list(members))
    facts: dict[str, Any] = {
        "call": call,
        "partnership": partnership,
        "partners": sorted(names[one] for one in members),
        "coordinator": names[partnership.coordinator_id],
        "lead_authority": lead_of(partnership.lead_authority_id)[0],
        "period": f"{short_day(partnership.starts_on)} tot en met {short_day(partnership.ends_on)}",
    }
    statuses = statuses_to_tell(list(proposals.values()), call.id, now)
    for organisation_id in sorted(members):
        for person in people[organisation_id]:
            enqueue(
                "partnership",
                to=person,
                subject=f"{partnership.name} is gevormd",
                template="partnerships/mail_formed",
                at=now,
                addendum_id=call.id,
                link=page_url("partnerships.own", proposal_id=proposals[organisation_id]),
                status=statuses[proposals[organisation_id]],
                **facts,
            )
