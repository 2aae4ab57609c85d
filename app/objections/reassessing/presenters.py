"""What the pages of a new evaluation show."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from flask import url_for

from app.accounts.actors import current_actor
from app.addenda.guard import may_here, open_to
from app.addenda.queries import Call
from app.decisions.later.queries import pending_on
from app.decisions.queries import standing_decisions
from app.decisions.wording import OUTCOMES
from app.domain.reassessment import ROUNDS, Standing
from app.domain.scoring import shown
from app.evaluation.policy import ROUND_LABELS
from app.evaluation.reading import SheetState
from app.evaluation.sheet_page import Typed, rounds_beside, sheet_fields
from app.evaluation.standings import CallRules, rules_of
from app.infra.formats import moment, number
from app.objections.queries import ObjectionRow, scorers_of
from app.objections.reassessing.comparing import Compared, compared
from app.objections.reassessing.policy import NAME, ROUND_WORDS, SCORE, VIEW
from app.objections.reassessing.queries import Named, ReassessmentRow, criteria_of, named_in, sheets_in

STATES = {
    "released": ("Niet meer gevraagd", "neutral"),
    "conflict": ("Belangenconflict: telt niet mee", "danger"),
    "in": ("Ingediend", "success"),
    "waiting": ("Nog niet ingediend", "warning"),
    "never": ("Niet ingediend", "neutral"),
}


def region_facts(call: Call, row: ObjectionRow, opened: ReassessmentRow | None) -> dict[str, Any]:
    """Progress for the region; sheets and ranking only once nobody can be swayed by them."""
    organisation = row.organisation_id
    facts: dict[str, Any] = {
        "row": row,
        "opened": opened,
        "may_name": may_here(call, NAME, organisation),
        "may_score": False,
        "people": [],
        "shows": False,
        "moves": None,
        "rounds": [],
        "pending": None,
    }
    if opened is None:
        return facts
    named = named_in(opened)
    me, scorers = current_actor().user_id, scorers_of(row.proposal_id, anew_of=row.id)
    asked = [one for one in named if one.asked and not one.in_conflict]
    waiting = [one for one in asked if not one.counts]
    own_waits = any(one.user_id == me for one in waiting) and opened.closed_at is None
    shows = opened.closed_at is not None or (not waiting and bool(asked))
    pending = pending_on(row.proposal_id) if opened.decision_id and opened.told_at is None else None
    return facts | {
        "round_words": ROUND_WORDS[opened.round],
        "opened_at": moment(opened.opened_at),
        "closed_at": moment(opened.closed_at),
        "told_at": moment(opened.told_at),
        "people": [_person(one, scorers, opened) for one in named],
        "in_count": sum(one.counts for one in named),
        "asked_count": len(asked),
        "waiting": [one.name for one in waiting],
        "may_score": own_waits and may_here(call, SCORE, organisation),
        "may_propose": may_here(call, "decision.follow_up.propose", organisation),
        "shows": shows,
        "pending": pending,
        "later_href": _later_href(call) if pending else "",
        "rounds": beside(rules_of(call.id), opened, sheets_in(opened)) if shows else [],
        **(_moves(call, opened) if shows else {}),
    }


def _later_href(call: Call) -> str:
    """Where later decisions are confirmed and told: a page with all applicants together."""
    allowed = may_here(call, "decision.follow_up.view", every_applicant=True)
    return url_for("decisions.later", addendum_id=call.id) if allowed else ""


def _person(one: Named, scorers: frozenset[int], opened: ReassessmentRow) -> dict[str, Any]:
    return {
        "id": one.user_id,
        "name": one.name,
        "scored": one.user_id in scorers,
        "state": STATES[_state(one, opened)],
        "when": moment(one.submitted_at) if one.counts else "",
        "counts": one.counts,
        "asked": one.asked,
    }


def _state(one: Named, opened: ReassessmentRow) -> str:
    if not one.asked:
        return "released"
    if one.in_conflict:
        return "conflict"
    if one.counts:
        return "in"
    return "never" if opened.closed_at else "waiting"


def _moves(call: Call, opened: ReassessmentRow) -> dict[str, Any]:
    """The two rankings beside each other: for who may see all applicants together."""
    actor = current_actor()
    together = may_here(call, VIEW, every_applicant=True) and bool(
        open_to(actor, call, "ranking.view", every_applicant=True)
    )
    found = compared(opened) if together else None
    return {
        "closed_off": not together,
        "moves": _compared(call, found, opened.proposal_id) if found else None,
    }


def _compared(call: Call, found: Compared, proposal_id: int) -> dict[str, Any]:
    stands = {one.proposal_id: OUTCOMES[one.outcome] for one in standing_decisions(call.id)}
    own = found.own
    return {
        "selected": found.selected,
        "others": found.others,
        "own": {
            "before": _place(own.before),
            "after": _place(own.after),
            "total_before": _total(own.before),
            "total_after": _total(own.after),
            "turned": own.turned,
            "chosen": own.chosen_after,
        },
        "turned": [found.names[one.proposal_id] for one in found.shifts if one.turned],
        "rows": [
            {
                "name": found.names.get(one.proposal_id, f"Kandidatuur {one.proposal_id}"),
                "own": one.proposal_id == proposal_id,
                "before": _place(one.before),
                "after": _place(one.after),
                "total_before": _total(one.before),
                "total_after": _total(one.after),
                "move": _move(one.before, one.after),
                "chosen_before": one.chosen_before,
                "chosen_after": one.chosen_after,
                "turned": one.turned,
                "decision": stands.get(one.proposal_id, ("–", "neutral")),
            }
            for one in found.shifts
        ],
    }


def _place(one: Standing) -> str:
    if one.place is None:
        return "–"
    return f"{one.place} (gelijk)" if one.tied else str(one.place)


def _total(one: Standing) -> str:
    if one.total is None:
        return "niet gescoord"
    return f"{number(shown(one.total))} %{'' if one.passes else ', onder een minimum'}"


def _move(before: Standing, after: Standing) -> tuple[str, str]:
    """(symbol, words) of how many places a proposal goes up or down."""
    if before.place is None or after.place is None or before.place == after.place:
        return ("=", "zelfde plaats")
    steps = before.place - after.place
    places = "1 plaats" if abs(steps) == 1 else f"{abs(steps)} plaatsen"
    return ("▲", f"{places} hoger") if steps > 0 else ("▼", f"{places} lager")


def beside(rules: CallRules, opened: ReassessmentRow, sheets: Sequence[SheetState]) -> list[dict[str, Any]]:
    """The sheets as tables per round; remarks, which belong to the whole sheet, under the last."""
    names = ROUNDS[opened.round]
    parts = [
        _part(sheet, name, frozenset(rules.rounds[name].ids), with_remarks=name == names[-1])
        for name in names
        for sheet in sheets
    ]
    return rounds_beside({name: rules.rounds[name] for name in names}, parts, ())


def _part(sheet: SheetState, name: str, ids: frozenset[int], *, with_remarks: bool) -> SheetState:
    return replace(
        sheet,
        round=name,
        levels={one: level for one, level in sheet.levels.items() if one in ids},
        reasons={one: text for one, text in sheet.reasons.items() if one in ids},
        skipped=sheet.skipped & ids,
        remark_applicant=sheet.remark_applicant if with_remarks else "",
        remark_internal=sheet.remark_internal if with_remarks else "",
    )


def fields_of(
    call_rules: CallRules, opened: ReassessmentRow, sheet: SheetState, *, typed: Typed, **shown_too: Any
) -> dict[str, Any]:
    """The fields of the own sheet, the criteria grouped per round."""
    rules = criteria_of(call_rules, opened.round)
    fields = sheet_fields(rules, sheet, typed=typed, **shown_too)
    names = ROUNDS[opened.round]
    groups = [
        {
            "label": ROUND_LABELS[name].capitalize() if len(names) > 1 else "",
            "criteria": [one for one in fields["criteria"] if one["id"] in call_rules.rounds[name].ids],
        }
        for name in names
    ]
    return fields | {"groups": groups, "highest": max((one.highest for one in rules.criteria), default=0)}
