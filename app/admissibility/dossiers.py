"""How far the formal check of proposals is: what is asked, what was found, and the state that follows."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select

from app.addenda.models import Addendum, addendum_municipality
from app.admissibility.models import Examination, Requirement
from app.admissibility.rows import Cell, Dossier, RequestRow, RequirementRow
from app.admissibility.stored import Found, stored_about
from app.admissibility.wording import DEFAULTS
from app.domain.admissibility import AUTOMATIC, Item, Kind, Outcome, state_of
from app.domain.errors import DomainError, NotFound
from app.infra.database import db
from app.infra.formats import moment
from app.organisations.enterprise_number import normal_number, shown
from app.organisations.models import Organisation, organisation_municipality
from app.proposals.models import Proposal, Submission
from app.proposals.queries import of_opened_call, stands
from app.regions.models import Municipality

NOBODY: frozenset[int] = frozenset()


class Areas(NamedTuple):
    """Names of municipalities: where an organisation says it works, and those of the call."""

    organisation: list[str]
    call: list[str]


def requirements_of(addendum_id: int) -> list[RequirementRow]:
    """What a call formally asks, by number. One query."""
    return _requirements([addendum_id])[addendum_id]


def _requirements(addendum_ids: Iterable[int]) -> dict[int, list[RequirementRow]]:
    wanted = set(addendum_ids)
    found: dict[int, list[RequirementRow]] = {}
    rows = db.session.execute(
        select(
            Requirement.addendum_id,
            Requirement.number,
            Requirement.kind,
            Requirement.text,
            Requirement.explanation,
            Requirement.id,
        )
        .where(Requirement.addendum_id.in_(wanted))
        .order_by(Requirement.addendum_id, Requirement.number)
    )
    for addendum_id, number, kind, text, explanation, key in rows:
        row = RequirementRow(number, Kind(kind), text, explanation, key)
        found.setdefault(addendum_id, []).append(row)
    return {one: found.get(one) or default_requirements() for one in wanted}


def default_requirements() -> list[RequirementRow]:
    return [RequirementRow(number, *row) for number, row in enumerate(DEFAULTS, start=1)]


def dossiers(
    addendum_ids: Collection[int],
    now: datetime,
    *,
    proposal_id: int | None = None,
    without: Collection[int] = NOBODY,
) -> list[Dossier]:
    """What stands of opened calls, in order of receipt, leaving out organisations `without`. Seven queries
    whatever the number of proposals and calls; two when nothing stands."""
    rows = _standing(addendum_ids, proposal_id, without)
    requirements = _requirements({row.addendum_id for row in rows})
    ids = [row.proposal_id for row in rows]
    numbers = {one.id: one.number for rows in requirements.values() for one in rows if one.id is not None}
    found = stored_about(ids, numbers) if ids else Found()
    return [_dossier(row, requirements[row.addendum_id], found, now) for row in rows]


def dossier(addendum_id: int, proposal_id: int, now: datetime) -> Dossier:
    """NotFound when nothing of it stands, or the call was not opened."""
    found = dossiers([addendum_id], now, proposal_id=proposal_id)
    if not found:
        raise NotFound("proposal")
    return found[0]


def areas_of(organisation_id: int, addendum_id: int) -> Areas:
    """What the requirement about the region is compared with, as it is now. Two queries."""
    name = select(Municipality.name).order_by(Municipality.name)
    own, asked = organisation_municipality.c, addendum_municipality.c
    return Areas(
        list(
            db.session.scalars(
                name.join(organisation_municipality).where(own.organisation_id == organisation_id)
            )
        ),
        list(db.session.scalars(name.join(addendum_municipality).where(asked.addendum_id == addendum_id))),
    )


def _standing(addendum_ids: Collection[int], proposal_id: int | None, without: Collection[int]) -> list[Any]:
    statement = (
        select(
            Submission.proposal_id,
            Submission.addendum_id,
            Proposal.organisation_id,
            Organisation.name.label("organisation_name"),
            Organisation.enterprise_number,
            Submission.receipt_number,
            Submission.id.label("submission_id"),
            Submission.submitted_at,
            Submission.refused_at,
            Addendum.deadline,
            Examination.version,
        )
        .select_from(Submission)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .join(Organisation, Organisation.id == Proposal.organisation_id)
        .join(Addendum, Addendum.id == Submission.addendum_id)
        .outerjoin(Examination, Examination.proposal_id == Proposal.id)
        .where(
            Submission.addendum_id.in_(addendum_ids),
            stands(),
            of_opened_call(),
            Proposal.organisation_id.not_in(without),
        )
        .order_by(Submission.submitted_at, Submission.id)
    )
    if proposal_id is not None:
        statement = statement.where(Proposal.id == proposal_id)
    return list(db.session.execute(statement))


def _dossier(row: Any, requirements: list[RequirementRow], found: Found, now: datetime) -> Dossier:
    cells = [_cell(row, one, found) for one in requirements]
    refusal = found.refusals.get(row.proposal_id)
    return Dossier(
        proposal_id=row.proposal_id,
        addendum_id=row.addendum_id,
        organisation_id=row.organisation_id,
        organisation_name=row.organisation_name,
        receipt_number=row.receipt_number,
        submission_id=row.submission_id,
        version=row.version or 0,
        cells=cells,
        requests=[
            RequestRow(one.id, one.message, one.until, one.asked_at, one.asked_by, tuple(sorted(asked)))
            for one, asked in found.requests.get(row.proposal_id, {}).values()
        ],
        refusal=refusal,
        state=state_of(
            [cell.item for cell in cells],
            now,
            proposed=refusal is not None and refusal.confirmed_at is None,
            refused=row.refused_at is not None,
        ),
    )


def _cell(row: Any, requirement: RequirementRow, found: Found) -> Cell:
    key = (row.proposal_id, requirement.id or 0)
    check, asked = found.checks.get(key), found.asked.get(key)
    outcome, fact = _found_out(row, requirement.kind)
    if check is not None:
        outcome = Outcome(check.outcome) if check.outcome else None
    item = Item(
        requirement.number,
        requirement.kind,
        outcome,
        check.at if check else None,
        asked.until if asked else None,
        asked.answered_at if asked else None,
    )
    return Cell(requirement, item, fact, check.note if check else "", check.name if check else "", asked)


def _found_out(row: Any, kind: Kind) -> tuple[Outcome | None, str]:
    """What the application sees for itself. Nothing can be handed in without both declarations."""
    if kind not in AUTOMATIC:
        return None, ""
    if kind is Kind.IN_TIME:
        in_time = row.deadline is None or row.submitted_at < row.deadline
        return (Outcome.MET if in_time else Outcome.MISSING), f"Ingediend op {moment(row.submitted_at)}."
    if kind is Kind.DECLARED:
        return Outcome.MET, "Zonder beide verklaringen kan niemand indienen."
    try:
        normal_number(row.enterprise_number)
    except DomainError:
        return Outcome.MISSING, f"Het controlegetal van {shown(row.enterprise_number)} klopt niet."
    return Outcome.MET, f"{shown(row.enterprise_number)}: het controlegetal klopt."
