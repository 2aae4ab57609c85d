"""The feed of calls (Atom, RFC 4287): one entry per call, new again at each version and when
questions are answered."""

import xml.etree.ElementTree as Tree
from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from app.addenda.presenters import short_deadline
from app.addenda.takeaway.listing import Listed
from app.addenda.takeaway.words import clean, one_line
from app.notifications.services import page_url

MIME = "application/atom+xml"
MOST_ENTRIES = 100
_ATOM = "http://www.w3.org/2005/Atom"
_SINCE = "2026"  # part of every id (RFC 4151): never changes
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)


def calls_feed(listed: list[Listed], asked: dict[str, tuple[str, str]]) -> bytes:
    """The newest hundred, the last changed first. `asked`: the filters of the list in use,
    name in the address -> (value there, words for people)."""
    filters = {name: value for name, (value, _) in asked.items()}
    newest = sorted(listed, key=lambda one: (one.changed_at, one.call.id), reverse=True)[:MOST_ENTRIES]
    feed = Tree.Element("feed", {"xmlns": _ATOM, "xml:lang": "nl-BE"})
    _add(feed, "id", _tag("oproepen", filters))
    _add(feed, "title", "Oproepen van Partnerwijzer")
    if asked:
        _add(feed, "subtitle", f"Alleen: {', '.join(one_line(words) for _, words in asked.values())}")
    _add(feed, "updated", _moment(newest[0].changed_at if newest else _NEVER))
    _link(feed, "self", page_url("addenda.calls_feed", **filters), MIME)
    _link(feed, "alternate", page_url("addenda.index", **filters), "text/html")
    _add(Tree.SubElement(feed, "author"), "name", "Partnerwijzer")
    for one in newest:
        _entry(Tree.SubElement(feed, "entry"), one)
    Tree.indent(feed, " ")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + Tree.tostring(feed, encoding="utf-8") + b"\n"


def _entry(entry: Tree.Element, one: Listed) -> None:
    call = one.call
    _add(entry, "id", _tag(f"oproep/{call.id}"))
    _add(entry, "title", one_line(call.title) or "Oproep")
    _add(entry, "published", _moment(one.versions[0].at))
    _add(entry, "updated", _moment(one.changed_at))
    _link(entry, "alternate", page_url("addenda.show", addendum_id=call.id), "text/html")
    _link(entry, "related", page_url("addenda.call_json_file", addendum_id=call.id), "application/json")
    for town in one.towns:
        Tree.SubElement(entry, "category", {"term": one_line(town)})
    summary = _add(entry, "summary", _summary(one))
    summary.set("type", "text")


def _summary(one: Listed) -> str:
    """Why it is new, and the one date that counts."""
    until = f"Indienen tot en met {short_deadline(one.call.deadline)}."
    if one.just_answered:
        return f"Vragen beantwoord: {one.just_answered}. Lees ze op de pagina van de oproep.\n{until}"
    if one.version.number == 1:
        return f"Nieuwe oproep van {one_line(one.call.service_area)}: {', '.join(one.towns)}. {until}"
    return f"Gewijzigd (versie {one.version.number}): {clean(one.version.reason)}\n{until}"


def _add(parent: Tree.Element, name: str, text: str) -> Tree.Element:
    element = Tree.SubElement(parent, name)
    element.text = clean(text)
    return element


def _link(parent: Tree.Element, rel: str, href: str, mime: str) -> None:
    Tree.SubElement(parent, "link", {"rel": rel, "href": clean(href), "type": mime})


def _tag(what: str, filters: dict[str, str] | None = None) -> str:
    host = urlsplit(page_url("addenda.index")).hostname or "partnerwijzer"
    asked = f"?{urlencode(sorted(filters.items()))}" if filters else ""
    return f"tag:{host},{_SINCE}:{what}{asked}"


def _moment(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
