"""The jury of the demo: declarations, score sheets, the shortlist and the pitch days."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial
from typing import Any

from app.demo.calls import at_work, on_day, pitch_windows
from app.demo.cast import call_data, data
from app.demo.ledger import Act, Cast
from app.domain.pitch import PitchSlot, propose_slots
from app.domain.timeline import BRUSSELS, PitchWindow
from app.evaluation.conflicts import Declared, declare_conflicts
from app.evaluation.entries import SheetEntry
from app.evaluation.pitchday.queries import windows_of
from app.evaluation.pitchday.services import Wanted, save_shortlist, save_slots
from app.evaluation.policy import PITCH, WRITTEN
from app.evaluation.rounds import close_round
from app.evaluation.sheets import save_sheet

PITCH_MINUTES, BREAK_MINUTES = 35, 15


def judging_acts(key: str, cast: Cast, today: date) -> Iterator[Act]:
    """What the jury of one opened call did, as far as the call came."""
    offsets = call_data(key)["offsets"]
    yield from _declaration_acts(key, cast, today)
    yield from _written_acts(key, cast, today)
    if offsets["written_closed"] is not None:
        yield Act(at_work(today, offsets["written_closed"]), partial(_close, key, cast, WRITTEN))
        yield from _pitch_acts(key, cast, today)
    if offsets["pitch_closed"] is not None:
        at = at_work(today, offsets["pitch_closed"], time(16, 30))
        yield Act(at, partial(_close, key, cast, PITCH))


def jurors() -> list[str]:
    """The keys of the jury, the chair first."""
    people = [one for one in data("people") if one["role"] in {"chair", "juror"}]
    return [one["key"] for one in sorted(people, key=lambda one: one["role"] != "chair")]


def _declaration_acts(key: str, cast: Cast, today: date) -> Iterator[Act]:
    """Every juror about every applicant, on the day after the opening."""
    day = call_data(key)["offsets"]["opened"] + 1
    for number, juror in enumerate(jurors()):
        at = on_day(today, day, time(9 + number, 5 * number + 3))
        yield Act(at, partial(_declare, key, cast, juror))


def _declare(key: str, cast: Cast, juror: str) -> None:
    conflicts = {
        one["organisation"]: one
        for one in data("scores")["conflicts"]
        if (one["call"], one["juror"]) == (key, juror)
    }
    applicants = [
        one["organisation"] for one in data("proposals") if (one["call"], one["status"]) == (key, "submitted")
    ]
    declared = []
    for applicant in applicants:
        found = conflicts.get(applicant)
        about = cast.organisations[applicant].id
        declared.append(
            Declared(about, "conflict", found["kind"], found["explanation"])
            if found
            else Declared(about, "free")
        )
    declare_conflicts(cast.calls[key].id, declared, by=cast.acting(juror))


def _sheets(key: str, round_name: str) -> list[dict[str, Any]]:
    rows = data("scores")["sheets"]
    return [one for one in rows if (one["call"], one["round"]) == (key, round_name)]


def _written_acts(key: str, cast: Cast, today: date) -> Iterator[Act]:
    """Each juror's sheets spread over the written round, as far as it has passed; drafts come last.

    The last day is left free: the round may be closed on its morning, when the day after is a Saturday.
    """
    offsets = call_data(key)["offsets"]
    first, last = offsets["written_from"], min(offsets["written_until"], -1)
    by_juror = defaultdict(list)
    for row in sorted(_sheets(key, WRITTEN), key=lambda one: not one["submitted"]):
        by_juror[row["juror"]].append(row)
    for number, juror in enumerate(jurors()):
        rows = by_juror[juror]
        for index, row in enumerate(rows):
            day = first + index * (last - first) // len(rows)
            at = on_day(today, day, time(8 + (number + 3 * index) % 12, (13 * index + 7 * number) % 60))
            yield Act(at, partial(_score, cast, row))


def _score(cast: Cast, row: dict[str, Any]) -> None:
    scores = data("scores")
    criteria = [one for one in cast.calls[row["call"]].criteria if one.round == row["round"]]
    pools = [scores["reason_pool"][name] for name in scores["criteria"][row["round"]]]
    levels = [str(score) for score in row["scores"]]
    reasons = [
        pool[level][variant] for pool, level, variant in zip(pools, levels, row["reasons"], strict=True)
    ]
    ids = [one.id for one in sorted(criteria, key=lambda one: one.position)]
    to_applicant = row["remark"] in scores["remarks_for_applicants"]
    entry = SheetEntry(
        0,
        dict(zip(ids, levels, strict=True)),
        dict(zip(ids, reasons, strict=True)),
        {"remark_applicant" if to_applicant else "remark_internal": row["remark"]},
    )
    proposal_id = cast.proposals[row["call"], row["proposal_organisation"]]
    save_sheet(proposal_id, row["round"], entry, by=cast.acting(row["juror"]), send=row["submitted"])


def _close(key: str, cast: Cast, round_name: str) -> None:
    close_round(
        cast.calls[key].id, round_name, confirmed=False, unsettled_too=True, by=cast.acting("voorzitter")
    )


def _pitch_acts(key: str, cast: Cast, today: date) -> Iterator[Act]:
    """The invitations leave on the day on which the written round ends; who heard a pitch scores it."""
    day = call_data(key)["offsets"]["written_closed"]
    slots = _slots(key, today)
    yield Act(at_work(today, day, time(10, 12)), partial(_shortlist, key, cast))
    yield Act(at_work(today, day, time(11, 40)), partial(_place, key, cast, slots))
    for number, juror in enumerate(jurors()):
        for row in (one for one in _sheets(key, PITCH) if one["juror"] == juror):
            ends = slots[row["proposal_organisation"]].ends.replace(tzinfo=BRUSSELS)
            yield Act(ends + timedelta(minutes=2 + number), partial(_score, cast, row))


def _slots(key: str, today: date) -> dict[str, PitchSlot]:
    """When each organisation of the shortlist pitches; the slots carry places on the list for ids."""
    names = data("scores")["shortlist"][key]
    windows = [PitchWindow(**one) for one in pitch_windows(call_data(key), today)]
    slots = propose_slots(windows, range(len(names)), PITCH_MINUTES, BREAK_MINUTES)
    return dict(zip(names, slots, strict=True))


def _shortlist(key: str, cast: Cast) -> None:
    chosen = [cast.proposals[key, name] for name in data("scores")["shortlist"][key]]
    save_shortlist(cast.calls[key].id, chosen, by=cast.acting("voorzitter"))


def _place(key: str, cast: Cast, slots: dict[str, PitchSlot]) -> None:
    call_id = cast.calls[key].id
    windows = {one.day: one.id for one in windows_of(call_id)}
    wanted = [
        Wanted(cast.proposals[key, name], windows[slot.day], slot.start) for name, slot in slots.items()
    ]
    save_slots(
        call_id, wanted, minutes=PITCH_MINUTES, break_minutes=BREAK_MINUTES, by=cast.acting("voorzitter")
    )
