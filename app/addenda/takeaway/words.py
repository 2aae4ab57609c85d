"""Texts on their way out of the application: no control characters, and names for files."""

import re
import unicodedata
from typing import Any
from urllib.parse import quote

from app.infra.texts import legible

_UNSAFE_IN_NAMES = re.compile(r'[\\/:*?"<>|%;,\x00-\x1f\u200b-\u200f]')
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
