"""Reading what is needed beside the matches: obstacles, organisations, judgements and invitations."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import func, or_, select

from app.accounts.models import User
from app.addenda.models import (
    Addendum,
    Challenge,
    Obstacle,
    Persona,
    challenge_persona,
)
from app.addenda.queries import Call
from app.infra.database import db
from app.matching.candidates.policy import CONFIRMED, WITHDRAWN, folded
from app.matching.models import CallInvitation, InvitationText, MatchJudgement
from app.matching.towns import towns_in
from app.organisations.models import Membership, Offer, Organisation, organisation_municipality
from app.regions.models import Municipality


class ObstacleLine(NamedTuple):
    id: int
    label: str
    number: int
    personas: tuple[str, ...]


class OrganisationLine(NamedTuple):
    """`in_region` says whether it works in a municipality of the call; None when it names none at all."""

    id: int
    name: str
    in_region: bool | None


class Judgement(NamedTuple):
    id: int
    obstacle_id: int
    organisation_id: int
    verdict: str
    reason: str
    by: str
    at: datetime


class Earlier(NamedTuple):
    """A judgement about the same obstacle in another call of the region; without a call when the obstacle was
    taken out of it since."""

    organisation_id: int
    need: str
    verdict: str
    reason: str
    addendum_id: int | None
    title: str | None


class Details(NamedTuple):
    """What the page of an obstacle shows of one organisation."""

    about: str
    email: str
    phone: str
    website: str
    municipalities: tuple[str, ...]


class OfferLine(NamedTuple):
    id: int
    title: str
    description: str
    capacity: Decimal | None


# A judgement or an invitation of an organisation that was merged counts for the one that stays.
_STAYS = func.coalesce(Organisation.merged_into_id, Organisation.id)


def obstacle_lines(addendum_id: int) -> list[ObstacleLine]:
    """In the order of the addendum. Two queries."""
    names: dict[int, list[str]] = {}
    for row in db.session.execute(
        select(challenge_persona.c.challenge_id, Persona.name)
        .join(Persona, Persona.id == challenge_persona.c.persona_id)
        .where(Persona.addendum_id == addendum_id)
        .order_by(Persona.position, Persona.id)
    ):
        names.setdefault(row.challenge_id, []).append(row.name)
    rows = db.session.execute(
        select(Obstacle.id, Obstacle.label, Obstacle.challenge_id, Challenge.number)
        .join(Challenge, Challenge.id == Obstacle.challenge_id)
        .where(Challenge.addendum_id == addendum_id)
        .order_by(Challenge.number, Obstacle.position, Obstacle.id)
    )
    return [
        ObstacleLine(row.id, row.label, row.number, tuple(names.get(row.challenge_id, ()))) for row in rows
    ]


def organisation_lines(call: Call) -> dict[int, OrganisationLine]:
    """Every active organisation, by id. Three queries."""
    towns = towns_in([call])[call.id]
    works = organisation_municipality.c
    anywhere = select(works.organisation_id).where(works.organisation_id == Organisation.id).exists()
    here = (
        select(works.organisation_id)
        .where(works.organisation_id == Organisation.id, works.municipality_id.in_(towns))
        .exists()
    )
    rows = db.session.execute(
        select(Organisation.id, Organisation.name, here.label("here"), anywhere.label("anywhere")).where(
            Organisation.merged_into_id.is_(None)
        )
    )
    return {
        row.id: OrganisationLine(row.id, row.name, bool(row.here) if row.anywhere else None) for row in rows
    }


def standing_judgements(addendum_id: int) -> dict[tuple[int, int], Judgement]:
    """{(obstacle, organisation): the newest}, without those that were taken back."""
    found: dict[tuple[int, int], Judgement] = {}
    statement = _judgements().join(Obstacle, Obstacle.id == MatchJudgement.obstacle_id)
    statement = statement.join(Challenge, Challenge.id == Obstacle.challenge_id)
    for row in db.session.execute(statement.where(Challenge.addendum_id == addendum_id)):
        found[row.obstacle_id, row.organisation_id] = Judgement(*row)
    return {pair: one for pair, one in found.items() if one.verdict != WITHDRAWN}


def history(obstacle_id: int) -> dict[int, list[Judgement]]:
    """{organisation: everything that was said of it for this obstacle, oldest first}"""
    found: dict[int, list[Judgement]] = {}
    for row in db.session.execute(_judgements().where(MatchJudgement.obstacle_id == obstacle_id)):
        found.setdefault(row.organisation_id, []).append(Judgement(*row))
    return found


def newest_judgement(obstacle_id: int, organisation_id: int) -> Judgement | None:
    statement = _judgements().where(MatchJudgement.obstacle_id == obstacle_id, organisation_id == _STAYS)
    rows = db.session.execute(statement).all()
    return Judgement(*rows[-1]) if rows else None


def _judgements() -> Any:
    return (
        select(
            MatchJudgement.id,
            MatchJudgement.obstacle_id,
            _STAYS.label("organisation_id"),
            MatchJudgement.verdict,
            MatchJudgement.reason,
            User.name,
            MatchJudgement.at,
        )
        .join(Organisation, Organisation.id == MatchJudgement.organisation_id)
        .join(User, User.id == MatchJudgement.by_id)
        .order_by(MatchJudgement.id)
    )


def earlier_judgements(call: Call, lines: Iterable[ObstacleLine]) -> dict[str, dict[int, Earlier]]:
    """{folded label: {organisation: what was said last in other calls of this region}}. One query."""
    needs = {folded(one.label) for one in lines}
    rows = db.session.execute(
        select(
            MatchJudgement.need,
            MatchJudgement.obstacle_id,
            MatchJudgement.verdict,
            MatchJudgement.reason,
            _STAYS.label("organisation_id"),
            Addendum.id,
            Addendum.title,
        )
        .join(Organisation, Organisation.id == MatchJudgement.organisation_id)
        .outerjoin(Obstacle, Obstacle.id == MatchJudgement.obstacle_id)
        .outerjoin(Challenge, Challenge.id == Obstacle.challenge_id)
        .outerjoin(Addendum, Addendum.id == Challenge.addendum_id)
        .where(
            MatchJudgement.service_area_id == call.service_area_id,
            or_(Addendum.id.is_(None), Addendum.id != call.id),
            MatchJudgement.need.in_(needs),
        )
        .order_by(MatchJudgement.id)
    )
    newest = {(row.obstacle_id or row.need, row.organisation_id): row for row in rows}
    found: dict[str, dict[int, Earlier]] = {}
    for row in sorted(newest.values(), key=lambda one: one.verdict == CONFIRMED):
        if row.verdict != WITHDRAWN:
            said = Earlier(row.organisation_id, row.need, row.verdict, row.reason, row.id, row.title)
            found.setdefault(row.need, {})[row.organisation_id] = said
    return found


def details_of(organisation_ids: Collection[int]) -> dict[int, Details]:
    """Two queries."""
    towns: dict[int, list[str]] = {}
    works = organisation_municipality.c
    for row in db.session.execute(
        select(works.organisation_id, Municipality.name)
        .join(Municipality, Municipality.id == works.municipality_id)
        .where(works.organisation_id.in_(organisation_ids))
        .order_by(Municipality.name)
    ):
        towns.setdefault(row.organisation_id, []).append(row.name)
    rows = db.session.execute(
        select(
            Organisation.id, Organisation.about, Organisation.email, Organisation.phone, Organisation.website
        ).where(Organisation.id.in_(organisation_ids))
    )
    return {
        row.id: Details(row.about, row.email, row.phone, row.website, tuple(towns.get(row.id, ())))
        for row in rows
    }


def offers_of(offer_ids: Collection[int]) -> dict[int, OfferLine]:
    rows = db.session.execute(
        select(Offer.id, Offer.title, Offer.description, Offer.capacity_fte).where(Offer.id.in_(offer_ids))
    )
    return {row.id: OfferLine(*row) for row in rows}


def invited(addendum_id: int) -> dict[int, datetime]:
    """{organisation: when it was invited}; of one that was merged, the one that stays."""
    rows = db.session.execute(
        select(_STAYS.label("id"), CallInvitation.at)
        .join(Organisation, Organisation.id == CallInvitation.organisation_id)
        .where(CallInvitation.addendum_id == addendum_id)
        .order_by(CallInvitation.at.desc())
    )
    return {row.id: row.at for row in rows}


def invitation_text(addendum_id: int) -> InvitationText | None:
    return db.session.get(InvitationText, addendum_id)


def owners_of(organisation_ids: Collection[int]) -> dict[int, Sequence[Any]]:
    """{organisation: email and name of the owners with an open account}; without one it is not in it."""
    found: dict[int, list[Any]] = {}
    for row in db.session.execute(
        select(Membership.organisation_id, User.email, User.name)
        .join(User, User.id == Membership.user_id)
        .where(Membership.organisation_id.in_(organisation_ids), Membership.role == "owner", User.active)
        .order_by(User.email)
    ):
        found.setdefault(row.organisation_id, []).append(row)
    return dict(found)
