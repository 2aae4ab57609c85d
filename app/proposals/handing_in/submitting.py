"""Handing in, replacing and withdrawing, until the deadline: the moment inside the transaction decides."""

import re
import secrets
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select, update

from app.accounts.models import User
from app.addenda.queries import Call
from app.domain.access import Actor, Role, may, require, roles_for
from app.domain.errors import DomainError, Forbidden
from app.domain.timeline import Phase, local_day
from app.infra.database import db, transaction
from app.notifications.services import Recipient, enqueue, page_url
from app.organisations.models import Membership
from app.proposals.amended.queries import amendments_for, unconfirmed
from app.proposals.content import Content, blocked_by, canonical, digest
from app.proposals.handing_in.receipts import freeze, receipt_document, receipt_facts
from app.proposals.models import Submission
from app.proposals.own.statuses import just_handed_in, just_withdrawn
from app.proposals.policy import ProposalRef
from app.proposals.queries import stands
from app.proposals.writing.drafts import working_content
from app.proposals.writing.services import note, own_call

SUBMIT = "proposal.own.submit_replace_withdraw"
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # nothing that reads as something else


@dataclass(frozen=True)
class Receipt:
    """What was handed in, and when; `submitted_at` aware UTC. `state` is how it came out of this click:
    "new", "again" (its own key sent twice), "stood" (the same text already stood), "superseded" or
    "withdrawn" (the key gave this receipt before, and it no longer counts)."""

    submission_id: int
    number: str
    revision: int
    submitted_at: datetime
    sha256: str
    state: str = field(default="new", compare=False)


def submit_proposal(proposal_id: int, *, key: str, by: Actor, seen: str = "") -> Receipt:
    """Hand in the working copy as it is now; what stood before is superseded.

    The same `key` again gives the same receipt, also after the deadline. What stands word for word is not
    handed in twice. `seen` is the digest of the content that was shown ("": nobody looked at a page).
    Raises NotFound, Forbidden "owner_only", DomainError "changed_meanwhile", "not_complete",
    "amendment_unconfirmed" and "too_late" (which is logged).
    """
    own_key = digest(f"{proposal_id}:{key or secrets.token_hex(16)}")
    try:
        with transaction() as now:
            call, ref = own_call(proposal_id, by, now)
            earlier = db.session.scalar(select(Submission).where(Submission.idempotency_key == own_key))
            if earlier is not None:
                return _receipt(earlier, _state_of_used(earlier))
            _allowed(call, ref, by)
            content = working_content(ref.id)
            if seen and seen != digest(canonical(content)):
                raise DomainError("changed_meanwhile")
            same = _standing_word_for_word(ref, content)
            if same is not None:
                return _receipt(same, "stood")
            submission = _hand_in(call, ref, content, own_key, by, now)
            _tell(call, ref, submission, by, now)
            return _receipt(submission, "new")
    except DomainError as error:
        _log_late(error, proposal_id, by, "submit")
        raise


def withdraw_proposal(proposal_id: int, *, reason: str = "", by: Actor) -> None:
    """Take back what stands; the working copy stays. Errors as `submit_proposal`, "nothing_to_withdraw"."""
    try:
        with transaction() as now:
            call, ref = own_call(proposal_id, by, now)
            _allowed(call, ref, by)
            submission = db.session.scalar(
                select(Submission).where(Submission.proposal_id == proposal_id, stands())
            )
            if submission is None:
                raise DomainError("nothing_to_withdraw")
            submission.withdrawn_at, submission.withdrawal_reason = now, reason
            note(
                "proposal.withdrawn",
                call,
                ref.id,
                ref.organisation_id,
                by=by,
                at=now,
                receipt=submission.receipt_number,
            )
            for person in _owners(ref):
                enqueue(
                    "proposal.withdrawn",
                    to=person,
                    subject=f"Kandidatuur ingetrokken: {call.title}",
                    template="proposals/mail_withdrawn",
                    at=now,
                    addendum_id=call.id,
                    call=call,
                    organisation=ref.organisation_name,
                    number=submission.receipt_number,
                    withdrawn_at=now,
                    status=just_withdrawn(call, now),
                    link=page_url("proposals.edit", proposal_id=ref.id),
                )
    except DomainError as error:
        _log_late(error, proposal_id, by, "withdraw")
        raise


