"""Making a person nameless, on request or when the account serves no more (docs/decisions/0022)."""

import uuid
from datetime import datetime

from sqlalchemy import delete, or_, select, update

from app.accounts.guard import require_administrator
from app.accounts.models import Invitation, MailPreference, User
from app.addenda.following.models import Follower
from app.audit.services import record
from app.domain.access import Actor
from app.domain.errors import DomainError, Forbidden, NotFound
from app.dossiers.forgetting.queries import needed_as_owner, needed_in_jury
from app.evaluation.models import JurySeat
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.organisations.membership import align
from app.organisations.models import JoinRequest, Membership
from app.proposals.destroyed import GONE
from app.questions.models import Question
from app.regions.models import RegionRole

NAMELESS = "Vroegere gebruiker {number}"
ADDRESS = "vroeger-{number}@anoniem.invalid"
EMPTIED = "Deze tekst is gewist: hij ging naar iemand die naamloos gemaakt is."
GROUNDS = {"request": "de persoon vroeg het zelf", "unused": "het account dient niet meer"}


def forget(user_id: int, *, ground: str, typed: str, by: Actor) -> str:
    """What the person is called from now on. `typed` is the address, typed over against mistakes. Their acts
    stay in the log under the number. Raises DomainError (forget_…), Forbidden for the own account."""
    with transaction() as now:
        require_administrator(by)
        user = db.session.get(User, user_id)
        if user is None:
            raise NotFound("person")
        _check(user, ground, typed, by, now)
        before, after = user.email, ADDRESS.format(number=user.id)
        _take_name(user, after, now)
        _leave_everything(user.id, now)
        _clean_mail(before, after, now)
        record("account.anonymised", actor_id=by.user_id, subject=f"user:{user.id}", at=now, ground=ground)
        return user.name


def _check(user: User, ground: str, typed: str, by: Actor, now: datetime) -> None:
    if user.id == by.user_id:
        raise Forbidden("not_for_oneself")
    if user.anonymised_at is not None:
        raise DomainError("forget_done")
    if user.active:
        raise DomainError("forget_close_first")
    if ground not in GROUNDS:
        raise DomainError("forget_ground_unknown", field="ground")
    if typed.strip().lower() != user.email:
        raise DomainError("forget_address_differs", field="typed")
    organisation = needed_as_owner(user.id, now)
    if organisation is not None:
        raise DomainError("forget_last_owner", organisation=organisation)
    call = needed_in_jury(user.id, now)
    if call is not None:
        raise DomainError("forget_in_jury", call=call)


def _take_name(user: User, address: str, now: datetime) -> None:
    user.name, user.email = NAMELESS.format(number=user.id), address
    user.password = user.tf_primary_method = user.tf_totp_secret = user.mf_recovery_codes = None
    user.active = user.administrator = False
    user.fs_uniquifier, user.anonymised_at = uuid.uuid4().hex, now


def _leave_everything(user_id: int, now: datetime) -> None:
    """No organisation, region or preference is theirs any more. Seats in juries of the past stay as the
    composition of that jury, without what the person said to belong to."""
    organisations = list(
        db.session.scalars(select(Membership.organisation_id).where(Membership.user_id == user_id))
    )
    for model in (Membership, RegionRole, MailPreference):
        db.session.execute(delete(model).where(model.user_id == user_id))
    for one in organisations:
        align(one, now)
    db.session.execute(update(JurySeat).where(JurySeat.user_id == user_id).values(affiliation=""))


def _clean_mail(before: str, after: str, now: datetime) -> None:
    """The address and the name go wherever they stand beside it; mail that still waits does not leave."""
    here = Invitation.email == before
    db.session.execute(
        update(Invitation)
        .where(here, Invitation.accepted_at.is_(None), Invitation.withdrawn_at.is_(None))
        .values(withdrawn_at=now)
    )
    db.session.execute(update(Invitation).where(here).values(email=after, name=""))
    db.session.execute(update(JoinRequest).where(JoinRequest.email == before).values(email=after, name=""))
    db.session.execute(delete(Follower).where(Follower.email == before))
    asked = update(Question).where(Question.email == before)
    db.session.execute(asked.values(email=GONE, key=None))
    theirs = or_(OutboxMessage.to_address == before, OutboxMessage.to_address.ilike(before))
    waiting = (OutboxMessage.sent_at.is_(None), OutboxMessage.given_up_at.is_(None))
    db.session.execute(update(OutboxMessage).where(theirs, *waiting).values(given_up_at=now, handled_at=now))
    db.session.execute(
        update(OutboxMessage)
        .where(theirs)
        .values(
            to_address=after,
            to_name="",
            subject="Gewist",
            body_text=EMPTIED,
            body_html="",
            stop_url=None,
            attachment_name=None,
            attachment=None,
            attached_letter=None,
            document_template=None,
            document_data={},
            beside={},
            last_error=None,
        )
    )
