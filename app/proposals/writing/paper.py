"""A proposal as the data that `templates/proposals/proposal.typ` draws: plain JSON, nothing left to parse."""

from dataclasses import asdict
from datetime import datetime
from decimal import Decimal
from typing import Any

from app.addenda.queries import Call
from app.infra.formats import deadline, euro, moment, number
from app.infra.markdown import blocks
from app.infra.texts import one_line
from app.infra.uploads import size_text
from app.proposals.content import Content, level
from app.proposals.wording import ANSWER_PARTS, EXPECTATIONS


def paper_of(call: Call, content: Content, standing: Any, now: datetime) -> dict[str, Any]:
    """`standing`: the submission of which this is the content; None for a draft, which says so on every
    page."""
    return {
        "organisation": one_line(content["organisation"]["name"]),
        "call": one_line(call.title),
        "region": one_line(content["call"]["service_area"]),
        "draft": standing is None,
        "status": _status(call, standing, now),
        "general": _general(content),
        "facts": _facts(content),
        "challenges": [_challenge(one) for one in content["challenges"]],
        "files": [[one_line(one["name"]), size_text(one["size"])] for one in content.get("attachments", ())],
    }


def _status(call: Call, standing: Any, now: datetime) -> str:
    if standing is None:
        is_open = call.deadline is not None and call.deadline > now
        until = f" Indienen kan tot en met {deadline(call.deadline)}." if is_open else ""
        return f"ONTWERP van {moment(now)}. Dit is niet ingediend.{until}"
    return f"Ingediend op {moment(standing.submitted_at, seconds=True)}, nummer {standing.receipt_number}."


def _text(title: str, text: str) -> dict[str, Any]:
    return {"title": title, "blocks": [asdict(one) for one in blocks(text, headings=True)]}


def _general(content: Content) -> list[dict[str, Any]]:
    expectations = content.get("expectations") or {}
    return [
        _text("Samenvatting", content["summary"]),
        *(_text(one.label, expectations[one.key]) for one in EXPECTATIONS if expectations.get(one.key)),
        *([_text("Referenties", content["references"])] if content.get("references") else []),
    ]


def _facts(content: Content) -> list[tuple[str, str]]:
    fte, cost = content["capacity_fte"], content["cost_estimate"]
    return [
        ("Diensten", "; ".join(one_line(one["text"]) for one in content["service_types"]) or "niet ingevuld"),
        ("Capaciteit", f"{number(Decimal(fte))} voltijdse equivalenten" if fte else "niet ingevuld"),
        ("Kostenraming", euro(Decimal(cost)) if cost else "niet ingevuld"),
        ("Wil mee coördineren", "ja" if content["coordinator"] else "nee"),
    ]


def _challenge(challenge: dict[str, Any]) -> dict[str, Any]:
    begun = [one for one in challenge["obstacles"] if level(one) != "none"]
    return {
        "title": one_line(f"Uitdaging {challenge['number']}: {' & '.join(challenge['personas'])}"),
        "obstacles": [
            {
                "title": one_line(one["label"]),
                "parts": [_text(part.label, one[part.key]) for part in ANSWER_PARTS],
            }
            for one in begun
        ],
        "silent": [one_line(one["label"]) for one in challenge["obstacles"] if level(one) == "none"],
    }
