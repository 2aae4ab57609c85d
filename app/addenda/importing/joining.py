"""Putting back together what line and page breaks took apart."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from .dates import has_date
from .result import Item
from .source import SOFT_HYPHEN, Line

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LAST_WORD = re.compile(r"[\w'’-]{1,60}$")
_UNFINISHED = frozenset((
    "de", "het", "een", "van", "met", "en", "of", "in", "op", "te", "voor", "aan", "bij", "door",
    "naar", "om", "die", "dat", "dit", "deze", "tot", "uit", "over", "per", "als", "der", "den",
    "ten", "ter", "onder", "tussen", "zonder", "binnen", "tegen", "via", "hun", "haar", "onze",
    "ons", "zich", "waar", "wie", "want", "maar", "omdat", "zodat", "wanneer", "terwijl", "hij", "zij",
    "ze", "we", "wij", "&",
))  # fmt: skip
_HYPHEN_FIRST = frozenset((
    "regio", "arena", "verrijking", "verrijkings", "matching", "ex", "niet", "non", "oud", "pro",
    "anti", "semi", "e", "sub", "multi", "kort", "wse", "esf", "vdab", "ocmw", "caw", "sint",
    "klein", "groot", "noord", "oost", "zuid", "west",
))  # fmt: skip
_CLASHES = frozenset((
    "aa", "ae", "ai", "au", "ee", "ei", "eu", "ie", "ii", "oe", "oi", "oo", "ou", "ui", "uu", "ij",
))  # fmt: skip
_IN_A_NAME = re.compile(r"(?:op|aan|in|de|den|der|ten|ter|bij|het|lez|sur)-")
_QUESTION = re.compile(
    r"(?:hoe|wat|wie|waar|welke?|wanneer|waarom|kan|kunnen|is|zijn|moet\w*|heeft|hebben|mag|op welke)\b",
    re.IGNORECASE,
)
_ENDINGS = ".;:?!"
_WRAPPED_AT = 160
_FULL = 0.85


class Joiner:
    """Knows the document's words and the width of its lines, the two facts that decide a doubtful break."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._words = _vocabulary(lines)
        lengths = sorted(len(line.text) for line in lines if len(line.text) >= 30)
        width = lengths[int(len(lengths) * 0.95)] if lengths else 0
        self.wrapped = 0 < width <= _WRAPPED_AT
        self._full = width * _FULL if self.wrapped else float("inf")
        self._loose = sum(line.gap for line in lines) * 2 > len(lines)

    def join(self, left: str, right: str) -> str:
        if not left or not right:
            return left or right
        if left.endswith(SOFT_HYPHEN):
            return left[:-1] + right
        if left.endswith(("/", "@")) and not left.endswith(" /"):
            return left + right
        if left.endswith("-") and "@" in left[-80:].rpartition(" ")[2]:
            return left + right
        if left.endswith("-") and len(left) > 1 and left[-2].isalnum():
            return self._rejoin(left, right)
        return f"{left} {right}"

    def text(self, parts: Iterable[str]) -> str:
        """Joined pairwise from the left, in time linear in the text: only the last word is rewritten."""
        pieces: list[str] = []
        for part in parts:
            if not pieces:
                pieces.append(part)
                continue
            head, _, tail = pieces[-1].rpartition(" ")
            if head:
                pieces[-1:] = [head, " ", tail]
            joined = self.join(tail, part) if tail else part
            pieces[-1] = joined
        return re.sub(r" {2,}", " ", "".join(pieces).replace(SOFT_HYPHEN, "").replace("\t", " ")).strip()

    def continues(self, before: str, line: Line, column: int = 0) -> bool:
        """Whether `line` goes on with the sentence or item on the line above, whose text is `before`."""
        if line.bullet or not before or len(line.cells) > 1:
            return False
        if breaks_off(before) or line.text[0].islower():
            return True
        if column >= 2 and line.indent >= column:
            return True
        if before[-1] in _ENDINGS or (line.gap and not self._loose):
            return False
        return not line.text[0].isalpha() or self.is_full(before, line.text)

    def is_full(self, before: str, after: str) -> bool:
        """The line above was broken because the next word did not fit."""
        return len(before) + 1 + len(after.split(" ", 1)[0]) >= self._full

    def _rejoin(self, left: str, right: str) -> str:
        first, second = right.split(" ", 1)[0].lower().strip(".,;:()"), right[0]
        if first in ("en", "of", "als"):
            return f"{left} {right}"
        if not second.islower():
            return left + right
        if _IN_A_NAME.match(right) and left[-61:].rpartition(" ")[2][:1].isupper():
            return left + right
        match = _WORD.match(right.lower())
        head = _LAST_WORD.search(left[-61:-1])
        stem, rest = (head[0].lower() if head else ""), (match[0] if match else "")
        if f"{stem}-{rest}" in self._words:
            return left + right
        if stem + rest in self._words:
            return left[:-1] + right
        return left + right if _keeps_hyphen(head[0] if head else "", rest) else left[:-1] + right


