"""What the pages about objections show to the applicant."""

from datetime import datetime
from typing import Any

from flask import url_for

from app.addenda.guard import may_here
from app.addenda.queries import Call
from app.decisions.presenters import window_text
from app.decisions.queries import DecisionRow
from app.decisions.wording import OUTCOMES
from app.domain.objection import WindowState, window_state
from app.infra import clock
from app.infra.filekinds import Kind
from app.infra.formats import counted, moment
from app.infra.uploads import size_text
from app.objections.attached import FileRow, files_of, seal_of
from app.objections.attaching import MOST_EACH, MOST_FILES, MOST_TOGETHER, room
from app.objections.queries import ObjectionRow, criteria_of, earlier_objections, notices_of
from app.objections.wording import RULINGS, WAYS, contested_words

LIMITS = (
    f"Hoogstens {size_text(MOST_EACH)} per bestand en {MOST_FILES} bestanden, "
    f"samen hoogstens {size_text(MOST_TOGETHER)}."
)
_NAMES = {"contested": "wat je betwist", "grounds": "waarom", "request": "wat je vraagt"}


def own_facts(call: Call, decision: DecisionRow, row: ObjectionRow | None) -> dict[str, Any]:
    """The applicant's own objection: what can still be done, until when, and what became of it."""
    window = window_state(decision.notified_at, call.objection_days, clock.now())
    filed = row is not None and row.submitted_at is not None
    organisation = decision.organisation_id
    criteria = criteria_of(call.id)
    files = files_of([row.id]).get(row.id, []) if row else []
    return {
        "decision": decision,
        "outcome": OUTCOMES[decision.outcome],
        "notices": [notice_words(one.way, one.at) for one in notices_of(call.id).get(decision.id, [])]
        or [moment(decision.notified_at)],
        "row": row,
        "about": contested_words(row.criteria, criteria) if row else [],
        "filed": filed,
        "filed_at": moment(row.submitted_at, seconds=True) if row and filed else "",
        "late_at": moment(row.late_at, seconds=True) if row and row.late_at else "",
        "ruling": RULINGS[row.ruling] if row and row.ruling else None,
        "ruled_at": moment(row.ruling_at) if row else "",
        "window": window,
        "window_text": window_text(window),
        "may_write": window.is_open and not filed and may_here(call, "objection.own.draft", organisation),
        "may_submit": may_here(call, "objection.own.submit", organisation),
        "files": [file_line(one, decision.proposal_id) for one in files],
        "files_seal": seal_of(files),
        "limits": LIMITS,
        "earlier": [earlier_words(one) for one in earlier_objections(decision.proposal_id)],
    }


def notice_words(way: str, at: datetime) -> str:
    """ "3 juli 2023, 16u30, per mail"."""
    return f"{moment(at)}, {WAYS[way]}"


def missing_parts(row: ObjectionRow | None) -> list[str]:
    """What has to be written before it can be filed, in words."""
    texts = (row.contests, row.grounds, row.asks) if row else ("", "", "")
    return [words for words, text in zip(_NAMES.values(), texts, strict=True) if not text.strip()]


def file_line(one: Any, proposal_id: int) -> dict[str, Any]:
    """A line of the applicant's list, for the page and for app/static/js/upload.js."""
    values = {"proposal_id": proposal_id, "file_id": one.id}
    return {
        "id": one.id,
        "name": one.name,
        "kind": Kind(one.kind).label,
        "size": size_text(one.size),
        "href": url_for("objections.own_file", **values),
        "remove_href": url_for("objections.remove_file", **values),
        "already": getattr(one, "already", False),
    }


def left_over(files: list[FileRow]) -> dict[str, Any]:
    """What may still be added."""
    count, size = room(files)
    can = "kan" if count == 1 else "kunnen"
    text = (
        f"Er {can} nog {counted(count, 'bestand', 'bestanden')} bij, samen {size_text(size)}."
        if count
        else f"Er staan {MOST_FILES} bestanden bij: meer kan niet."
    )
    return {"left_files": count, "left_bytes": size, "left_text": text}


def earlier_words(row: ObjectionRow) -> dict[str, Any]:
    """An objection against a decision that no longer stands, and the ruling on it."""
    return {
        "number": row.decision_number,
        "row": row,
        "outcome": OUTCOMES[row.decision_outcome],
        "filed_at": moment(row.submitted_at, seconds=True),
        "ruling": RULINGS[row.ruling] if row.ruling else None,
        "ruled_at": moment(row.ruling_at),
    }


def term_words(window: WindowState) -> tuple[str, str]:
    """The stand of one applicant's days, with its tone."""
    if not window.is_open:
        return ("Voorbij", "neutral")
    if window.days_left == 0:
        return ("Vandaag de laatste dag", "warning")
    return (f"Nog {counted(window.days_left, 'dag', 'dagen')}", "info")
