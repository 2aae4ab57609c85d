"""The candidates for one obstacle: each with the words on both sides, what it is and what was said of it."""

from collections.abc import Sequence
from typing import Any

from app.infra.formats import number
from app.matching.candidates.board import Board, Candidate
from app.matching.candidates.presenters import WHERE, WORDS
from app.matching.candidates.queries import (
    Details,
    Judgement,
    ObstacleLine,
    OfferLine,
    details_of,
    history,
    offers_of,
)
from app.matching.coverage.detail import marked, passages
from app.matching.index import sentences

AT_ONCE = 12
LONG = 700  # characters of an offer that are shown whole
TOWNS = 8
VERDICTS = {
    "confirmed": "Bevestigd",
    "rejected": "Afgewezen",
    "withdrawn": "Oordeel teruggenomen",
}


def cards(board: Board, line: ObstacleLine, able: Sequence[Candidate]) -> list[dict[str, Any]]:
    """Four queries whatever their number."""
    known = details_of([one.organisation.id for one in able])
    offers = offers_of([one.match.offer_id for one in able if one.match and one.match.offer_id])
    said = history(line.id)
    return [
        _who(one, board, known.get(one.organisation.id))
        | _what(one, line, offers, known.get(one.organisation.id))
        | judged(one, said.get(one.organisation.id, []))
        for one in able
    ]


def rejected(board: Board, line: ObstacleLine) -> list[dict[str, Any]]:
    said = history(line.id)
    return [
        {"id": one.organisation.id, "name": one.organisation.name}
        | judged(one, said.get(one.organisation.id, []))
        for one in board.rejected[line.id]
    ]


def _who(one: Candidate, board: Board, details: Details | None) -> dict[str, Any]:
    towns = details.municipalities if details else ()
    return {
        "id": one.organisation.id,
        "name": one.organisation.name,
        "level": one.level,
        "word": WORDS[one.level],
        "score": f"{round(one.score * 100)} %" if one.match else "",
        "in_region": one.organisation.in_region,
        "where": WHERE[one.organisation.in_region],
        "towns": ", ".join(towns[:TOWNS]) + (f" en nog {len(towns) - TOWNS}" if len(towns) > TOWNS else ""),
        "email": details.email if details else "",
        "phone": details.phone if details else "",
        "website": details.website if details else "",
        "invited": board.invited.get(one.organisation.id),
    }


def _what(
    one: Candidate, line: ObstacleLine, offers: dict[int, OfferLine], details: Details | None
) -> dict[str, Any]:
    reasons = one.match.reasons if one.match else ()
    own = {word for reason in reasons for word in reason.offer_words}
    offer = offers.get(one.match.offer_id) if one.match and one.match.offer_id else None
    text = offer.description if offer else (details.about if details and one.match else "")
    return {
        "need": marked(line.label, {word for reason in reasons for word in reason.need_words}),
        "title": marked(offer.title, own) if offer else "",
        "offer_id": offer.id if offer else 0,
        "whole": marked(text, own),
        "passages": passages([text], own) if len(text) > LONG else [],
        "long": len(text) > LONG,
        "capacity": f"{number(offer.capacity)} vte" if offer and offer.capacity is not None else "",
        "reasons": sentences(reasons),
        "domains": sorted({reason.domain for reason in reasons if reason.domain}),
        "matched": one.match is not None,
    }


def judged(one: Candidate, said: Sequence[Judgement]) -> dict[str, Any]:
    """What people said here and of the same obstacle elsewhere; `seen` for the next judgement."""
    return {
        "said": one.said,
        "said_word": VERDICTS[one.said.verdict] if one.said else "",
        "earlier": one.earlier,
        "history": [{"word": VERDICTS[each.verdict], "row": each} for each in said],
        "seen": said[-1].id if said else 0,
    }


def by_name(board: Board, line: ObstacleLine, looked: str) -> list[dict[str, Any]]:
    """Organisations that are not on the list, by a part of their name; at most ten."""
    there = {one.organisation.id for one in (*board.candidates[line.id], *board.rejected[line.id])}
    wanted = looked.casefold()
    found = [
        one
        for one in board.organisations.values()
        if wanted and wanted in one.name.casefold() and one.id not in there
    ]
    said = history(line.id) if found else {}
    return [
        {
            "id": one.id,
            "name": one.name,
            "where": WHERE[one.in_region],
            "seen": said[one.id][-1].id if one.id in said else 0,
        }
        for one in sorted(found, key=lambda one: (not one.in_region, one.name.casefold()))[:10]
    ]
