"""Taking a group over into the draft, and back: through the editor's own saving, in one transaction."""

from dataclasses import replace

from sqlalchemy import select

from app.addenda.drafting.drafts import FINDING_KINDS, load_draft, read_section
from app.addenda.drafting.editing import save_section
from app.addenda.drafting.sections import Analysis, ChallengeText, ObstacleText, Part, Section, fingerprint
from app.addenda.models import Challenge, EnrichmentFinding, Obstacle, goal_obstacle
from app.domain.access import Actor
from app.domain.errors import DomainError
from app.infra.database import db, transaction
from app.workshops.models import NoteGroup
from app.workshops.moderation import own_group
from app.workshops.policy import KINDS
from app.workshops.services import note_act, own_workshop

CHALLENGE = "challenge"
_FIELDS = {kind: name for name, kind in FINDING_KINDS.items()}  # finding kind -> field of Analysis


def take_over(addendum_id: int, workshop_id: int, group_id: int, kind: str, *, by: Actor) -> None:
    """The wording of the group becomes a line of the call. Doing it twice is doing it once."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        group = own_group(workshop, group_id)
        if kind not in KINDS:
            raise DomainError("workshop_kind_unknown", field="kind")
        if group.taken_as == kind:
            return
        if group.taken_as or group.merged_into_id is not None:
            raise DomainError("workshop_taken_otherwise")
        part = _part(group, kind)
        stored = read_section(load_draft(addendum_id), part)
        _save(addendum_id, part, stored, _with_line(stored, kind, group.text), by)
        group.taken_as, group.taken_at, group.taken_text = kind, now, group.text
        group.taken_row_id = _newest_row(addendum_id, group, kind)
        note_act(workshop, by, now, "workshop.group_taken", group=group.id, kind=kind)


def _part(group: NoteGroup, kind: str) -> Part:
    if kind != CHALLENGE:
        return Part("analysis")
    if group.challenge_id is None:
        raise DomainError("workshop_no_challenge")
    return Part("challenge", str(group.challenge_id))


def _save(addendum_id: int, part: Part, stored: Section, wanted: Section, by: Actor) -> None:
    save_section(addendum_id, part, wanted, seen=fingerprint(stored), by=by)
    db.session.flush()


def _with_line(stored: Section, kind: str, text: str) -> Section:
    if isinstance(stored, ChallengeText):
        if any(one.label == text for one in stored.obstacles):
            raise DomainError("workshop_already_there")
        return replace(stored, obstacles=(*stored.obstacles, ObstacleText("new-1", text)))
    assert isinstance(stored, Analysis)
    lines: tuple[str, ...] = getattr(stored, _FIELDS[kind])
    if text in lines:
        raise DomainError("workshop_already_there")
    return replace(stored, **{_FIELDS[kind]: (*lines, text)})


def _newest_row(addendum_id: int, group: NoteGroup, kind: str) -> int | None:
    if kind == CHALLENGE:
        return db.session.scalar(
            select(Obstacle.id)
            .where(Obstacle.challenge_id == group.challenge_id, Obstacle.label == group.text)
            .order_by(Obstacle.id.desc())
            .limit(1)
        )
    return db.session.scalar(
        select(EnrichmentFinding.id)
        .where(
            EnrichmentFinding.addendum_id == addendum_id,
            EnrichmentFinding.kind == kind,
            EnrichmentFinding.text == group.text,
        )
        .order_by(EnrichmentFinding.id.desc())
        .limit(1)
    )


def take_back(
    addendum_id: int, workshop_id: int, group_id: int, *, leave_row: bool = False, by: Actor
) -> None:
    """Undo taking over: the line goes from the draft, as long as nobody changed it there. `leave_row` only
    takes away that this group was taken over."""
    with transaction() as now:
        workshop = own_workshop(addendum_id, workshop_id, by, now)
        group = own_group(workshop, group_id)
        if not group.taken_as:
            return
        if not leave_row:
            _remove_line(addendum_id, group, by)
        note_act(workshop, by, now, "workshop.group_taken_back", group=group.id, kind=group.taken_as)
        group.taken_as, group.taken_at, group.taken_row_id, group.taken_text = "", None, None, ""


def _remove_line(addendum_id: int, group: NoteGroup, by: Actor) -> None:
    if not _is_untouched(addendum_id, group):
        raise DomainError("workshop_taken_changed")
    if group.taken_as == CHALLENGE:
        obstacle = db.session.get_one(Obstacle, group.taken_row_id)
        part = Part("challenge", str(obstacle.challenge_id))
        stored = read_section(load_draft(addendum_id), part)
        assert isinstance(stored, ChallengeText)
        kept = tuple(one for one in stored.obstacles if one.key != str(obstacle.id))
        _save(addendum_id, part, stored, replace(stored, obstacles=kept), by)
        return
    part, field = Part("analysis"), _FIELDS[group.taken_as]
    analysis = read_section(load_draft(addendum_id), part)
    assert isinstance(analysis, Analysis)
    lines = list(getattr(analysis, field))
    lines.remove(group.taken_text)
    _save(addendum_id, part, analysis, replace(analysis, **{field: tuple(lines)}), by)


def stands_untouched(addendum_id: int, group_id: int) -> bool:
    """Whether the line a group became still stands in the draft as it was taken over."""
    group = db.session.get(NoteGroup, group_id)
    return group is not None and _is_untouched(addendum_id, group)


def _is_untouched(addendum_id: int, group: NoteGroup) -> bool:
    """The same words; for an obstacle also no life domain and no goal yet."""
    if group.taken_row_id is None:
        return False
    if group.taken_as != CHALLENGE:
        row = db.session.get(EnrichmentFinding, group.taken_row_id)
        return row is not None and (row.addendum_id, row.kind, row.text) == (
            addendum_id,
            group.taken_as,
            group.taken_text,
        )
    obstacle = db.session.get(Obstacle, group.taken_row_id)
    if obstacle is None or obstacle.label != group.taken_text or obstacle.life_domains:
        return False
    challenge = db.session.get_one(Challenge, obstacle.challenge_id)
    served = select(goal_obstacle.c.goal_id).where(goal_obstacle.c.obstacle_id == obstacle.id).limit(1)
    return challenge.addendum_id == addendum_id and db.session.scalar(served) is None
