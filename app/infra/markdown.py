"""Markdown that people type: as safe HTML for a page, and as plain building blocks for a document.

No HTML of their own, no pictures (a remote one would tell who reads), links only to the web or to a mailbox.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markupsafe import Markup
from nh3 import clean

from app.infra.texts import legible

SCHEMES = ("https://", "http://", "mailto:")
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "blockquote", "code"}
_LOWEST = 6


def _words_of_picture(
    _renderer: RendererHTML, tokens: Sequence[Token], place: int, _options: Any, _env: Any
) -> str:
    return escapeHtml(tokens[place].content)


_markdown = MarkdownIt("commonmark", {"html": False, "breaks": True})
_markdown.add_render_rule("image", _words_of_picture)


@dataclass(frozen=True)
class Run:
    """A stretch of text in one style; a line break is "\\n"."""

    text: str
    bold: bool = False
    italic: bool = False
    href: str = ""


@dataclass
class Block:
    """`kind` is "p", "ul", "ol" or "h"; a paragraph and a heading have one item. Lists inside lists become
    part of the outer."""

    kind: str
    items: list[list[Run]] = field(default_factory=list)


def rich(text: str | None, heading: int | None = None) -> Markup:
    """Markdown -> safe HTML; pictures are left as their words, and headings too, unless `heading` is the
    level of the page from which those in the text go on."""
    tokens = _markdown.parse(text or "")
    for token in tokens if heading else ():
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(_LOWEST, int(token.tag[1]) + (heading or 1) - 1)}"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    tags = _TAGS | ({f"h{level}" for level in range(heading, _LOWEST + 1)} if heading else set())
    return Markup(
        clean(
            html,
            tags=tags,
            attributes={"a": {"href"}, "ol": {"start"}},
            url_schemes={"http", "https", "mailto"},
            link_rel="noopener noreferrer nofollow",
        )
    )


def blocks(text: str | None, *, headings: bool = False) -> list[Block]:
    """The same as building blocks; headings are paragraphs unless they are asked for."""
    found: list[Block] = []
    lists: list[str] = []
    fresh = False
    in_heading = False
    for token in _markdown.parse(legible(text or "")):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            if not lists:
                found.append(Block("ul" if token.type.startswith("bullet") else "ol"))
            lists.append(token.type)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            fresh = True
        elif token.type in ("heading_open", "heading_close"):
            in_heading = token.type == "heading_open"
        else:
            kind = "h" if headings and in_heading else "p"
            fresh = _add(found, _runs(token), kind, bool(lists), fresh)
    return [block for block in found if block.items]


def _add(found: list[Block], runs: list[Run], kind: str, in_list: bool, fresh: bool) -> bool:
    """Put the runs where they belong; returns whether the next text still begins an item."""
    if not runs:
        return fresh
    if not in_list:
        found.append(Block(kind, [runs]))
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
            href = wanted if wanted.startswith(SCHEMES) else ""
        words = "\n" if child.type in ("softbreak", "hardbreak") else child.content
        if words:
            runs.append(Run(words, bold > 0, italic > 0, href))
    return runs
