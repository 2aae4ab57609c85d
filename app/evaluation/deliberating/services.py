"""What the jury agrees upon together; the sheets themselves stay as they are."""

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import exists, select

from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.access import Actor, require
from app.domain.criteria import Criterion, RoundRules, parse_level
from app.domain.errors import DomainError, NotFound, Stale
from app.evaluation.deliberating.policy import check_present
from app.evaluation.deliberating.queries import RECORDED, WITHDRAWN, free_jurors
from app.evaluation.models import Consensus, Score, ScoreSheet
from app.evaluation.policy import TEXT_LIMIT
from app.evaluation.standings import counting_sheets, rules_of
from app.infra.database import db, transaction
from app.proposals.policy import ProposalRef, may_know, may_read
from app.proposals.queries import load_proposal_ref

AGREE = "decision.propose"


def record_consensus(
    proposal_id: int,
    criterion_id: int,
    level: str,
    reason: str,
    *,
    present: Collection[int],
    seen: str,
    by: Actor,
) -> bool:
    """The jury's common level for one criterion, and who of the jury was there; an empty level takes a
    consensus back. False when that is what stood there already: nothing is written.

    `seen` is `consensus_token` of what the form showed. Raises consensus_off_scale,
    consensus_reason_missing, nothing_to_agree, what `policy.check_present` raises, and Stale.
    """
    with transaction() as now:
        ref = load_proposal_ref(proposal_id)
        call = load_call(ref.addendum_id, now)
        subject = call.subject(ref.organisation_id)
        if not may_know(by, ref, subject, call.phase):
            raise NotFound("proposal")
        require(may_read(by, ref, subject, call.phase, AGREE))
        round_name, criterion = _criterion(rules_of(call.id).rounds, criterion_id)
        stored = db.session.get(Consensus, (ref.id, criterion_id))
        chosen = _checked(criterion, level, reason)
        if not _has_scores(call.id, ref.id, round_name):
            raise DomainError("nothing_to_agree", field="level")
        there = _present(ref, present) if chosen is not None else []
        if _as_stored(stored, chosen, reason.strip(), there):
            return False
        if seen != consensus_token(stored):
            raise _stale(stored)
        _write(stored, ref.id, criterion_id, (chosen, reason.strip(), there), by, now)
        record(
            RECORDED if chosen is not None else WITHDRAWN,
            actor_id=by.user_id,
            subject=f"proposal:{ref.id}",
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            organisation_id=ref.organisation_id,
            at=now,
            criterion=criterion_id,
            level=chosen,
            present=there,
        )
        return True


def consensus_token(stored: Consensus | None) -> str:
    """Stands for what a form showed, so that an older form cannot silently overwrite a newer agreement."""
    return stored.recorded_at.isoformat() if stored else ""


def _criterion(rounds: Mapping[str, RoundRules], criterion_id: int) -> tuple[str, Criterion]:
    for name, rules in rounds.items():
        for one in rules.criteria:
            if one.id == criterion_id:
                return name, one
    raise NotFound("criterion")


def _checked(criterion: Criterion, level: str, reason: str) -> int | None:
    if not level:
        return None
    try:
        chosen = parse_level(criterion, level)
    except DomainError as error:
        raise DomainError("consensus_off_scale", field="level", name=criterion.name) from error
    if not reason.strip():
        raise DomainError("consensus_reason_missing", field="reason")
    if len(reason) > TEXT_LIMIT:
        raise DomainError("sheet_text_too_long", field="reason", maximum=TEXT_LIMIT)
    return chosen


def _present(ref: ProposalRef, present: Collection[int]) -> list[int]:
    free = free_jurors(ref.addendum_id, ref.organisation_id)
    return check_present(present, [one.user_id for one in free])


def _as_stored(stored: Consensus | None, level: int | None, reason: str, present: list[int]) -> bool:
    if stored is None:
        return level is None
    return (stored.level, stored.reason, stored.present) == (level, reason, present)


def _stale(stored: Consensus | None) -> Stale:
    now = (str(stored.level), stored.reason) if stored else ("", "")
    return Stale(version=0, theirs={"level": now[0], "reason": now[1]})


def _has_scores(addendum_id: int, proposal_id: int, round_name: str) -> bool:
    sheets = select(ScoreSheet.id).where(
        *counting_sheets(addendum_id, round_name), ScoreSheet.proposal_id == proposal_id
    )
    return bool(db.session.scalar(select(exists().where(Score.sheet_id.in_(sheets)))))


def _write(
    stored: Consensus | None,
    proposal_id: int,
    criterion_id: int,
    agreed: tuple[int | None, str, list[int]],
    by: Actor,
    now: datetime,
) -> None:
    level, reason, present = agreed
    if level is None:
        db.session.delete(stored)
        return
    stored = stored or Consensus(proposal_id=proposal_id, criterion_id=criterion_id)
    stored.level, stored.reason, stored.present = level, reason, present
    stored.recorded_by_id = by.user_id or 0
    stored.recorded_at = now
    db.session.add(stored)
    db.session.flush()
