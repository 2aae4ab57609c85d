"""The line in the log and the mails of every act on the formal check, inside its transaction."""

from datetime import datetime
from typing import Any

from app.addenda.queries import Call
from app.admissibility.queries import people_of
from app.admissibility.rows import Dossier
from app.audit.services import record
from app.domain.access import Actor
from app.infra.database import db
from app.notifications.services import Document, enqueue, page_url
from app.proposals.own.statuses import statuses_to_tell


def note(act: str, call: Call, found: Dossier, by: Actor, now: datetime, **facts: Any) -> None:
    """That and by whom, with numbers of requirements; never what was written."""
    record(
        f"admissibility.{act}",
        actor_id=by.user_id,
        subject=f"proposal:{found.proposal_id}",
        at=now,
        service_area_id=call.service_area_id,
        addendum_id=call.id,
        organisation_id=found.organisation_id,
        **facts,
    )


_TEMPLATES = {
    "answered": "admissibility/mail_answered",
    "extended": "admissibility/mail_extended",
    "refused": "admissibility/mail_refused",
    "requested": "admissibility/mail_requested",
    "revoked": "admissibility/mail_revoked",
}


def tell(
    kind: str,
    call: Call,
    found: Dossier,
    now: datetime,
    *,
    subject: str,
    document: Document | None = None,
    **context: Any,
) -> None:
    """A mail to everybody of the organisation, all of them or none, with the words of its own page."""
    db.session.flush()
    status = statuses_to_tell([found.proposal_id], call.id, now)[found.proposal_id]
    for person in people_of(found.organisation_id):
        enqueue(
            f"admissibility.{kind}",
            to=person,
            subject=f"{subject}: {call.title}",
            template=_TEMPLATES[kind],
            at=now,
            addendum_id=call.id,
            document=document,
            call=call,
            organisation=found.organisation_name,
            status=status,
            link=page_url("admissibility.own", proposal_id=found.proposal_id),
            **context,
        )
