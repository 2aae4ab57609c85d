"""The ranking as it is signed at communication: everything needed to work it out again, years later."""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.addenda.models import Addendum, Criterion
from app.addenda.queries import Call
from app.decisions.models import SignedRanking
from app.decisions.placing import places
from app.decisions.queries import DecisionRow
from app.evaluation.models import Consensus, Score, ScoreSheet
from app.evaluation.standings import conflict_pairs
from app.infra.database import db

RULES = "1"
"""Raised when `domain.scoring`, `domain.outcome` or `domain.ranking` would give another answer."""


def sign(call: Call, decisions: list[DecisionRow], *, at: datetime) -> SignedRanking:
    """Freeze the ranking of a call inside the transaction that communicates it."""
    content = canonical(ranking_content(call, decisions, at))
    signed = SignedRanking(
        addendum_id=call.id,
        content=content,
        sha256=hashlib.sha256(content.encode()).hexdigest(),
        signed_at=at,
    )
    db.session.add(signed)
    return signed


def canonical(content: dict[str, Any]) -> str:
    """JSON with one spelling: sorted keys, no spaces; whoever hashes it finds the same SHA-256."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def ranking_content(call: Call, decisions: list[DecisionRow], at: datetime) -> dict[str, Any]:
    return {
        "rules": RULES,
        "call": {"id": call.id, "title": call.title, "service_area": call.service_area},
        "signed_at": at.isoformat(),
        "timeline": _timeline(call),
        "rounds": _rounds(call.id),
        "criteria": _criteria(call.id),
        "ranking": _ranking(call.id),
        "sheets": _sheets(call.id),
        "conflicts": _conflicts(call.id),
        "consensus": _consensus(call.id),
        "decisions": [_decision(row) for row in sorted(decisions, key=lambda row: row.proposal_id)],
    }


def _timeline(call: Call) -> dict[str, Any]:
    days = ("launch", "deadline", "written_from", "written_until", "pitch_from", "pitch_until")
    shown = {name: getattr(call, name) for name in (*days, "decision_before")}
    facts = {name: getattr(call.facts, name) for name in ("published_at", "opened_at", "written_closed_at")}
    facts["pitch_closed_at"] = call.facts.pitch_closed_at
    when = {name: value.isoformat() if value else None for name, value in (shown | facts).items()}
    return when | {"objection_days": call.objection_days}


def _rounds(addendum_id: int) -> dict[str, str]:
    row = db.session.execute(
        select(Addendum.minimum_total, Addendum.written_share).where(Addendum.id == addendum_id)
    ).one()
    return {"minimum_total": str(row.minimum_total), "written_share": str(row.written_share)}


def _criteria(addendum_id: int) -> list[dict[str, Any]]:
    rows = db.session.scalars(
        select(Criterion).where(Criterion.addendum_id == addendum_id).order_by(Criterion.id)
    )
    return [
        {
            "id": row.id,
            "round": row.round,
            "name": row.name,
            "weight": str(row.weight),
            "minimum": None if row.minimum is None else str(row.minimum),
        }
        for row in rows
    ]


def _ranking(addendum_id: int) -> list[dict[str, Any]]:
    return [
        {
            "proposal": proposal_id,
            "place": one.place,
            "tied": one.tied,
            "total": None if one.total is None else str(one.total),
            "passes": one.passes,
            "pitched": one.pitched,
        }
        for proposal_id, one in sorted(places(addendum_id).items())
    ]


def _sheets(addendum_id: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(ScoreSheet.proposal_id, ScoreSheet.juror_id, ScoreSheet.round, Score.criterion_id, Score.level)
        .join(Score, Score.sheet_id == ScoreSheet.id)
        .where(ScoreSheet.addendum_id == addendum_id, ScoreSheet.submitted_at.is_not(None))
        .order_by(ScoreSheet.proposal_id, ScoreSheet.juror_id, ScoreSheet.round, Score.criterion_id)
    )
    names = ("proposal", "juror", "round", "criterion", "level")
    return [dict(zip(names, row, strict=True)) for row in rows]


def _conflicts(addendum_id: int) -> list[list[int]]:
    """(juror, proposal) pairs whose sheets do not count."""
    return sorted([juror, proposal] for juror, proposal in db.session.execute(conflict_pairs(addendum_id)))


def _consensus(addendum_id: int) -> list[dict[str, Any]]:
    rows = db.session.execute(
        select(Consensus.proposal_id, Consensus.criterion_id, Consensus.level)
        .join(Criterion, Criterion.id == Consensus.criterion_id)
        .where(Criterion.addendum_id == addendum_id)
        .order_by(Consensus.proposal_id, Consensus.criterion_id)
    )
    return [dict(zip(("proposal", "criterion", "level"), row, strict=True)) for row in rows]


def _decision(row: DecisionRow) -> dict[str, Any]:
    return {
        "proposal": row.proposal_id,
        "organisation": row.organisation_id,
        "outcome": row.outcome,
        "motivation": row.motivation,
        "legal_basis": row.legal_basis,
        "appeal_routes": row.appeal_routes,
        "proposed_by": row.proposed_by_id,
        "confirmed_by": row.confirmed_by_id,
    }
