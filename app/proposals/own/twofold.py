"""Two proposals of one organisation for one call, which only merging can bring about."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.addenda.queries import Call
from app.domain.timeline import Phase
from app.infra.database import db
from app.infra.formats import deadline, enumeration
from app.organisations.models import Organisation


@dataclass(frozen=True)
class Twofold:
    """`advice`: what to do, while something can be done; `organisation_id`: the one that stays. `chosen`:
    exactly one was handed in, so that nothing has to be done."""

    call: Call
    organisation_id: int
    title: str
    advice: str
    chosen: bool


def twofold(rows: Iterable[Any], calls: Mapping[int, Call]) -> list[Twofold]:
    """Of rows of `own_proposals`: the open calls with more than one proposal of what is one organisation now.
    One query, and none without two proposals for one call."""
    by_call = defaultdict(list)
    for row in rows:
        if calls[row.addendum_id].phase is Phase.OPEN:
            by_call[row.addendum_id].append(row)
    doubled = {call_id: found for call_id, found in by_call.items() if len(found) > 1}
    stays = _stays({row.organisation_id for found in doubled.values() for row in found})
    by_both = defaultdict(list)
    for call_id, found in doubled.items():
        for row in found:
            by_both[call_id, stays[row.organisation_id]].append(row)
    return [_told(calls[one], other, found) for (one, other), found in by_both.items() if len(found) > 1]


def _stays(ids: set[int]) -> dict[int, int]:
    if not ids:
        return {}
    now = func.coalesce(Organisation.merged_into_id, Organisation.id).label("stays")
    found = db.session.execute(select(Organisation.id, now).where(Organisation.id.in_(ids)))
    return {row.id: row.stays for row in found}


def _told(call: Call, organisation_id: int, rows: list[Any]) -> Twofold:
    handed_in = [row.organisation_name for row in rows if row.receipt_number]
    until = f"Dat kan tot en met {deadline(call.deadline)}."
    if not handed_in:
        advice = f"Er is er nog geen ingediend. Kies welke je indient, en laat de andere liggen. {until}"
    elif len(handed_in) == 1:
        advice = (
            f"Die van {handed_in[0]} is ingediend en telt. De andere telt niet zolang je ze niet indient: je "
            "mag ze laten liggen."
        )
    else:
        advice = (
            f"Die van {enumeration(handed_in)} zijn ingediend en tellen elk apart. Trek in wat jullie niet "
            f"willen houden. {until}"
        )
    return Twofold(
        call,
        organisation_id,
        f"Na het samenvoegen hebben jullie meer dan één kandidatuur voor {call.title}",
        advice,
        len(handed_in) == 1,
    )
