"""The score sheets of the jurors beside each other."""

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.domain.access import may, require
from app.domain.errors import Forbidden
from app.domain.visibility import AFTER_OWN_SHEET, AFTER_ROUND
from app.evaluation.policy import round_is_open
from app.evaluation.queries import conflicted_jurors
from app.evaluation.reading import SheetState, sent_sheets, visible_sheets
from app.evaluation.sheet_page import rounds_beside
from app.evaluation.standings import rules_of
from app.evaluation.views import blueprint
from app.proposals.guard import for_proposal
from app.proposals.policy import CONTENT, ProposalRef, may_read


@blueprint.get("/kandidaturen/<int:proposal_id>/scorebladen")
@for_proposal(AFTER_ROUND)
def sheets(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The sheets of the rounds that are closed, beside each other."""
    sent = [one for one in sent_sheets(ref.id) if not round_is_open(one.round, call.phase)]
    return _beside_page(call, ref, sent)


@blueprint.get("/kandidaturen/<int:proposal_id>/scorebladen/lopende-ronde")
@for_proposal(AFTER_OWN_SHEET)
def peers(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """The sheets of the round that runs, for who handed in the own one."""
    require(may_read(current_actor(), ref, call.subject(ref.organisation_id), call.phase))
    sent = [one for one in sent_sheets(ref.id) if round_is_open(one.round, call.phase)]
    if not any(one.juror_id == current_actor().user_id for one in sent):
        raise Forbidden("own_sheet_first")
    return _beside_page(call, ref, sent)


def _beside_page(call: Call, ref: ProposalRef, sent: list[SheetState]) -> str:
    shown, _ = visible_sheets(call, ref, current_actor(), sent)
    conflicted = conflicted_jurors(call.id, ref.organisation_id)
    subject = call.subject(ref.organisation_id)
    return render_template(
        "evaluation/sheets.html",
        call=call,
        proposal=ref,
        rounds=rounds_beside(rules_of(call.id).rounds, shown, conflicted),
        versions_href=url_for("evaluation.sheet_versions", proposal_id=ref.id)
        if may(current_actor(), AFTER_ROUND, subject, call.phase)
        else "",
        read_href=url_for("proposals.read", proposal_id=ref.id)
        if may(current_actor(), CONTENT, subject, call.phase)
        else "",
    )
