"""A call that is still being prepared: a document that was read in, and the session held about it."""

from collections.abc import Iterator
from datetime import date, time
from functools import partial

from sqlalchemy import func, select

from app.addenda.models import Addendum, Challenge
from app.addenda.reviewing.imports import create_draft
from app.demo.calls import at_work, on_day, workday
from app.demo.cast import DATA, data
from app.demo.ledger import Act, Cast
from app.infra.database import db
from app.infra.formats import short_day
from app.workshops.models import Note, NoteGroup, Workshop
from app.workshops.room import add_note, join
from app.workshops.services import close_session, create, open_session
from app.workshops.taking import take_over

KEY = "draft"
DAYS = {"launch": 20, "deadline": 62, "written_from": 65, "written_until": 76, "pitch": 82, "decision": 104}
NAMES = ("Sofie", "Bart", "Nadia", "Joris", "", "Leen", "Youssef", "")


def preparing_acts(cast: Cast, today: date) -> Iterator[Act]:
    """The document a week ago, the session three days ago, and what was taken over after it."""
    yield Act(at_work(today, -8), partial(_read, cast, today))
    yield Act(on_day(today, -3, time(13, 30)), partial(_open, cast))
    for place, row in enumerate(data("notes")):
        at = on_day(today, -3, time(13, 40 + place // 2, 30 * (place % 2)))
        yield Act(at, partial(_note, place, row["challenge"], row["text"], cast))
    yield Act(on_day(today, -3, time(15, 0)), partial(_close, cast))


def document(today: date) -> str:
    """The text as the regisseur would have it, with dates that lie ahead."""
    text = (DATA / "addendum.txt").read_text(encoding="utf-8")
    return text.format(**{name: short_day(workday(today, offset)) for name, offset in DAYS.items()})


def _read(cast: Cast, today: date) -> None:
    call_id = create_draft(
        cast.regions["kbv"].id,
        by=cast.acting("regisseur"),
        text=document(today),
        source_name="ontwerp addendum 2027.txt",
    )
    cast.calls[KEY] = db.session.get_one(Addendum, call_id)


def _open(cast: Cast) -> None:
    call_id, by = cast.calls[KEY].id, cast.acting("regisseur")
    title = "Verrijkingssessie met onze partners"
    workshop_id = create(call_id, title, "Gemeentehuis Willebroek, 13u30", by=by)
    open_session(call_id, workshop_id, by=by)


def _session() -> Workshop:
    return db.session.execute(select(Workshop)).scalar_one()


def _note(place: int, number: int, text: str, cast: Cast) -> None:
    code, phone = _session().code, place % len(NAMES)
    device = f"demo-{phone}".ljust(32, "x")
    join(code, device, NAMES[phone], address=None)
    add_note(code, device, _topic(cast, number), text, f"demo-{place}")


def _topic(cast: Cast, number: int) -> int:
    """The id of a challenge by its number; 0 is what is about all of them."""
    found = db.session.scalar(
        select(Challenge.id).where(Challenge.addendum_id == cast.calls[KEY].id, Challenge.number == number)
    )
    return found or 0


def _close(cast: Cast) -> None:
    """What came back most often becomes a finding; the rest waits for the regisseur."""
    workshop, by = _session(), cast.acting("regisseur")
    call_id, workshop_id = cast.calls[KEY].id, workshop.id
    close_session(call_id, workshop_id, by=by)
    largest = (
        select(NoteGroup.id)
        .join(Note, Note.group_id == NoteGroup.id)
        .where(NoteGroup.workshop_id == workshop_id)
        .group_by(NoteGroup.id)
        .order_by(func.count().desc(), NoteGroup.id)
        .limit(2)
    )
    for group_id in db.session.scalars(largest).all():
        take_over(call_id, workshop_id, group_id, "recurring", by=by)
