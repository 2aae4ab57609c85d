"""The rule on the jury, likely conflicts and the chair's page."""

from collections.abc import Callable
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.access import PERMISSIONS, Role
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import local_day
from app.evaluation.conflicts import DECLARE
from app.evaluation.declaring import declared_first
from app.evaluation.juries import policy
from app.evaluation.juries.policy import DISMISS, VIEW
from app.evaluation.juries.presenters import likely_groups, matrix, missing_by_juror, tabs_of, tie_row
from app.evaluation.juries.queries import Pair, asked_at, pairs_of
from app.evaluation.juries.rules import NAMES, set_rule
from app.evaluation.juries.services import ask_juror, dismiss_hint, restore_hint
from app.evaluation.policy import CONFLICT_KINDS, SheetRefused
from app.evaluation.queries import in_conflict_with, jurors_of
from app.evaluation.seats import MANAGE
from app.evaluation.views import blueprint, jury_page, refusal
from app.infra import clock
from app.infra.messages import say
from app.infra.numbers import positive

NOTHING = ("", "", "")


@blueprint.get("/oproepen/<int:addendum_id>/belangen")
@for_call(VIEW)
def conflicts(call: Call) -> ResponseReturnValue:
    """What was declared, what is likely, what is missing, and what was found to be no conflict."""
    shown = request.args.get("toon", "")
    return _page(call, shown if shown in policy.FILTERS else policy.ALL)


@blueprint.post("/oproepen/<int:addendum_id>/belangen/afwijzen", endpoint="dismiss_hint")
@for_call(DISMISS)
def dismiss(call: Call) -> ResponseReturnValue:
    juror, organisation, reason = *_pair_sent(), request.form.get("reason", "")
    try:
        new = dismiss_hint(call.id, juror, organisation, reason, by=current_actor())
    except (Forbidden, NotFound):
        raise
    except DomainError as error:
        key = f"{juror}-{organisation}"
        return _page(call, policy.LIKELY, error, (key, reason, say(error) if error.field else "")), 422
    flash("Het verband is afgewezen, met je reden erbij." if new else "Dit was al afgewezen.", "success")
    return _back(call, policy.LIKELY)


@blueprint.post("/oproepen/<int:addendum_id>/belangen/terugzetten", endpoint="restore_hint")
@for_call(DISMISS)
def restore(call: Call) -> ResponseReturnValue:
    def act() -> str:
        restore_hint(call.id, *_pair_sent(), by=current_actor())
        return "Het verband staat weer bij de mogelijke verbanden."

    return _act(call, policy.DISMISSED, act)


@blueprint.post("/oproepen/<int:addendum_id>/belangen/vragen", endpoint="ask_juror")
@for_call(DISMISS)
def ask(call: Call) -> ResponseReturnValue:
    def act() -> str:
        number = ask_juror(call.id, _pair_sent()[0], by=current_actor())
        about = "één kandidaat" if number == 1 else f"{number} kandidaten"
        return f"Het jurylid krijgt een mail met de vraag over {about}."

    return _act(call, policy.LIKELY, act)


def _act(call: Call, shown: str, act: Callable[[], str]) -> ResponseReturnValue:
    try:
        said = act()
    except (Forbidden, NotFound):
        raise
    except DomainError as error:
        return _page(call, shown, error), 422
    flash(said, "success")
    return _back(call, shown)


def _pair_sent() -> tuple[int, int]:
    return positive(request.form.get("juror")), positive(request.form.get("organisation"))


def _back(call: Call, shown: str) -> ResponseReturnValue:
    return redirect(url_for("evaluation.conflicts", addendum_id=call.id, toon=shown))


def _page(
    call: Call, shown: str, error: DomainError | None = None, refused: tuple[str, str, str] = NOTHING
) -> str:
    actor = current_actor()
    found = pairs_of(call)
    away = in_conflict_with(actor, call.id)
    everyone = {one.applicant.organisation_id for one in found}
    pairs = [one for one in found if one.applicant.organisation_id not in away]
    veiled = set(declared_first(actor, call.id, everyone)) - away
    told = [one for one in pairs if one.applicant.organisation_id not in veiled]
    only = positive(request.args.get("jurylid"))
    return render_template(
        "evaluation/conflicts.html",
        call=call,
        shown=shown,
        jurors=jurors_of(call.id),
        only=only,
        tabs=tabs_of(call.id, shown, told, pairs, only),
        left_out=len(everyone & away),
        veiled=len(veiled),
        may_judge=may_here(call, DISMISS),
        may_ask=call.phase in PERMISSIONS[DECLARE][Role.JUROR],
        may_declare=may_here(call, DECLARE),
        kinds=CONFLICT_KINDS,
        errors=[_refused(error, refused)] if error else [],
        **_part(call, shown, [_of(only, pairs), _of(only, told)], veiled, refused),
    )


def _of(juror_id: int, pairs: list[Pair]) -> list[Pair]:
    return [one for one in pairs if juror_id in (0, one.juror.user_id)]


def _refused(error: DomainError, refused: tuple[str, str, str]) -> dict[str, str]:
    return {"text": say(error), "href": f"#reason-{refused[0]}" if refused[2] else ""}


def _part(
    call: Call, shown: str, kept: list[list[Pair]], veiled: set[int], refused: tuple[str, str, str]
) -> dict[str, Any]:
    """What the chosen filter shows."""
    (pairs, told), viewer = kept, current_actor().user_id
    if shown == policy.LIKELY:
        likely = [one for one in told if one.likely]
        today = local_day(clock.now())
        return {"groups": likely_groups(likely, viewer, refused, asked_at(call.id), today)}
    if shown == policy.DISMISSED:
        return {"rows": [(one, tie_row(one, viewer)) for one in told if one.dismissed]}
    if shown == policy.CONFLICTS:
        return {"rows": [one for one in told if one.conflict]}
    if shown == policy.MISSING:
        return {"rows": missing_by_juror([one for one in pairs if one.missing])}
    return {"rows": matrix(pairs, veiled)}


@blueprint.post("/oproepen/<int:addendum_id>/jury/samenstelling", endpoint="save_jury_rule")
@for_call(MANAGE)
def save_rule(call: Call) -> ResponseReturnValue:
    typed = {name: request.form.get(name, "") for name in NAMES}
    try:
        changed = set_rule(call.id, typed, request.form.get("seen", ""), by=current_actor())
    except Forbidden:
        raise
    except DomainError as error:
        problems = error.problems if isinstance(error, SheetRefused) else (error,)
        return jury_page(call, typed=typed, errors=[refusal(one) for one in problems]), 422
    flash("De regel is bewaard." if changed else "Er was niets gewijzigd.", "success")
    return redirect(url_for("evaluation.jury", addendum_id=call.id, _anchor="samenstelling"))
