"""The text of a mail as blocks for its HTML: the same words, with lists as lists and links that say where
they lead. Texts that people wrote stay text."""

from collections.abc import Mapping
from typing import Any, NamedTuple


class Block(NamedTuple):
    """One thing on its own line: a "text" (`lines`), a "list" (`lines` are its items), or a "link" with the
    words on it and its `href`."""

    kind: str
    lines: tuple[str, ...]
    href: str = ""


def links_of(actions: Mapping[str, str], context: Mapping[str, Any]) -> dict[str, str]:
    """{address: words on it} for the values that this mail got."""
    return {str(context[name]): words for name, words in actions.items() if context.get(name)}


def blocks_of(text: str, links: Mapping[str, str]) -> list[Block]:
    """`links` as `links_of` gives them: only those become links with words of our own."""
    found: list[Block] = []
    for paragraph in text.split("\n\n"):
        lines: list[str] = []
        for line in paragraph.strip("\n").split("\n"):
            link = _link(line.strip(), links)
            kind = "link" if link else ("list" if line.startswith("- ") else "text")
            if lines and kind != ("list" if lines[0].startswith("- ") else "text"):
                found.append(_block(lines))
                lines = []
            if link:
                found.append(link)
            elif line.strip():
                lines.append(line)
        if lines:
            found.append(_block(lines))
    return found


def _block(lines: list[str]) -> Block:
    if lines[0].startswith("- "):
        return Block("list", tuple(line.removeprefix("- ") for line in lines))
    return Block("text", tuple(lines))


def _link(line: str, links: Mapping[str, str]) -> Block | None:
    """The address that we made, alone on its line; it may point at a place in the page."""
    words = links.get(line) or links.get(line.partition("#")[0])
    return Block("link", (words,), line) if words else None
