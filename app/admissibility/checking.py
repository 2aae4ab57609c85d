"""What the region does to find out: ticking, asking for what is missing, giving more time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from app.addenda.queries import Call
from app.admissibility.dossiers import dossier
from app.admissibility.models import Check, CompletionItem, CompletionRequest, TermExtension
from app.admissibility.requirements import written_list
from app.admissibility.rows import Cell, Dossier
from app.admissibility.telling import note, tell
from app.admissibility.touching import examined, require_no_refusal, touch
from app.admissibility.wording import MESSAGE_LIMIT, NOTE_LIMIT
from app.domain.access import Actor
from app.domain.admissibility import (
    AUTOMATIC,
    MIN_CHARACTERS,
    MIN_WORDS,
    Outcome,
    State,
    check_asked,
    check_later,
    reason_problem,
    term_end,
)
from app.domain.errors import DomainError, NotFound
from app.domain.timeline import local_day
from app.infra.database import db, transaction

CHECK = "admissibility.check"


@dataclass(frozen=True)
class Ticked:
    """What was found for one requirement; `outcome` "" is not looked at yet."""

    outcome: str
    note: str = ""


def by_hand(cell: Cell) -> bool:
    """Whether people decide; what the application finds in order needs nobody."""
    return cell.requirement.kind not in AUTOMATIC or cell.item.outcome is not Outcome.MET or bool(cell.by)


def save_checks(proposal_id: int, ticked: Mapping[int, Ticked], *, seen: int, by: Actor) -> State:
    """Write down what was found, by number of the requirement; the state that follows.

    Raises Stale with `theirs` {number as text: (outcome, note)}, admissibility_outcome_unknown,
    admissibility_text_long, admissibility_refusal_stands, NotFound for a number that is not on the list.
    """
    with transaction() as now:
        call, found = examined(proposal_id, CHECK, by, now)
        cells = _cells(found, ticked)
        differing = {cell.item.number for cell in cells if _stored(cell) != ticked[cell.item.number]}
        touch(found, seen, theirs=_theirs(found))
        require_no_refusal(found)
        changed = [cell for cell in cells if cell.item.number in differing or cell.item.unread]
        _write(call, found, {cell.item.number: ticked[cell.item.number] for cell in changed}, by, now)
        return _after(call, found, "checked", by, now, len(changed))


def all_in_order(proposal_id: int, *, seen: int, by: Actor) -> State:
    """Everything that nobody looked at yet is in order, in one act. Raises admissibility_something_missing
    when a requirement was found missing."""
    with transaction() as now:
        call, found = examined(proposal_id, CHECK, by, now)
        touch(found, seen)
        require_no_refusal(found)
        if any(one.missing for one in found.items):
            raise DomainError("admissibility_something_missing")
        open_cells = [cell for cell in found.cells if cell.item.blocks and cell.item.outcome is None]
        _write(call, found, {one.item.number: Ticked("met", one.note) for one in open_cells}, by, now)
        return _after(call, found, "checked", by, now, len(open_cells))


def request_completion(
    proposal_id: int, numbers: Collection[int], message: str, last_day: date, *, seen: int, by: Actor
) -> datetime:
    """Ask the applicant for missing items until the end of `last_day`; the exclusive end of the term. Told
    to everybody of the organisation.

    Raises what `domain.admissibility.check_asked` and `term_end` raise, admissibility_message_missing and
    admissibility_text_long.
    """
    with transaction() as now:
        call, found = examined(proposal_id, CHECK, by, now)
        touch(found, seen)
        require_no_refusal(found)
        check_asked(found.items, numbers, now)
        if not message:
            raise DomainError("admissibility_message_missing", field="message")
        _check_length("message", message, MESSAGE_LIMIT)
        until = term_end(last_day, local_day(now), call.written_until)
        request = CompletionRequest(
            proposal_id=proposal_id, message=message, until=until, asked_by_id=by.user_id, asked_at=now
        )
        db.session.add(request)
        db.session.flush()
        keys = written_list(call.id)
        db.session.add_all(CompletionItem(request_id=request.id, requirement_id=keys[one]) for one in numbers)
        note("requested", call, found, by, now, items=sorted(numbers), until=until.isoformat())
        tell(
            "requested",
            call,
            found,
            now,
            subject="Vul je kandidatuur aan",
            items=[cell.requirement.text for cell in found.cells if cell.item.number in numbers],
            message=message,
            until=until,
        )
        return until


def extend_term(proposal_id: int, last_day: date, reason: str, *, seen: int, by: Actor) -> datetime:
    """More time for this applicant, for what was asked and is still missing; the new exclusive end.

    Raises admissibility_nothing_runs, admissibility_only_later, what `term_end` raises, and
    admissibility_reason_… at field `reason`.
    """
    with transaction() as now:
        call, found = examined(proposal_id, CHECK, by, now)
        touch(found, seen)
        require_no_refusal(found)
        asked = {cell.asked.request_id for cell in found.cells if cell.asked and cell.item.missing}
        requests = [one for one in found.requests if one.id in asked]
        if not requests:
            raise DomainError("admissibility_nothing_runs")
        until = term_end(last_day, local_day(now), call.written_until)
        check_later(max(one.until for one in requests), until)
        check_reason("reason", reason)
        for one in requests:
            db.session.get_one(CompletionRequest, one.id).until = until
            db.session.add(
                TermExtension(
                    request_id=one.id, before=one.until, until=until, reason=reason, by_id=by.user_id, at=now
                )
            )
        note("extended", call, found, by, now, until=until.isoformat())
        tell("extended", call, found, now, subject="Meer tijd om aan te vullen", until=until, reason=reason)
        return until


def check_reason(field: str, text: str) -> None:
    """Raises admissibility_reason_empty, _elsewhere, _short and admissibility_text_long."""
    code = reason_problem(text)
    if code:
        raise DomainError(code, field=field, characters=MIN_CHARACTERS, words=MIN_WORDS)
    _check_length(field, text, MESSAGE_LIMIT)


def _check_length(field: str, text: str, most: int) -> None:
    if len(text) > most:
        raise DomainError("admissibility_text_long", field=field, maximum=most)


def _cells(found: Dossier, ticked: Mapping[int, Ticked]) -> list[Cell]:
    """The cells that were ticked, each one that people decide about."""
    cells = {cell.item.number: cell for cell in found.cells if by_hand(cell)}
    if set(ticked) - set(cells):
        raise NotFound("requirement")
    for number, one in ticked.items():
        if one.outcome and one.outcome not in list(Outcome):
            raise DomainError("admissibility_outcome_unknown", field=f"outcome-{number}")
        _check_length(f"note-{number}", one.note, NOTE_LIMIT)
    return [cells[number] for number in sorted(ticked)]


def _stored(cell: Cell) -> Ticked:
    return Ticked(cell.item.outcome.value if cell.item.outcome else "", cell.note)


def _theirs(found: Dossier) -> dict[str, tuple[str, str]]:
    return {
        str(cell.item.number): (_stored(cell).outcome, cell.note) for cell in found.cells if by_hand(cell)
    }


def _write(call: Call, found: Dossier, ticked: Mapping[int, Ticked], by: Actor, now: datetime) -> None:
    keys = written_list(call.id)
    for number, one in ticked.items():
        row = db.session.get(Check, (found.proposal_id, keys[number]))
        if row is None:
            row = Check(proposal_id=found.proposal_id, requirement_id=keys[number])
            db.session.add(row)
        row.outcome, row.note, row.at = one.outcome or None, one.note, now
        row.by_id = by.user_id  # type: ignore[assignment]
    db.session.flush()


def _after(call: Call, found: Dossier, act: str, by: Actor, now: datetime, count: int) -> State:
    """The state that follows, also in the log."""
    state = dossier(call.id, found.proposal_id, now).state
    note(act, call, found, by, now, changed=count, state=state.value)
    return state
