"""Recognising headings, labels and lead-in sentences, whatever their numbering, case or colon."""

import re
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from .heading_patterns import HEADING_PATTERNS, INTRODUCTION_WORDS, TABLE_WORDS
from .source import Line
from .vocabulary import HEADINGS, LEAD_INS, TABLE_HEADS, Kind

LONGEST_HEADING = 90
LONGEST_LABEL = 220
IN_CONTENTS = re.compile(r"\s\d{1,3}$")
_LONGEST_PATTERN = 70
_WORDS = re.compile(r"[^\d:|\t;•@]+")

_PHRASES: dict[str, Kind] = {phrase: kind for kind, phrases in HEADINGS.items() for phrase in phrases}
_CHOICES = tuple(_PHRASES)
_NUMBERING = re.compile(
    r"^(?:(?:deel|hoofdstuk|punt|stap)\s)?(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?|[ivx]{1,4}[.)]|[a-z][.)])\s+"
)
_PLACE = re.compile(
    r"\s(?:in|van|voor|binnen|uit)\s(?:de |het |onze |deze |ons )?"
    r"(?:regio|werkingsgebied|streek|oproep|procedure|selectie|kandidaturen|partnerschap)\b.*$|\sregio\s\S.*$"
)
_GOES_ON = re.compile(r"(.{8,60}?)\s(?:uit|van|voor|binnen|in|op|volgens|na|per|bij)\s")
_TWO_PARTS = re.compile(r"([^:]{4,60}?)(?:\s?:\s|\s[–—-]\s)(\S.*)")
_GOALS_LABEL = re.compile(r"hoe (?:kunnen|kan|zorgen|helpen|maken) (?:we|wij)\b", re.IGNORECASE)
_HALVED = re.compile(r"\b(?:de|het|een|van|met|en|of|over|dat|dit)$")
_BRACKETS = re.compile(r"\s*\([^()]{0,60}\)$")
_SENTENCE_END = re.compile(r"[.?!]\s{1,3}(?=[A-ZÀ-Ý“\"‘'])")
_LABEL = re.compile(r"^([^:|\t]{2,90}?)(?:\s?:(?!//)\s*|\s*\|\s*|\t+\s*|\s{3})(?=\S)")


@dataclass(frozen=True, slots=True)
class Heading:
    kind: Kind
    text: str
    rest: str = ""


def heading_key(text: str) -> str:
    """The comparable core of a heading: lower case, straight quotes, no numbering or colon."""
    key = text.lower().replace("’", "'").replace("‘", "'").replace("–", "-").strip(" :|-–—_*=?\t")
    return re.sub(r"\s{2,}", " ", _NUMBERING.sub("", key)).strip()


@lru_cache(maxsize=4096)
def heading_kind(text: str) -> Kind | None:
    """The kind of section that this whole line announces; it starts with a capital and has no full stop."""
    if (
        not text
        or len(text) > LONGEST_HEADING
        or text[-1] in ".;,!"
        or not text[0].isupper()
        and not text[0].isdigit()
    ):
        return None
    key = heading_key(text)
    return (
        _best(key)
        or _best(_PLACE.sub("", key))
        or _best(_BRACKETS.sub("", key))
        or _leading(key)
        or (None if _HALVED.search(text) else _patterned(key))
        or _after_colon(text)
    )


def _after_colon(text: str) -> Kind | None:
    """`Arena-analyse: welke types dienstverlening?`: a chapter and its only part in one heading."""
    match = _TWO_PARTS.match(text)
    if not match or heading_kind(match[1]) is not Kind.ANALYSIS:
        return None
    rest = match[2]
    kind = heading_kind(rest[0].upper() + rest[1:])
    return kind or (lead_in_kind(rest) if rest.endswith(("?", ":")) else None)


def _patterned(key: str) -> Kind | None:
    if len(key) > _LONGEST_PATTERN or not _WORDS.fullmatch(key):
        return None
    return next((kind for kind, pattern in HEADING_PATTERNS if pattern.fullmatch(key)), None)


