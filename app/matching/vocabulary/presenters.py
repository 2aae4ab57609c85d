"""The thesaurus as administrators see it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from app.domain.thesaurus import Concept
from app.domain.thesaurus_rules import pointing
from app.infra.formats import moment
from app.matching.vocabulary.queries import ChangeRow, Table, changes_of
from app.matching.vocabulary.store import file_concepts, table_of

SHOWN = 50
LABELS = {
    "naam": "Naam",
    "domein": "Levensdomein",
    "uitleg": "Uitleg",
    "woorden": "Woorden",
    "veld": "Woorden die eraan doen denken",
    "ruimer": "Ruimer",
    "verwant": "Verwant",
    "helpt-bij": "Helpt bij",
}
LINKS = {"ruimer": "broader", "verwant": "related", "helpt-bij": "helps"}
POINTERS = {
    "broader": "Nauwere begrippen: een vorm van dit",
    "related": "Noemen dit verwant",
    "helps": "Helpen hierbij",
}
STATES = {"": "Alle begrippen", "gewijzigd": "Gewijzigd of nieuw", "weggenomen": "Weggenomen"}


@dataclass(frozen=True)
class Looked:
    """What was looked for; `domain` a life domain, `state` a key of STATES."""

    words: str = ""
    domain: str = ""
    state: str = ""


def found_concepts(
    known: Mapping[str, Concept], changed: Mapping[str, Table], looked: Looked
) -> list[Concept]:
    """By name; those that have the words in their name first."""
    pool: Iterable[Concept] = known.values()
    if looked.state == "weggenomen":
        pool = [_gone(id) for id, table in changed.items() if table is None]
    elif looked.state == "gewijzigd":
        pool = [known[id] for id in changed if id in known]
    words = looked.words.casefold().split()
    kept = [
        one
        for one in pool
        if (not looked.domain or one.domain == looked.domain) and all(word in _text(one) for word in words)
    ]
    return sorted(
        kept, key=lambda one: (not all(word in one.name.casefold() for word in words), one.name.casefold())
    )


def _gone(id: str) -> Concept:
    return file_concepts().get(id) or Concept(id, id, ())


def _text(one: Concept) -> str:
    return "\n".join((one.id, one.name, one.note, *one.words, *one.field)).casefold()


def rows(concepts: Sequence[Concept], known: Mapping[str, Concept], changed: Collection[str]) -> list[Any]:
    return [
        {
            "name": one.name,
            "href": url_for("matching.thesaurus_concept", concept_id=one.id),
            "domain": one.domain,
            "words": ", ".join(one.words[:5])
            + (f" en {len(one.words) - 5} meer" if len(one.words) > 5 else ""),
            "state": _state(one.id, known, changed),
        }
        for one in concepts
    ]


def _state(id: str, known: Mapping[str, Concept], changed: Collection[str]) -> tuple[str, str] | None:
    """(word, tone) of a badge; None for what is as in the file."""
    if id not in known:
        return "Weggenomen", "danger"
    if id not in changed:
        return None
    return ("Gewijzigd", "info") if id in file_concepts() else ("Nieuw", "success")


def concept_lines(one: Concept, known: Mapping[str, Concept]) -> list[dict[str, Any]]:
    """All fields: `text`, or `links` to other concepts."""
    table, found = table_of(one), []
    for key, label in LABELS.items():
        if key == "naam":
            continue
        value = table.get(key)
        if key in LINKS:
            found.append({"term": label, "links": links(value or (), known), "text": ""})
        else:
            text = "; ".join(value) if isinstance(value, list) else value
            found.append({"term": label, "links": [], "text": text or ""})
    return [*found, {"term": "Kenmerk in het bestand", "links": [], "text": one.id}]


def links(ids: Iterable[str], known: Mapping[str, Concept]) -> list[dict[str, str]]:
    return [
        {"name": known[id].name, "href": url_for("matching.thesaurus_concept", concept_id=id)}
        for id in ids
        if id in known
    ]


def pointers(id: str, known: Mapping[str, Concept]) -> list[dict[str, Any]]:
    """Who points to it, by kind; kinds without any left out."""
    found = pointing(id, known)
    return [
        {"title": title, "links": links([one.id for one in found[kind]], known)}
        for kind, title in POINTERS.items()
        if kind in found
    ]


def history(shown: Sequence[ChangeRow], known: Mapping[str, Concept]) -> list[dict[str, Any]]:
    """Each change beside what was there before it. One query."""
    before = _before(shown)
    return [
        {
            "id": row.id,
            "when": moment(row.at),
            "by": row.by,
            "reason": row.reason,
            "name": _name(row, before[row.id]),
            "act": _act(row.concept, before[row.id]),
            "lines": differences(before[row.id], row.concept, known),
            "href": url_for("matching.thesaurus_concept", concept_id=row.concept_id),
            "back_href": row.concept is not None
            and url_for("matching.thesaurus_edit", concept_id=row.concept_id, terug=row.id),
            "try_href": url_for("matching.thesaurus_try", zonder=row.id),
        }
        for row in shown
    ]


def _before(shown: Sequence[ChangeRow]) -> dict[int, Table]:
    """{change: the concept before it}; before the first change stands what the file has."""
    found: dict[int, Table] = {}
    last: dict[str, ChangeRow] = {}
    for row in changes_of({one.concept_id for one in shown}):
        if row.concept_id in last:
            found[last[row.concept_id].id] = row.concept
        last[row.concept_id] = row
    for id, row in last.items():
        original = file_concepts().get(id)
        found[row.id] = table_of(original) if original else None
    return found


def _name(row: ChangeRow, before: Table) -> str:
    return str((row.concept or before or {}).get("naam", row.concept_id))


def _act(after: Table, before: Table) -> tuple[str, str]:
    if after is None:
        return "Weggenomen", "danger"
    return ("Toegevoegd", "success") if before is None else ("Gewijzigd", "info")


def differences(before: Table, after: Table, known: Mapping[str, Concept]) -> list[tuple[str, str]]:
    """(field, what changed in it) for fields that differ; nothing for a concept that was taken out."""
    if after is None:
        return []
    found = []
    for key, label in LABELS.items():
        old, new = (before or {}).get(key), after.get(key)
        if (old or None) != (new or None):
            found.append((label, _differs(old, new, known if key in LINKS else {})))
    return found


def _differs(old: Any, new: Any, known: Mapping[str, Concept]) -> str:
    if isinstance(old or new, list):
        old, new = old or [], new or []
        parts = [
            ("erbij", [one for one in new if one not in old]),
            ("weg", [one for one in old if one not in new]),
        ]
        said = [
            f"{word}: {', '.join(known[id].name if id in known else id for id in ids)}"
            for word, ids in parts
            if ids
        ]
        return "; ".join(said) or "andere volgorde"
    if not old:
        return str(new)
    return f"“{old}” werd “{new}”" if new else f"“{old}” is leeggemaakt"


def pages(total: int, page: int, size: int, what: str, endpoint: str, **values: Any) -> dict[str, Any]:
    """For the component pagination."""
    first, last = (page - 1) * size + 1, min(page * size, total)
    kept = {key: value for key, value in values.items() if value}

    def link(number: int) -> str:
        return url_for(endpoint, **kept, pagina=number)

    return {
        "span": f"{what} {first} tot {last} van {total}",
        "previous_href": link(page - 1) if page > 1 else None,
        "next_href": link(page + 1) if last < total else None,
    }
