"""The end of the finished call: decisions, an objection with its ruling, and the partnership."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from app.decisions.answering.services import answer
from app.decisions.communicating import communicate
from app.decisions.queries import decisions_of
from app.decisions.services import ProposedDecision, confirm, propose
from app.demo.calls import at_work, on_day
from app.demo.cast import call_data, data
from app.demo.ledger import Act, Cast
from app.domain.motivation import APPEAL_PARAGRAPH, LEGAL_BASIS
from app.objections.judging import ProposedRuling, judge
from app.objections.queries import filed_objections
from app.objections.services import ObjectionText, submit
from app.partnerships.services import Formation, form_partnership

PROPOSED_BEFORE, CONFIRMED_BEFORE = 8, 3  # days before the decisions were communicated
ANSWERED_AFTER = 2  # days after that, the first of the selected; then one a day
DAYS_PER_MONTH = 30


def deciding_acts(key: str, cast: Cast, today: date) -> Iterator[Act]:
    """From the first proposed decision to the partnership; nothing for a call without decisions."""
    told = call_data(key)["offsets"]["communicated"]
    if told is None:
        return
    decisions = [one for one in data("decisions")["decisions"] if one["call"] == key]
    for number, row in enumerate(decisions):
        at = at_work(today, told - PROPOSED_BEFORE, time(9 + number // 2, 10 + number % 2 * 25))
        yield Act(at, partial(_propose, cast, row))
    yield Act(at_work(today, told - CONFIRMED_BEFORE, time(14, 5)), partial(_confirm, key, cast))
    yield Act(at_work(today, told, time(10, 0)), partial(_communicate, key, cast))
    selected = [row["organisation"] for row in decisions if row["outcome"] == "selected"]
    for number, organisation in enumerate(selected):
        at = at_work(today, told + ANSWERED_AFTER + number, time(9 + number, 35))
        yield Act(at, partial(_accept, key, cast, organisation))
    yield from _objection_acts(key, cast, today)
    formed = data("decisions")["partnership"]["formed_day"]
    yield Act(at_work(today, formed, time(11, 20)), partial(_form, key, cast, today))


def _propose(cast: Cast, row: dict[str, Any]) -> None:
    wanted = ProposedDecision(row["outcome"], row["motivation"], LEGAL_BASIS, APPEAL_PARAGRAPH)
    propose(cast.proposals[row["call"], row["organisation"]], wanted, by=cast.acting("voorzitter"))


def _confirm(key: str, cast: Cast) -> None:
    call_id = cast.calls[key].id
    seen = {row.id: row.version for row in decisions_of(call_id)}
    confirm(call_id, seen, by=cast.acting("regisseur"))


def _communicate(key: str, cast: Cast) -> None:
    communicate(cast.calls[key].id, by=cast.acting("regisseur"))


def _accept(key: str, cast: Cast, organisation: str) -> None:
    answer(cast.proposals[key, organisation], "accepted", "", by=cast.owner_of(organisation))


def _objection_acts(key: str, cast: Cast, today: date) -> Iterator[Act]:
    row = data("decisions")["objection"]
    yield Act(on_day(today, row["filed_day"], time(20, 47)), partial(_object, key, cast, row))
    ruled = at_work(today, row["ruling"]["ruled_day"], time(15, 30))
    yield Act(ruled, partial(_judge, key, cast, row["ruling"]))


def _object(key: str, cast: Cast, row: dict[str, Any]) -> None:
    text = ObjectionText(row["contests"], row["grounds"], row["asks"])
    name = row["organisation"]
    submit(cast.proposals[key, name], text, by=cast.owner_of(name))


def _judge(key: str, cast: Cast, row: dict[str, Any]) -> None:
    judges = tuple(cast.people[one].id for one in row["judged_by"])
    (objection,) = filed_objections(cast.calls[key].id)
    ruling = ProposedRuling(row["outcome"], row["reasons"], judges)
    judge(objection.id, ruling, by=cast.acting("regisseur2"))


def _form(key: str, cast: Cast, today: date) -> None:
    row = data("decisions")["partnership"]
    wanted = Formation(
        name=row["name"],
        members=[cast.organisations[one].id for one in row["members"]],
        coordinator=cast.organisations[row["coordinator_organisation"]].id,
        lead_authority=cast.organisations[row["lead_authority_organisation"]].id,
        starts_on=today + timedelta(days=row["agreement_start"]),
        ends_on=today + timedelta(days=row["agreement_end"]),
        notice_days=row["notice_months"] * DAYS_PER_MONTH,
    )
    form_partnership(cast.calls[key].id, wanted, by=cast.acting("regisseur"))
