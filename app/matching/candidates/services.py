"""Saying of a match that it is right or not, and pointing organisations at a call."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select

from app.addenda.models import Challenge, Obstacle
from app.addenda.queries import Call, load_call
from app.audit import services as audit
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError, NotFound, Stale
from app.infra.database import db, transaction
from app.infra.formats import milliseconds
from app.matching.candidates.policy import (
    CONFIRMED,
    INVITE,
    JUDGE,
    MOST_AT_ONCE,
    MOST_BODY,
    MOST_REASON,
    REJECTED,
    WITHDRAWN,
    folded,
)
from app.matching.candidates.queries import invitation_text, invited, newest_judgement, owners_of
from app.matching.models import CallInvitation, InvitationText, MatchJudgement
from app.notifications.services import Recipient, enqueue, page_url
from app.organisations.models import Offer, Organisation


def judge(
    addendum_id: int,
    obstacle_id: int,
    organisation_id: int,
    verdict: str,
    reason: str,
    *,
    offer_id: int | None = None,
    seen: int,
    by: Actor,
) -> None:
    """Confirm, reject or take back; `seen` is the newest judgement of this pair on the page (0: none).
    Raises judgement_reason_missing for a rejection without one and judgement_meanwhile."""
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, JUDGE, call.subject(organisation_id), call.phase))
        obstacle = _obstacle(addendum_id, obstacle_id)
        _organisation(organisation_id)
        newest = newest_judgement(obstacle_id, organisation_id)
        _check(verdict, reason, newest.verdict if newest else WITHDRAWN)
        if (newest.id if newest else 0) != seen:
            raise DomainError("judgement_meanwhile")
        row = MatchJudgement(
            service_area_id=call.service_area_id,
            obstacle_id=obstacle_id,
            organisation_id=organisation_id,
            offer_id=_own_offer(offer_id, organisation_id),
            need=folded(obstacle.label),
            verdict=verdict,
            reason=reason,
            by_id=by.user_id,
            at=now,
        )
        db.session.add(row)
        db.session.flush()
        audit.record(
            f"match.{verdict}",
            actor_id=by.user_id,
            subject=f"obstacle:{obstacle_id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=call.id,
            organisation=organisation_id,
            judgement=row.id,
        )


def _check(verdict: str, reason: str, standing: str) -> None:
    if verdict not in (CONFIRMED, REJECTED, WITHDRAWN):
        raise DomainError("judgement_unknown")
    if verdict == standing:
        raise DomainError("judgement_meanwhile")
    if verdict == REJECTED and not reason.strip():
        raise DomainError("judgement_reason_missing", field="reason")
    if len(reason) > MOST_REASON:
        raise DomainError("judgement_reason_long", field="reason", most=MOST_REASON)


def save_text(addendum_id: int, body: str, *, seen: int, by: Actor) -> None:
    """The one text of the call, until the first invitation left. `seen` as `text_version` gives it."""
    with transaction() as now:
        _keep(_inviting(addendum_id, by, now), body, seen, by, now)


def invite(
    addendum_id: int,
    organisations: Mapping[int, Iterable[int]],
    body: str,
    *,
    seen: int,
    by: Actor,
) -> int:
    """Mail the owners of each, who was not invited yet; how many organisations those are. `organisations` is
    {organisation: for which obstacles it was thought of}. Before the first one leaves `body` is kept, after
    that it must be what was sent. Raises invitation_nobody, invitation_unreachable and what saving raises."""
    with transaction() as now:
        call = _inviting(addendum_id, by, now)
        done = invited(addendum_id)
        wanted = [id for id in organisations if id not in done]
        if not wanted:
            raise DomainError("invitation_nobody")
        if len(wanted) > MOST_AT_ONCE:
            raise DomainError("invitation_many", most=MOST_AT_ONCE)
        names = {id: _organisation(id).name for id in wanted}
        owners = owners_of(wanted)
        lonely = [names[id] for id in wanted if id not in owners]
        if lonely:
            raise DomainError("invitation_unreachable", names=", ".join(lonely))
        text = _keep(call, body, seen, by, now)
        for id in wanted:
            _send(call, id, names[id], owners[id], text, now)
            _log(call, id, sorted(organisations[id]), by, now)
        return len(wanted)


def check_text(addendum_id: int, body: str) -> InvitationText | None:
    """The text as it is kept. Raises when `body` cannot take its place: invitation_frozen, invitation_empty,
    invitation_long."""
    row = invitation_text(addendum_id)
    if row is not None and row.body != body and invited(addendum_id):
        raise DomainError("invitation_frozen", field="body")
    if not body.strip():
        raise DomainError("invitation_empty", field="body")
    if len(body) > MOST_BODY:
        raise DomainError("invitation_long", field="body", most=MOST_BODY)
    return row


def text_version(row: InvitationText | None) -> int:
    """A number that moves with every save; 0 when there is none."""
    return milliseconds(row.at) if row else 0


def _inviting(addendum_id: int, by: Actor, now: datetime) -> Call:
    call = load_call(addendum_id, now)
    require(may(by, INVITE, call.subject(), call.phase))
    return call


def _keep(call: Call, body: str, seen: int, by: Actor, now: datetime) -> str:
    """The text that counts."""
    row = check_text(call.id, body)
    if row is not None and row.body == body:
        return body
    if text_version(row) != seen:
        raise Stale(version=text_version(row), theirs={"body": row.body if row else ""})
    if row is None:
        db.session.add(InvitationText(addendum_id=call.id, body=body, by_id=by.user_id, at=now))
    else:
        row.body, row.by_id, row.at = body, by.user_id or row.by_id, now
    audit.record(
        "matching.invitation_written",
        actor_id=by.user_id,
        subject=f"addendum:{call.id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
    )
    return body


def _send(
    call: Call, organisation_id: int, name: str, owners: Iterable[Recipient], text: str, now: datetime
) -> None:
    for one in owners:
        enqueue(
            "matching.invitation",
            to=Recipient(one.email, one.name),
            subject=f"Een oproep in {call.service_area} die bij jullie kan passen",
            template="matching/mail_invitation",
            at=now,
            addendum_id=call.id,
            call=call.title,
            region=call.service_area,
            organisation=name,
            body=text,
            link=page_url("addenda.show", addendum_id=call.id),
        )


def _log(call: Call, organisation_id: int, obstacles: list[int], by: Actor, now: datetime) -> None:
    row = CallInvitation(
        addendum_id=call.id, organisation_id=organisation_id, obstacle_ids=obstacles, by_id=by.user_id, at=now
    )
    db.session.add(row)
    db.session.flush()
    audit.record(
        "matching.invited",
        actor_id=by.user_id,
        subject=f"organisation:{organisation_id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        invitation=row.id,
        obstacles=obstacles,
    )


def _obstacle(addendum_id: int, obstacle_id: int) -> Obstacle:
    found = db.session.scalar(
        select(Obstacle)
        .join(Challenge, Challenge.id == Obstacle.challenge_id)
        .where(Obstacle.id == obstacle_id, Challenge.addendum_id == addendum_id)
    )
    if found is None:
        raise NotFound("obstacle")
    return found


def _organisation(organisation_id: int) -> Organisation:
    found = db.session.get(Organisation, organisation_id)
    if found is None or found.merged_into_id is not None:
        raise DomainError("candidate_gone")
    return found


def _own_offer(offer_id: int | None, organisation_id: int) -> int | None:
    offer = db.session.get(Offer, offer_id) if offer_id else None
    return offer.id if offer is not None and offer.organisation_id == organisation_id else None