def _keeps_hyphen(stem: str, rest: str) -> bool:
    """A compound's own hyphen: after a prefix or acronym that asks for one, or where vowels would clash."""
    last = stem.rsplit("-", 1)[-1]
    return last.lower() in _HYPHEN_FIRST or last.isupper() or last[-1:].lower() + rest[:1] in _CLASHES


def breaks_off(text: str) -> bool:
    """The text cannot end here: hyphen, comma, open bracket or a word that asks for another."""
    if text[-1] in ",&(/+-" + SOFT_HYPHEN or text.rfind("(") > text.rfind(")"):
        return True
    return text.rsplit(" ", 1)[-1].lower() in _UNFINISHED


def strip_item(text: str) -> str:
    """An item without trailing separators; an ellipsis stays."""
    stripped = re.sub(r"[;,]\s{0,3}en$", "", text.strip())
    if stripped.endswith(("...", "…")):
        return stripped
    return stripped.rstrip(";., \t") or stripped


def join_items(
    lines: Sequence[Line], joiner: Joiner, *, enumerations: bool = True
) -> tuple[list[Item], list[Line]]:
    """The items of one list, and the lines below or between that do not belong to it.

    Without `enumerations` a single sentence with commas stays one item, as in the description of a profile.
    """
    if not any(line.bullet for line in lines):
        end = next(
            (place for place, line in enumerate(lines) if place and line.gap and has_date(line.text)), None
        )
        return _plain_items(lines[:end], joiner, enumerations), list(lines[end:]) if end else []
    groups: list[list[Line]] = []
    left_over: list[Line] = []
    closed = False
    for line in lines:
        if line.bullet and not (closed and left_over and left_over[-1].text[-1] != "."):
            closed = False
            if groups and _is_nested(groups[-1][0], line):
                groups[-1].append(line)
            else:
                groups.append([line])
        elif not closed and groups and joiner.continues(groups[-1][-1].text, line, groups[-1][-1].column):
            groups[-1].append(line)
        else:
            closed = True
            left_over.append(line)
    return end_of_sentence([_item(group, joiner) for group in groups]), left_over


def end_of_sentence(items: list[Item]) -> list[Item]:
    """The points of one sentence without what only made them a sentence: `… x,`, `y en`, `z?`."""
    texts = [re.sub(r"^(?:…|\.\.\.)\s*", "", item.text) for item in items]
    led = [text != item.text for text, item in zip(texts, items, strict=True)]
    for place, text in enumerate(texts[:-1]):
        texts[place] = re.sub(r"[,;]?\s(?:en|of)$", "", text)
    only_last = len(texts) > 1 and not any(text.endswith("?") for text in texts[:-1])
    for place, text in enumerate(texts):
        last = only_last and place == len(texts) - 1
        if led[place] or last and not _QUESTION.match(text):
            texts[place] = text.rstrip("? ") or text
    return [replace(item, text=text) for item, text in zip(items, texts, strict=True)]


def _is_nested(parent: Line, line: Line) -> bool:
    deeper = line.indent >= parent.column > parent.indent or line.indent >= parent.indent + 2
    return deeper and line.bullet != parent.bullet


def _plain_items(lines: Sequence[Line], joiner: Joiner, enumerations: bool) -> list[Item]:
    """A list that lost its bullets: one item a line, or one line with separators."""
    if enumerations and _is_inline(lines, joiner):
        return _inline_items(list(lines), joiner)
    groups: list[list[Line]] = []
    lowercase = bool(lines) and all(line.text[0].islower() for line in lines)
    for line in lines:
        before = groups[-1][-1].text if groups else ""
        goes_on = bool(before) and (breaks_off(before) or (not lowercase and line.text[0].islower()))
        if goes_on and not before.endswith(";"):
            groups[-1].append(line)
        else:
            groups.append([line])
    if _one_a_line(lines, joiner):
        return end_of_sentence([_item([line], joiner, "unmarked") for line in lines])
    if len(groups) == 1 and (enumerations or _is_labelled(groups[0]) and ";" in groups[0][0].text):
        return _inline_items(groups[0], joiner)
    return [_item(group, joiner, "unmarked") for group in groups]


