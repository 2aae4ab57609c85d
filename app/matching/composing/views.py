"""Team samenstellen: the page, the choice and the record of choices."""

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError, NotFound
from app.infra.messages import say
from app.matching.composing import presenters as show
from app.matching.composing.forms import Asked, ChoiceForm, asked
from app.matching.composing.queries import TeamFacts, choices_of, facts_of
from app.matching.composing.services import CHOOSE, Composed, as_json, choose_team, composed, curves
from app.matching.views import blueprint

VIEW = "team.view"


@blueprint.get("/oproepen/<int:addendum_id>/team")
@for_call(VIEW, every_applicant=True)
def team(call: Call) -> ResponseReturnValue:
    facts = facts_of(call)
    return _page(call, facts, _asked(facts, request.args))


@blueprint.post("/oproepen/<int:addendum_id>/team")
@for_call(CHOOSE, every_applicant=True)
def choose_team_here(call: Call) -> ResponseReturnValue:
    facts, form = facts_of(call), ChoiceForm()
    question = _asked(facts, request.form)
    if not facts.candidates or question.errors:
        return _page(call, facts, question, form), 422
    if not form.validate_on_submit():
        abort(400)
    try:
        choose_team(
            call.id,
            facts.problem(question.limits),
            question.chosen or (),
            form.reason.data or "",
            by=current_actor(),
        )
    except DomainError as error:
        form.refuse(error)
        return _page(call, facts, question, form), 422
    flash("De keuze staat genoteerd, naast het voorstel van de samensteller.", "success")
    return redirect(url_for("matching.team_choices", addendum_id=call.id))


@blueprint.get("/oproepen/<int:addendum_id>/team/keuzes")
@for_call(VIEW, every_applicant=True)
def team_choices(call: Call) -> ResponseReturnValue:
    """What was chosen, beside what was proposed then; made to be printed."""
    rows = choices_of(call.id)
    return render_template(
        "matching/team_choices.html",
        call=call,
        rows=show.records(rows, facts_of(call)) if rows else [],
        team_href=url_for("matching.team", addendum_id=call.id),
    )


@blueprint.get("/oproepen/<int:addendum_id>/team/invoer.json")
@for_call(VIEW, every_applicant=True)
def team_input(call: Call) -> ResponseReturnValue:
    """The input for `flask team compose`: of a choice, or of the page as it stands."""
    wanted = request.args.get("keuze", "")
    if wanted:
        chosen = [row.choice for row in choices_of(call.id) if str(row.choice.id) == wanted]
        if not chosen:
            raise NotFound("team_choice")
        text = as_json(chosen[0].measured["problem"])
    else:
        facts = facts_of(call)
        text = as_json(facts.problem(_asked(facts, request.args).limits))
    found = Response(text, mimetype="application/json")
    found.headers["Content-Disposition"] = f'attachment; filename="team-oproep-{call.id}.json"'
    return found


def _asked(facts: TeamFacts, sent: Any) -> Asked:
    return asked(
        sent, [one.id for one in facts.candidates], [one.id for one in facts.obstacles], facts.municipalities
    )


def _page(call: Call, facts: TeamFacts, question: Asked, form: ChoiceForm | None = None) -> str:
    common: dict[str, Any] = {
        "call": call,
        "facts": facts,
        "question": question,
        "form": form or ChoiceForm(formdata=None),
        "may_choose": may_here(call, CHOOSE),
        "choices": len(choices_of(call.id)),
    }
    if not facts.candidates or not facts.obstacles:
        return render_template("matching/team.html", **common, empty=True)
    words = show.Wording(facts)
    try:
        answer = composed(facts.problem(question.limits if not question.errors else {}))
    except DomainError as error:
        return render_template("matching/team.html", **common, refused=say(error))
    return render_template("matching/team.html", **common, **_answered(call, facts, question, answer, words))


def _answered(
    call: Call, facts: TeamFacts, question: Asked, answer: Composed, words: show.Wording
) -> dict[str, Any]:
    best = answer.found.team.proposals if answer.found else ()
    chosen = best if question.chosen is None else question.chosen
    shown = answer.desk.evaluate(chosen)
    found: dict[str, Any] = {
        "best": answer.found is not None,
        "contradicts": [words.limit(one) for one in answer.contradicts],
        "verdict": show.verdict(answer) if answer.found else "",
        "own": question.chosen is not None and set(chosen) != set(best),
        "best_href": show.address(call, question),
        "tiles": show.tiles(shown, facts),
        "personas": show.personas(facts, shown.team.proposals),
        "members": show.members(answer.desk, shown, facts, words),
        "outsiders": show.outsiders(answer.desk, shown, facts, words),
        "alternatives": show.alternatives(answer, words, call, question),
        "uncovered": [words.labels[one] for one in shown.uncovered],
        "broken": [words.limit(one) for one in shown.broken],
        "chosen": set(shown.team.proposals),
        "curves": [],
    }
    if request.args.get("afweging") == "1" and answer.found:
        drawn = curves(facts.problem(question.limits if not question.errors else {}))
        found["curves"] = [
            show.curve(teams, by, answer.desk, call, question) for by, teams in drawn.items() if teams
        ]
    return found
