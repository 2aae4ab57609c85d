"""How firm the ranking is: everything about it, and the part that the ranking fetches."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.evaluation.firmness.jury_figures import round_figures
from app.evaluation.firmness.presenters import firm_page
from app.evaluation.firmness.services import agreement_of, firm_of
from app.evaluation.queries import in_conflict_with
from app.evaluation.views import blueprint
from app.infra.numbers import positive


@blueprint.get("/oproepen/<int:addendum_id>/rangschikking/stevigheid")
@for_call("ranking.view", every_applicant=True)
def firmness(call: Call) -> ResponseReturnValue:
    """Once the result is public, who has a conflict may see the ranking; not what lies behind the place of
    that applicant."""
    closed = in_conflict_with(current_actor(), call.id)
    few = "kort" in request.args
    page = firm_page(firm_of(call.id), closed=closed, first=positive(request.args.get("eerste")), few=few)
    return render_template(
        "evaluation/firmness_part.html" if few else "evaluation/firmness.html",
        call=call,
        page=page,
        rounds=[] if few else round_figures(agreement_of(call.id, closed)),
        hidden=len(closed),
        firmness_href=url_for("evaluation.firmness", addendum_id=call.id),
        ranking_href=url_for("evaluation.ranking", addendum_id=call.id),
    )
