"""What the progress page tells of reminders, and of rounds that were closed and opened again."""

from collections.abc import Collection
from typing import Any

from app.addenda.queries import Call
from app.domain.access import Actor
from app.domain.timeline import Phase, end_of_day, local_day
from app.evaluation.deliberating.queries import RoundAct, round_acts
from app.evaluation.deliberating.reminding import (
    ReminderRow,
    moments,
    reminded_on,
    reminders_of,
    still_missing,
)
from app.evaluation.policy import ROUND_LABELS, ROUND_OF_PHASE
from app.infra import clock
from app.infra.formats import counted, moment


def reminding_part(call: Call, away: Collection[int], ticked: Collection[int] | None) -> dict[str, Any]:
    """Who still has sheets to hand in, and when they were reminded; nothing when no round runs. `away`: the
    organisations the reader has a conflict with; `ticked`: what was sent, None for all who can be."""
    round_name = ROUND_OF_PHASE.get(call.phase)
    if round_name is None:
        return {"reminders": [], "by_itself": []}
    now = clock.now()
    sent = reminders_of(call.id, round_name)
    today = reminded_on(sent, local_day(now))
    rows = [
        {
            "id": juror.user_id,
            "name": juror.name,
            "left": counted(len(rows), "scoreblad", "scorebladen"),
            "sent": [_reminder(one) for one in sent if one.juror_id == juror.user_id],
            "today": juror.user_id in today,
            "ticked": juror.user_id not in today and (ticked is None or juror.user_id in ticked),
        }
        for juror, rows in still_missing(call, round_name, away).values()
    ]
    return {"reminders": rows, "by_itself": _by_itself(call)}


def _reminder(one: ReminderRow) -> str:
    return f"{moment(one.at)} ({one.by or 'vanzelf'})"


def _by_itself(call: Call) -> list[str]:
    """When the next reminders go out without anybody asking."""
    if call.phase is not Phase.WRITTEN or call.written_until is None:
        return []
    now = clock.now()
    if now >= end_of_day(call.written_until):
        return []
    return [moment(at) for _, at in sorted(moments(call.written_until).items(), reverse=True) if at > now]


def acts_part(call: Call, actor: Actor, away: Collection[int]) -> list[dict[str, str]]:
    """When rounds were closed and opened again, the newest first. A number of sheets and a reason can be
    about one applicant: who has a conflict with any reads only the own reasons."""
    return [_act(one, bool(away), actor) for one in reversed(round_acts(call.id))]


def _act(one: RoundAct, in_conflict: bool, actor: Actor) -> dict[str, str]:
    note = one.reason
    if in_conflict and one.by_id != actor.user_id:
        note = ""
    elif one.closed and one.missing and not in_conflict:
        note = f"Er ontbraken {counted(one.missing, 'scoreblad', 'scorebladen')}."
    return {
        "what": f"{ROUND_LABELS[one.round].capitalize()} {'gesloten' if one.closed else 'heropend'}",
        "when": moment(one.at),
        "by": one.by,
        "note": note,
    }
