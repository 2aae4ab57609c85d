"""Reading a newer document over a draft: what differs, and applying what the regisseur chose, in one go."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.addenda.drafting.drafts import read_draft
from app.addenda.drafting.editing import editable, note_edit
from app.addenda.drafting.filling import Ids, fill
from app.addenda.drafting.sections import Analysis, Basics, Dates, Draft
from app.addenda.importing import ImportRefused, parse_addendum
from app.addenda.importing.result import ParsedAddendum
from app.addenda.models import Addendum
from app.addenda.reading.models import ImportJob
from app.addenda.reading.values import from_plain
from app.addenda.reviewing.comparing import Difference, Sides, compare
from app.addenda.reviewing.content import Place, Reading, reading_of
from app.addenda.reviewing.imports import read_in, remember, report_of_reading
from app.addenda.reviewing.matching import Alignment, align, likeness, renamed, rows_of, squeezed
from app.addenda.reviewing.merging import merge
from app.addenda.reviewing.moving import line_texts
from app.addenda.reviewing.places import Atlas
from app.addenda.reviewing.report import Report, keep, report_of
from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound, Stale
from app.infra.database import db, transaction
from app.regions.models import Municipality, ServiceArea

_SAME_REGION, _SHARED = 70.0, 0.3


@dataclass(frozen=True)
class Comparison:
    """`doubts` say why this may be the document of another call: region, year or content."""

    sides: Sides
    differences: tuple[Difference, ...]
    unchanged: int
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class _Newer:
    parsed: ParsedAddendum
    reading: Reading
    alignment: Alignment


def job_for(addendum: Addendum, job_id: int) -> ImportJob:
    """A document that was read over this draft; NotFound for another one's, or one that is not ready."""
    job = db.session.get(ImportJob, job_id)
    if job is None or job.addendum_id != addendum.id or job.state != "read" or job.result is None:
        raise NotFound("import_job")
    return job


def comparison(addendum: Addendum, job: ImportJob) -> Comparison:
    """What differs between the draft and this document."""
    newer, sides = _sides(addendum, job)
    differences = tuple(compare(sides))
    return Comparison(
        sides, differences, _unchanged(sides, differences), tuple(_doubts(addendum, newer, sides))
    )


