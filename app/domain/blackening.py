"""Making names and addresses unreadable in texts and in plain JSON values.

A name is found as its words in their order, whatever stands between them, without regard for capitals and
accents, also when a line ends in the middle of a word. What is blackened becomes one and the same bar: its
length tells nothing.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

BAR = "█████"
MOST_BETWEEN = 4  # characters between two words of one name, white space aside
LEAST_ALONE = 5  # letters of a surname that is also found without a capital; shorter ones are often words
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_HASH = re.compile(r"(?<!\w)(?:[0-9a-f]{64}){1,2}(?!\w)")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BROKEN = re.compile(r"([^\W\d_]+)[-\u2010\u2011][ \t]*\r?\n\s*([^\W\d_]+)")
_INITIALS = re.compile(r"(?<!\w)(?:[^\W\d_]\. ?){1,4}[^\W\d_](?:\.|(?!\w))")
_TITLES = frozenset(("dr", "prof", "ir", "ing", "mr", "drs", "mevr", "dhr", "lic"))
_MAIL = re.compile(r"[^\s@<>\"'(),;:\[\]]+@[^\s@<>\"'(),;:\[\]]+\.[\w-]+")
_NUMBER = re.compile(r"(?<![\w.])(?:BE[\s.]*)?([01]\d{3})[\s.-]?(\d{3})[\s.-]?(\d{3})(?!\w)", re.IGNORECASE)
_DATE = r"\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})(?!\d)"
_PHONE = re.compile(
    rf"(?<![\w.,/-])(?!{_DATE})(?:\+\d{{2}}|00\d{{2}}|0)(?:[\s./()-]{{0,3}}\d){{7,10}}(?![\s./-]?\d)(?!\w)"
)
_SITE = re.compile(r"(?:https?://|www\.)[^\s<>\"'(),;]+", re.IGNORECASE)


class Blackener:
    """`names` of organisations and people. Of `people` also the surname is blackened where it stands alone,
    the first name where it has a capital and is not in `free`, and the initials with their dots. `keys` under
    which a value is blackened whatever it is, unless it has keys of its own. Enterprise numbers (ten digits),
    e-mail addresses and telephone numbers are blackened wherever they stand, but for the `kept` numbers; so
    are hashes, with which a name could be guessed. Instants stay."""

    def __init__(
        self,
        names: Iterable[str],
        *,
        people: Iterable[str] = (),
        free: Iterable[str] = (),
        kept: Collection[str] = (),
        keys: Collection[str] = (),
    ) -> None:
        self._kept, self._keys = frozenset(kept), frozenset(keys)
        self._names: dict[str, list[tuple[str, ...]]] = {}
        known = [_named(one) for one in people]
        whole = {words for one in known for words in (one.words, one.words[1:] + one.words[:1])}
        for words in whole.union(_words(one) for one in names) - {()}:
            self._names.setdefault(words[0], []).append(words)
        for found in self._names.values():
            found.sort(key=len, reverse=True)
        surnames = {word for one in known for word in one.surname if len(word) > 2}
        firsts = {word for one in known for word in one.first if len(word) > 2}
        given = firsts - {word for one in free for word in _words(one)}
        self._lower = frozenset(word for word in surnames if len(word) >= LEAST_ALONE)
        self._capital = frozenset(surnames | given)
        self._initials = frozenset(one.initials for one in known if len(one.initials) > 1)
        self._parts = self._capital.union(*(words for all_ in self._names.values() for words in all_))

    def text(self, text: str) -> str:
        """The text with bars in the place of what may not be read."""
        if len(text) < 3 or _MOMENT.fullmatch(text):
            return text
        text = _BROKEN.sub(self._whole, _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
        for pattern in (_MAIL, _SITE, _HASH):
            text = pattern.sub(BAR, text)
        text = _INITIALS.sub(self._initial, _NUMBER.sub(self._number, text))
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

    def _initial(self, found: re.Match[str]) -> str:
        letters = re.sub(r"[. ]", "", found[0])
        return BAR if letters.isupper() and _folded(letters) in self._initials else found[0]

    def _whole(self, found: re.Match[str]) -> str:
        """A word that the end of a line broke in two, when it is one of a name."""
        whole = found[1] + found[2]
        return whole if _folded(whole) in self._parts else found[0]

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
        return int(folded in self._lower or (folded in self._capital and found[0][0].isupper()))


def _is_told(value: Any) -> bool:
    """Whether there is something to hide; what has names of its own is looked at by each of them."""
    return value not in (None, "", []) and not isinstance(value, Mapping)


def _close(words: list[tuple[re.Match[str], str]]) -> bool:
    pairs = zip(words, words[1:], strict=False)
    gaps = (after[0].string[before[0].end() : after[0].start()] for before, after in pairs)
    return all(len("".join(gap.split())) <= MOST_BETWEEN for gap in gaps)


class _Person(NamedTuple):
    words: tuple[str, ...]
    first: tuple[str, ...]
    surname: tuple[str, ...]
    initials: str


def _named(name: str) -> _Person:
    """The words of a name, folded, those of its first and of its last part, and the first letters of all; no
    titles. Nothing of somebody without a name, who has a number in its place."""
    parts = [one for one in name.split() if _words(one) and _words(one)[0] not in _TITLES]
    if len(parts) < 2 or parts[-1].isdecimal():
        return _Person((), (), (), "")
    words = _words(" ".join(parts))
    return _Person(words, _words(parts[0]), _words(parts[-1]), "".join(one[0] for one in words))


def _words(name: str) -> tuple[str, ...]:
    return tuple(_folded(found[0]) for found in _WORD.finditer(unicodedata.normalize("NFC", name)))


@lru_cache(maxsize=65536)
def _folded(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one)).replace("’", "'")