def _allowed(call: Call, ref: ProposalRef, by: Actor) -> None:
    subject = call.subject(ref.organisation_id)
    if Role.OWNER not in roles_for(by, subject):
        raise Forbidden("owner_only")
    if call.phase > Phase.OPEN:
        raise DomainError("too_late")
    require(may(by, SUBMIT, subject, call.phase))


def _standing_word_for_word(ref: ProposalRef, content: Content) -> Submission | None:
    """What stands, when it says exactly this: a second version would say nothing new."""
    found: Submission | None = db.session.scalar(
        select(Submission).where(
            Submission.proposal_id == ref.id,
            Submission.content_sha256 == digest(canonical(content)),
            stands(),
        )
    )
    return found


def _hand_in(
    call: Call, ref: ProposalRef, content: Content, key: str, by: Actor, now: datetime
) -> Submission:
    if unconfirmed(amendments_for(ref.id, {ref.organisation_id})):
        raise DomainError("amendment_unconfirmed")
    if blocked_by(content):
        raise DomainError("not_complete")
    db.session.execute(
        update(Submission).where(Submission.proposal_id == ref.id, stands()).values(superseded_at=now)
    )
    last = db.session.execute(
        select(Submission.revision, Submission.commitment)
        .where(Submission.proposal_id == ref.id)
        .order_by(Submission.revision.desc())
        .limit(1)
    ).first()
    submission = Submission(
        proposal_id=ref.id,
        addendum_id=call.id,
        receipt_number=_new_number(call, now),
        revision=last.revision + 1 if last else 1,
        submitted_at=now,
        submitted_by_id=by.user_id,
        idempotency_key=key,
    )
    freeze(submission, content, call, by.name, previous=last.commitment if last else None)
    entry = note(
        "proposal.submitted",
        call,
        ref.id,
        ref.organisation_id,
        by=by,
        at=now,
        receipt=submission.receipt_number,
        revision=submission.revision,
        sha256=submission.content_sha256,
        commitment=submission.commitment,
    )
    submission.entry_seq = entry.seq
    return submission


def _new_number(call: Call, now: datetime) -> str:
    """ "KBV-2026-7GK2QX": drawn by lot, so that it does not tell how many others handed in."""
    initials = "".join(re.findall(r"\b[A-Z]", call.service_area))[:4] or "PW"
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _ in range(6))
        number = f"{initials}-{local_day(now).year}-{drawn}"
        if db.session.scalar(select(Submission.id).where(Submission.receipt_number == number)) is None:
            return number


def _tell(call: Call, ref: ProposalRef, submission: Submission, by: Actor, now: datetime) -> None:
    facts = receipt_facts(call, submission, by.name, ref.organisation_id)
    for person in _owners(ref):
        enqueue(
            "proposal.receipt",
            to=person,
            subject=f"Ontvangstbewijs {submission.receipt_number}: {call.title}",
            template="proposals/mail_receipt",
            at=now,
            addendum_id=call.id,
            document=receipt_document(facts),
            facts=facts,
            status=just_handed_in(call, now),
            link=page_url("proposals.receipt", proposal_id=ref.id),
            check_link=page_url("audit.check"),
        )


def _owners(ref: ProposalRef) -> list[Recipient]:
    """The owners of the organisation, each address once."""
    rows = db.session.execute(
        select(User.email, User.name)
        .join(Membership, Membership.user_id == User.id)
        .where(Membership.organisation_id == ref.organisation_id, Membership.role == "owner")
        .order_by(User.id)
    )
    return [Recipient(row.email, row.name) for row in rows]


def _state_of_used(submission: Submission) -> str:
    if submission.withdrawn_at is not None:
        return "withdrawn"
    return "again" if submission.superseded_at is None else "superseded"


def _receipt(submission: Submission, state: str) -> Receipt:
    return Receipt(
        submission.id,
        submission.receipt_number,
        submission.revision,
        submission.submitted_at,
        submission.content_sha256,
        state,
    )


def _log_late(error: DomainError, proposal_id: int, by: Actor, attempt: str) -> None:
    """Somebody who comes too late can show that they tried: in a transaction of its own."""
    if error.code != "too_late":
        return
    with transaction() as now:
        call, ref = own_call(proposal_id, by, now)
        note("proposal.refused_late", call, ref.id, ref.organisation_id, by=by, at=now, attempt=attempt)