def _leading(key: str) -> Kind | None:
    """A known heading of at least two words that goes on: `types dienstverlening uit de arena-analyse`."""
    match = _GOES_ON.match(key)
    return _PHRASES.get(match[1]) if match and " " in match[1] else None


def is_exact(text: str) -> bool:
    """The line is word for word a known heading, so nothing above it can make it a continuation."""
    return heading_key(text) in _PHRASES


def _best(key: str) -> Kind | None:
    if key in _PHRASES:
        return _PHRASES[key]
    if len(key) < 6:
        return None
    found = process.extractOne(key, _CHOICES, scorer=fuzz.ratio, score_cutoff=88 if len(key) > 8 else 93)
    return _PHRASES[found[0]] if found else None


def label(text: str) -> Heading | None:
    """A heading with its value on the same line: `Werkingsgebied: Bornem, Willebroek` or a table row."""
    match = _LABEL.match(text)
    kind = heading_kind(match[1]) or _row_kind(match) if match else None
    return Heading(kind, match[1], text[match.end() :].strip()) if match and kind else None


def _row_kind(match: re.Match[str]) -> Kind | None:
    """`Hoe kunnen we ervoor zorgen dat ze`, in the first cell of a row that holds the list."""
    row = ":" not in match[0] or "\t" in match[0] or "|" in match[0]
    asks = row and match[1][0].isupper() and match[1][-1] not in ".;,"
    return _GOALS_LABEL.match(match[1]) and Kind.GOALS if asks else None


def lead_in_kind(sentence: str) -> Kind | None:
    """The kind of list that this sentence announces."""
    if not 4 < len(sentence) <= 400:
        return None
    key = heading_key(sentence)
    return next((kind for kind, pattern in LEAD_INS if pattern.search(key)), None)


def last_sentence(text: str) -> int:
    """Where the last sentence of `text` starts."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        start = match.end()
    return start


def inline_lead_in(text: str) -> tuple[int, Heading] | None:
    """`…op. De drempels zijn: schulden, mobiliteit` as (start of the sentence, heading with the rest)."""
    colon = text.find(":")
    if not 3 < colon < LONGEST_LABEL or not text[colon + 1 :].strip():
        return None
    start = last_sentence(text[:colon])
    kind = lead_in_kind(text[start:colon])
    if kind not in (Kind.OBSTACLES, Kind.GOALS, Kind.EXTRA_OBSTACLES, Kind.SERVICE_TYPES, Kind.PROFILES,
                    Kind.RECURRING, Kind.ATTENTION, Kind.MUNICIPALITIES):  # fmt: skip
        return None
    return start, Heading(kind, text[start:colon], text[colon + 1 :].strip())


def looks_like_heading(line: Line) -> bool:
    """Short, without full stop, on a line of its own: a heading, whatever it says."""
    text = line.text
    return len(text) <= _LONGEST_PATTERN and not line.bullet and text[0].isupper() and text[-1] not in ".;,"


def contents_key(text: str) -> str:
    return heading_key(IN_CONTENTS.sub("", text.rstrip(". ")))


def is_table_head(line: Line) -> bool:
    """The first row of a table, that only names its columns; or one such name, in a timing."""
    if len(line.cells) > 1:
        names = (_BRACKETS.sub("", cell.lower()).strip(" :") for cell in line.cells)
        return all(not name or name in TABLE_WORDS for name in names)
    return False


def is_column_name(text: str) -> bool:
    """`Fase`, `Naam`: one cell of such a row that stands on a line of its own."""
    name = text.lower().strip(" :")
    return name in TABLE_WORDS and name not in ("deadline", "moment", "inhoud", "uitdaging")


def tells_situation(text: str) -> bool:
    """`Omschrijving`: the words below it, or beside it, introduce the challenge."""
    return heading_key(text) in INTRODUCTION_WORDS


def is_timing_head(text: str) -> bool:
    return len(text) < 60 and bool(TABLE_HEADS.fullmatch(re.sub(r"\s+", " ", text.lower()).strip(" |")))
