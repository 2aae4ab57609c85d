"""Amendments of a call that touch a proposal: which of its answers, and what was confirmed again."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from app.accounts.models import User
from app.addenda.amending.models import AddendumVersion
from app.addenda.amending.policy import Touched
from app.infra.database import db
from app.proposals.content import level, obstacles
from app.proposals.models import AmendmentConfirmation, Answer, Proposal, Submission
from app.proposals.queries import stands
from app.proposals.seal.sealing import NOBODY, contents


@dataclass(frozen=True)
class Amended:
    """A version of the call that touches a proposal: its answers to `obstacles`, or its `general` part.
    `after_submission` when what stands was handed in before it. Instants aware UTC."""

    version_id: int
    number: int
    published_at: datetime
    obstacles: frozenset[int]
    general: bool
    after_submission: bool
    confirmed_at: datetime | None = None
    confirmed_by: str = ""


@dataclass(frozen=True)
class _Standing:
    submitted_at: datetime
    answered: frozenset[int]


def amendments_of(proposal_ids: Collection[int], own: Collection[int] = NOBODY) -> dict[int, list[Amended]]:
    """{proposal: what touches it, oldest first}. `own`: the organisations of who asks (`sealing`). One query
    when no call changed, else five, whatever the number of proposals."""
    rows = _versions(proposal_ids)
    if not rows:
        return {}
    answers, standing = _answers(proposal_ids), _standing(proposal_ids, own)
    found: dict[int, list[Amended]] = {}
    for row in rows:
        what = Touched.from_json(row.touched)
        begun = answers.get(row.proposal_id, {})
        ours = {one for one in what.obstacles if begun.get(one, row.number) < row.number}
        general = what.general and row.published_at > row.created_at
        frozen = standing.get(row.proposal_id)
        late = frozen is not None and row.published_at > frozen.submitted_at
        if frozen is not None and late:
            ours |= what.obstacles & frozen.answered
            general = what.general
        if ours or general:
            found.setdefault(row.proposal_id, []).append(
                Amended(
                    row.id,
                    row.number,
                    row.published_at,
                    frozenset(ours),
                    general,
                    late,
                    row.confirmed_at,
                    row.confirmed_by or "",
                )
            )
    return found


def amendments_for(proposal_id: int, own: Collection[int] = NOBODY) -> list[Amended]:
    """The same for one proposal."""
    return amendments_of([proposal_id], own).get(proposal_id, [])


def unconfirmed(amendments: Collection[Amended]) -> list[Amended]:
    return [one for one in amendments if one.confirmed_at is None]


def to_confirm(proposal_ids: Collection[int], own: Collection[int]) -> dict[int, int]:
    """{proposal: how many amendments wait for its confirmation}; none is left out. See `amendments_of`."""
    found = amendments_of(proposal_ids, own) if proposal_ids else {}
    return {one: count for one, rows in found.items() if (count := len(unconfirmed(rows)))}


def _versions(proposal_ids: Collection[int]) -> list[Any]:
    confirmation = AmendmentConfirmation
    return list(
        db.session.execute(
            select(
                Proposal.id.label("proposal_id"),
                Proposal.created_at,
                AddendumVersion.id,
                AddendumVersion.number,
                AddendumVersion.published_at,
                AddendumVersion.touched,
                confirmation.at.label("confirmed_at"),
                User.name.label("confirmed_by"),
            )
            .join(AddendumVersion, AddendumVersion.addendum_id == Proposal.addendum_id)
            .outerjoin(
                confirmation,
                and_(
                    confirmation.proposal_id == Proposal.id,
                    confirmation.addendum_version_id == AddendumVersion.id,
                ),
            )
            .outerjoin(User, User.id == confirmation.by_id)
            .where(Proposal.id.in_(proposal_ids), AddendumVersion.number > 1)
            .order_by(AddendumVersion.number)
        )
    )


def _answers(proposal_ids: Collection[int]) -> dict[int, dict[int, int]]:
    """{proposal: {obstacle with an answer: version of the call in which it was begun}}."""
    found: dict[int, dict[int, int]] = {}
    written = or_(Answer.approach != "", Answer.expertise != "", Answer.reach != "")
    for row in db.session.execute(
        select(Answer.proposal_id, Answer.obstacle_id, Answer.call_version).where(
            Answer.proposal_id.in_(proposal_ids), written
        )
    ):
        found.setdefault(row.proposal_id, {})[row.obstacle_id] = row.call_version
    return found


def _standing(proposal_ids: Collection[int], own: Collection[int]) -> dict[int, _Standing]:
    rows = db.session.execute(
        select(Submission.id, Submission.proposal_id, Submission.submitted_at).where(
            Submission.proposal_id.in_(proposal_ids), stands()
        )
    ).all()
    frozen = contents([row.id for row in rows], own)
    return {
        row.proposal_id: _Standing(
            row.submitted_at,
            frozenset(one["id"] for one in obstacles(json.loads(frozen[row.id])) if level(one) != "none"),
        )
        for row in rows
    }
