"""Files beside proposals, and the formal check after an opening: all in order, one after completing."""

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from app.addenda.models import Addendum
from app.admissibility.answering import Answer, answer, seal_of
from app.admissibility.checking import Ticked, all_in_order, request_completion, save_checks
from app.admissibility.dossiers import dossier
from app.admissibility.rows import Cell
from app.demo.calls import on_day
from app.demo.cast import call_data, data
from app.demo.ledger import Act, Cast
from app.domain.access import Actor
from app.domain.admissibility import Kind
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.documents import render_pdf
from app.proposals.files.attaching import attach

ASKED = (
    "Bij jullie kandidatuur vonden we niet in welke gemeenten van de oproep jullie werken. Zet het hier in "
    "één zin; aan de inhoud van jullie kandidatuur verandert niets."
)
ANSWERED = "We werken vandaag in Willebroek en Puurs-Sint-Amands, en vanaf januari ook in Bornem en Liezele."
STEPS = (
    ("Maand 1", "Kennismaking met de partners en afspraken over het delen van informatie"),
    ("Maand 2 en 3", "Eerste huisbezoeken, samen met de toeleider"),
    ("Maand 4 tot 9", "Begeleiding op maat; elke zes weken overleg"),
    ("Maand 10 tot 12", "Terugblik met de mensen zelf, en bijsturen"),
)


def attach_plan(proposal_id: int, row: dict[str, Any], call: Addendum, by: Actor, name: str) -> None:
    """A plan of work, as one page of PDF."""
    facts = {
        "title": f"Werkplan – {call.title}",
        "organisation": name,
        "summary": row["summary"],
        "steps": [{"when": when, "what": what} for when, what in STEPS],
    }
    attach(proposal_id, "Werkplan en planning.pdf", render_pdf("demo/werkplan.typ", facts), by=by)


def checking_acts(call_key: str, cast: Cast, today: date) -> Iterator[Act]:
    """On the day after the opening; the first in the order of receipt completes two days later."""
    opened = call_data(call_key)["offsets"]["opened"]
    keys = [
        one["organisation"]
        for one in data("proposals")
        if one["call"] == call_key and one["status"] == "submitted"
    ]
    asked, *others = sorted(keys)
    yield Act(on_day(today, opened + 1, time(10)), partial(_ask, call_key, asked, cast))
    for number, key in enumerate(others):
        moment = on_day(today, opened + 1, time(10, 5)) + timedelta(minutes=number * 4)
        yield Act(moment, partial(_all_in_order, call_key, key, cast))
    yield Act(on_day(today, opened + 3, time(11, 20)), partial(_complete, call_key, asked, cast))
    yield Act(on_day(today, opened + 4, time(9, 40)), partial(_accept, call_key, asked, cast))


def _region_cell(call_key: str, key: str, cast: Cast) -> tuple[int, int, Cell]:
    """(proposal, version of its check, the line about the region)."""
    proposal_id = cast.proposals[call_key, key]
    found = dossier(cast.calls[call_key].id, proposal_id, clock.read())
    line = next(one for one in found.cells if one.requirement.kind is Kind.REGION)
    return proposal_id, found.version, line


def _ask(call_key: str, key: str, cast: Cast) -> None:
    by = cast.acting("regisseur")
    proposal_id, seen, line = _region_cell(call_key, key, cast)
    number = line.item.number
    save_checks(proposal_id, {number: Ticked("missing", "Geen gemeente genoemd")}, seen=seen, by=by)
    _, seen, _ = _region_cell(call_key, key, cast)
    last_day = local_day(clock.read()) + timedelta(days=7)
    request_completion(proposal_id, [number], ASKED, last_day, seen=seen, by=by)


def _complete(call_key: str, key: str, cast: Cast) -> None:
    proposal_id, _, line = _region_cell(call_key, key, cast)
    answer(proposal_id, {line.item.number: Answer(ANSWERED)}, seen=seal_of([line]), by=cast.owner_of(key))


def _accept(call_key: str, key: str, cast: Cast) -> None:
    by = cast.acting("regisseur")
    proposal_id, seen, line = _region_cell(call_key, key, cast)
    save_checks(proposal_id, {line.item.number: Ticked("met", "Aangevuld")}, seen=seen, by=by)
    _all_in_order(call_key, key, cast)


def _all_in_order(call_key: str, key: str, cast: Cast) -> None:
    proposal_id, seen, _ = _region_cell(call_key, key, cast)
    all_in_order(proposal_id, seen=seen, by=cast.acting("regisseur"))
