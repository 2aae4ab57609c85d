"""All proposals of who asks, side by side."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Row, and_, func, select

from app.domain.access import Actor
from app.infra.database import db
from app.organisations.models import Membership, Organisation
from app.proposals.content import Content, essence
from app.proposals.models import Answer, Attachment, Proposal, Submission, proposal_service_type
from app.proposals.policy import own_organisations_of
from app.proposals.queries import stands
from app.proposals.seal.sealing import contents
from app.proposals.wording import ANSWER_PARTS
from app.proposals.writing.drafts import amount


def own_proposals(actor: Actor) -> list[Row[Any]]:
    """The proposals of the actor's organisations, newest first, with what stands of each. One query."""
    return proposal_rows(Proposal.organisation_id.in_(own_organisations_of(actor)))


def proposal_rows(*conditions: Any) -> list[Row[Any]]:
    """The same of any proposals, for what the application itself tells their organisations."""
    answered = (
        select(func.count())
        .select_from(Answer)
        .where(Answer.proposal_id == Proposal.id, Answer.approach != "")
        .scalar_subquery()
    )
    withdrawn = (
        select(func.max(Submission.withdrawn_at))
        .where(Submission.proposal_id == Proposal.id)
        .correlate(Proposal)
        .scalar_subquery()
    )
    return list(
        db.session.execute(
            select(
                Proposal.id,
                Proposal.addendum_id,
                Proposal.organisation_id,
                Proposal.updated_at,
                Organisation.name.label("organisation_name"),
                Submission.receipt_number,
                Submission.submitted_at,
                answered.label("answered"),
                withdrawn.label("withdrawn_at"),
                Proposal.version,
                Proposal.summary,
                Proposal.truthful,
                Proposal.no_client_data,
            )
            .join(Organisation, Organisation.id == Proposal.organisation_id)
            .outerjoin(Submission, and_(Submission.proposal_id == Proposal.id, stands()))
            .where(*conditions)
            .order_by(Proposal.updated_at.desc(), Proposal.id.desc())
        )
    )


def own_organisations(actor: Actor) -> list[tuple[int, str]]:
    """(id, name) of the organisations for which the actor can write a proposal, by name."""
    if actor.user_id is None:
        return []
    rows = db.session.execute(
        select(Organisation.id, Organisation.name)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.user_id == actor.user_id, Organisation.merged_into_id.is_(None))
        .order_by(Organisation.name)
    )
    return [(row.id, row.name) for row in rows]


def changed_since(rows: Iterable[Row[Any]], own: Collection[int]) -> set[int]:
    """Of `own_proposals` rows: the ids whose working copy says something else than what stands. `own`: the
    organisations of who asks. At most seven queries, whatever the number of rows."""
    ids = [row.id for row in rows if row.submitted_at is not None and row.updated_at > row.submitted_at]
    if not ids:
        return set()
    standing = dict(
        db.session.execute(
            select(Submission.id, Submission.proposal_id).where(Submission.proposal_id.in_(ids), stands())
        ).all()
    )
    working, frozen = _working_essences(ids), contents(standing, own)
    return {
        standing[one] for one, text in frozen.items() if essence(json.loads(text)) != working[standing[one]]
    }


def _working_essences(ids: list[int]) -> dict[int, Content]:
    found: dict[int, Content] = {
        row.id: {
            "summary": row.summary,
            "capacity_fte": amount(row.capacity_fte),
            "cost_estimate": amount(row.cost_estimate),
            "coordinator": row.coordinator,
            "references": row.references,
            "expectations": {key: text for key, text in row.expectations.items() if text},
            "attachments": [],
            "service_types": [],
            "answers": {},
        }
        for row in db.session.execute(
            select(
                Proposal.id,
                Proposal.summary,
                Proposal.capacity_fte,
                Proposal.cost_estimate,
                Proposal.coordinator,
                Proposal.references,
                Proposal.expectations,
            ).where(Proposal.id.in_(ids))
        )
    }
    chosen = proposal_service_type.c
    for row in db.session.execute(
        select(chosen.proposal_id, chosen.service_type_id)
        .where(chosen.proposal_id.in_(ids))
        .order_by(chosen.service_type_id)
    ):
        found[row.proposal_id]["service_types"].append(row.service_type_id)
    for file in db.session.execute(
        select(Attachment.proposal_id, Attachment.id)
        .where(Attachment.proposal_id.in_(ids), Attachment.removed_at.is_(None))
        .order_by(Attachment.uploaded_at, Attachment.id)
    ):
        found[file.proposal_id]["attachments"].append(file.id)
    for answer in db.session.execute(select(Answer.__table__).where(Answer.proposal_id.in_(ids))):
        texts = [getattr(answer, part.key) for part in ANSWER_PARTS]
        if any(texts):
            found[answer.proposal_id]["answers"][answer.obstacle_id] = texts
    return found
