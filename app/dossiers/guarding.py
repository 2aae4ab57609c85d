"""Who may do what with the dossier of a call: always all applicants together."""

from dataclasses import replace

from app.addenda.guard import open_to
from app.addenda.queries import Call
from app.domain.access import Actor, may, require

VIEW, MARK = "dossier.view", "dossier.mark"
KEPT, DESTROY = "retention.view", "retention.propose_and_approve"


def require_all(actor: Actor, action: str, call: Call) -> None:
    """Raises as `require` does: a conflict with one applicant is enough to get nothing."""
    require(may(actor, action, replace(call.subject(), every_applicant=True), call.phase))
    require(open_to(actor, call, action, every_applicant=True))
