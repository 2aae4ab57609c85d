"""The heading of a challenge: its number, the personas it rests on and a title when it has one."""

import re
from dataclasses import dataclass

_ORDINALS = {
    "een": 1, "één": 1, "eerste": 1, "twee": 2, "tweede": 2, "drie": 3, "derde": 3, "vier": 4, "vierde": 4,
    "vijf": 5, "vijfde": 5, "zes": 6, "zesde": 6, "zeven": 7, "zevende": 7, "acht": 8, "achtste": 8,
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8,
}  # fmt: skip
_NUMBER = r"(?P<number>\d{1,2}|" + "|".join(sorted(_ORDINALS, key=len, reverse=True)) + r")"
_NOUN = r"(?:(?:regio|kern|lokale|deel|gebieds)[ -]?)?(?:uitdaging|challenge)"
_PLACE = r"(?:(?:\d{1,2}(?:\.\d{1,2}){0,2}[.)]?|(?:[ivx]{1,4}|[a-z])(?:[.)]|\s[–-])|§\s?\d{1,2})\s+)?"
_HEADING = re.compile(
    rf"^{_PLACE}{_NOUN}\s*(?:nr\.?|nummer|n°|#)?\s*{_NUMBER}\b(?P<rest>.*)$"
    rf"|^{_PLACE}{_NUMBER.replace('number', 'ordinal')}\s+{_NOUN}\b(?P<rest2>.*)$"
    rf"|^{_PLACE}{_NOUN}(?P<rest3>\s*(?:[:–(-]|op basis|gebaseerd|voor|rond|persona)\s*.*)$",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?:de\s)?(?:gecombineerde?\s|gebundelde?\s)?\bpersona(?:['’]?s)?\b\s*(?:\d\s)?[:–-]?\s*", re.IGNORECASE
)
_BASED = re.compile(
    r"^(?:gebaseerd op|op basis van|vertrekkend van(?:uit)?|vanuit|rond|over|voor|van)\s+", re.IGNORECASE
)
_REMARK = re.compile(
    r"\(?\b(?:gecombineerd|gebundeld|samen|combinatie|gebundelde persona['’]?s)\b\)?", re.IGNORECASE
)
_SEPARATOR = re.compile(r"\s*(?:,|&|\+|/|;|\||\ben\b|\bmet\b)\s*", re.IGNORECASE)
_NAME = re.compile(r"[A-ZÀ-Ý][\w'’.-]{0,30}(?:\s[A-ZÀ-Ý][\w'’.-]{0,30}){0,2}")
_PERSONA_LINE = re.compile(
    r"^(?:gebaseerd op |op basis van )?(?:de )?persona(?:['’]?s)?\b\s*(?:\d{1,2}\b)?"
    r"\s*[:–-]?\s*(?P<rest>\S.*)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class ChallengeHeading:
    """`number` is None when the heading gives none; `title` is what is neither number nor persona."""

    number: int | None
    personas: tuple[str, ...]
    title: str = ""


def challenge_heading(text: str) -> ChallengeHeading | None:
    """Reads `Regio-uitdaging 2 gebaseerd op persona X & persona Y (gecombineerd)` and its variants."""
    match = _HEADING.match(text) if len(text) <= 200 else None
    if not match or text[-1] in ".;" or text[0].islower():
        return None
    number = (match["number"] or match["ordinal"] or "").lower()
    rest = match["rest"] or match["rest2"] or match["rest3"] or ""
    if match["rest3"] and not (
        _INTRODUCED.search(rest) or match["rest3"].lstrip().startswith((":", "–", "-"))
    ):
        return None
    personas, title = _personas_and_title(rest)
    if text.isupper():
        personas = tuple(name.title() for name in personas)
    return ChallengeHeading(int(number) if number.isdigit() else _ORDINALS.get(number), personas, title)


def persona_line(text: str) -> tuple[str, ...]:
    """The names on a line of its own: `Persona's: X en Y`. Empty when it is something else."""
    match = _PERSONA_LINE.match(text) if len(text) <= 120 else None
    return names(match["rest"]) if match else ()


def needs_more(text: str) -> bool:
    """A heading that was broken over two lines."""
    return (
        text.rstrip()
        .lower()
        .endswith(("&", ",", " en", "(", "persona", "op", "+", "van", "persona's", "persona’s"))
    )


def goes_on(text: str) -> bool:
    """A line that can only be the second half of a heading."""
    return bool(
        re.match(
            r"(?:persona\b|\(?gecombineerd|\(?gebundeld|gebaseerd op|op basis van|[&+]|en\s+persona)",
            text,
            re.IGNORECASE,
        )
    )


def names(text: str) -> tuple[str, ...]:
    """The persona names in a list; empty when a piece does not look like a name."""
    text = _REMARK.sub(" ", _INTRODUCED.sub(" ", _BASED.sub("", text.strip())))
    text = re.sub(r"\(\s*\)|\((?=\s*[\da-z])[^()]{0,60}\)", " ", text).strip(" :–-()[].\"“”‘’'")
    pieces = [piece.strip(" \"“”‘’'().:–-") for piece in _SEPARATOR.split(text)]
    found = [_recase(piece) for piece in pieces if piece]
    return tuple(dict.fromkeys(found)) if found and all(_NAME.fullmatch(name) for name in found) else ()


def _personas_and_title(rest: str) -> tuple[tuple[str, ...], str]:
    rest = rest.strip(" :.–-\t|")
    match = _INTRODUCED.search(rest)
    if match:
        title, listed = rest[: match.start()], rest[match.start() :]
        bracket = listed.find(")") if title.rstrip().endswith("(") else -1
        if bracket > 0:
            listed, title = listed[:bracket], title.rstrip()[:-1] + listed[bracket + 1 :]
        found = names(listed)
        if found:
            return found, _BASED.sub("", title.strip(" :–-(|") + " ").strip(" :–-(|")
        head, _, tail = listed.partition(":")
        found = names(head)
        return (found, tail.strip()) if found else ((), rest)
    found = names(rest)
    return (found, "") if found else _bracketed(rest)


def _bracketed(rest: str) -> tuple[tuple[str, ...], str]:
    match = re.fullmatch(r"(.{0,120}?)\s*\(([^()]{1,80})\)", rest)
    found = names(match[2]) if match else ()
    return (found, match[1].strip(" :–-")) if match and found else ((), rest)


def _recase(name: str) -> str:
    return name.title() if name.isupper() and len(name) > 2 else name
