"""The division, the readers of one proposal, and what a juror knows."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.assigning import Blocked, Division, most_per_proposal
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.life_domains import DOMAINS
from app.domain.timeline import Phase
from app.domain.visibility import PROGRESS
from app.evaluation.assigning.forms import NAMES, ticked, wish_of
from app.evaluation.assigning.gathering import Facts, division_of, facts_of, mark_of_division, question_of
from app.evaluation.assigning.policy import Wish, problems_of_wish
from app.evaluation.assigning.presenters import (
    SYMBOLS,
    blocked_lines,
    board,
    fields_of,
    reader_rows,
    told_text,
)
from app.evaluation.assigning.queries import expertise_of
from app.evaluation.assigning.services import (
    MANAGE,
    lift_plan,
    save_division,
    save_expertise,
    set_readers,
)
from app.evaluation.juries.rules import rule_of
from app.evaluation.policy import SheetRefused
from app.evaluation.queries import jurors_of
from app.evaluation.views import blueprint, refusal
from app.infra.messages import say
from app.proposals.guard import for_proposal
from app.proposals.policy import ProposalRef, closed_to, left_out


@blueprint.get("/oproepen/<int:addendum_id>/toewijzing")
@for_call(PROGRESS)
def assignment(call: Call) -> ResponseReturnValue:
    """Who reads what; with numbers in the address, what a new division would be."""
    facts = facts_of(call)
    if "lezers" not in request.args or not _editable(call):
        return _page(call, facts)
    wish = wish_of(request.args)
    division, error = _worked_out(facts, wish)
    page = _page(call, facts, wish, division, error)
    return page if error is None else (page, 422)


@blueprint.post("/oproepen/<int:addendum_id>/toewijzing")
@for_call(MANAGE)
def save_assignment(call: Call) -> ResponseReturnValue:
    wish = wish_of(request.form)
    _worked_out(facts_of(call), wish)  # before the write begins: nobody waits for the calculation
    try:
        told = save_division(call.id, wish, request.form.get("shown", ""), by=current_actor())
    except Forbidden:
        raise
    except DomainError as error:
        if error.code == "assignment_not_now":
            return _not_now(call, error)
        facts = facts_of(call)
        division, problem = _worked_out(facts, wish)
        changed = error.code == "assignment_changed"
        return _page(call, facts, wish, division, problem or error), 409 if changed else 422
    same = "Deze verdeling was al bewaard."
    flash(same if told is None else f"De verdeling is bewaard. {told_text(told)}", "success")
    return redirect(url_for("evaluation.assignment", addendum_id=call.id))


@blueprint.post("/oproepen/<int:addendum_id>/toewijzing/iedereen")
@for_call(MANAGE)
def lift_assignment(call: Call) -> ResponseReturnValue:
    try:
        told = lift_plan(call.id, by=current_actor())
    except Forbidden:
        raise
    except DomainError as error:
        return _not_now(call, error)
    text = "Iedereen las al alles." if told is None else f"Iedereen leest nu alles. {told_text(told)}"
    flash(text, "success")
    return redirect(url_for("evaluation.assignment", addendum_id=call.id))


def _editable(call: Call) -> bool:
    return call.phase is Phase.WRITTEN and may_here(call, MANAGE)


def _not_now(call: Call, error: DomainError) -> ResponseReturnValue:
    flash(say(error), "error")
    open_now = may_here(call, PROGRESS)
    return redirect(url_for("evaluation.assignment" if open_now else "evaluation.jury", addendum_id=call.id))


def _worked_out(facts: Facts, wish: Wish) -> tuple[Division | None, DomainError | None]:
    problems = problems_of_wish(wish, len(facts.jurors))
    if problems:
        return None, SheetRefused(problems)
    try:
        return division_of(question_of(facts, wish)), None
    except Blocked as error:
        return None, error


def _page(
    call: Call,
    facts: Facts,
    wish: Wish | None = None,
    division: Division | None = None,
    error: DomainError | None = None,
) -> str:
    away, plan = _away(call, facts), facts.plan
    least = dict(plan.least) if plan else _asked_of_jury(call)
    kept = Wish(plan.per_proposal, plan.least) if plan else None
    shown = division is not None and wish is not None
    problems = error.problems if isinstance(error, SheetRefused) else ()
    typed = {name: text for name, text in request.values.items() if name in NAMES} if wish else {}
    at_fields = {one.field: say(one) for one in problems if one.field}
    goal = wish if shown else kept
    return render_template(
        "evaluation/assignment.html",
        call=call,
        plan=plan,
        facts=facts,
        board=board(facts, away, goal.seats if goal else {}, goal.per_proposal if goal else None, division),
        symbols=SYMBOLS,
        proposed=shown,
        mark=mark_of_division(wish, division) if wish and division else "",
        typed=typed,
        fields=fields_of(kept, typed, at_fields, least),
        fresh="opnieuw" in typed,
        by_hand=sum(how.by_hand for how in facts.placed.values()),
        errors=[refusal(one) for one in problems],
        blocked=blocked_lines(facts, away, error.blocks) if isinstance(error, Blocked) else [],
        most=_most(facts, wish, away) if isinstance(error, Blocked) and wish else 0,
        changed=error is not None and error.code == "assignment_changed",
        editable=_editable(call),
        may_expertise=may_here(call, MANAGE),
        left_out=left_out(len(away)),
    )


def _most(facts: Facts, wish: Wish, away: frozenset[int]) -> int:
    """With how many readers it can be done; not told to who may not see every applicant."""
    return 0 if away else most_per_proposal(question_of(facts, wish))


def _away(call: Call, facts: Facts) -> frozenset[int]:
    """The applicants about whom the reader is told nothing here."""
    return closed_to(current_actor(), call.id, {row.organisation_id for row in facts.proposals})


def _asked_of_jury(call: Call) -> dict[str, int]:
    """At first, one of every kind of seat that the rule for this jury asks for."""
    return {seat: 1 for seat, number in rule_of(call.id).least.items() if number}


@blueprint.get("/kandidaturen/<int:proposal_id>/lezers")
@for_proposal(PROGRESS)
def readers(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    return _readers_page(call, ref)


@blueprint.post("/kandidaturen/<int:proposal_id>/lezers")
@for_proposal(MANAGE)
def save_readers(call: Call, ref: ProposalRef) -> ResponseReturnValue:
    chosen = ticked(request.form, "juror")
    try:
        changed = set_readers(ref.id, chosen, ticked(request.form, "seen"), by=current_actor())
    except (Forbidden, NotFound):
        raise
    except Stale as error:
        return _readers_page(call, ref, error, chosen), 409
    except DomainError as error:
        if error.code == "assignment_not_now":
            return _not_now(call, error)
        return _readers_page(call, ref, error, chosen), 422
    flash("Bewaard." if changed else "Er was niets gewijzigd.", "success")
    return redirect(url_for("evaluation.assignment", addendum_id=call.id, _anchor=f"kandidatuur-{ref.id}"))


def _readers_page(
    call: Call, ref: ProposalRef, error: DomainError | None = None, chosen: list[int] | None = None
) -> str:
    facts = facts_of(call)
    return render_template(
        "evaluation/readers.html",
        call=call,
        proposal=ref,
        plan=facts.plan,
        rows=reader_rows(facts, ref.id, _away(call, facts), chosen),
        wants=sorted(facts.wants.get(ref.id, frozenset())),
        seen=sorted(juror for juror, one in facts.readers if one == ref.id),
        theirs=error.theirs["readers"] if isinstance(error, Stale) else None,
        errors=[refusal(error)] if error and not isinstance(error, Stale) else [],
        editable=_editable(call) and facts.plan is not None and not ref.refused,
    )


@blueprint.get("/oproepen/<int:addendum_id>/jury/<int:seat_id>/expertise")
@for_call(MANAGE)
def expertise(call: Call, seat_id: int) -> ResponseReturnValue:
    return _expertise_page(call, seat_id)


@blueprint.post("/oproepen/<int:addendum_id>/jury/<int:seat_id>/expertise", endpoint="save_expertise")
@for_call(MANAGE)
def keep_expertise(call: Call, seat_id: int) -> ResponseReturnValue:
    domains = request.form.getlist("domain")
    try:
        changed = save_expertise(call.id, seat_id, domains, by=current_actor())
    except (Forbidden, NotFound):
        raise
    except DomainError as error:
        return _expertise_page(call, seat_id, error), 422
    flash("Bewaard." if changed else "Er was niets gewijzigd.", "success")
    onward = "evaluation.assignment" if may_here(call, PROGRESS) else "evaluation.jury"
    return redirect(url_for(onward, addendum_id=call.id))


def _expertise_page(call: Call, seat_id: int, error: DomainError | None = None) -> str:
    juror = next((one for one in jurors_of(call.id) if one.seat_id == seat_id), None)
    if juror is None:
        raise NotFound("seat")
    known = expertise_of(call.id).get(juror.user_id, frozenset())
    chosen = set(request.form.getlist("domain")) if error else known
    return render_template(
        "evaluation/expertise.html",
        call=call,
        juror=juror,
        domains=[(one.name, one.explanation, one.name in chosen) for one in DOMAINS],
        errors=[refusal(error)] if error else [],
        back="evaluation.assignment" if may_here(call, PROGRESS) else "evaluation.jury",
    )
