"""A call with many proposals and a jury of five, written with bulk inserts.

Two calls with the same number of proposals: one in the written round (list, form, save) and one decided
but not communicated (ranking, export).
"""

import hashlib
import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import insert, select

from app.addenda.models import Addendum, Criterion
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration, Score, ScoreSheet
from app.infra.database import db, transaction
from app.organisations.models import Organisation
from app.proposals.content import canonical
from app.proposals.models import Answer, Claim, Proposal, Submission
from app.proposals.seal.sealing import seal
from app.proposals.writing.drafts import working_content
from tests import factories as make

JURORS = 5
REASON = "De aanpak sluit aan bij de leefwereld van de persona en is met voorbeelden onderbouwd."
TEXT = "We gaan wekelijks langs, luisteren eerst, en regelen daarna samen wat nodig is. " * 6


@dataclass(frozen=True)
class World:
    """Ids and sign-in keys (`fs_uniquifier`) that the measurements need."""

    written_call: int
    decided_call: int
    proposal: int
    regisseur: str
    juror: str


def build(proposals: int, first: int = 500_000) -> World:
    """Add to the current database; deterministic for a given number of proposals. `first` is the serial of
    the first enterprise number, so that several worlds fit beside each other."""
    chance = random.Random(7)
    region = make.make_region(f"Benchregio {first}")
    regisseur = make.make_regisseur(region)
    organisations = _organisations(proposals, first)
    calls, jury = [], []
    for phase in (Phase.WRITTEN, Phase.DECIDED):
        call = make.make_call(region, phase, challenges=4, obstacles=10, criteria=5)
        jury = [make.make_juror(call, chair=number == 0) for number in range(JURORS)]
        _fill(call, organisations, [juror.id for juror in jury], regisseur.id, chance)
        calls.append((call, jury))
    (written, written_jury), (decided, _) = calls
    first = db.session.scalar(select(Proposal.id).where(Proposal.addendum_id == written.id).limit(1))
    db.session.rollback()
    assert first is not None
    return World(written.id, decided.id, first, regisseur.fs_uniquifier, written_jury[0].fs_uniquifier)


def _organisations(count: int, first: int) -> list[int]:
    with transaction() as now:
        rows = [
            {
                "enterprise_number": make.valid_enterprise_number(first + number),
                "name": f"Organisatie {number:04d} voor wonen, werk en welzijn in de regio vzw",
                "legal_form": "vzw",
                "created_at": now,
                "target_groups": [],
                "languages": [],
                "life_domains": [],
            }
            for number in range(count)
        ]
        db.session.execute(insert(Organisation), rows)
        numbers = [row["enterprise_number"] for row in rows]
        statement = select(Organisation.id).where(Organisation.enterprise_number.in_(numbers))
        return list(db.session.scalars(statement.order_by(Organisation.id)))


def _fill(
    call: Addendum, organisations: list[int], jury: list[int], by_id: int, chance: random.Random
) -> None:
    assert call.deadline is not None
    at = call.deadline - timedelta(days=2)
    obstacles = make.obstacle_ids(call)
    with transaction():
        ids = _proposals(call, organisations, by_id, at)
        answers = [(one, obstacle) for one in ids for obstacle in chance.sample(obstacles, 8)]
        db.session.execute(
            insert(Answer),
            [
                dict(proposal_id=one, obstacle_id=obstacle, approach=TEXT, expertise=TEXT, reach=TEXT)
                for one, obstacle in answers
            ],
        )
        submissions = _submissions(call, ids, by_id, at)
        db.session.execute(
            insert(Claim),
            [{"submission_id": submissions[one], "obstacle_id": obstacle} for one, obstacle in answers],
        )
        _sheets(call, ids, organisations, jury, chance)


def _proposals(call: Addendum, organisations: list[int], by_id: int, at: datetime) -> list[int]:
    db.session.execute(
        insert(Proposal),
        [
            {
                "addendum_id": call.id,
                "organisation_id": one,
                "summary": TEXT,
                "expectations": {},
                "created_by_id": by_id,
                "created_at": at,
                "updated_at": at,
                "truthful": True,
                "no_client_data": True,
            }
            for one in organisations
        ],
    )
    statement = select(Proposal.id).where(Proposal.addendum_id == call.id).order_by(Proposal.id)
    return list(db.session.scalars(statement))


def _submissions(call: Addendum, ids: list[int], by_id: int, at: datetime) -> dict[int, int]:
    content = canonical(working_content(ids[0]))
    digest = hashlib.sha256(content.encode()).hexdigest()
    numbers = {one: f"BENCH-{call.id}-{one:05d}" for one in ids}
    db.session.execute(
        insert(Submission),
        [
            {
                "proposal_id": one,
                "addendum_id": call.id,
                "receipt_number": numbers[one],
                "revision": 1,
                "submitted_at": at + timedelta(seconds=one),
                "submitted_by_id": by_id,
                "sealed_content": seal(call.id, content, f"content:{numbers[one]}", at=at),
                "content_sha256": digest,
                "idempotency_key": f"{call.id}-{one}",
            }
            for one in ids
        ],
    )
    rows = db.session.execute(
        select(Submission.proposal_id, Submission.id).where(Submission.addendum_id == call.id)
    )
    return {proposal: submission for proposal, submission in rows}


def _sheets(
    call: Addendum, ids: list[int], organisations: list[int], jury: list[int], chance: random.Random
) -> None:
    rounds = ["written"] if not _decided(call) else ["written", "pitch"]
    pairs = [(one, juror, name) for one in ids for juror in jury for name in rounds]
    assert call.deadline is not None
    at = call.deadline + timedelta(days=5)
    db.session.execute(
        insert(ConflictDeclaration),
        [
            {
                "addendum_id": call.id,
                "juror_id": juror,
                "organisation_id": one,
                "in_conflict": False,
                "declared_at": at,
            }
            for one in organisations
            for juror in jury
        ],
    )
    db.session.execute(
        insert(ScoreSheet),
        [
            {
                "addendum_id": call.id,
                "proposal_id": one,
                "juror_id": juror,
                "round": name,
                "updated_at": at,
                # the first proposal of the written round is still being scored: it is the form we measure
                "submitted_at": None if one == ids[0] and not _decided(call) else at,
            }
            for one, juror, name in pairs
        ],
    )
    criteria = {name: [row.id for row in call.criteria if row.round == name] for name in rounds}
    sheets = db.session.execute(
        select(ScoreSheet.id, ScoreSheet.round).where(ScoreSheet.addendum_id == call.id)
    )
    db.session.execute(
        insert(Score),
        [
            {"sheet_id": sheet, "criterion_id": one, "level": chance.randint(1, 5), "reason": REASON}
            for sheet, name in sheets
            for one in criteria[name]
        ],
    )


def _decided(call: Addendum) -> bool:
    return any(fact.kind == "pitch_closed" for fact in call.facts)


def count_criteria(call_id: int) -> int:
    """How many criteria a call has, for the report."""
    return len(db.session.scalars(select(Criterion.id).where(Criterion.addendum_id == call_id)).all())
