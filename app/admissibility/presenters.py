"""What the pages of the formal check show."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from app.accounts.actors import current_actor
from app.addenda.guard import may_here
from app.addenda.public.parts import Part
from app.addenda.queries import Call
from app.admissibility.checking import CHECK, by_hand
from app.admissibility.dossiers import areas_of, requirements_of
from app.admissibility.refusing import REFUSE
from app.admissibility.rows import Cell, Dossier
from app.admissibility.wording import KINDS, NOT_NOTED, OUTCOMES, STATES, UNDECIDED
from app.domain.access import Actor
from app.domain.admissibility import DECIDED, Kind, State, can_be_asked, refused_too_early
from app.domain.errors import DomainError
from app.domain.timeline import Phase
from app.infra.formats import deadline, short_day
from app.infra.messages import say
from app.infra.uploads import size_text


def call_part(call: Call, actor: Actor) -> Part | None:
    """The section of the public page (a CALL_PAGE_PARTS entry)."""
    rows = requirements_of(call.id)
    html = render_template("admissibility/_on_call.html", rows=rows, kinds=KINDS)
    return Part("vormvereisten", "Wat formeel in orde moet zijn", Markup(html))


def formal_requirements(call: Call) -> list[dict[str, str]]:
    """The same beside the applicant's checklist, for templates."""
    return [{"text": row.text, "hint": row.explanation} for row in requirements_of(call.id)]


def state_words(found: Dossier, now: datetime) -> tuple[str, str]:
    """(words, tone); a term that runs says until when."""
    words, tone = STATES[found.state]
    if found.state is State.REQUESTED:
        ends = [cell.item.until for cell in found.open_cells(now) if cell.item.until]
        words += f" tot en met {short_day((max(ends) - timedelta(minutes=1)).date())}" if ends else ""
    return words, tone


def overview_facts(call: Call, rows: Sequence[Dossier], now: datetime) -> dict[str, Any]:
    checks = may_here(call, CHECK)
    return {
        "requirements": requirements_of(call.id),
        "rows": [_row(call, one, now, checks) for one in rows],
        "open_count": sum(one.state not in DECIDED for one in rows),
        "total": len(rows),
    }


def _row(call: Call, one: Dossier, now: datetime, checks: bool) -> dict[str, Any]:
    untouched = checks and one.state is State.TO_CHECK and not any(item.missing for item in one.items)
    return {
        "name": one.organisation_name,
        "receipt": one.receipt_number,
        "href": url_for("admissibility.examine", proposal_id=one.proposal_id),
        "state": state_words(one, now),
        "cells": [(cell.requirement.text, *_outcome(cell, call.phase), cell.fact) for cell in one.cells],
        "in_order_href": url_for("admissibility.in_order", proposal_id=one.proposal_id) if untouched else "",
        "version": one.version,
    }


def _outcome(cell: Cell, phase: Phase) -> tuple[str, str]:
    if cell.item.missing and cell.item.unread:
        return "Aanvulling ontvangen", "warning"
    if cell.item.outcome:
        return OUTCOMES[cell.item.outcome]
    return UNDECIDED if cell.item.blocks and phase is Phase.WRITTEN else NOT_NOTED


def examine_facts(call: Call, found: Dossier, now: datetime) -> dict[str, Any]:
    """One proposal: what was found, what was asked, and what can be done now by who looks."""
    org, refusal = found.organisation_id, found.refusal
    open_ones = call.phase is Phase.WRITTEN and refusal is None
    checks, refuses = may_here(call, CHECK, org), may_here(call, REFUSE, org)
    mine = current_actor().user_id
    missing = any(item.missing for item in found.items)
    confirmed = refusal is not None and refusal.confirmed_at is not None
    return {
        "found": found,
        "state": state_words(found, now),
        "rows": [_line(found, cell, call.phase) for cell in found.cells],
        "areas": areas_of(org, call.id),
        "requests": [_request(found, one, now) for one in found.requests],
        "refusal": refusal,
        "refusal_reasons": _reasons(found),
        "may": {
            "check": checks and open_ones,
            "ask": checks and open_ones and any(can_be_asked(one, now) for one in found.items),
            "extend": checks and open_ones and any(one.missing and one.until for one in found.items),
            "refuse": refuses and open_ones and missing and too_early(found, now) is None,
            "confirm": refuses and refusal is not None and not confirmed and refusal.proposed_by_id != mine,
            "drop": refuses and refusal is not None and not confirmed,
            "revoke": refuses and refusal is not None and confirmed and not refusal.revocation_at,
            "confirm_revocation": refuses
            and refusal is not None
            and bool(refusal.revocation_at)
            and refusal.revocation_by_id != mine,
            "drop_revocation": refuses and refusal is not None and bool(refusal.revocation_at),
        },
    }


