"""What a score sheet said before: for who wrote it, and after the round for who may see the sheets."""

from flask import render_template
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.domain.errors import NotFound
from app.domain.visibility import AFTER_ROUND, OWN
from app.evaluation.policy import PITCH, ROUND_LABELS, round_is_open
from app.evaluation.queries import shortlisted
from app.evaluation.reading import sent_sheets, visible_sheets
from app.evaluation.sheet_history import by_sheet, own_versions, sent_versions, version_lines
from app.evaluation.standings import rules_of
from app.evaluation.views import blueprint
from app.proposals.guard import for_proposal
from app.proposals.policy import ProposalRef


@blueprint.get("/kandidaturen/<int:proposal_id>/scoreblad/<any(written, pitch):round_name>/versies")
@for_proposal(OWN)
def own_sheet_versions(call: Call, ref: ProposalRef, round_name: str) -> ResponseReturnValue:
    """The own sheet through time, what was only saved included."""
    if round_name == PITCH and ref.id not in shortlisted(call.id):
        raise NotFound("sheet")
    versions = own_versions(ref.id, current_actor().user_id or 0, round_name)
    lines = version_lines(rules_of(call.id).rounds[round_name], versions)
    return render_template(
        "evaluation/own_versions.html",
        call=call,
        proposal=ref,
        round_name=round_name,
        round_label=ROUND_LABELS[round_name],
        lines=lines,
    )


@blueprint.get("/kandidaturen/<int:proposal_id>/scorebladen/versies")
@for_proposal(AFTER_ROUND)
def sheet_versions(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    """What was handed in, taken back and handed in again, in the rounds that are closed."""
    sent = [one for one in sent_sheets(ref.id) if not round_is_open(one.round, call.phase)]
    shown, _ = visible_sheets(call, ref, current_actor(), sent)
    rules = rules_of(call.id).rounds
    found = by_sheet(sent_versions(ref.id, {(one.juror_id, one.round) for one in shown}))
    sheets = [
        {
            "juror": rows[0].juror,
            "round": ROUND_LABELS[round_name],
            "lines": version_lines(rules[round_name], rows),
        }
        for (_, round_name), rows in found.items()
    ]
    return render_template("evaluation/sheet_versions.html", call=call, proposal=ref, sheets=sheets)
