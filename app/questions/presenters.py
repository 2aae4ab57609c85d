"""Questions as pages show them."""

from collections.abc import Sequence, Set
from datetime import datetime
from typing import Any

from flask import render_template, url_for
from markupsafe import Markup

from app.addenda.public.parts import Part
from app.addenda.queries import Call
from app.domain.access import Actor
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.formats import deadline
from app.questions.policy import alike
from app.questions.queries import Answered, Waiting, answered, closing, names_in

_SHORT = 90


def until_text(limit: datetime | None, now: datetime) -> str:
    """Until when one can ask, in words; empty when asking is over or has not begun."""
    return deadline(limit) if limit is not None and now < limit else ""


def call_part(call: Call, actor: Actor) -> Part | None:
    """The section of the public page (a CALL_PAGE_PARTS entry); nobody asks about a draft."""
    if call.phase is Phase.DRAFT:
        return None
    html = render_template(
        "questions/_on_call.html",
        call=call,
        rows=answered(call.id),
        until=until_text(closing(call), clock.now()),
    )
    return Part("vragen", "Vragen en antwoorden", Markup(html))


def inbox_lists(
    rows: Sequence[Waiting], ready: Set[int], call: Call, may_answer: bool
) -> dict[str, list[dict[str, Any]]]:
    """Open, ready (by id, as `services.ready` has it) and set aside, each row with what looks alike."""
    texts = {row.id: row.public_text or row.text for row in rows}
    lists: dict[str, list[dict[str, Any]]] = {"open": [], "ready": [], "aside": []}
    for row in rows:
        name = "aside" if row.set_aside else "ready" if row.id in ready else "open"
        others = [(key, text) for key, text in texts.items() if key != row.id]
        lists[name].append(
            {
                "id": row.id,
                "text": row.public_text or row.text,
                "asked": row.asked_at,
                "answer": row.answer,
                "same_as": texts.get(row.same_as_id or 0, "een vraag die al beantwoord is")
                if row.same_as_id
                else "",
                "alike": len(alike(row.text, others)) if name == "open" else 0,
                "href": url_for("questions.answer", addendum_id=call.id, question_id=row.id)
                if may_answer
                else "",
            }
        )
    return lists


def same_choices(
    question_id: int, text: str, rows: Sequence[Waiting], published: Sequence[Answered]
) -> list[tuple[int, str]]:
    """What this question may be the same as: published answers and open questions, the most alike first."""
    known = [(one.id, one.text) for one in published]
    known += [
        (one.id, one.public_text or one.text) for one in rows if one.id != question_id and not one.same_as_id
    ]
    close = set(alike(text, known))
    ordered = sorted(known, key=lambda pair: pair[0] not in close)
    return [(key, ("Lijkt erg op: " if key in close else "") + shortened(words)) for key, words in ordered]


def shortened(text: str) -> str:
    """One line of a question for a list."""
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else line[: _SHORT - 1].rstrip() + "…"


def similar(text: str, published: Sequence[Answered]) -> list[Answered]:
    """Answers that may make asking needless."""
    by_id = {one.id: one for one in published}
    return [by_id[key] for key in alike(text, [(one.id, one.text) for one in published])]


def publish_facts(rows: Sequence[Any], seal: str, followers: int) -> dict[str, Any]:
    """The last page before publishing: the answers as they will stand, and who hears of it."""
    own = [row for row in rows if row.same_as_id is None]
    names = {row.id: names_in(row.public_text) for row in own}
    return {"names": names, "own": own, "same": len(rows) - len(own), "seal": seal, "followers": followers}
