"""Going through a draft beside its document: a section is right, a value is corrected, lines are put
somewhere else. What was decided is kept in the report of the import; it can be gone on with tomorrow."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.accounts.models import User
from app.addenda.drafting.difference_parts import dates_taken_away
from app.addenda.drafting.drafts import read_draft
from app.addenda.drafting.editing import editable, note_edit, save_section
from app.addenda.drafting.filling import fill
from app.addenda.drafting.sections import ContactText, Dates, Draft, Part, Section
from app.addenda.models import Addendum
from app.addenda.reviewing import moving
from app.addenda.reviewing.content import ANALYSIS
from app.addenda.reviewing.places import DATES, Atlas
from app.addenda.reviewing.report import Accepted, Report, keep, report_of
from app.audit.services import record
from app.domain.access import Actor
from app.domain.errors import DomainError, NotFound, Stale
from app.infra.database import db, transaction

TEXTS = ("title", "programme", "submission_email", "submission_url")


def accept(addendum_id: int, seen: Mapping[str, int], *, by: Actor) -> None:
    """These sections are right as they stand: section -> the fingerprint of what the person saw. Stale when
    one changed since."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        atlas, report = Atlas(read_draft(addendum)), report_of(addendum)
        known = atlas.sections()
        for section, fingerprint in seen.items():
            if section not in known:
                raise NotFound("section")
            if atlas.fingerprint(section) != fingerprint:
                raise Stale(version=atlas.fingerprint(section), theirs={})
        fresh = {key: Accepted(by.user_id, now.isoformat(), seen[key]) for key in seen}
        keep(addendum, replace(report, accepted={**report.accepted, **fresh}))
        _log("addendum.sections_accepted", addendum, by, now, sections=sorted(seen))


def reopen(addendum_id: int, section: str, *, by: Actor) -> None:
    """Not right after all."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        report = report_of(addendum)
        if section in report.accepted:
            left = {key: one for key, one in report.accepted.items() if key != section}
            keep(addendum, replace(report, accepted=left))
            _log("addendum.section_reopened", addendum, by, now, sections=[section])


def move_lines(
    addendum_id: int, lines: Sequence[int], to: str, how: str, *, seen: int, by: Actor
) -> tuple[str, ...]:
    """Put source lines in another place of the draft; labels of places that kept what they had. `seen` is
    the version of the call; Stale when somebody changed it since."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        if seen != addendum.version:
            raise Stale(version=addendum.version, theirs={})
        moved = moving.move(read_draft(addendum), report_of(addendum), addendum.source_text, lines, to, how)
        ids = fill(addendum, moved.draft)
        places = tuple(replace(place, at=ids.place(place.at)) for place in moved.report.places)
        keep(addendum, replace(moved.report, places=places))
        note_edit(addendum, by, now, "addendum.lines_moved", lines=sorted(set(lines)), to=to)
        return moved.left


def part_at(draft: Draft, at: str) -> Part:
    """The page of the editor that a place belongs to; NotFound for one that is not there."""
    atlas, (stem, _, index) = Atlas(draft), at.partition("#")
    if at in atlas.rows:
        return Part("challenge", str(atlas.rows[at].challenge))
    if stem.startswith("analysis."):
        name = stem.removeprefix("analysis.")
        if name in ANALYSIS and _is_place(index, len(getattr(draft.analysis, name))):
            return Part("analysis")
    if stem == "contacts" and _is_place(index, len(draft.basics.contacts)):
        return Part("basics")
    if at in DATES and at != "windows":
        return Part("timeline")
    if at in TEXTS:
        return Part("basics")
    raise NotFound("place")


def _is_place(index: str, count: int) -> bool:
    return index in map(str, range(count))


def corrected(draft: Draft, at: str, value: Mapping[str, Any]) -> Section:
    """The section with another value at this place. `value` holds "text", fields of the timeline, or those
    of a contact."""
    part = part_at(draft, at)
    if part.kind == "timeline":
        return replace(draft.dates, **value)
    if at.startswith("contacts#"):
        place = int(at.partition("#")[2])
        contacts = list(draft.basics.contacts)
        contacts[place] = ContactText(**value)
        return replace(draft.basics, contacts=tuple(contacts))
    if at in TEXTS:
        changed: dict[str, Any] = {at: value["text"]}
        return replace(draft.basics, **changed)
    if not value["text"]:
        raise DomainError("correction_empty", field="text")
    after = moving.with_text(draft, at, value["text"])
    return after.challenges[int(part.key)][1] if part.kind == "challenge" else after.analysis


def correct(addendum_id: int, at: str, value: Mapping[str, Any], *, seen: int, by: Actor) -> str:
    """Another value at one place, with the checks of the editor's page; a sentence about dates that went.
    `seen` is the fingerprint of that page's section; Stale carries the newer section."""
    with transaction() as now:
        addendum = editable(addendum_id, by, now)
        draft, report = read_draft(addendum), report_of(addendum)
        part = part_at(draft, at)
        items = Atlas(draft).items(report.places)
        wanted = corrected(draft, at, value)
        save_section(addendum_id, part, wanted, seen=seen, by=by)
        if at in items and part.kind == "analysis":
            _rename(addendum, draft, at, value["text"])
        return dates_taken_away(draft.dates, wanted) if isinstance(wanted, Dates) else ""


def _rename(addendum: Addendum, before: Draft, at: str, text: str) -> None:
    """An item of the analysis is known by its text: its lines follow it to the new one."""
    report, atlas = report_of(addendum), Atlas(before)
    places = (replace(one, text=text) if atlas.exact(one) == at else one for one in report.places)
    keep(addendum, replace(report, places=tuple(places)))


def _log(action: str, addendum: Addendum, by: Actor, now: Any, **facts: Any) -> None:
    """In the log, without a new version: the content is as it was."""
    record(
        action,
        actor_id=by.user_id,
        subject=f"addendum:{addendum.id}",
        at=now,
        service_area_id=addendum.service_area_id,
        addendum_id=addendum.id,
        **facts,
    )


def names_of(report: Report) -> dict[int, str]:
    """The names of those who said that a section is right."""
    people = {one.by_id for one in report.accepted.values() if one.by_id}
    rows = db.session.execute(select(User.id, User.name).where(User.id.in_(people)))
    return {row.id: row.name for row in rows}
