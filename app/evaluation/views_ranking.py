"""The ranking and the export of the scores."""

from itertools import chain

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.evaluation.export import HEADER, export_rows
from app.evaluation.queries import in_conflict_with
from app.evaluation.ranking_page import ranking_page
from app.evaluation.views import blueprint
from app.infra.exports import csv_stream
from app.proposals.policy import closed_to, left_out
from app.proposals.queries import applicants

EXPORT = "export.scores"


@blueprint.get("/oproepen/<int:addendum_id>/rangschikking")
@for_call("ranking.view", every_applicant=True)
def ranking(call: Call) -> ResponseReturnValue:
    page = ranking_page(
        call.id,
        closed=in_conflict_with(current_actor(), call.id),
        intervals="zekerheid" in request.args,
    )
    return render_template(
        "evaluation/ranking.html",
        call=call,
        page=page,
        export_href=url_for("evaluation.export_scores", addendum_id=call.id)
        if may_here(call, EXPORT)
        else "",
        agenda_href=url_for("evaluation.consensus", addendum_id=call.id)
        if may_here(call, "deliberation.view")
        else "",
        intervals_href=url_for("evaluation.ranking", addendum_id=call.id, zekerheid=1),
        firmness_href=url_for("evaluation.firmness", addendum_id=call.id),
        firmness_part_href=url_for("evaluation.firmness", addendum_id=call.id, kort=1),
    )


@blueprint.get("/oproepen/<int:addendum_id>/scores.csv")
@for_call(EXPORT)
def export_scores(call: Call) -> ResponseReturnValue:
    """Without the applicants the actor has a conflict with, or has not declared about."""
    away = closed_to(current_actor(), call.id, applicants(call.id))
    told = [(left_out(len(away)),)] if away else []
    return csv_stream(f"scores-oproep-{call.id}.csv", HEADER, chain(export_rows(call.id, away), told))
