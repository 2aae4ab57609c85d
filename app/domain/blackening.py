"""Making names and addresses unreadable in texts and in plain JSON values.

A name is found as its words in their order, whatever stands between them, without regard for capitals and
accents. What is blackened becomes one and the same bar: its length tells nothing.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any

BAR = "█████"
MOST_BETWEEN = 4  # characters between two words of one name
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HASH = re.compile(r"(?:[0-9a-f]{64}){1,2}")
_MAIL = re.compile(r"[^\s@<>\"'(),;:\[\]]+@[^\s@<>\"'(),;:\[\]]+\.[\w-]+")
_NUMBER = re.compile(r"(?<![\w.])(?:BE[\s.]*)?([01]\d{3})[\s.-]?(\d{3})[\s.-]?(\d{3})(?!\w)", re.IGNORECASE)
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)"
_PHONE = re.compile(
    rf"(?<![\w.,/-])(?!{_DATE})(?:\+\d{{2}}|00\d{{2}}|0)(?:[\s./()-]{{0,3}}\d){{7,10}}(?![\s./-]?\d)(?!\w)"
)
_SITE = re.compile(r"(?:https?://|www\.)[^\s<>\"'(),;]+", re.IGNORECASE)


class Blackener:
    """`names` of people and organisations, `surnames` that are blackened alone when they have a capital,
    `keys` under which a value is blackened whatever it is, unless it has keys of its own. Enterprise numbers
    (ten digits), e-mail addresses and telephone numbers are blackened wherever they stand, but for the `kept`
    numbers."""

    def __init__(
        self,
        names: Iterable[str],
        *,
        surnames: Iterable[str] = (),
        kept: Collection[str] = (),
        keys: Collection[str] = (),
    ) -> None:
        self._kept, self._keys = frozenset(kept), frozenset(keys)
        self._names: dict[str, list[tuple[str, ...]]] = {}
        for words in {_words(one) for one in names} - {()}:
            self._names.setdefault(words[0], []).append(words)
        for found in self._names.values():
            found.sort(key=len, reverse=True)
        self._surnames = frozenset(word for one in surnames for word in _words(one) if len(word) > 2)

    def text(self, text: str) -> str:
        """The text with bars in the place of what may not be read."""
        if len(text) < 3 or _HASH.fullmatch(text):
            return text
        text = unicodedata.normalize("NFC", text)
        for pattern in (_MAIL, _SITE):
            text = pattern.sub(BAR, text)
        text = _NUMBER.sub(self._number, text)
        return self._without_names(_PHONE.sub(self._phone, text))

    def value(self, value: Any) -> Any:
        """The same for plain JSON, at every depth; keys stay."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {
                key: BAR if key in self._keys and _is_told(given) else self.value(given)
                for key, given in value.items()
            }
        if isinstance(value, list | tuple):
            return [self.value(one) for one in value]
        return value

    def _number(self, found: re.Match[str]) -> str:
        return found[0] if "".join(found.groups()) in self._kept else BAR

    def _phone(self, found: re.Match[str]) -> str:
        """A kept enterprise number looks like one."""
        return found[0] if re.sub(r"\D", "", found[0]) in self._kept else BAR

    def _without_names(self, text: str) -> str:
        words = [(found, _folded(found[0])) for found in _WORD.finditer(text)]
        pieces, at, index = [], 0, 0
        while index < len(words):
            length = self._name_at(words, index)
            if length:
                pieces += [text[at : words[index][0].start()], BAR]
                at = words[index + length - 1][0].end()
            index += length or 1
        return "".join([*pieces, text[at:]])

    def _name_at(self, words: list[tuple[re.Match[str], str]], index: int) -> int:
        """How many words from this one on are a name; 0 when none."""
        found, folded = words[index]
        for name in self._names.get(folded, ()):
            given = words[index : index + len(name)]
            if tuple(one[1] for one in given) == name and _close(given):
                return len(name)
        return int(folded in self._surnames and found[0][0].isupper())


def _is_told(value: Any) -> bool:
    """Whether there is something to hide; what has names of its own is looked at by each of them."""
    return value not in (None, "", []) and not isinstance(value, Mapping)


def _close(words: list[tuple[re.Match[str], str]]) -> bool:
    gaps = zip(words, words[1:], strict=False)
    return all(after[0].start() - before[0].end() <= MOST_BETWEEN for before, after in gaps)


def _words(name: str) -> tuple[str, ...]:
    return tuple(_folded(found[0]) for found in _WORD.finditer(unicodedata.normalize("NFC", name)))


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one)).replace("’", "'")