def apply(addendum_id: int, job_id: int, choices: Mapping[str, str], *, seen: int, by: Actor) -> bool:
    """Make the draft what she chose; False when this document was handled already (a second click).
    Stale when the draft changed since she looked."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        job = job_for(addendum, job_id)
        if job.used_at is not None:
            return False
        if seen != addendum.version:
            raise Stale(version=addendum.version, theirs={})
        newer, sides = _sides(addendum, job)
        after = merge(sides, compare(sides), choices)
        previous, source = report_of(addendum), addendum.source_text
        previous_name = addendum.source_name
        try:
            ids = fill(addendum, after)
        except IntegrityError as error:
            raise DomainError("import_obstacle_in_use") from error
        remember(addendum, job.text, job.source_name)
        keep(addendum, _report(newer, sides, ids, previous, source, Atlas(read_draft(addendum)), job.text))
        job.used_at = now
        note_edit(
            addendum,
            by,
            now,
            "addendum.imported_again",
            previous_name=previous_name,
            previous_sha256=hashlib.sha256(source.encode()).hexdigest() if source else "",
        )
        return True


def town_names() -> dict[int, str]:
    """All municipalities by id."""
    return {row.id: row.name for row in db.session.execute(select(Municipality.id, Municipality.name))}


def _sides(addendum: Addendum, job: ImportJob) -> tuple[_Newer, Sides]:
    parsed = from_plain(ParsedAddendum, job.result)
    mine = read_draft(addendum)
    base = _base(addendum, mine)
    reading = read_in(parsed, mine)
    found = align(reading.draft, mine, base)
    newer = _Newer(parsed, reading, found)
    return newer, Sides(base, mine, renamed(reading.draft, found), found.dropped)


def _base(addendum: Addendum, mine: Draft) -> Draft:
    """What the earlier document gave: kept with the report, else read once more, else nothing."""
    kept = report_of(addendum).base
    if kept is not None:
        return kept
    nothing = replace(
        mine,
        basics=Basics(title="", municipalities=mine.basics.municipalities),
        dates=Dates(objection_days=mine.dates.objection_days),
        personas={},
        challenges={},
        analysis=Analysis(),
    )
    if not addendum.source_text:
        return nothing
    try:
        parsed = parse_addendum(addendum.source_text)
    except ImportRefused:
        return nothing
    fresh = reading_of(parsed, mine, None).draft
    return renamed(fresh, align(fresh, mine, nothing))


def _unchanged(sides: Sides, differences: tuple[Difference, ...]) -> int:
    """How many items of the document stand in the draft as they are."""
    told = {one.key for one in differences}
    total = 0
    for kind in ("obstacle", "goal", "finding"):
        _, mine, new = sides.items(kind)
        total += sum(1 for key in mine if key in new and f"{kind}:{key}" not in told)
    return total


def _doubts(addendum: Addendum, newer: _Newer, sides: Sides) -> list[str]:
    doubts = []
    area = newer.parsed.service_area
    region = db.session.get_one(ServiceArea, addendum.service_area_id).name
    known = (region, sides.mine.basics.title.removeprefix("Lokaal addendum "))
    if area and all(likeness(area, one) < _SAME_REGION for one in known):
        doubts.append(f"Het document gaat over {area}; deze oproep is van {region}.")
    years = [
        {one.year for one in (draft.dates.launch, draft.dates.deadline) if one}
        for draft in (sides.mine, sides.new)
    ]
    if all(years) and not years[0] & years[1]:
        old, new = (" en ".join(str(year) for year in sorted(one)) for one in years)
        doubts.append(f"De data in het document vallen in {new}; die van deze oproep in {old}.")
    hers, theirs = (set(rows_of(draft, "obstacle")) for draft in (sides.mine, sides.new))
    if len(hers) > 3 and len(hers & theirs) < _SHARED * len(hers):
        doubts.append(
            f"Van de {len(hers)} obstakels van deze oproep staan er {len(hers & theirs)} in het document."
        )
    return doubts


def _report(
    newer: _Newer, sides: Sides, ids: Ids, previous: Report, source: str, atlas: Atlas, text: str
) -> Report:
    """How the newer document was read, by stored ids. What she decided about lines that come back holds:
    put by hand, left out on purpose, and sections she found right and that did not change."""
    aligned = replace(newer.reading, draft=sides.new, places=_renamed_places(newer))
    report = report_of_reading(newer.parsed, aligned, ids)
    dangling = {line for one in report.places if not atlas.exact(one) for line in one.lines}
    standing = tuple(one for one in report.places if atlas.exact(one))
    placed = {line for one in standing for line in one.lines}
    chosen = tuple(one for one in previous.settled if one.startswith("persona:"))  # with its portrait
    report = replace(report, places=standing, accepted=previous.accepted, settled=chosen)
    by_text = {squeezed(words): line for line, words in line_texts(source).items()} if source else {}
    for line, words in line_texts(text).items():
        if line in placed or (line not in dangling and line not in report.missed):
            continue
        old = by_text.get(squeezed(words))
        if old in previous.moved and (at := _by_hand(previous, old, atlas)):
            report = report.without([line])
            report = replace(report, places=(*report.places, replace(at, lines=(line,))))
            report = replace(report, moved=report.moved | {line})
        elif line in dangling or old in previous.left_out:
            report = replace(report.without([line]), left_out=report.left_out | {line})
    return report


def _by_hand(previous: Report, line: int | None, atlas: Atlas) -> Place | None:
    return next((one for one in previous.places if line in one.lines and atlas.exact(one)), None)


def _renamed_places(newer: _Newer) -> tuple[Place, ...]:
    found = newer.alignment
    known = Ids(
        found.personas,
        found.challenges,
        {
            **{f"obstacle:{key}": f"obstacle:{one}" for key, one in found.obstacles.items()},
            **{f"goal:{key}": f"goal:{one}" for key, one in found.goals.items()},
        },
    )
    return tuple(replace(place, at=known.place(place.at)) for place in newer.reading.places)
