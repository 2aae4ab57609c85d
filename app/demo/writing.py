"""The proposals of the demo, written and handed in on the days that the data says."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time
from functools import partial
from typing import Any

from app.addenda.models import Addendum
from app.demo.calls import on_day
from app.demo.cast import call_data, data
from app.demo.checking import attach_plan
from app.demo.ledger import Act, Cast
from app.domain.access import Actor
from app.proposals.handing_in.submitting import submit_proposal, withdraw_proposal
from app.proposals.writing.drafts import working_content
from app.proposals.writing.merging import token
from app.proposals.writing.services import (
    answer_values,
    general_values,
    save_answers,
    save_general,
    start_proposal,
)

DRAFT_DAYS = 6


def proposal_acts(call_key: str, cast: Cast, today: date) -> Iterator[Act]:
    """All proposals for one call, in the order in which they were handed in."""
    offsets = call_data(call_key)["offsets"]
    rows = [one for one in data("proposals") if one["call"] == call_key]
    rows.sort(key=lambda one: -(one["submitted_days_before_deadline"] or 0))
    for number, row in enumerate(rows):
        before = row["submitted_days_before_deadline"]
        day = -DRAFT_DAYS if before is None else offsets["deadline"] - before
        at = on_day(today, min(day, -1), time(8 + number % 12, 7 * number % 60, 11 * number % 60))
        yield Act(at, partial(_write, row, cast))


def _write(row: dict[str, Any], cast: Cast) -> None:
    call = cast.calls[row["call"]]
    organisation = cast.organisations[row["organisation"]]
    by = cast.owner_of(row["organisation"])
    proposal_id = start_proposal(call.id, organisation.id, by=by)
    cast.proposals[row["call"], row["organisation"]] = proposal_id
    content = working_content(proposal_id)
    save_general(proposal_id, _general(row, call), seen=token(general_values(content)), by=by)
    _answer(proposal_id, row, call, by)
    if int(organisation.enterprise_number) % 3:
        attach_plan(proposal_id, row, call, by, organisation.name)
    if row["status"] in {"submitted", "withdrawn"}:
        submit_proposal(proposal_id, key=f"demo-{row['call']}-{row['organisation']}", by=by)
    if row["status"] == "withdrawn":
        withdraw_proposal(proposal_id, reason="We dienen samen met onze koepel een nieuwe versie in.", by=by)


def _general(row: dict[str, Any], call: Addendum) -> dict[str, str]:
    types = sorted(call.service_types[index].id for index in row["service_types"])
    finished = row["status"] != "draft"
    return {
        "summary": row["summary"],
        **row["expectations"],
        "service_types": ",".join(str(one) for one in types),
        "capacity_fte": row["capacity_fte"],
        "cost_estimate": str(row["cost_estimate"]),
        "coordinator": "1" if row["coordinator"] else "",
        "references": "\n\n".join(f"{one['name']}: {one['what']}" for one in row["references"]),
        "truthful": "1" if finished else "",
        "no_client_data": "1" if finished else "",
    }


def _answer(proposal_id: int, row: dict[str, Any], call: Addendum, by: Actor) -> None:
    by_challenge: dict[int, dict[str, str]] = defaultdict(dict)
    for answer in row["answers"]:
        obstacle = call.challenges[answer["challenge"]].obstacles[answer["obstacle"]]
        for part in ("approach", "expertise", "reach"):
            by_challenge[answer["challenge"]][f"{part}-{obstacle.id}"] = answer[part]
    content = working_content(proposal_id)
    for index, typed in sorted(by_challenge.items()):
        number = call.challenges[index].number
        save_answers(proposal_id, number, typed, seen=token(answer_values(content, number)), by=by)
