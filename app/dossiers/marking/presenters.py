"""The list of all parts, searched and filtered, and one part to decide about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.addenda.queries import Call
from app.domain.dossier import KINDS, MARK_LABELS, Mark
from app.dossiers.collecting.packing import Choices, shown_as
from app.dossiers.collecting.parts import Part
from app.infra.texts import one_line

PER_PAGE = 50
TONES = {Mark.OPEN: "success", Mark.BLACKENED: "info", Mark.LEFT_OUT: "neutral"}
MARKED = "gemarkeerd"


@dataclass(frozen=True)
class Asked:
    """What the list was asked: `text` in a name or a path, `kind`, `marked` only those somebody decided
    about, and the page."""

    text: str
    kind: str
    marked: bool
    page: int


def asked(text: str, kind: str, marked: str, page: int) -> Asked:
    """From an address; what is no kind counts as not given."""
    return Asked(one_line(text)[:100].strip(), kind if kind in KINDS else "", marked == MARKED, max(page, 1))


def part_list(call: Call, parts: Sequence[Part], choices: Choices, given: Asked) -> dict[str, Any]:
    """Everything the page shows. Files that share a mark (JSON and PDF) are one line each."""
    found = [one for one in parts if _fits(one, choices, given)]
    last = max(1, -(-len(found) // PER_PAGE))
    page = min(given.page, last)
    shown = found[(page - 1) * PER_PAGE : page * PER_PAGE]
    present = {one.kind for one in parts}
    return {
        "rows": [_row(call, one, choices) for one in shown],
        "total": len(found),
        "all": len(parts),
        "kinds": [(key, one.label) for key, one in KINDS.items() if key in present],
        "asked": given,
        "marked": MARKED,
        "page_text": f"Pagina {page} van {last}",
        "previous": _page_href(call, given, page - 1) if page > 1 else None,
        "next": _page_href(call, given, page + 1) if page < last else None,
    }


def _fits(part: Part, choices: Choices, given: Asked) -> bool:
    if given.kind and part.kind != given.kind:
        return False
    if given.marked and part.id not in choices:
        return False
    text = f"{part.path} {part.label} {part.name}".casefold()
    return all(word in text for word in given.text.casefold().split())


def _page_href(call: Call, given: Asked, page: int) -> str:
    return url_for(
        "dossiers.parts",
        addendum_id=call.id,
        zoek=given.text or None,
        soort=given.kind or None,
        enkel=MARKED if given.marked else None,
        pagina=page,
    )


def _row(call: Call, part: Part, choices: Choices) -> dict[str, Any]:
    mark = shown_as(part, choices)
    return {
        "label": part.label,
        "name": part.name,
        "path": part.path,
        "kind": part.of_kind.label,
        "mark": (MARK_LABELS[mark], TONES[mark]),
        "own": part.id not in choices,
        "href": url_for("dossiers.part", addendum_id=call.id, deel=part.id),
    }


def part_facts(part: Part, choices: Choices) -> dict[str, Any]:
    """One part, with how it appears now and what its own rule says."""
    own = part.own_mark()
    return {
        "part": part,
        "own_rule": MARK_LABELS[own],
        "why": "Dit is nog aan niemand meegedeeld." if part.held else part.of_kind.why,
        "now": MARK_LABELS[shown_as(part, choices)],
    }


def theirs_sentence(mark: str, reason: str) -> str:
    """What somebody else decided in the meantime."""
    how = MARK_LABELS[Mark(mark)] if mark in list(Mark) else "zoals gewoonlijk"
    return f"Intussen koos een collega: {how}. {reason}".strip()