def _one_a_line(lines: Sequence[Line], joiner: Joiner) -> bool:
    """Each line but the last ends as a point of one sentence does, well before the margin."""
    if len(lines) < 3 or any(joiner.is_full(a.text, b.text) for a, b in zip(lines, lines[1:], strict=False)):
        return False
    return all(re.search(r"(?:[,;]|\s(?:en|of))$", line.text) for line in lines[:-1])


def _is_inline(lines: Sequence[Line], joiner: Joiner) -> bool:
    """`De drempels zijn: a; b; c`, over as many lines as it takes."""
    if len(lines) < 2 or lines[0].key[1] % 1000 == 0 or any(line.gap for line in lines[1:]):
        return False
    inside = sum(line.text.rstrip("; ").count(";") for line in lines)
    return inside > 0 and all(joiner.is_full(a.text, b.text) or len(lines) == 2 or a is lines[0]
                              for a, b in zip(lines, lines[1:], strict=False))  # fmt: skip


def _is_labelled(group: Sequence[Line]) -> bool:
    """What follows a label or a lead-in on its line."""
    return group[0].key[1] % 1000 > 0


def _inline_items(group: list[Line], joiner: Joiner) -> list[Item]:
    text = joiner.text(line.text for line in group)
    separator = ";" if ";" in text else ","
    pieces = split_outside_brackets(text, separator)
    if separator == ",":
        labelled = _is_labelled(group)
        ending = re.split(r"\s(?:en|of)\s", pieces[-1], maxsplit=1)
        if len(pieces) + (len(ending) - 1) * labelled < 3:
            return [_item(group, joiner)]
        pieces[-1:] = ending
    numbers = tuple(line.number for line in group)
    return [Item(strip_item(re.sub(r"^en\s", "", piece)), numbers) for piece in pieces if piece.strip(" .;")]


def split_outside_brackets(text: str, separator: str) -> list[str]:
    pieces, depth, start = [], 0, 0
    for index, char in enumerate(text):
        depth += (char == "(") - (char == ")" and depth > 0)
        if char == separator and depth == 0:
            pieces.append(text[start:index].strip())
            start = index + 1
    return [*pieces, text[start:].strip()]


def _item(group: list[Line], joiner: Joiner, guess: str = "") -> Item:
    """Nested points are kept in the item they belong to, behind a colon and between semicolons."""
    parts: list[str] = []
    nested = 0
    for line in group:
        if line is not group[0] and line.bullet:
            parts[-1] = strip_item(parts[-1]).rstrip(":") + (";" if nested else ":")
            nested += 1
        parts.append(_two_cells(line))
    if any(_by_width(above, line) for above, line in zip(group, group[1:], strict=False)):
        guess = "joined"
    return Item(strip_item(joiner.text(parts)), tuple(dict.fromkeys(line.number for line in group)), guess)


def _two_cells(line: Line) -> str:
    """A row of a table in a list: what the second column says explains the first."""
    pair = len(line.cells) == 2 and "\t" in line.text and all(line.cells)
    return f"{line.cells[0].rstrip(':')}: {line.cells[1]}" if pair else line.text


def _by_width(above: Line, line: Line) -> bool:
    """Only the length of the line above told that this one goes on with it."""
    told = line.bullet or line.text[0].islower() or breaks_off(above.text) or line.indent >= above.column > 1
    return not told and line.text[0].isalpha()


def paragraphs(lines: Sequence[Line], joiner: Joiner) -> str | None:
    """Running text: joined lines, a blank line between paragraphs, points on their own line."""
    blocks: list[list[str]] = []
    before = ""
    for line in lines:
        if blocks and not line.bullet and not _ends_paragraph(before, line, joiner):
            blocks[-1].append(line.text)
        else:
            blocks.append([line.text])
        before = line.text
    return "\n\n".join(joiner.text(block) for block in blocks) or None


def _ends_paragraph(before: str, line: Line, joiner: Joiner) -> bool:
    if breaks_off(before) or line.text[0].islower():
        return False
    if not joiner.wrapped:
        return True
    return not joiner.is_full(before, line.text)


def _vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    """Words that stand whole on one line, hyphened forms included."""
    words: set[str] = set()
    for line in lines:
        body = line.text
        if body.endswith(("-", SOFT_HYPHEN)):
            body = body.rpartition(" ")[0]
        words.update(_WORD.findall(body.lower()))
    return frozenset(words)
