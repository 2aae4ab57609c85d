"""From a document that was read to a draft: whatever is not understood is kept beside the result.

The reading itself happens elsewhere, in a process of its own; here comes what it found.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import current_app
from sqlalchemy import func, select

from app.addenda.amending.snapshots import from_json, to_json
from app.addenda.drafting.drafts import read_draft
from app.addenda.drafting.editing import EDIT, note_edit
from app.addenda.drafting.filling import Ids, fill
from app.addenda.drafting.sections import Draft
from app.addenda.importing import parse_addendum
from app.addenda.importing.result import ParsedAddendum
from app.addenda.models import Addendum, Criterion, CriterionLevel
from app.addenda.reviewing.content import Reading, place_of_path, reading_of
from app.addenda.reviewing.report import Report, Sureness, keep
from app.domain.access import Actor, Subject, may, require
from app.domain.criteria import DEFAULT_PITCH, DEFAULT_WRITTEN, RoundRules
from app.domain.errors import NotFound
from app.domain.timeline import DEFAULT_OBJECTION_DAYS, Phase
from app.infra.database import db, transaction
from app.regions.models import Municipality, ServiceArea


def create_draft(
    service_area_id: int,
    *,
    by: Actor,
    title: str = "",
    parsed: ParsedAddendum | None = None,
    text: str | None = None,
    source_name: str = "",
) -> int:
    """A new draft with the default criteria, filled from a document when there is one; its id.

    `text` is what `parsed` numbers its lines by. Text of one's own without a result is read here, and then
    raises what the importer raises (`importing.errors.ImportRefused`) before anything is written.
    """
    if text is not None and parsed is None:
        parsed = parse_addendum(text)
    with transaction() as now:
        require(may(by, EDIT, Subject(service_area_id), Phase.DRAFT))
        region = db.session.get(ServiceArea, service_area_id)
        if region is None:
            raise NotFound("service_area")
        addendum = blank(region, title, by, now)
        db.session.flush()
        begun(addendum.id)
        if parsed is not None:
            stored = read_draft(addendum)
            reading = read_in(parsed, stored)
            remember(addendum, text or "", source_name)
            ids = fill(addendum, reading.draft)
            keep(addendum, report_of_reading(parsed, reading, ids))
        addendum.version = 0
        note_edit(addendum, by, now, "addendum.drafted", imported=parsed is not None)
        return addendum.id


def read_in(parsed: ParsedAddendum, stored: Draft) -> Reading:
    """The content of the document, with municipalities looked up; unknown ones become notes."""
    towns, unknown = _towns(parsed.municipalities)
    reading = reading_of(parsed, stored, towns if parsed.municipalities else None)
    return replace(reading, notes=(*unknown, *reading.notes))


def remember(addendum: Addendum, text: str, source_name: str) -> None:
    """The source that stands beside the draft."""
    addendum.source_text, addendum.source_name = text, source_name[:200]


def report_of_reading(parsed: ParsedAddendum, reading: Reading, ids: Ids) -> Report:
    """How the document was read, by the ids its items got."""
    return Report(
        warnings=(*reading.notes, *(one.to_json() for one in parsed.warnings)),
        unrecognised=tuple((one.line, one.text) for one in parsed.unrecognised),
        known={one.line: one.reason for one in parsed.known},
        places=tuple(replace(one, at=ids.place(one.at)) for one in reading.places),
        certainty=tuple(
            Sureness(ids.place(place_of_path(path)), path.rpartition(".")[2], one.level, one.reason)
            for path, one in parsed.certainty.items()
        ),
        base=with_ids(reading.draft, ids),
    )


def with_ids(draft: Draft, ids: Ids) -> Draft:
    """The same content under the ids of its rows."""
    data = to_json(draft)
    data["personas"] = [[ids.personas.get(key, key), one] for key, one in data["personas"]]
    for pair in data["challenges"]:
        pair[0] = ids.challenges.get(pair[0], pair[0])
        text = pair[1][1]
        text["personas"] = sorted(ids.personas.get(key, key) for key in text["personas"])
        for kind in ("obstacle", "goal"):
            for row in text[f"{kind}s"]:
                row["key"] = ids.rows.get(f"{kind}:{row['key']}", f"{kind}:{row['key']}").partition(":")[2]
    return from_json(data)


def begun(addendum_id: int, source_id: int | None = None) -> None:
    """What features further along the road give every new call (setting NEW_CALLS), inside the transaction
    that makes it; `source_id` is the call it was made from."""
    makers: tuple[Callable[[int, int | None], None], ...] = current_app.config["NEW_CALLS"]
    for make in makers:
        make(addendum_id, source_id)


def blank(region: ServiceArea, title: str, by: Actor, now: datetime) -> Addendum:
    """A draft with nothing but the municipalities of its region and the default criteria."""
    addendum = Addendum(
        service_area_id=region.id,
        title=title or f"Lokaal addendum {region.name}"[:200],
        created_by_id=by.user_id,
        created_at=now,
        objection_days=DEFAULT_OBJECTION_DAYS,
        municipalities=list(region.municipalities),
        import_report={},
        criteria=[*_default("written", DEFAULT_WRITTEN), *_default("pitch", DEFAULT_PITCH)],
    )
    db.session.add(addendum)
    return addendum


def _default(round_name: str, rules: RoundRules) -> list[Criterion]:
    return [
        Criterion(
            round=round_name,
            position=place,
            name=one.name,
            weight=one.weight,
            minimum=one.minimum,
            levels=[CriterionLevel(value=level.value, description=level.description) for level in one.levels],
        )
        for place, one in enumerate(rules.criteria)
    ]


def _towns(names: Sequence[str]) -> tuple[tuple[int, ...], tuple[dict[str, Any], ...]]:
    """Ids of the municipalities that are known by these names; a warning for each of the others."""
    rows = db.session.execute(
        select(Municipality.id, Municipality.name).where(
            func.lower(Municipality.name).in_([name.lower() for name in names])
        )
    ).all()
    known = {row.name.casefold() for row in rows}
    unknown = sorted({name.casefold(): name for name in names if name.casefold() not in known}.items())
    warnings = tuple(
        {
            "code": "municipality_unknown",
            "message": f"De gemeente “{name}” is niet gekend in deze toepassing.",
            "line": None,
        }
        for _, name in unknown
    )
    return tuple(row.id for row in rows), warnings
