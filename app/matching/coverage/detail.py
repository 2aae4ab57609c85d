"""One obstacle and who takes it up: the three marks, why the text supports it, and the text itself."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask import url_for
from markupsafe import Markup, escape

from app.domain.coverage import SUPPORTED
from app.domain.match_reasons import Reason
from app.matching.coverage.board import Board
from app.matching.coverage.presenters import degree_in_words, ordered, three, votes_in_words
from app.matching.coverage.support import explained, parts_of
from app.matching.index import sentences
from app.matching.queries import ObstacleRow
from app.proposals.content import obstacles
from app.proposals.queries import StandingRow
from app.proposals.seal.sealing import examine
from app.proposals.wording import ANSWER_PARTS

AT_ONCE = 15
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
PASSAGES = 4


def candidates(board: Board, one: ObstacleRow) -> list[StandingRow]:
    """Who takes the obstacle up, the best addressed first, then by name."""
    marks = board.of(one.id)
    able = [row for row in ordered(board.found) if row.proposal_id in marks]
    return sorted(able, key=lambda row: -marks[row.proposal_id].degree)


def cards(
    board: Board, one: ObstacleRow, rows: Sequence[StandingRow], addendum_id: int
) -> list[dict[str, Any]]:
    """One card per proposal. Reads what was handed in: two queries, three for the reasons."""
    marks, answers = board.of(one.id), _answers(one.id, rows)
    texts = {key: "\n".join(filter(None, parts_of(answer))) for key, answer in answers.items() if answer}
    why = explained(addendum_id, one.id, texts)
    return [
        {
            "name": row.organisation_name,
            "href": url_for("proposals.read", proposal_id=row.proposal_id),
            "marks": three(marks[row.proposal_id]),
            "votes": votes_in_words(marks[row.proposal_id].votes),
            "degree": degree_in_words(marks[row.proposal_id]),
            "supported": marks[row.proposal_id].support in SUPPORTED,
            "damaged": answers.get(row.proposal_id, {}) is None,
            **_text(answers.get(row.proposal_id) or {}, _reasons(why, row.proposal_id)),
        }
        for row in rows
    ]


def _answers(obstacle_id: int, rows: Iterable[StandingRow]) -> dict[int, Mapping[str, Any] | None]:
    """{proposal: its answer to this obstacle}; None when it does not open."""
    of = {row.submission_id: row.proposal_id for row in rows}
    found: dict[int, Mapping[str, Any] | None] = {}
    for submission, text in examine(list(of)).items():
        if text is None:
            found[of[submission]] = None
            continue
        for answer in obstacles(json.loads(text)):
            if answer["id"] == obstacle_id:
                found[of[submission]] = answer
    return found


def _reasons(why: Mapping[int, Any], proposal_id: int) -> Sequence[Reason]:
    return why[proposal_id].reasons if proposal_id in why else ()


def _text(answer: Mapping[str, Any], reasons: Sequence[Reason]) -> dict[str, Any]:
    words = {word for reason in reasons for word in reason.offer_words}
    texts = [(part.label, answer.get(part.key) or "") for part in ANSWER_PARTS]
    return {
        "reasons": sentences(reasons),
        "passages": passages([text for _, text in texts], words),
        "parts": [(label, marked(text, words)) for label, text in texts if text],
    }


def passages(texts: Iterable[str], words: Iterable[str]) -> list[Markup]:
    """The sentences in which these words stand, marked; at most PASSAGES."""
    pattern = _pattern(words)
    if pattern is None:
        return []
    said = [one.strip() for text in texts for one in _SENTENCE.split(text)]
    return [_mark(one, pattern) for one in said if pattern.search(one)][:PASSAGES]


def marked(text: str, words: Iterable[str]) -> Markup:
    """A text as plain text, with these words marked."""
    pattern = _pattern(words)
    return escape(text) if pattern is None else _mark(text, pattern)


def _pattern(words: Iterable[str]) -> re.Pattern[str] | None:
    alternatives = sorted((re.escape(one) for one in words if one.strip()), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE) if alternatives else None


def _mark(text: str, pattern: re.Pattern[str]) -> Markup:
    found, last = Markup(), 0
    for hit in pattern.finditer(text):
        found += escape(text[last : hit.start()]) + Markup("<mark>") + escape(hit[0]) + Markup("</mark>")
        last = hit.end()
    return found + escape(text[last:])
