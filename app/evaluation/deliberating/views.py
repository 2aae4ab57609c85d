"""What the jury talks about and agrees upon."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.visibility import AFTER_ROUND
from app.evaluation.deliberating.forms import ConsensusForm, chosen_round, numbers
from app.evaluation.deliberating.presenters import (
    agenda_rows,
    agreed_before,
    deliberation_rows,
    map_columns,
    map_rows,
)
from app.evaluation.deliberating.queries import (
    Cell,
    Point,
    agenda_of,
    agreements,
    cells_of,
    closed_rounds,
    free_jurors,
    history_of,
    names_of,
    present_last,
)
from app.evaluation.deliberating.services import AGREE, consensus_token, record_consensus
from app.evaluation.policy import ROUND_LABELS
from app.evaluation.queries import conflicted_jurors, in_conflict_with
from app.evaluation.reading import sent_sheets
from app.evaluation.standings import CallRules, rules_of
from app.evaluation.views import blueprint
from app.infra.messages import say
from app.infra.numbers import positive
from app.proposals.guard import for_proposal
from app.proposals.policy import ProposalRef, closed_to, left_out
from app.proposals.queries import applicants

PAGE, MAP_PAGE = 50, 60
# The lists of many applicants: a juror with a conflict sees them without that applicant. What is about one
# applicant keeps the row of the score sheets, which a conflict closes.
VIEW = "deliberation.view"


@blueprint.get("/oproepen/<int:addendum_id>/beraad")
@for_call(VIEW)
def consensus(call: Call) -> ResponseReturnValue:
    """What diverges most; without applicants of a conflict, or not declared about."""
    shared, cells, rules = _laid_out(call, "evaluation.consensus")
    points = agenda_of(cells, rules)
    undone = [one for one in points if one.undone]
    asked = {"open": undone, "groot": [one for one in undone if one.wide]}
    shown = request.args.get("toon", "")
    listed, pages = _paged(asked.get(shown, points), PAGE, "evaluation.consensus", call)
    return render_template(
        "evaluation/consensus.html",
        **shared,
        **pages,
        rows=agenda_rows(listed, url_for("evaluation.deliberate", proposal_id=0)),
        points=len(points),
        undone=len(undone),
        shown=shown,
    )


@blueprint.get("/oproepen/<int:addendum_id>/beraad/spreiding")
@for_call(VIEW)
def spread(call: Call) -> ResponseReturnValue:
    """How far the jurors lie apart, criterion by proposal."""
    shared, cells, rules = _laid_out(call, "evaluation.spread")
    rounds = [shared["round_name"]] if shared["round_name"] else closed_rounds(call)
    rows = map_rows(cells, rules, rounds, url_for("evaluation.deliberate", proposal_id=0))
    listed, pages = _paged(rows, MAP_PAGE, "evaluation.spread", call)
    return render_template(
        "evaluation/spread.html", **shared, **pages, columns=map_columns(rules, rounds), rows=listed
    )


def _laid_out(call: Call, page: str) -> tuple[dict[str, Any], list[Cell], CallRules]:
    """What both pages show, the scores laid beside each other, and the rules."""
    away = closed_to(current_actor(), call.id, applicants(call.id))
    rounds = closed_rounds(call)
    chosen = chosen_round(request.args.get("ronde"), rounds)
    shared = {
        "call": call,
        "rounds": [(name, ROUND_LABELS[name].capitalize(), name == chosen) for name in rounds],
        "round_name": chosen,
        "left_out": left_out(len(away)),
        "tabs": [
            {"label": label, "href": _address(endpoint, call), "active": endpoint == page}
            for label, endpoint in (("Agenda", "evaluation.consensus"), ("Spreiding", "evaluation.spread"))
        ],
    }
    cells = cells_of(call.id, [chosen] if chosen else rounds, without=away)
    return shared, list(cells), rules_of(call.id)


def _address(endpoint: str, call: Call, **values: Any) -> str:
    """The address of a page with the filters that were chosen."""
    kept: dict[str, Any] = {name: request.args[name] for name in ("ronde", "toon") if request.args.get(name)}
    return url_for(endpoint, addendum_id=call.id, **kept, **values)


def _paged(rows: list[Any], size: int, endpoint: str, call: Call) -> tuple[list[Any], dict[str, Any]]:
    last = max(1, -(-len(rows) // size))
    page = min(max(1, positive(request.args.get("pagina"))), last)
    return rows[(page - 1) * size : page * size], {
        "page": page,
        "previous": _address(endpoint, call, pagina=page - 1) if page > 1 else None,
        "following": _address(endpoint, call, pagina=page + 1) if page < last else None,
    }


@blueprint.get("/kandidaturen/<int:proposal_id>/beraad")
@for_proposal(AFTER_ROUND)
def deliberate(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    return _deliberation_page(call, ref)


@blueprint.post("/kandidaturen/<int:proposal_id>/beraad", endpoint="record_consensus")
@for_proposal(AGREE)
def agree(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    form = ConsensusForm()
    criterion = positive(form.criterion.data)
    try:
        written = record_consensus(
            ref.id,
            criterion,
            form.level.data or "",
            form.reason.data or "",
            present=numbers(request.form.getlist("present")),
            seen=form.seen.data or "",
            by=current_actor(),
        )
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        status = 409 if isinstance(error, Stale) else 422
        return _deliberation_page(call, ref, form, error), status
    flash("Bewaard." if written else "Dat stond er al.", "success" if written else "info")
    anchor = f"criterium-{criterion}"
    return redirect(url_for("evaluation.deliberate", proposal_id=ref.id, criterium=criterion, _anchor=anchor))


def _deliberation_page(
    call: Call, ref: ProposalRef, form: ConsensusForm | None = None, error: DomainError | None = None
) -> str:
    away = conflicted_jurors(call.id, ref.organisation_id)
    sheets = [one for one in sent_sheets(ref.id) if one.juror_id not in away]
    rules, agreed = rules_of(call.id), agreements(ref.id)
    typed = positive(form.criterion.data) if form else 0
    return render_template(
        "evaluation/deliberate.html",
        call=call,
        proposal=ref,
        rows=[
            row | {"seen": consensus_token(row["agreed"])}
            for row in deliberation_rows(rules, closed_rounds(call), sheets, agreed)
        ],
        **_around(call, ref, rules, list(agreed.values())),
        typed=typed,
        opened=typed or positive(request.args.get("criterium")),
        typed_level=(form.level.data or "") if form else "",
        typed_reason=(form.reason.data or "") if form else "",
        typed_present=set(numbers(request.form.getlist("present"))) if form else set(),
        errors=[_problem(error, typed)] if error else [],
        stale=isinstance(error, Stale),
    )


def _around(call: Call, ref: ProposalRef, rules: CallRules, agreed: list[Any]) -> dict[str, Any]:
    """Who can be there, what was agreed before, and what comes next."""
    closed = closed_to(current_actor(), call.id, applicants(call.id))
    history = history_of(call.id, ref.id)
    named = {person for one in agreed for person in (*one.present, one.recorded_by_id)}
    following = _next(agenda_of(cells_of(call.id, closed_rounds(call), without=closed), rules), ref)
    return {
        "editable": may_here(call, AGREE, ref.organisation_id),
        "free": free_jurors(call.id, ref.organisation_id),
        "last_present": set(present_last(call.id, without=in_conflict_with(current_actor(), call.id))),
        "names": names_of(named),
        "before": {
            criterion: agreed_before(lines, stands=any(one.criterion_id == criterion for one in agreed))
            for criterion, lines in history.items()
        },
        "following": following and following.cell.organisation_name,
        "following_href": following
        and url_for(
            "evaluation.deliberate",
            proposal_id=following.cell.proposal_id,
            criterium=following.criterion.id,
            _anchor=f"criterium-{following.criterion.id}",
        ),
    }


def _next(points: list[Point], ref: ProposalRef) -> Point | None:
    """What diverges most among the other applicants and has no consensus yet."""
    return next((one for one in points if one.undone and one.cell.proposal_id != ref.id), None)


def _problem(error: DomainError, criterion: int) -> dict[str, str]:
    """A refusal for the summary and for the field it belongs to."""
    field = error.field if error.field in ("level", "present") else "reason"
    return {"text": say(error), "href": f"#{field}-{criterion}", "field": field}
