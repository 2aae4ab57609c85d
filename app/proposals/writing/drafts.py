"""Reading the working copy of a proposal, for the organisation itself."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import and_, select

from app.addenda.amending.queries import version_number
from app.addenda.models import (
    Addendum,
    Challenge,
    Obstacle,
    Persona,
    ServiceType,
    challenge_persona,
)
from app.domain.errors import NotFound
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.content import FORMAT, Content
from app.proposals.models import Answer, Attachment, Proposal, Submission, proposal_service_type
from app.proposals.wording import ANSWER_PARTS, EXPECTATIONS
from app.regions.models import ServiceArea


@dataclass(frozen=True)
class State:
    """Where a proposal stands: what counts now (or None), else when the last one was withdrawn."""

    standing: Any
    withdrawn_at: datetime | None
    updated_at: datetime


def working_content(proposal_id: int) -> Content:
    """The working copy in the shape of `content`; NotFound when there is none. Six queries."""
    head = _head(proposal_id)
    chosen = db.session.execute(
        select(ServiceType.id, ServiceType.text)
        .join(proposal_service_type, proposal_service_type.c.service_type_id == ServiceType.id)
        .where(proposal_service_type.c.proposal_id == proposal_id)
        .order_by(ServiceType.position)
    )
    return {
        "format": FORMAT,
        "proposal": head.id,
        "call": {
            "id": head.addendum_id,
            "title": head.title,
            "service_area": head.service_area,
            "version": head.call_version,
        },
        "organisation": {
            "id": head.organisation_id,
            "name": head.organisation_name,
            "enterprise_number": head.enterprise_number,
        },
        "summary": head.summary,
        "expectations": {one.key: head.expectations.get(one.key, "") for one in EXPECTATIONS},
        "service_types": [{"id": row.id, "text": row.text} for row in chosen],
        "capacity_fte": amount(head.capacity_fte),
        "cost_estimate": amount(head.cost_estimate),
        "coordinator": head.coordinator,
        "references": head.references,
        "declarations": {"truthful": head.truthful, "no_client_data": head.no_client_data},
        "attachments": [row._asdict() for row in attachments_of(proposal_id)],
        "challenges": _challenges(head.addendum_id, proposal_id),
    }


def attachments_of(proposal_id: int) -> Sequence[Any]:
    """The files of the working copy, oldest first. One query."""
    return db.session.execute(
        select(Attachment.id, Attachment.name, Attachment.kind, Attachment.size, Attachment.sha256)
        .where(Attachment.proposal_id == proposal_id, Attachment.removed_at.is_(None))
        .order_by(Attachment.uploaded_at, Attachment.id)
    ).all()


def amount(value: Decimal | None) -> str | None:
    """Two decimals with a point, so that the same number always reads the same."""
    return None if value is None else f"{value:.2f}"


def _head(proposal_id: int) -> Any:
    row: Any = db.session.execute(
        select(
            *(column for column in Proposal.__table__.c if column.name != "references_text"),
            Proposal.references.label("references"),
            Addendum.title,
            version_number().label("call_version"),
            ServiceArea.name.label("service_area"),
            Organisation.name.label("organisation_name"),
            Organisation.enterprise_number,
        )
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(Addendum, Addendum.id == Proposal.addendum_id)
        .join(ServiceArea, ServiceArea.id == Addendum.service_area_id)
        .where(Proposal.id == proposal_id)
    ).first()
    if row is None:
        raise NotFound("proposal")
    return row


def _challenges(addendum_id: int, proposal_id: int) -> list[dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    rows = db.session.execute(
        select(
            Challenge.id.label("challenge_id"),
            Challenge.number,
            Challenge.introduction,
            Obstacle.id,
            Obstacle.label,
            Answer.approach,
            Answer.expertise,
            Answer.reach,
        )
        .outerjoin(Obstacle, Obstacle.challenge_id == Challenge.id)
        .outerjoin(Answer, and_(Answer.obstacle_id == Obstacle.id, Answer.proposal_id == proposal_id))
        .where(Challenge.addendum_id == addendum_id)
        .order_by(Challenge.number, Obstacle.position)
    )
    for row in rows:
        challenge = found.setdefault(
            row.challenge_id,
            {
                "id": row.challenge_id,
                "number": row.number,
                "introduction": row.introduction,
                "personas": [],
                "obstacles": [],
            },
        )
        if row.id is not None:
            texts = {part.key: getattr(row, part.key) or "" for part in ANSWER_PARTS}
            challenge["obstacles"].append({"id": row.id, "label": row.label, **texts})
    for challenge_id, name in _personas(found):
        found[challenge_id]["personas"].append(name)
    return list(found.values())


def _personas(challenge_ids: Iterable[int]) -> Iterable[Any]:
    return db.session.execute(
        select(challenge_persona.c.challenge_id, Persona.name)
        .join(Persona, Persona.id == challenge_persona.c.persona_id)
        .where(challenge_persona.c.challenge_id.in_(list(challenge_ids)))
        .order_by(Persona.position)
    )


def service_type_choices(addendum_id: int) -> list[tuple[int, str]]:
    rows = db.session.execute(
        select(ServiceType.id, ServiceType.text)
        .where(ServiceType.addendum_id == addendum_id)
        .order_by(ServiceType.position)
    )
    return [(row.id, row.text) for row in rows]


def cost_requested(addendum_id: int) -> bool:
    return bool(db.session.scalar(select(Addendum.cost_requested).where(Addendum.id == addendum_id)))


def state_of(proposal_id: int) -> State:
    """What of this proposal counts now. One query."""
    rows = db.session.execute(
        select(
            Proposal.updated_at,
            Submission.id,
            Submission.receipt_number,
            Submission.revision,
            Submission.submitted_at,
            Submission.withdrawn_at,
            Submission.superseded_at,
        )
        .outerjoin(
            Submission, and_(Submission.proposal_id == Proposal.id, Submission.superseded_at.is_(None))
        )
        .where(Proposal.id == proposal_id)
        .order_by(Submission.revision.desc())
    ).all()
    if not rows:
        raise NotFound("proposal")
    standing = next((row for row in rows if row.id is not None and row.withdrawn_at is None), None)
    withdrawn = None if standing else next((row.withdrawn_at for row in rows if row.withdrawn_at), None)
    return State(standing, withdrawn, rows[0].updated_at)
