"""All scores of a call as JSON, sheet by sheet while they are read.

The shape is that of docs/schemas/scores-1.schema.json. Percentages come twice: rounded to show ("63.60") and
exact as a fraction ("318/5"), for JSON has no numbers in which a sum of tenths is exact.
"""

import json
from collections.abc import Collection, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.domain.criteria import RoundRules
from app.domain.outcome import Outcome
from app.domain.scoring import Failure, ProposalScore, shown
from app.evaluation.policy import PITCH, WRITTEN
from app.evaluation.reports.queries import Material, SheetRow, read_sheets
from app.evaluation.reports.words import rounds_of
from app.infra.database import db

FORMAT = "partnerwijzer/scores/1"
REASONS = {"conflict": "conflict_of_interest", "refused": "not_admissible"}


def scores_json(material: Material, without: Collection[int]) -> Iterator[str]:
    """Pieces of one JSON object; its last member is the list of sheets. They come over a connection of their
    own, so that they can be read after the request has ended."""
    head, addendum_id, engine = _head(material), material.call.id, db.engine

    def read() -> Iterator[str]:
        yield json.dumps(head, ensure_ascii=False)[:-1] + ', "sheets": ['
        with engine.connect() as connection:
            between = "\n"
            for sheet in read_sheets(addendum_id, without, connection.execute):
                yield between + json.dumps(_sheet(sheet), ensure_ascii=False)
                between = ",\n"
        yield "\n]}\n"

    return read()


def _head(material: Material) -> dict[str, Any]:
    call, rules = material.call, material.standings.rules
    shares = {WRITTEN: rules.weights.written, PITCH: rules.weights.pitch}
    return {
        "format": FORMAT,
        "made_at": _instant(material.made_at),
        "call": {"id": call.id, "title": call.title, "service_area": call.service_area},
        "left_out": material.left_out,
        "rounds": [_round(name, shares[name], one) for name, one in rules.rounds.items()],
        "jurors": [
            {
                "id": one.user_id,
                "name": one.name,
                "chair": one.chair,
                "seat": one.seat,
                "affiliation": one.affiliation,
            }
            for one in material.jurors
        ],
        "declarations": [
            {
                "juror": one.juror_id,
                "organisation": one.organisation_id,
                "in_conflict": one.in_conflict,
                "kind": one.kind or None,
                "declared_at": _instant(one.declared_at),
            }
            for one in material.declarations
        ],
        "proposals": _proposals(material),
        "consensus": [
            {
                "proposal": one.proposal_id,
                "criterion": one.criterion_id,
                "level": one.level,
                "reason": one.reason,
                "recorded_by": one.recorded_by,
                "recorded_at": _instant(one.recorded_at),
                "present": list(one.present),
            }
            for one in material.agreements
        ],
    }


def _round(name: str, share: Decimal, rules: RoundRules) -> dict[str, Any]:
    return {
        "round": name,
        "share": float(share),
        "minimum_total": float(rules.minimum_total),
        "criteria": [
            {
                "id": one.id,
                "name": one.name,
                "weight": float(one.weight),
                "minimum": float(one.needed),
                "may_be_skipped": one.may_be_skipped,
                "levels": [{"value": level.value, "description": level.description} for level in one.levels],
            }
            for one in rules.criteria
        ],
    }


def _proposals(material: Material) -> list[dict[str, Any]]:
    """In the order of receipt; places only when nobody is left out."""
    ranking = material.standings.ranking
    places = {one.proposal_id: one for one in ranking.placed}
    outcomes = {one.proposal_id: one for one in ranking.unscored} | {
        key: one.score for key, one in places.items()
    }
    found = []
    for key, row in material.standings.proposals.items():
        placed = places.get(key) if material.whole else None
        found.append(
            {
                "id": key,
                "number": row.receipt_number,
                "organisation": {"id": row.organisation_id, "name": row.organisation_name},
                "place": placed.place if placed else None,
                "tied": placed.tied if placed else None,
                **_outcome(outcomes[key]),
            }
        )
    return found


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "total": _percentage(outcome.total),
        "passes": outcome.passes,
        "missed": [_missed(one) for one in outcome.failures],
        "rounds": [_scored(name, score) for name, score in rounds_of(outcome)],
    }


def _missed(failure: Failure) -> dict[str, Any]:
    return {
        "criterion": failure.criterion_id,
        "reached": _percentage(failure.reached),
        "needed": _percentage(failure.needed),
    }


def _scored(name: str, score: ProposalScore) -> dict[str, Any]:
    return {
        "round": name,
        "total": _percentage(score.total),
        "sheets": score.sheet_count,
        "levels": [
            {"criterion": criterion, "level": _percentage(level), "consensus": criterion in score.agreed}
            for criterion, level in score.averages.items()
        ],
    }


def _percentage(value: Fraction | None) -> dict[str, str] | None:
    return None if value is None else {"shown": str(shown(value)), "exact": str(value)}


def _sheet(sheet: SheetRow) -> dict[str, Any]:
    return {
        "proposal": sheet.proposal_id,
        "number": sheet.receipt_number,
        "juror": sheet.juror_id,
        "juror_name": sheet.juror,
        "round": sheet.round,
        "submitted_at": _instant(sheet.submitted_at),
        "counts": not sheet.outside,
        "outside": REASONS.get(sheet.outside),
        "remark_applicant": sheet.remark_applicant,
        "remark_internal": sheet.remark_internal,
        "scores": [
            {
                "criterion": one.criterion_id,
                "level": one.level,
                "not_applicable": one.not_applicable,
                "reason": one.reason,
            }
            for one in sheet.scores
        ],
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