def too_early(found: Dossier, now: datetime) -> tuple[bool, str] | None:
    """Why a refusal cannot be written yet: (whether asking is what helps, in words); None when it can."""
    codes = {code for one in found.items if one.missing and (code := refused_too_early(one, now))}
    for code in ("admissibility_answer_unread", "admissibility_term_runs", "admissibility_ask_first"):
        if code in codes:
            return code == "admissibility_ask_first", say(DomainError(code))
    return None


def _line(found: Dossier, cell: Cell, phase: Phase) -> dict[str, Any]:
    return {
        "number": cell.item.number,
        "text": cell.requirement.text,
        "explanation": cell.requirement.explanation,
        "kind": KINDS[cell.requirement.kind],
        "compare_areas": cell.requirement.kind is Kind.REGION,
        "outcome": _outcome(cell, phase),
        "fact": cell.fact,
        "note": cell.note,
        "by": cell.by,
        "at": cell.item.checked_at,
        "by_hand": by_hand(cell),
        "answer": _answer(found, cell),
    }


def _answer(found: Dossier, cell: Cell) -> dict[str, Any] | None:
    if cell.asked is None or cell.asked.answered_at is None:
        return None
    file = cell.asked.file
    return {
        "at": cell.asked.answered_at,
        "text": cell.asked.text,
        "file": f"{file.name} ({size_text(file.size)})" if file else "",
        "href": url_for("admissibility.file", proposal_id=found.proposal_id, number=cell.item.number),
    }


def _request(found: Dossier, one: Any, now: datetime) -> dict[str, Any]:
    texts = {cell.item.number: cell.requirement.text for cell in found.cells}
    return {
        "asked_at": one.asked_at,
        "asked_by": one.asked_by,
        "message": one.message,
        "until": deadline(one.until),
        "runs": now < one.until,
        "items": [texts[number] for number in one.numbers],
    }


def _reasons(found: Dossier) -> list[tuple[str, str]]:
    reasons = found.refusal.reasons if found.refusal else {}
    return [
        (cell.requirement.text, reasons[cell.item.number])
        for cell in found.cells
        if cell.item.number in reasons
    ]


SILENT = (State.EXPIRED, State.REFUSAL_PROPOSED)
"""A proposal to refuse is nothing that the organisation knows of before it is confirmed."""


def own_facts(call: Call, found: Dossier, now: datetime) -> dict[str, Any]:
    """What the organisation itself sees: what was asked, what arrived, and a refusal once it is confirmed."""
    refusal = found.refusal if found.refusal and found.refusal.confirmed_at else None
    return {
        "open_cells": found.open_cells(now) if call.phase is Phase.WRITTEN else [],
        "requests": [_request(found, one, now) for one in found.requests],
        "lapsed": refusal is None and call.phase is Phase.WRITTEN and found.state in SILENT,
        "received": [
            {"text": cell.requirement.text, **_own_answer(found, cell)}
            for cell in found.cells
            if cell.asked and cell.asked.answered_at
        ],
        "refusal": refusal,
        "refusal_reasons": _reasons(found) if refusal else [],
        "size_text": size_text,
    }


def _own_answer(found: Dossier, cell: Cell) -> dict[str, Any]:
    answer = _answer(found, cell) or {}
    href = url_for("admissibility.own_file", proposal_id=found.proposal_id, number=cell.item.number)
    return {**answer, "answer": answer.get("text", ""), "text": cell.requirement.text, "href": href}


def stale_lines(found: Dossier, theirs: Iterable[tuple[str, tuple[str, str]]]) -> list[tuple[str, str, str]]:
    """(requirement, outcome, note) as somebody else saved them."""
    texts = {cell.item.number: cell.requirement.text for cell in found.cells}
    words = {one.value: label for one, (label, _) in OUTCOMES.items()}
    return [
        (texts[int(number)], words.get(outcome, UNDECIDED[0]), note) for number, (outcome, note) in theirs
    ]


def problems_of(error: DomainError) -> list[DomainError]:
    return list(getattr(error, "problems", ())) or [error]


def spoken(error: DomainError) -> str:
    return " ".join(say(one) for one in problems_of(error))
