"""Dividing the proposals, changing who reads one, and what jurors know."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from app.addenda.queries import Call, load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.assigning import Division
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.life_domains import LIFE_DOMAINS
from app.domain.timeline import Phase
from app.evaluation.assigning.gathering import Facts, division_of, facts_of, mark_of_division, question_of
from app.evaluation.assigning.models import Assignment, AssignmentPlan, JurorExpertise
from app.evaluation.assigning.policy import Wish, problems_of_wish
from app.evaluation.assigning.telling import tell_jurors
from app.evaluation.models import JurySeat
from app.evaluation.policy import SheetRefused
from app.infra.database import db, transaction
from app.proposals.policy import may_know, may_read
from app.proposals.queries import load_proposal_ref

MANAGE = "jury.manage_of_own_region"


def save_division(addendum_id: int, wish: Wish, shown: str, *, by: Actor) -> int | None:
    """Keep the division that was shown (`shown` is its mark); how many jurors are told, None when it was
    there already.

    Raises assignment_not_now, SheetRefused with what is wrong in the wish, Blocked, and assignment_changed
    when another division belongs to what is true now.
    """
    with transaction() as now:
        call, facts = _divided(addendum_id, by, now)
        problems = problems_of_wish(wish, len(facts.jurors))
        if problems:
            raise SheetRefused(problems)
        division = division_of(question_of(facts, wish))
        if mark_of_division(wish, division) != shown:
            raise DomainError("assignment_changed")
        if not _write_plan(call, facts, wish, division, by, now):
            return None
        told = tell_jurors(call, facts, division.pairs, now)
        _log(
            "assignment.divided",
            call,
            by,
            now,
            per_proposal=wish.per_proposal,
            least=wish.seats,
            pairs=len(division.pairs),
            told=told,
        )
        return told


def _write_plan(call: Call, facts: Facts, wish: Wish, division: Division, by: Actor, now: datetime) -> bool:
    plan = facts.plan
    kept = {pair: how for pair, how in facts.placed.items() if how.by_hand and wish.keep}
    wanted = {pair: pair in kept and kept[pair].reads for pair in division.pairs}
    off = {pair for pair, how in kept.items() if not how.reads and pair not in division.pairs}
    stored = {pair: how.by_hand for pair, how in facts.placed.items() if how.reads}
    same_rows = stored == wanted and off == {pair for pair, how in facts.placed.items() if not how.reads}
    if plan and (plan.per_proposal, plan.least) == (wish.per_proposal, wish.seats) and same_rows:
        return False
    db.session.execute(delete(Assignment).where(Assignment.addendum_id == call.id))
    rows = [(pair, True, by_hand) for pair, by_hand in wanted.items()]
    for (juror, proposal), reads, by_hand in rows + [(pair, False, True) for pair in off]:
        db.session.add(_row(call, juror, proposal, by, now, reads=reads, by_hand=by_hand))
    plan = plan or AssignmentPlan(addendum_id=call.id, version=0)
    plan.per_proposal, plan.least = wish.per_proposal, wish.seats
    plan.by_id, plan.at, plan.version = by.user_id or 0, now, plan.version + 1
    db.session.add(plan)
    db.session.flush()
    return True


def _row(call: Call, juror: int, proposal: int, by: Actor, now: datetime, **how: bool) -> Assignment:
    return Assignment(
        proposal_id=proposal, juror_id=juror, addendum_id=call.id, by_id=by.user_id, at=now, **how
    )


def lift_plan(addendum_id: int, *, by: Actor) -> int | None:
    """Everybody reads everything again; how many jurors are told, None when it was so already."""
    with transaction() as now:
        call, facts = _divided(addendum_id, by, now)
        if facts.plan is None:
            return None
        everything = {(one.user_id, row.proposal_id) for one in facts.jurors for row in facts.proposals}
        db.session.execute(delete(Assignment).where(Assignment.addendum_id == call.id))
        db.session.delete(facts.plan)
        told = tell_jurors(call, facts, frozenset(everything - facts.conflicts), now)
        _log("assignment.lifted", call, by, now, told=told)
        return told


def set_readers(proposal_id: int, chosen: Collection[int], seen: Collection[int], *, by: Actor) -> int:
    """Who reads one proposal, by hand; `seen` is who did when the form was made. How many jurors changed.

    Raises assignment_not_now, assignment_no_plan, assignment_nobody, assignment_foreign_juror,
    assignment_in_conflict and assignment_has_sheet (facts `name`), and Stale when others read it by now.
    """
    with transaction() as now:
        ref = load_proposal_ref(proposal_id)
        call = load_call(ref.addendum_id, now)
        subject = call.subject(ref.organisation_id)
        if not may_know(by, ref, subject, call.phase):
            raise NotFound("proposal")
        require(may_read(by, ref, subject, call.phase, MANAGE))
        if ref.refused:
            raise Forbidden("proposal_not_admissible")
        call, facts = _divided(ref.addendum_id, by, now)
        if facts.plan is None:
            raise DomainError("assignment_no_plan")
        wanted, readers = set(chosen), {juror for juror, one in facts.readers if one == ref.id}
        if wanted == readers:
            return 0
        if set(seen) != readers:
            names = [one.name for one in facts.jurors if one.user_id in readers]
            raise Stale(version=facts.plan.version, theirs={"readers": names})
        _check_readers(facts, ref.id, wanted)
        _place(call, ref.id, wanted, readers, by, now)
        facts.plan.version += 1
        after = {pair for pair in facts.readers if pair[1] != ref.id} | {(one, ref.id) for one in wanted}
        tell_jurors(call, facts, frozenset(after), now)
        added, removed = sorted(wanted - readers), sorted(readers - wanted)
        _log("assignment.changed", call, by, now, proposal=ref.id, added=added, removed=removed)
        return len(added) + len(removed)


def _check_readers(facts: Facts, proposal_id: int, wanted: set[int]) -> None:
    if not wanted:
        raise DomainError("assignment_nobody", field="juror")
    names = {one.user_id: one.name for one in facts.jurors}
    if wanted - set(names):
        raise DomainError("assignment_foreign_juror", field="juror")
    for juror in sorted(wanted):
        if (juror, proposal_id) in facts.conflicts:
            raise DomainError("assignment_in_conflict", field="juror", name=names[juror])
    for juror in sorted(set(names) - wanted):
        pair = (juror, proposal_id)
        if facts.begun.get(pair) and pair not in facts.conflicts:
            raise DomainError("assignment_has_sheet", field="juror", name=names[juror])


def _place(
    call: Call, proposal_id: int, wanted: set[int], readers: set[int], by: Actor, now: datetime
) -> None:
    """Only what changed: the other rows keep whether a person put them there."""
    stored: Mapping[int, Assignment] = {
        row.juror_id: row
        for row in db.session.scalars(select(Assignment).where(Assignment.proposal_id == proposal_id))
    }
    for juror in wanted ^ readers:
        row = stored.get(juror) or _row(call, juror, proposal_id, by, now)
        row.reads, row.by_hand, row.by_id, row.at = juror in wanted, True, by.user_id or 0, now
        db.session.add(row)


def save_expertise(addendum_id: int, seat_id: int, domains: Collection[str], *, by: Actor) -> bool:
    """What a juror knows well; whether that changed. Raises expertise_unknown."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, MANAGE, call.subject(), call.phase))
        seat = db.session.get(JurySeat, seat_id)
        if seat is None or seat.addendum_id != call.id:
            raise NotFound("seat")
        wanted = set(domains)
        if wanted - set(LIFE_DOMAINS):
            raise DomainError("expertise_unknown", field="domain")
        of_seat = JurorExpertise.seat_id == seat.id
        if wanted == set(db.session.scalars(select(JurorExpertise.life_domain).where(of_seat))):
            return False
        db.session.execute(delete(JurorExpertise).where(of_seat))
        db.session.add_all(JurorExpertise(seat_id=seat.id, life_domain=one) for one in sorted(wanted))
        _log("jury.expertise_edited", call, by, now, seat=seat.id, domains=len(wanted))
        return True


def _divided(addendum_id: int, by: Actor, now: datetime) -> tuple[Call, Facts]:
    """The call and its facts, if this person may divide it now."""
    call = load_call(addendum_id, now)
    require(may(by, MANAGE, call.subject(), call.phase))
    if call.phase is not Phase.WRITTEN:
        raise DomainError("assignment_not_now")
    return call, facts_of(call)


def _log(action: str, call: Call, by: Actor, now: datetime, **facts: Any) -> None:
    record(
        action,
        actor_id=by.user_id,
        subject=f"call:{call.id}",
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        at=now,
        **facts,
    )
