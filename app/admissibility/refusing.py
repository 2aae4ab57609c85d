"""That a proposal is not admissible: one person proposes it with reasons, another confirms. Taking it back
goes the same way."""

from collections.abc import Mapping
from datetime import datetime

from app.admissibility.checking import check_reason
from app.admissibility.dossiers import dossier
from app.admissibility.letters import asked_before, decided_by, refusal_letter
from app.admissibility.models import Refusal, RefusalReason
from app.admissibility.requirements import written_list
from app.admissibility.rows import Dossier, RefusalRow
from app.admissibility.telling import note, tell
from app.admissibility.touching import examined, require_no_refusal, touch
from app.admissibility.wording import REASON_LIMIT
from app.domain.access import Actor
from app.domain.admissibility import refusal_problems
from app.domain.errors import DomainError
from app.domain.motivation import basis_problems
from app.domain.timeline import local_day
from app.infra.database import db, transaction
from app.notifications.services import Document
from app.proposals.letters import TEMPLATE
from app.proposals.models import Submission

REFUSE = "admissibility.refuse"
LETTER_NAME = "niet-ontvankelijk.pdf"


class RefusalImpossible(DomainError):
    """Why a refusal cannot be proposed or confirmed as it is; `problems` belong to its fields."""

    def __init__(self, problems: list[DomainError]) -> None:
        super().__init__("admissibility_refusal_impossible")
        self.problems = problems


def propose_refusal(
    proposal_id: int,
    reasons: Mapping[int, str],
    legal_basis: str,
    appeal_routes: str,
    *,
    seen: int,
    by: Actor,
) -> None:
    """Propose that a proposal is not admissible. `reasons` by number of the missing requirement.

    Raises RefusalImpossible with everything `domain.admissibility.refusal_problems` and
    `domain.motivation.basis_problems` find, and Stale when something arrived or changed since.
    """
    with transaction() as now:
        call, found = examined(proposal_id, REFUSE, by, now)
        touch(found, seen)
        require_no_refusal(found)
        _require_possible(found, reasons, legal_basis, appeal_routes, now)
        refusal = Refusal(
            proposal_id=proposal_id,
            legal_basis=legal_basis,
            appeal_routes=appeal_routes,
            proposed_by_id=by.user_id,
            proposed_at=now,
        )
        db.session.add(refusal)
        db.session.flush()
        keys = written_list(call.id)
        missing = [one.number for one in found.items if one.missing]
        db.session.add_all(
            RefusalReason(refusal_id=refusal.id, requirement_id=keys[one], text=reasons[one])
            for one in missing
        )
        note("refusal_proposed", call, found, by, now, items=missing)


def drop_refusal(proposal_id: int, *, seen: int, by: Actor) -> None:
    """Take back a proposal to refuse that nobody confirmed."""
    with transaction() as now:
        call, found = examined(proposal_id, REFUSE, by, now)
        touch(found, seen)
        refusal = _proposed(found)
        db.session.get_one(Refusal, refusal.id).dropped_at = now
        note("refusal_dropped", call, found, by, now)


def confirm_refusal(proposal_id: int, *, seen: int, by: Actor) -> None:
    """Refuse: the proposal takes no further part, and everybody of the organisation gets the letter.

    Raises admissibility_same_person, Stale, and what proposing raises: what arrived since counts.
    """
    with transaction() as now:
        call, found = examined(proposal_id, REFUSE, by, now)
        touch(found, seen)
        proposed = _proposed(found)
        if proposed.proposed_by_id == by.user_id:
            raise DomainError("admissibility_same_person")
        _require_possible(found, proposed.reasons, proposed.legal_basis, proposed.appeal_routes, now)
        letter = refusal_letter(call, found, local_day(now), confirmed_by=by.name)
        refusal = db.session.get_one(Refusal, proposed.id)
        refusal.confirmed_by_id, refusal.confirmed_at, refusal.letter = by.user_id, now, letter
        db.session.get_one(Submission, found.submission_id).refused_at = now
        note("refused", call, found, by, now, items=sorted(proposed.reasons))
        tell(
            "refused",
            call,
            found,
            now,
            subject="Je kandidatuur is niet ontvankelijk",
            document=Document(LETTER_NAME, TEMPLATE, letter),
            reasons=[
                (cell.requirement.text, proposed.reasons[cell.item.number])
                for cell in found.cells
                if cell.item.number in proposed.reasons
            ],
            asked=asked_before(found),
            decided=decided_by(found, by.name, local_day(now)),
        )


def propose_revocation(proposal_id: int, reason: str, *, seen: int, by: Actor) -> None:
    """Propose to take a refusal back, with the reason (a complaint that was right)."""
    with transaction() as now:
        call, found = examined(proposal_id, REFUSE, by, now)
        touch(found, seen)
        refusal = db.session.get_one(Refusal, _confirmed(found).id)
        if refusal.revocation_at is not None:
            raise DomainError("admissibility_revocation_stands")
        check_reason("reason", reason)
        refusal.revocation_reason = reason
        refusal.revocation_by_id, refusal.revocation_at = by.user_id, now
        note("revocation_proposed", call, found, by, now)


def drop_revocation(proposal_id: int, *, seen: int, by: Actor) -> None:
    with transaction() as now:
        call, found = examined(proposal_id, REFUSE, by, now)
        touch(found, seen)
        refusal = db.session.get_one(Refusal, _to_revoke(found).id)
        refusal.revocation_reason = ""
        refusal.revocation_by_id = refusal.revocation_at = None
        note("revocation_dropped", call, found, by, now)


def confirm_revocation(proposal_id: int, *, seen: int, by: Actor) -> None:
    """The proposal is in the running again; its requirements are looked at anew."""
    with transaction() as now:
        call, found = examined(proposal_id, REFUSE, by, now)
        touch(found, seen)
        row = _to_revoke(found)
        if row.revocation_by_id == by.user_id:
            raise DomainError("admissibility_same_person")
        refusal = db.session.get_one(Refusal, row.id)
        refusal.revoked_by_id, refusal.revoked_at = by.user_id, now
        db.session.get_one(Submission, found.submission_id).refused_at = None
        db.session.flush()
        state = dossier(call.id, proposal_id, now).state
        note("revoked", call, found, by, now, state=state.value)
        tell(
            "revoked",
            call,
            found,
            now,
            subject="Je kandidatuur doet weer mee",
            reason=row.revocation_reason,
        )


def _require_possible(
    found: Dossier, reasons: Mapping[int, str], legal_basis: str, appeal_routes: str, now: datetime
) -> None:
    problems = list(refusal_problems(found.items, reasons, now))
    problems += basis_problems(legal_basis, appeal_routes)
    texts = {f"reason-{number}": text for number, text in reasons.items()}
    texts |= {"legal_basis": legal_basis, "appeal_routes": appeal_routes}
    problems += [
        DomainError("admissibility_text_long", field=name, maximum=REASON_LIMIT)
        for name, text in texts.items()
        if len(text) > REASON_LIMIT
    ]
    if problems:
        raise RefusalImpossible(problems)


def _proposed(found: Dossier) -> RefusalRow:
    if found.refusal is None or found.refusal.confirmed_at is not None:
        raise DomainError("admissibility_nothing_proposed")
    return found.refusal


def _confirmed(found: Dossier) -> RefusalRow:
    if found.refusal is None or found.refusal.confirmed_at is None:
        raise DomainError("admissibility_not_refused")
    return found.refusal


def _to_revoke(found: Dossier) -> RefusalRow:
    refusal = _confirmed(found)
    if refusal.revocation_at is None:
        raise DomainError("admissibility_nothing_proposed")
    return refusal
