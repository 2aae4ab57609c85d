"""Taking in what people upload: never readable on a disk on the way, under a name that is safe to show."""

import re
import unicodedata
from collections.abc import Collection
from io import BytesIO
from typing import IO, Any

from flask import Request

from app.infra.texts import one_line

NAME_LENGTH = 200
_EXTENSION_LENGTH = 10
_LOOSE = "\u200c\u200d\ufe0e\ufe0f"  # joiners and selectors that lost what they belonged to


class FilesInMemory(Request):
    """A request whose files stay in memory: by itself Werkzeug would lay larger ones readable in /tmp. How
    much that can be is bounded by `max_content_length`."""

    def _get_file_stream(self, *_sizes_and_names: Any, **_more: Any) -> IO[bytes]:
        return BytesIO()


def tidy_name(typed: str) -> str:
    """A file name as it was typed, without folders, line ends and what turns text around; at most
    NAME_LENGTH characters, and then the extension is what stays."""
    stem, extension = split_name(one_line(re.split(r"[/\\]", typed)[-1]).rstrip(". "))
    return shortened(stem.strip(". ") or "bijlage", NAME_LENGTH - len(extension)) + extension


def split_name(name: str) -> tuple[str, str]:
    """("verslag", ".pdf"); an extension is short and has only letters and digits."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not extension.isalnum() or len(extension) > _EXTENSION_LENGTH:
        return name, ""
    return stem.rstrip(". "), f".{extension}"


def shortened(text: str, length: int) -> str:
    """At most so many characters, not cut in the middle of a letter with its accents."""
    if len(text) <= length:
        return text
    while length and (unicodedata.combining(text[length]) or text[length] in _LOOSE):
        length -= 1
    return text[:length].rstrip(_LOOSE + " .")


def unlike(name: str, taken: Collection[str]) -> str:
    """The name, with " (2)" and so on when one that reads the same is taken."""
    folded = {one.casefold() for one in taken}
    stem, extension = split_name(name)
    number, candidate = 1, name
    while candidate.casefold() in folded:
        number += 1
        end = f" ({number}){extension}"
        candidate = shortened(stem, NAME_LENGTH - len(end)) + end
    return candidate


def size_text(size: int) -> str:
    """ "3,4 MB", "120 kB" or "12 bytes"; a megabyte is 1024 kB, as people see it in their own folders."""
    if size < 1024:
        return "1 byte" if size == 1 else f"{size} bytes"
    if round(size / 1024) < 1024:
        return f"{round(size / 1024)} kB"
    return f"{size / 1024 / 1024:.1f}".replace(".", ",").removesuffix(",0") + " MB"
