"""The call as PDF/UA-1, drawn by `templates/addenda/takeaway/call.typ`."""

import json
import unicodedata
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import qrcode
from flask import current_app

from app.addenda.portraits import portrait_key
from app.addenda.public.queries import ChallengeRow, CriterionRow, PersonaRow
from app.addenda.takeaway import paper
from app.addenda.takeaway.document import Takeaway, names_in
from app.addenda.takeaway.words import cleaned, one_line
from app.domain.timeline import BRUSSELS
from app.infra.documents import TEMPLATES, render_pdf
from app.infra.markdown import Block, blocks

MIME = "application/pdf"
TEMPLATE = "addenda/takeaway/call.typ"


def pdf_source(taken: Takeaway) -> str:
    """All that the template draws, as JSON: the same source is the same document."""
    return json.dumps(_drawable(cleaned(_content(taken))), ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=16)
def pdf_of(source: str) -> bytes:
    """The document. A fifth of a second to draw, so the last few are kept."""
    return render_pdf(TEMPLATE, json.loads(source))


@cache
def template_text() -> bytes:
    """For the tag of the answer: a new template makes a new document."""
    return (TEMPLATES / TEMPLATE).read_bytes()


def _content(taken: Takeaway) -> dict[str, Any]:
    page, call = taken.page, taken.call
    at = taken.version.at.astimezone(BRUSSELS)
    road = paper.stations(taken)
    return {
        "title": one_line(call.title) or "Oproep",
        "programme": one_line(page.programme),
        "region": one_line(call.service_area),
        "towns": ", ".join(taken.towns),
        "counts": paper.counts(taken),
        "url": taken.url,
        "qr": _qr(taken.url),
        "version": paper.version_line(taken),
        "date": [at.year, at.month, at.day],
        "vision": [
            {"title": title, "blocks": _blocks(text)}
            for title, text in (("Ambitie", page.ambition), ("Visie", page.vision), ("Missie", page.mission))
            if text
        ],
        "deadline": next((one.when for one in road if one.label == "Uiterste indiendatum"), ""),
        "personas": [_persona(one) for one in page.personas],
        "challenges": [_challenge(one) for one in page.challenges],
        "timeline": [vars(one) for one in road],
        "analysis": [
            {"title": title, "texts": page.lists[kind]}
            for kind, title in paper.ANALYSIS
            if page.lists.get(kind)
        ],
        "local_input": _blocks(page.local_input),
        "questions": [
            {
                "title": f"Vraag {one.number}",
                "question": one.question.strip(),
                "answer": _blocks(one.answer),
                "when": paper.answered_on(one),
            }
            for one in taken.answers
        ],
        "passing": paper.passing(taken),
        "rounds": [
            {"title": title, "criteria": [_criterion(one) for one in page.criteria[name]]}
            for name, title in paper.ROUNDS
            if page.criteria.get(name)
        ],
        "contacts": [[one_line(text) for text in one] for one in page.contacts],
        "changes": paper.changes(taken),
    }


def _persona(one: PersonaRow) -> dict[str, Any]:
    about = [f"{one.age} jaar"] if one.age is not None else []
    return {
        "name": one_line(one.name) or "?",
        "about": ", ".join([*about, *filter(None, [one_line(one.occurrence)])]),
        "portrait": _svg(portrait_key(one.portrait)),
        "alt": one_line(one.shown),
        "story": _blocks(one.story),
        "strengths": one.strengths,
        "domains": one.life_domains,
    }


def _challenge(one: ChallengeRow) -> dict[str, Any]:
    named = f": {names_in(one.personas)}" if one.personas else ""
    return {
        "title": one_line(f"Regio-uitdaging {one.number}{named}"),
        "introduction": _blocks(one.introduction),
        "obstacles": [
            [f"O{row.number}", row.label, ", ".join(row.life_domains), paper.numbers("D", row.goals)]
            for row in one.obstacles
        ],
        "goals_heading": one.goals_heading,
        "goals": [[f"D{row.number}", row.text, paper.numbers("O", row.obstacles)] for row in one.goals],
    }


def _criterion(one: CriterionRow) -> dict[str, Any]:
    return {"name": one_line(one.name) or "?", "weighing": paper.weighing(one), "levels": one.levels}


def _blocks(text: str) -> list[dict[str, Any]]:
    return [_block(one) for one in blocks(text)]


def _block(block: Block) -> dict[str, Any]:
    return {"kind": block.kind, "items": [[vars(run) for run in item] for item in block.items]}


def _svg(key: str) -> str:
    return (Path(current_app.static_folder or "") / "portraits" / f"{key}.svg").read_text()


def _qr(address: str) -> str:
    code = qrcode.QRCode(border=0, error_correction=qrcode.constants.ERROR_CORRECT_M)
    code.add_data(address)
    matrix = code.get_matrix()
    dots = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark)
    size = len(matrix)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}"><path d="{dots}"/></svg>'


def _drawable(value: Any) -> Any:
    if isinstance(value, str):
        return _with_glyphs(value)
    if isinstance(value, dict):
        return {key: _drawable(one) for key, one in value.items()}
    return [_drawable(one) for one in value] if isinstance(value, list) else value


def _with_glyphs(text: str) -> str:
    """Never empty where there was text, since no heading may be."""
    seen = any(unicodedata.category(one)[0] not in "CZ" for one in text)
    return text if seen or not text.strip() else "?"
