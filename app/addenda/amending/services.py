"""Publishing what was prepared: the rows change with their ids, a version is written, everybody is told."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.addenda.amending.models import AddendumVersion, Amendment
from app.addenda.amending.patches import NEW_FROM, ROUNDS, overlay, rebased
from app.addenda.amending.pending import pending_of
from app.addenda.amending.policy import Touched, check_amendable, touched
from app.addenda.amending.queries import town_names
from app.addenda.amending.snapshots import to_json
from app.addenda.audience import audience, own_lines, tell
from app.addenda.drafting.difference_parts import Change
from app.addenda.drafting.differences import compare
from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.drafting.editing import AMEND, note_edit
from app.addenda.drafting.filling import fill
from app.addenda.drafting.sections import ChallengeText, Criteria, Draft, Part, criteria_of
from app.addenda.drafting.writing import write_section
from app.addenda.finding import reindex
from app.addenda.models import Addendum, DeadlineExtension
from app.addenda.publishing.advice import Item
from app.addenda.publishing.policy import publication_items
from app.addenda.queries import load_call
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.timeline import exclusive_deadline, problems
from app.infra.database import db, transaction
from app.notifications.services import page_url

REASON_LIMIT = 2000


@dataclass(frozen=True)
class Published:
    """What became public: the number of the version and what is different in it."""

    number: int
    changes: list[Change]
    touched: Touched


def amendable(addendum_id: int, by: Actor, now: datetime) -> Addendum:
    """The rows of an open call, after checking that this person may amend it now."""
    call = load_call(addendum_id, now)
    require(may(by, AMEND, call.subject(), call.phase))
    return load_addendum(addendum_id)


def discard_amendment(addendum_id: int, *, by: Actor) -> None:
    """Throw away what was prepared; nobody else has seen it."""
    with transaction() as now:
        addendum = amendable(addendum_id, by, now)
        amendment = pending_of(addendum_id)
        if amendment is None:
            raise DomainError("amendment_gone")
        db.session.delete(amendment)
        note_edit(addendum, by, now, "addendum.amendment_discarded")


def publish_amendment(
    addendum_id: int, *, reason: str, deadline: datetime | None = None, seen: int, by: Actor
) -> Published:
    """Make the pending amendment public and tell everybody, in one act. `deadline` is a later last accepted
    local minute that goes with it; `seen` the version of the amendment that was confirmed.

    Raises amendment_gone (also for a second click), amendment_changed_meanwhile, amendment_empty, and what
    `policy.check_amendable` refuses.
    """
    with transaction() as now:
        addendum = amendable(addendum_id, by, now)
        amendment = pending_of(addendum_id)
        if not reason.strip():
            raise DomainError("amendment_needs_reason", field="reason")
        if amendment is None and deadline is None:
            raise DomainError("amendment_gone")
        if amendment is not None and seen != amendment.version:
            raise DomainError("amendment_changed_meanwhile")
        before = read_draft(addendum)
        after = wanted_content(before, amendment, deadline)
        check_complete(before, after, now)
        keep_first_version(addendum, before)
        if amendment is not None:
            db.session.delete(amendment)
        fill(addendum, with_new_keys(after))
        write_rules(addendum, before, after)
        _note_extension(addendum, before, reason, by, now)
        published = make_public(addendum, before, reason=reason, by=by, now=now)
        note_edit(
            addendum,
            by,
            now,
            "addendum.amended",
            number=published.number,
            parts=list(published.touched.parts),
            obstacles=sorted(published.touched.obstacles),
        )
        return published


def wanted_content(before: Draft, amendment: Amendment | None, deadline: datetime | None) -> Draft:
    """The content as it will read; a deadline given here goes before that of the timeline page."""
    after = overlay(before, amendment.patches) if amendment else before
    return replace(after, dates=replace(after.dates, deadline=deadline)) if deadline else after


def check_complete(before: Draft, after: Draft, now: datetime) -> None:
    """Refuse what may not change, dates out of order, and an open end that was not there before."""
    check_amendable(before, after)
    if not compare(before, after):
        raise DomainError("amendment_empty")
    known = problems(before.dates.timeline())
    for problem in problems(after.dates.timeline()):
        if problem.code == "out_of_order" and problem not in known:
            raise DomainError("extended_past_next_step", field="deadline")
    if new := new_open_ends(before, after, now):
        raise DomainError("amendment_incomplete", count=len(new))


def new_open_ends(before: Draft, after: Draft, now: datetime) -> list[Item]:
    """What the amendment adds that could not have been published as it is."""
    known = [(item.code, item.part) for item in publication_items(before, now) if item.blocks]
    items = publication_items(after, now)
    return [item for item in items if item.blocks and (item.code, item.part) not in known]


def write_rules(addendum: Addendum, before: Draft, after: Draft) -> None:
    """How proposals will be judged, where that changes: nobody has scored yet while a call is open."""
    for name in ROUNDS:
        wanted = criteria_of(getattr(after, name))
        if criteria_of(getattr(before, name)) != wanted:
            new = tuple(replace(one, key=_key(one.key)) for one in wanted.criteria)
            write_section(addendum, Part("criteria", name), Criteria(new))
    if after.thresholds is not None and after.thresholds != before.thresholds:
        write_section(addendum, Part("thresholds"), after.thresholds)


def with_new_keys(content: Draft) -> Draft:
    """Obstacles and goals that have no row yet named as `writing` expects them."""
    challenges = {
        key: (number, _with_new_keys(challenge)) for key, (number, challenge) in content.challenges.items()
    }
    return replace(content, challenges=challenges)


def _with_new_keys(challenge: ChallengeText) -> ChallengeText:
    obstacles = tuple(replace(one, key=_key(one.key)) for one in challenge.obstacles)
    goals = tuple(
        replace(one, key=_key(one.key), obstacles=tuple(map(_key, one.obstacles))) for one in challenge.goals
    )
    return replace(challenge, obstacles=obstacles, goals=goals)


def _key(key: str) -> str:
    return f"new-{key}" if int(key) >= NEW_FROM else key


def _note_extension(addendum: Addendum, before: Draft, reason: str, by: Actor, now: datetime) -> None:
    previous = exclusive_deadline(before.dates.deadline) if before.dates.deadline else None
    if previous and addendum.deadline and addendum.deadline != previous:
        db.session.add(
            DeadlineExtension(
                addendum_id=addendum.id,
                previous=previous,
                deadline=addendum.deadline,
                reason=reason,
                by_id=by.user_id,
                at=now,
            )
        )


def keep_first_version(addendum: Addendum, content: Draft) -> None:
    """Before the first change: what was published, for a call that has no version yet."""
    if addendum.published_at is not None and _last_number(addendum.id) == 0:
        write_version(addendum, content, at=addendum.published_at)


def make_public(addendum: Addendum, before: Draft, *, reason: str, by: Actor, now: datetime) -> Published:
    """The rows have changed: write the version and tell everybody, inside the transaction of the change."""
    db.session.flush()
    db.session.expire_all()
    after = read_draft(addendum)
    changes = compare(before, after, town_names())
    what = touched(changes, before, after)
    row = write_version(addendum, after, at=now, reason=reason, by=by, what=what)
    reindex(addendum.id)
    amendment = pending_of(addendum.id)
    if amendment is not None:
        amendment.patches = rebased(before, after, amendment.patches)
        amendment.version += 1
    published = Published(row.number, changes, what)
    _tell(addendum, before, published, reason, now)
    return published


def write_version(
    addendum: Addendum,
    content: Draft,
    *,
    at: datetime,
    reason: str = "",
    by: Actor | None = None,
    what: Touched | None = None,
) -> AddendumVersion:
    """The next version of this call."""
    row = AddendumVersion(
        addendum_id=addendum.id,
        number=_last_number(addendum.id) + 1,
        published_at=at,
        by_id=by.user_id if by else None,
        reason=reason,
        snapshot=to_json(content),
        touched=(what or Touched()).to_json(),
    )
    db.session.add(row)
    db.session.flush()
    return row


def _last_number(addendum_id: int) -> int:
    last = select(func.max(AddendumVersion.number)).where(AddendumVersion.addendum_id == addendum_id)
    return int(db.session.scalar(last) or 0)


def _tell(addendum: Addendum, before: Draft, published: Published, reason: str, now: datetime) -> None:
    extended = before.dates.deadline != read_draft(addendum).dates.deadline
    only_dates = extended and all(one.part.kind == "timeline" for one in published.changes)
    context: dict[str, Any] = {
        "title": addendum.title,
        "number": published.number,
        "reason": reason,
        "changes": published.changes,
        "deadline": addendum.deadline,
        "extended": extended,
        "only_dates": only_dates,
        "confirm": bool(published.touched.obstacles or published.touched.general),
        "link": page_url("addenda.versions", addendum_id=addendum.id),
        "own_link": page_url("proposals.mine"),
    }
    db.session.flush()
    first = "Uiterste datum verlengd" if only_dates else "Oproep gewijzigd"
    tell(
        audience(addendum.id),
        "call.amended",
        subject=f"{first}: {addendum.title}",
        template="addenda/mail_amended",
        at=now,
        own={} if only_dates else own_lines(addendum.id, now),  # of a later date all read the same words
        **context,
    )
