"""All letters of a call, made ahead by the worker.

Each letter is kept in a short transaction of its own, and only what is missing or says something else by now
is made: whoever is stopped halfway goes on where it was. A letter fits as long as its data is the same, so
making one twice, or too early, does no harm.
"""

from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import delete

from app.addenda.queries import load_call
from app.audit import services as audit
from app.decisions.letters.data import LetterData, decision_letters, letter_pdf
from app.decisions.letters.policy import check_day
from app.decisions.letters.queries import digest, ready, run_of, unfinished_runs
from app.decisions.models import Decision, LetterRun, PreparedLetter
from app.decisions.queries import decisions_of
from app.domain.access import Actor, may, require
from app.domain.errors import DomainError
from app.domain.timeline import local_day
from app.infra import clock
from app.infra.database import db, transaction
from app.infra.jobs import job

log = structlog.get_logger()

TELLING = "decision.communicate"
BATCH = 20
QUIET = timedelta(minutes=1)


def ask_for_letters(addendum_id: int, day: date, *, by: Actor) -> bool:
    """Ask the worker for all letters as they leave on the local day `day`; False when that was asked already
    and is going on. Raises `nothing_to_communicate` and `letter_day_out_of_range`.
    """
    with transaction() as now:
        call = load_call(addendum_id, now)
        require(may(by, TELLING, call.subject(), call.phase))
        check_day(day, local_day(now))
        if not decisions_of(addendum_id):
            raise DomainError("nothing_to_communicate")
        run = run_of(addendum_id)
        if run is not None and run.day == day and run.finished_at is None:
            return False
        run = run or LetterRun(addendum_id=addendum_id)
        run.day, run.asked_by_id, run.asked_at = day, by.user_id, now  # type: ignore[assignment]
        run.finished_at = run.problem = None
        db.session.add(run)
        audit.record(
            "letters.asked",
            actor_id=by.user_id,
            subject=f"call:{addendum_id}",
            at=now,
            service_area_id=call.service_area_id,
            addendum_id=addendum_id,
            day=day.isoformat(),
        )
        make_letters.later(addendum_id)
    return True


@job
def make_letters(addendum_id: int) -> int:
    """Make what is asked and missing, until all fit; how many were made. Nothing when nothing is asked."""
    made, failed = 0, set[int]()
    while (run := run_of(addendum_id)) is not None and run.finished_at is None:
        asked = (run.asked_at, run.day)
        due = _due(addendum_id, run.day, failed)
        db.session.rollback()  # no transaction stays open while letters are drawn
        if not due:
            _finish(addendum_id, asked, len(failed))
            continue
        for decision_id, data in list(due.items())[:BATCH]:
            pdf = _drawn(decision_id, data)
            if pdf is None:
                failed.add(decision_id)
            else:
                made += _keep(decision_id, digest(data), pdf)
    db.session.rollback()
    return made


def continue_letters(now: datetime) -> None:
    """Go on with what was asked and where nothing happened for a minute: the worker was stopped, or it never
    heard of it."""
    for addendum_id in unfinished_runs(now - QUIET):
        make_letters(addendum_id)


def forget_prepared(addendum_id: int, decision_ids: list[int], at: datetime) -> None:
    """Once they are in the archive, inside that transaction."""
    db.session.execute(delete(PreparedLetter).where(PreparedLetter.decision_id.in_(decision_ids)))
    run = run_of(addendum_id)
    if run is not None and run.finished_at is None:
        run.finished_at = at


def _due(addendum_id: int, day: date, failed: set[int]) -> dict[int, LetterData]:
    call = load_call(addendum_id, clock.read())
    if call.facts.communicated_at is not None:
        return {}
    letters = decision_letters(call, decisions_of(addendum_id), day)
    done = ready(letters) | failed
    return {one: data for one, data in letters.items() if one not in done}


def _drawn(decision_id: int, data: LetterData) -> bytes | None:
    """None for one that cannot be drawn: it holds up none of the others."""
    try:
        return letter_pdf(data)
    except Exception as error:
        log.error("letter_failed", decision=decision_id, error=type(error).__name__)
        return None


def _keep(decision_id: int, made_from: str, pdf: bytes) -> int:
    """1 when it was kept, 0 when the decision was told meanwhile."""
    with transaction() as now:
        decision = db.session.get(Decision, decision_id, populate_existing=True)
        if decision is None or decision.notified_at is not None:
            return 0
        row = db.session.get(PreparedLetter, decision_id) or PreparedLetter(decision_id=decision_id)
        row.data_sha256, row.pdf, row.made_at = made_from, pdf, now
        db.session.add(row)
    db.session.expunge(row)  # five hundred are not kept in memory
    return 1


def _finish(addendum_id: int, asked: tuple[datetime, date], failed: int) -> None:
    """Unless it was asked anew meanwhile."""
    with transaction() as now:
        run = run_of(addendum_id)
        if run is not None and (run.asked_at, run.day) == asked:
            run.finished_at = now
            run.problem = f"{failed} brieven konden niet gemaakt worden." if failed else None
