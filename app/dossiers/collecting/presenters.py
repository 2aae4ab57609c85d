"""What is in the dossier of a call, in numbers."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from app.domain.dossier import KINDS, MARK_LABELS, Mark
from app.dossiers.collecting.index import VERSION_LABELS
from app.dossiers.collecting.packing import Choices, shown_as
from app.dossiers.collecting.parts import Dossier, Part
from app.dossiers.collecting.queries import MOST_COPIES
from app.infra.formats import counted, moment
from app.infra.uploads import size_text

_SEVERAL = "deels, zie de onderdelen"


def overview(dossier: Dossier, choices: Choices, copies: Sequence[Any]) -> dict[str, Any]:
    by_kind: dict[str, list[Part]] = defaultdict(list)
    for part in dossier.parts:
        by_kind[part.kind].append(part)
    public = sum(shown_as(part, choices) is not Mark.LEFT_OUT for part in dossier.parts)
    return {
        "kinds": [_kind(key, by_kind[key], choices) for key in KINDS if key in by_kind],
        "tiles": [
            {"value": len(dossier.parts), "label": "stukken in de volledige versie"},
            {"value": public, "label": "stukken in de openbare versie"},
            {"value": len(choices), "label": "stukken waarover je zelf besliste"},
        ],
        "size": _size(dossier.parts),
        "copies": [_copy(row) for row in copies],
        "most_copies": MOST_COPIES,
        "as_of": dossier.as_of,
    }


def _kind(key: str, parts: Sequence[Part], choices: Choices) -> dict[str, Any]:
    marks = {shown_as(part, choices) for part in parts}
    how = MARK_LABELS[marks.pop()] if len(marks) == 1 else _SEVERAL
    kind = KINDS[key]
    return {
        "key": key,
        "label": kind.label,
        "count": counted(len(parts), "stuk", "stukken"),
        "size": _size(parts),
        "public": how,
        "why": kind.why,
    }


def _size(parts: Sequence[Part]) -> str:
    """What is known before it is made; PDFs are made at the download."""
    sizes = [part.known_size() for part in parts]
    known = [one for one in sizes if one is not None]
    if not known:
        return "bij het downloaden gemaakt"
    return f"{'meer dan ' if len(known) < len(sizes) else ''}{size_text(sum(known))}"


def _copy(row: Any) -> dict[str, str]:
    return {
        "at": moment(row.at),
        "name": row.name,
        "version": VERSION_LABELS[row.version],
        "digest": row.manifest_sha256,
    }
