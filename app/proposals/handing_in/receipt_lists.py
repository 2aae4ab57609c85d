"""The lists on a receipt, in words: which fields were filled in and which files went with them."""

from dataclasses import dataclass
from typing import Any

from app.infra.uploads import size_text
from app.proposals.content import Content
from app.proposals.wording import ANSWER_PARTS, EXPECTATIONS

GENERAL = {
    "summary": "Samenvatting",
    "service_types": "Diensten",
    "capacity_fte": "Capaciteit",
    "cost_estimate": "Kostenraming",
    "coordinator": "Wil coördineren",
    "references": "Referenties",
    "declarations.truthful": "Verklaring dat alles klopt",
    "declarations.no_client_data": "Verklaring dat er geen gegevens van cliënten in staan",
    **{f"expectations.{one.key}": one.label for one in EXPECTATIONS},
}
_ANSWERS = {one.key: one.label.rstrip("?") for one in ANSWER_PARTS}


@dataclass(frozen=True)
class Line:
    """A field with the salted hash of what was in it."""

    label: str
    sha256: str


@dataclass(frozen=True)
class Part:
    """The general part, or one challenge."""

    title: str
    lines: list[Line]


def parts_of(statement: dict[str, Any], content: Content) -> list[Part]:
    """The listed fields under the part of the proposal where they stand; a part without any is left out."""
    places = _places(content)
    found: dict[str, list[Line]] = {}
    for one in statement["fields"]:
        title, label = places.get(one["name"], ("Algemeen deel", GENERAL.get(one["name"], one["name"])))
        found.setdefault(title, []).append(Line(label, one["sha256"]))
    return [Part(title, lines) for title, lines in found.items()]


def _places(content: Content) -> dict[str, tuple[str, str]]:
    """{field of an obstacle: (challenge, obstacle and part of the answer)}."""
    places = {}
    for challenge in content["challenges"]:
        title = f"Uitdaging {challenge['number']}: {' & '.join(challenge['personas'])}".rstrip(": ")
        for obstacle in challenge["obstacles"]:
            for key, label in _ANSWERS.items():
                places[f"obstacle.{obstacle['id']}.{key}"] = (title, f"{obstacle['label']} – {label}")
    return places


def files_of(statement: dict[str, Any]) -> list[dict[str, str]]:
    return [
        {"name": one["name"], "size": size_text(one["size"]), "sha256": one["sha256"]}
        for one in statement["files"]
    ]
