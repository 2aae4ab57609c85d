"""A document that somebody handed over, as a row: begun, taken, followed, finished, read once more.

Every write is one short transaction. A reader writes only as long as it is the latest one of its job.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from app.accounts.actors import actor_for
from app.addenda.drafting.editing import EDIT, editable
from app.addenda.reviewing import imports
from app.domain.access import Actor, Subject, may, require
from app.domain.errors import NotFound
from app.domain.timeline import Phase
from app.infra.database import db, transaction

from .document import ReadDocument
from .models import ImportJob
from .refusals import REFUSALS, Refusal
from .values import to_plain

SILENT_FOR = timedelta(seconds=30)
KEEP_DOCUMENT = timedelta(days=1)
KEEP_JOB = timedelta(days=7)
_RUNNING = ("waiting", "reading")


class GivenUp(Exception):
    """Another reader took over this job, or it is gone: whoever hears this stops."""


@dataclass(frozen=True)
class JobView:
    """What a page needs of a job. `interrupted`: nobody reads it any more. `again`: the stored bytes may be
    read once more. `pasted` is the text that was pasted, as long as it is not read."""

    id: int
    addendum_id: int | None
    name: str
    state: str
    stage: str
    done: int
    total: int
    refusal: Refusal | None
    interrupted: bool
    again: bool
    used: bool
    pasted: str


def begin(
    service_area_id: int,
    *,
    by: Actor,
    data: bytes,
    name: str,
    pasted: str = "",
    nonce: str = "",
    over: int | None = None,
) -> tuple[int, bool]:
    """(job id, whether it is new). `over` is the draft that is read over. The same form with the same content
    gives the job that is there."""
    with transaction() as now:
        _check_rights(service_area_id, over, by, now)
        _sweep(now)
        key = _key(nonce, by, service_area_id, over, data)
        known = db.session.scalar(select(ImportJob.id).where(ImportJob.key == key))
        if known is not None:
            return known, False
        job = ImportJob(
            service_area_id=service_area_id,
            addendum_id=over,
            by_id=by.user_id,
            key=key,
            source_name=_storable(name)[-200:],
            data=data,
            text=_storable(pasted),
            created_at=now,
            heartbeat_at=now,
        )
        db.session.add(job)
        db.session.flush()
        return job.id, True


def _check_rights(service_area_id: int, over: int | None, by: Actor, now: datetime) -> None:
    if over is None:
        require(may(by, EDIT, Subject(service_area_id), Phase.DRAFT))
    elif editable(over, by, now).service_area_id != service_area_id:
        raise NotFound("call")


def _key(nonce: str, by: Actor, service_area_id: int, over: int | None, data: bytes) -> str:
    facts = f"{nonce}|{by.user_id}|{service_area_id}|{over}|".encode("utf-8", "replace")
    return hashlib.sha256(facts + hashlib.sha256(data).digest()).hexdigest()


def _sweep(now: datetime) -> None:
    """What was left lying: the document goes after a day, the job after a week."""
    db.session.execute(delete(ImportJob).where(ImportJob.created_at < now - KEEP_JOB))
    left = (
        ImportJob.created_at < now - KEEP_DOCUMENT,
        ImportJob.data.is_not(None),
        ImportJob.state != "read",
    )
    db.session.execute(
        update(ImportJob).where(*left).values(state="refused", refusal="expired", data=None, text="")
    )


def look(job_id: int, service_area_id: int, now: datetime) -> JobView:
    """NotFound for a job of another region."""
    columns = (
        ImportJob.id,
        ImportJob.addendum_id,
        ImportJob.source_name,
        ImportJob.state,
        ImportJob.stage,
        ImportJob.done,
        ImportJob.total,
        ImportJob.refusal,
        ImportJob.heartbeat_at,
        ImportJob.used_at,
        ImportJob.data.is_not(None).label("stored"),
    )
    row = db.session.execute(
        select(*columns).where(ImportJob.id == job_id, ImportJob.service_area_id == service_area_id)
    ).first()
    if row is None:
        raise NotFound("import_job")
    refusal = REFUSALS.get(row.refusal)
    interrupted = row.state in _RUNNING and row.heartbeat_at < now - SILENT_FOR
    return JobView(
        id=row.id,
        addendum_id=row.addendum_id,
        name=row.source_name,
        state=row.state,
        stage=row.stage,
        done=row.done,
        total=row.total,
        refusal=refusal,
        interrupted=interrupted,
        again=row.stored and (interrupted or bool(refusal and refusal.again)),
        used=row.used_at is not None,
        pasted="" if row.state == "read" else _pasted(job_id) if refusal else "",
    )


def _pasted(job_id: int) -> str:
    return db.session.scalar(select(ImportJob.text).where(ImportJob.id == job_id)) or ""


def restart(job_id: int, service_area_id: int, *, by: Actor) -> bool:
    """Read the stored bytes once more; False when there is nothing to do (a second click)."""
    with transaction() as now:
        view = look(job_id, service_area_id, now)
        _check_rights(service_area_id, None if view.used else view.addendum_id, by, now)
        if not view.again:
            return False
        job = db.session.get_one(ImportJob, job_id)
        job.state, job.refusal, job.stage = "waiting", "", ""
        job.done = job.total = 0
        job.attempt += 1
        job.heartbeat_at = now
        return True


def attempt_of(job_id: int) -> int:
    return db.session.scalar(select(ImportJob.attempt).where(ImportJob.id == job_id)) or 0


def _mine(job_id: int, attempt: int) -> ImportJob:
    job = db.session.get(ImportJob, job_id, populate_existing=True)
    if job is None or job.attempt != attempt or job.state not in _RUNNING:
        raise GivenUp
    return job


def take(job_id: int, attempt: int) -> bytes:
    """The bytes to read. Raises GivenUp."""
    with transaction() as now:
        job = _mine(job_id, attempt)
        job.state, job.heartbeat_at = "reading", now
        return job.data or b""


def beat(job_id: int, attempt: int, stage: str, done: int, total: int) -> None:
    """How far it is, and that it lives. Raises GivenUp."""
    with transaction() as now:
        job = _mine(job_id, attempt)
        job.stage, job.done, job.total, job.heartbeat_at = stage[:40], done, total, now


def refuse(job_id: int, attempt: int, code: str) -> None:
    """It was not read. The bytes stay only when another try makes sense. Raises GivenUp."""
    with transaction() as now:
        job = _mine(job_id, attempt)
        job.state, job.refusal, job.finished_at = "refused", code, now
        if not REFUSALS[code].again:
            job.data = None


def finish(job_id: int, attempt: int, document: ReadDocument) -> None:
    """It was read: a new draft is made at once, in the same transaction; over an existing draft the result
    waits until somebody compared it. Raises GivenUp."""
    with transaction() as now:
        job = _mine(job_id, attempt)
        job.state, job.finished_at, job.data = "read", now, None
        if job.addendum_id is not None:
            job.text, job.result = document.text, to_plain(document.parsed)
            return
        job.addendum_id = imports.create_draft(
            job.service_area_id,
            by=actor_for(job.by_id),
            parsed=document.parsed,
            text=document.text,
            source_name=job.source_name,
        )
        job.used_at, job.text = now, ""


def _storable(text: str) -> str:
    """PostgreSQL keeps no NUL in a text; a mark stands where one was."""
    return text.replace("\x00", "\ufffd")
