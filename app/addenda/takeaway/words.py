"""Texts on their way out of the application: no control characters, and Markdown as plain building blocks."""

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from markdown_it import MarkdownIt
from markdown_it.token import Token

from app.infra.texts import legible

_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|%;,\x00-\x1f\u200b-\u200f]')
_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
_SCHEMES = ("https://", "http://", "mailto:")
LONGEST_NAME = 90


def clean(text: str | None) -> str:
    """The text as XML and a calendar can hold it: one kind of line end, nothing that cannot be seen."""
    return legible(text or "")


def one_line(text: str | None) -> str:
    """The same on one line."""
    return " ".join(clean(text).split())


def cleaned(value: Any) -> Any:
    """The same for every text inside lists and dictionaries."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {key: cleaned(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(one) for one in value]
    return value


def file_name(*words: str) -> str:
    """ "Denderstreek", "Samen één" -> "denderstreek-samen-één"; at most 90 characters."""
    text = _UNSAFE_IN_NAMES.sub(" ", one_line(" ".join(words))).lower()
    whole = re.sub(r"[\s._-]+", "-", unicodedata.normalize("NFC", text))
    return whole[:LONGEST_NAME].strip("-") or "oproep"


def disposition(kind: str, name: str) -> str:
    """The header for a file: a name in ASCII for old browsers, the real one in UTF-8 (RFC 6266)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^\w.-]+", "-", plain).strip("-")
    plain = f"oproep{plain}" if plain.startswith(".") else plain
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; a line break is "\\n"."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass
class Block:
    """`kind` is "p", "ul" or "ol"; a paragraph has one item. Lists inside lists become part of the outer."""

    kind: str
    items: list[list[Run]] = field(default_factory=list)


def blocks(text: str | None) -> list[Block]:
    """What a person typed as Markdown, as the page shows it: paragraphs and lists, headings as text."""
    found: list[Block] = []
    lists: list[str] = []
    fresh = False
    for token in _markdown.parse(clean(text)):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            if not lists:
                found.append(Block("ul" if token.type.startswith("bullet") else "ol"))
            lists.append(token.type)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            fresh = True
        else:
            fresh = _add(found, _runs(token), bool(lists), fresh)
    return [block for block in found if block.items]


def _add(found: list[Block], runs: list[Run], in_list: bool, fresh: bool) -> bool:
    """Put the runs where they belong; returns whether the next text still begins an item."""
    if not runs:
        return fresh
    if not in_list:
        found.append(Block("p", [runs]))
    elif fresh or not found[-1].items:
        found[-1].items.append(runs)
    else:
        found[-1].items[-1] += [Run("\n"), *runs]
    return False


def _runs(token: Token) -> list[Run]:
    if token.type in ("code_block", "fence"):
        return [Run(token.content.rstrip("\n"))]
    runs: list[Run] = []
    bold = italic = 0
    href = ""
    for child in token.children or ():
        bold += (child.type == "strong_open") - (child.type == "strong_close")
        italic += (child.type == "em_open") - (child.type == "em_close")
        if child.type in ("link_open", "link_close"):
            wanted = str(child.attrGet("href") or "")
            href = wanted if wanted.startswith(_SCHEMES) else ""
        words = "\n" if child.type in ("softbreak", "hardbreak") else child.content
        if words:
            runs.append(Run(words, bold > 0, italic > 0, href))
    return runs
