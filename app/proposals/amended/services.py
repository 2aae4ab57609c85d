"""An applicant reads a change to the call and stands by what they wrote."""

from sqlalchemy import select

from app.addenda.amending.models import AddendumVersion
from app.domain.access import Actor, Role, may, require, roles_for
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.proposals.models import AmendmentConfirmation, Submission
from app.proposals.queries import stands
from app.proposals.writing.services import EDIT, note, own_call


def confirm_amendment(proposal_id: int, number: int, *, by: Actor) -> None:
    """Confirm one version of the call for a proposal; a second time changes nothing.

    Whoever may write confirms for a draft, an owner for what was handed in (Forbidden "confirm_owner_only").
    Raises NotFound for a version that the call does not have, DomainError "confirm_too_late".
    """
    with transaction() as now:
        call, ref = own_call(proposal_id, by, now)
        if call.phase > Phase.OPEN:
            raise DomainError("confirm_too_late")
        subject = call.subject(ref.organisation_id)
        require(may(by, EDIT, subject, call.phase))
        handed_in = select(Submission.id).where(Submission.proposal_id == proposal_id, stands())
        if db.session.scalar(handed_in) is not None and Role.OWNER not in roles_for(by, subject):
            raise Forbidden("confirm_owner_only")
        version_id = db.session.scalar(
            select(AddendumVersion.id).where(
                AddendumVersion.addendum_id == call.id,
                AddendumVersion.number == number,
                AddendumVersion.number > 1,
            )
        )
        if version_id is None:
            raise NotFound("version")
        if db.session.get(AmendmentConfirmation, (proposal_id, version_id)) is not None:
            return
        assert by.user_id is not None
        db.session.add(
            AmendmentConfirmation(
                proposal_id=proposal_id, addendum_version_id=version_id, by_id=by.user_id, at=now
            )
        )
        note(
            "proposal.amendment_confirmed",
            call,
            proposal_id,
            ref.organisation_id,
            by=by,
            at=now,
            number=number,
        )
