"""What the top of the document says: programme, name of the region, municipalities."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from .headings import heading_kind
from .joining import Joiner
from .names import BEFORE_LIST, PLACE, listed, names_in, open_end, read_names, recase
from .section import Section
from .source import Line
from .vocabulary import Kind

_PROGRAMME = re.compile(
    r"capacity\s?-?building|lokale partnerschappen|\bprogramma\b|\boproep\b|call for interest", re.IGNORECASE
)
_ADDENDUM = re.compile(r"\b(?:lokaa?le?\s)?addend(?:um|a)\b\s*", re.IGNORECASE)
_TO_AREA = re.compile(
    r"^(?:[\s:–|-]|(?:lokaa?le? partnerschap(?:pen)?|bij|voor|van|(?-i:de|het)|deze|oproep|regio|"
    r"werkingsgebied|lokaa?le?|streek|capacity building)\b)+",
    re.IGNORECASE,
)
_NO_AREA = re.compile(
    r"europa|\bwse\b|\besf\b|vdab|versie|oproep|programma|partnerschap|datum|\d|"
    r"capacity|addendum|inhoud|bijlage|\bnota\b|dossier|ontwerp|concept|definitief|document",
    re.IGNORECASE,
)
_SEGMENT = re.compile(
    r"\s(?=bij (?:de|het) (?:oproep|programma|project)\b)|\s[–—|·-]\s|:\s|\s\|\s?|\t+|\s{3}"
)
_REGION = re.compile(
    rf"\b(?:[Rr]egio|[Ww]erkingsgebied|[Ss]treek|[Pp]artners?(?:schap)? (?:in|van|voor))[ ]"
    rf"(?P<name>{PLACE}(?:[ ](?:en )?{PLACE}){{0,2}})"
)
_AREA = re.compile(rf"{PLACE}(?:\s(?:{PLACE}|aan|de|den|der|in|op|en|&|tot)){{0,5}}")
_IN_FRAME_OF = re.compile(
    r"\b(?:bij de oproep|in het kader van(?: de| het)?(?: oproep| programma)?|"
    r"binnen (?:de oproep|het programma)|"
    r"hoort bij(?: de| het)?(?: oproep| programma)?)\s*:?\s*[“\"‘']?(?P<name>[A-ZÀ-Ý][^“”\"‘’'.:]{5,100})",
)
_MENTIONS = re.compile(
    r"gemeenten|steden|lokale besturen|werkingsgebied|bestaat uit|omvat|"
    r"addendum (?:geldt|is bedoeld|is bestemd|is van toepassing|betreft)",
    re.IGNORECASE,
)
_BEFORE_NAME = re.compile(
    r"^(?:bij|voor|van|in het kader van|binnen)?\s*(?:de|het)?\s*"
    r"(?:(?:oproep|programma|project)\b(?=\s\S))?[\s:“\"]*",
    re.IGNORECASE,
)
_BETWEEN = " \t–—|·:-"
_TITLE = 6


@dataclass(slots=True)
class Places:
    """`taken` pairs each line used with the field it went to; `titles` say no more than `addendum`."""

    programme: str | None = None
    service_area: str | None = None
    municipalities: tuple[str, ...] = ()
    taken: list[tuple[Line, str]] = field(default_factory=list)
    titles: list[Line] = field(default_factory=list)


def read_places(sections: Sequence[Section], spare: Sequence[Line], text: str, joiner: Joiner) -> Places:
    """`spare` are running headers, perhaps the only place that names the region."""
    places = Places()
    _labelled(sections, places)
    _municipalities(sections, places, joiner)
    running = {line.text for line in spare}
    head = [line for section in sections if section.kind is Kind.HEAD for line in section.lines
            if line.text not in running]  # fmt: skip
    _framed(head, places)
    _title(head, places, text)
    _title(list({line.text: line for line in spare}.values()), places, text)
    if not places.municipalities:
        _in_sentence(head, places, joiner)
    if not places.municipalities:
        _alone(head, places)
    _area_from_text(head, places, text)
    return places


def _area_from_text(head: Sequence[Line], places: Places, text: str) -> None:
    if not places.service_area:
        regions = Counter(match["name"] for match in _REGION.finditer(text[:500_000]))
        places.service_area = regions.most_common(1)[0][0] if regions else None
    named = (places.service_area or "").lower()
    places.taken.extend(
        (line, "service_area")
        for place, line in enumerate(head)
        if named
        and (_TO_AREA.sub("", line.text).lower() == named or place < _TITLE and _titles(line.text, named))
    )


def _labelled(sections: Sequence[Section], places: Places) -> None:
    for section in sections:
        if section.kind in (Kind.PROGRAMME, Kind.AREA) and section.lines:
            value = " ".join(line.text for line in section.lines).strip(" .")
            if section.kind is Kind.PROGRAMME and not places.programme and len(value) <= 160:
                places.programme = value
            elif section.kind is Kind.AREA and not places.service_area and len(value) <= 80:
                places.service_area = re.sub(r"^(?:de\s)?regio\s", "", value)
            else:
                continue
            places.taken.extend((line, section.kind.value) for line in section.lines)


def _municipalities(sections: Sequence[Section], places: Places, joiner: Joiner) -> None:
    found = [section for section in sections if section.kind is Kind.MUNICIPALITIES]
    by_name = any("gemeente" in section.title.lower() for section in found)
    for section in found:
        if by_name and not places.service_area and _names_area(section):
            places.service_area = section.lines[0].text
            places.taken.append((section.lines[0], "service_area"))
            continue
        names, lines = read_names(section.lines, joiner)
        named = re.search(r"gebied|afbakening", section.title, re.IGNORECASE) and len(found) > 1
        if len(names) == 1 and named and not places.service_area:
            places.service_area = names[0]
            places.taken.extend((line, "service_area") for line in lines)
        elif names:
            places.municipalities = tuple(dict.fromkeys((*places.municipalities, *names)))
            places.taken.extend((line, "municipalities") for line in lines)
            inside = re.match(rf"(?:regio\s)?({_AREA.pattern})\s*\(", section.lines[0].text)
            if inside and not places.service_area:
                places.service_area = inside[1]


def _names_area(section: Section) -> bool:
    """`Werkingsgebied: Schelde en Durme`, in a document that lists its municipalities elsewhere."""
    if not re.search(r"gebied|afbakening", section.title, re.IGNORECASE) or len(section.lines) != 1:
        return False
    text = section.lines[0].text
    return "," not in text and len(text) <= 60 and bool(_AREA.fullmatch(text))


def _in_sentence(head: Sequence[Line], places: Places, joiner: Joiner) -> None:
    for start in range(min(len(head), 60)):
        if not _MENTIONS.search(head[start].text):
            continue
        for end in range(start + 1, min(len(head), start + 5) + 1):
            text = joiner.text(line.text for line in head[start:end]).split(". ")[0]
            names = names_in(text) if BEFORE_LIST.search(text) else None
            goes_on = end < len(head) and joiner.continues(head[end - 1].text, head[end])
            if names and len(names) > 1 and not open_end(text) and not goes_on:
                places.municipalities = tuple(names)
                places.taken.extend((line, "municipalities") for line in head[start:end])
                return


def _alone(head: Sequence[Line], places: Places) -> None:
    """A line of nothing but names near the top, when nothing else gives the municipalities."""
    for line in head[:12]:
        names = None if _PROGRAMME.search(line.text) or _ADDENDUM.search(line.text) else listed(line.text)
        if names and len(names) > 2:
            places.municipalities = tuple(names)
            places.taken.append((line, "municipalities"))
            return


def _titles(text: str, named: str) -> bool:
    """One of the lines of a title page that names the region again."""
    return named in text.lower() and len(text) <= 90 and text[-1] not in ".;:" and "," not in text


def _framed(head: Sequence[Line], places: Places) -> None:
    """`… bij de oproep “X”`: the programme by its name, wherever the top of the document says so."""
    for line in head[:40]:
        found = None if places.programme else _IN_FRAME_OF.search(line.text)
        if found and _PROGRAMME.search(found["name"]):
            places.programme = re.split(r",\s|\s\(", found["name"])[0].strip(" -–")
            places.taken.append((line, "programme"))


def _title(lines: Sequence[Line], places: Places, text: str) -> None:
    for index, line in enumerate(lines[:40]):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if len(line.text) > 160 or line.text[-1] == "." or line.text[0].islower():
            continue
        for segment in _segments(line.text):
            if _ADDENDUM.search(segment):
                _area(line, line.text, following, places, text)
            if not places.programme and _PROGRAMME.search(segment):
                _programme(segment, line, following, places)


def _segments(title: str) -> Iterator[str]:
    """The parts of a title; neighbours that both name the programme are one: `Oproep X – Project Y`."""
    start, end = 0, 0
    for stop, following in [*(match.span() for match in _SEGMENT.finditer(title)), (len(title), len(title))]:
        ours = _PROGRAMME.search(title[end:stop]) and not _ADDENDUM.search(title[start:stop])
        if end > start and not (ours and _PROGRAMME.search(title[start:end])):
            yield title[start:end].strip(_BETWEEN)
            start = end
        end = following
    yield title[start:end].strip(_BETWEEN)


def _area(line: Line, title: str, following: Line | None, places: Places, text: str) -> None:
    start = list(_ADDENDUM.finditer(title))[-1].end()
    if not _TO_AREA.sub("", title[start:]):
        places.titles.append(line)
    if places.service_area:
        if places.service_area.lower() in title.lower():
            places.taken.append((line, "service_area"))
        return
    after = _TO_AREA.sub("", title[start:]).strip(" :–|-")
    around = title[start:] if after else _ADDENDUM.sub("", title[:start])
    pieces = [_TO_AREA.sub("", piece).strip(" :–|-") for piece in _SEGMENT.split(around)]
    name = next((piece for piece in reversed(pieces) if piece and not _NO_AREA.search(piece)), "")
    used = [line]
    if name and following is not None and re.match(r"(?:en|aan|op|in|&)\s[A-ZÀ-Ý]", following.text):
        name, used, following = f"{name} {following.text}", [line, following], None
    if following is not None and not following.bullet and _is_area(following.text):
        both = f"{name} {_TO_AREA.sub('', following.text)}".strip()
        alone = bool(name) and re.search(
            rf"(?:regio|werkingsgebied)\s+{re.escape(name)}\b(?!\s+{re.escape(following.text)})",
            text,
            re.IGNORECASE,
        )
        if (
            not name
            or both.lower() in re.sub(r"\s+", " ", text[len(title) :]).lower()
            and not alone
            or not alone
        ):
            name, used = both, [line, following]
    if name and len(name) <= 80:
        places.service_area = recase(name, text)
        places.taken.extend((each, "service_area") for each in used)


def _is_area(text: str) -> bool:
    if heading_kind(text):
        return False
    name = _TO_AREA.sub("", text)
    return (
        bool(name)
        and len(name) <= 45
        and not _NO_AREA.search(name)
        and name[-1] not in ".:;?,"
        and bool(_AREA.fullmatch(recase(name, "")))
    )


def _programme(segment: str, line: Line, following: Line | None, places: Places) -> None:
    name = _ADDENDUM.split(segment)[-1] if _ADDENDUM.search(segment) else segment
    if not _SEGMENT.search(name):
        name = _BEFORE_NAME.sub("", name)
    used = [line]
    if (
        following is not None
        and "partnerschap" not in name.lower()
        and re.match(r"lokale partnerschap", following.text, re.IGNORECASE)
    ):
        name, used = f"{name} {following.text}", [line, following]
    name = re.split(r",\s|\s\((?!capacity|lokale partn)", name, flags=re.IGNORECASE)[0].strip(' .:“”"–-')
    if name and _PROGRAMME.search(name):
        places.programme = recase(name, "")
        places.taken.extend((each, "programme") for each in used)
