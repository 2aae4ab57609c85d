"""Two rows that are one organisation become one (docs/decisions/0013-organisaties-samenvoegen.md).

The one that goes is closed, not deleted. Colleagues, offers, references, documents and requests move without
doubling; empty fields are filled in. What other features keep by organisation they move themselves: the
setting ORGANISATION_MERGERS names functions (kept_id, gone_id, now) that run inside the same transaction.
The administrator never learns what those found. Who decides that it happens: `agreeing`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import select, update

from app.accounts.guard import require_administrator
from app.audit import services as audit
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.infra.database import db
from app.notifications.services import Recipient, enqueue, page_url
from app.organisations.membership import align
from app.organisations.models import JoinRequest, KeptDocument, Membership, Organisation
from app.organisations.queries import (
    documents_of,
    load_organisation,
    membership,
    offer_version,
    people_of,
    references_of,
)

Merger = Callable[[int, int, datetime], None]
_FILLED_IN = ("legal_form", "street", "postal_code", "city", "website", "email", "phone", "about")
_JOINED = ("target_groups", "languages", "life_domains")


def check_pair(kept_id: int, gone_id: int, *, by: Actor) -> tuple[Organisation, Organisation]:
    """Both organisations. NotFound; DomainError merge_same, merge_done (one of them was merged already),
    merge_own (the administrator belongs to one)."""
    require_administrator(by)
    if kept_id == gone_id:
        raise DomainError("merge_same")
    kept, gone = require_unmerged(kept_id, gone_id)
    if any(by.user_id and membership(one, by.user_id) for one in (kept_id, gone_id)):
        raise DomainError("merge_own")
    return kept, gone


def require_unmerged(kept_id: int, gone_id: int) -> tuple[Organisation, Organisation]:
    """Both organisations. NotFound; DomainError merge_done: one of them was merged already."""
    kept, gone = load_organisation(kept_id), load_organisation(gone_id)
    if kept.merged_into_id is not None or gone.merged_into_id is not None:
        raise DomainError("merge_done")
    return kept, gone


def merge(kept_id: int, gone_id: int, now: datetime, *, by: Actor) -> None:
    """Merge `gone_id` into `kept_id`, in the caller's transaction, which asked whether it may."""
    kept, gone = require_unmerged(kept_id, gone_id)
    told = owners(kept_id) | owners(gone_id)
    _fill_in(kept, gone)
    _move_people(kept_id, gone_id, now)
    _move_offers(kept, gone)
    _move_references(kept_id, gone_id)
    _move_documents(kept_id, gone_id)
    _move_requests(kept_id, gone_id, now)
    _close(kept, gone, now)
    align(kept_id, now)
    mergers: tuple[Merger, ...] = current_app.config["ORGANISATION_MERGERS"]
    for merger in mergers:
        merger(kept_id, gone_id, now)
    _log(kept, gone, by, now)
    _tell(kept, gone, told, now)


def owners(organisation_id: int) -> set[Recipient]:
    return {Recipient(one.email, one.name) for one in people_of(organisation_id, "owner")}


def _fill_in(kept: Organisation, gone: Organisation) -> None:
    """What the one that stays left empty; its own words stay."""
    for name in _FILLED_IN:
        if not getattr(kept, name):
            setattr(kept, name, getattr(gone, name))
    for name in _JOINED:
        setattr(kept, name, list(dict.fromkeys([*getattr(kept, name), *getattr(gone, name)])))
    kept.local_authority = kept.local_authority or gone.local_authority
    towns = {one.id: one for one in [*kept.municipalities, *gone.municipalities]}
    kept.municipalities = list(towns.values())


def _move_people(kept_id: int, gone_id: int, at: datetime) -> None:
    """Everybody of both, with the higher of two roles."""
    for row in db.session.scalars(select(Membership).where(Membership.organisation_id == gone_id)).all():
        present = membership(kept_id, row.user_id)
        if present is None:
            db.session.add(
                Membership(user_id=row.user_id, organisation_id=kept_id, role=row.role, since=row.since)
            )
        elif row.role == "owner":
            present.role = "owner"
    db.session.flush()


def _move_offers(kept: Organisation, gone: Organisation) -> None:
    """Those that say the same stay behind, with the organisation that is closed."""
    known = {offer_version(one) for one in kept.offers}
    position = max((one.position for one in kept.offers), default=-1)
    for offer in [one for one in gone.offers if offer_version(one) not in known]:
        position += 1
        offer.position = position
        gone.offers.remove(offer)
        kept.offers.append(offer)
    db.session.flush()


def _move_references(kept_id: int, gone_id: int) -> None:
    def said(row: Any) -> tuple[str, ...]:
        return row.title, row.description, row.period, row.contact

    rows = references_of(kept_id)
    known, position = {said(one) for one in rows}, max((one.position for one in rows), default=-1)
    for row in [one for one in references_of(gone_id) if said(one) not in known]:
        position += 1
        row.organisation_id, row.position = kept_id, position


def _move_documents(kept_id: int, gone_id: int) -> None:
    known = {(one.label, one.sha256) for one in documents_of(kept_id)}
    moved = [one.id for one in documents_of(gone_id) if (one.label, one.sha256) not in known]
    db.session.execute(update(KeptDocument).where(KeptDocument.id.in_(moved)).values(organisation_id=kept_id))


def _move_requests(kept_id: int, gone_id: int, at: datetime) -> None:
    """Open ones, unless the same address asks both, or belongs to the organisation now."""
    waiting = select(JoinRequest).where(JoinRequest.answered_at.is_(None))
    known = set(
        db.session.scalars(
            waiting.where(JoinRequest.organisation_id == kept_id).with_only_columns(JoinRequest.email)
        )
    )
    known |= {one.email for one in people_of(kept_id)}
    for row in db.session.scalars(waiting.where(JoinRequest.organisation_id == gone_id)).all():
        if row.email in known:
            row.answered_at = at
        else:
            row.organisation_id = kept_id


def _close(kept: Organisation, gone: Organisation, at: datetime) -> None:
    """One step for everything that was merged into `gone` before. The version of the one that stays is beyond
    both: a form that somebody still has open on either of them is refused, not saved over the other."""
    db.session.execute(
        update(Organisation).where(Organisation.merged_into_id == gone.id).values(merged_into_id=kept.id)
    )
    kept.version = max(kept.version, gone.version) + 1
    gone.version += 1
    gone.merged_into_id, gone.merged_at = kept.id, at
    db.session.flush()


def _log(kept: Organisation, gone: Organisation, by: Actor, at: datetime) -> None:
    """Both names as they were: the one that goes stands in no list any more."""
    audit.record(
        "organisation.merged",
        actor_id=by.user_id,
        subject=f"organisation:{gone.id}",
        organisation_id=kept.id,
        at=at,
        gone=gone.id,
        kept_name=kept.name,
        gone_name=gone.name,
    )


def _tell(kept: Organisation, gone: Organisation, told: set[Recipient], at: datetime) -> None:
    """The same words whatever was written or handed in: a mail that differs would tell."""
    for to in sorted(told, key=lambda one: one.email):
        enqueue(
            "organisation.merged",
            to=to,
            subject=f"{gone.name} en {kept.name} zijn samengevoegd",
            template="organisations/mail_merged",
            at=at,
            kept=kept.name,
            gone=gone.name,
            link=page_url("organisations.show", organisation_id=kept.id),
        )
