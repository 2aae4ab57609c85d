"""What the jury agrees upon together; the sheets themselves stay as they are."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import exists, select

from app.addenda.queries import load_call
from app.audit.services import record
from app.domain.access import Actor, may, require
from app.domain.criteria import Criterion, RoundRules, parse_level
from app.domain.errors import DomainError, NotFound, Stale
from app.evaluation.models import Consensus, Score, ScoreSheet
from app.evaluation.policy import TEXT_LIMIT
from app.evaluation.standings import counting_sheets, rules_of
from app.infra.database import db, transaction
from app.proposals.policy import may_know
from app.proposals.queries import load_proposal_ref

AGREE = "decision.propose"


def record_consensus(
    proposal_id: int, criterion_id: int, level: str, reason: str, *, seen: str, by: Actor
) -> None:
    """The jury's common level for one criterion; an empty level takes a consensus back.

    `seen` is `consensus_token` of what the form showed. Raises consensus_off_scale,
    consensus_reason_missing, nothing_to_agree and Stale.
    """
    with transaction() as now:
        ref = load_proposal_ref(proposal_id)
        call = load_call(ref.addendum_id, now)
        subject = call.subject(ref.organisation_id)
        if not may_know(by, ref, subject, call.phase):
            raise NotFound("proposal")
        require(may(by, AGREE, subject, call.phase))
        rounds = rules_of(call.id).rounds
        round_name, criterion = _criterion(rounds, criterion_id)
        stored = db.session.get(Consensus, (ref.id, criterion_id))
        chosen = _checked(criterion, level, reason)
        _check_seen(stored, seen, level, reason)
        if not _has_scores(call.id, ref.id, round_name):
            raise DomainError("nothing_to_agree", field="level")
        if chosen is None:
            if stored is not None:
                db.session.delete(stored)
        else:
            stored = stored or Consensus(proposal_id=ref.id, criterion_id=criterion_id)
            _fill(stored, chosen, reason, by, now)
        record(
            "consensus.recorded" if chosen is not None else "consensus.withdrawn",
            actor_id=by.user_id,
            subject=f"proposal:{ref.id}",
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            at=now,
            criterion=criterion_id,
            level=chosen,
        )


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


def _check_seen(stored: Consensus | None, seen: str, level: str, reason: str) -> None:
    if seen == consensus_token(stored):
        return
    now = (str(stored.level), stored.reason) if stored else ("", "")
    if now != (level, reason):
        raise Stale(version=0, theirs={"level": now[0], "reason": now[1]})


def _has_scores(addendum_id: int, proposal_id: int, round_name: str) -> bool:
    sheets = select(ScoreSheet.id).where(
        *counting_sheets(addendum_id, round_name), ScoreSheet.proposal_id == proposal_id
    )
    return bool(db.session.scalar(select(exists().where(Score.sheet_id.in_(sheets)))))


def _fill(stored: Consensus, level: int, reason: str, by: Actor, now: datetime) -> None:
    stored.level = level
    stored.reason = reason.strip()
    stored.recorded_by_id = by.user_id or 0
    stored.recorded_at = now
    db.session.add(stored)
    db.session.flush()
