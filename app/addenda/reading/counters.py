"""How lists count: the marker that stands in front of a numbered paragraph, as it is printed."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
BULLET = "•"


def shown(number: int, style: str) -> str:
    """A number as decimal, letters or roman; `style` is one of 1, a, A, i, I."""
    if style in ("a", "A") and number > 0:
        text = chr(ord("a") + (number - 1) % 26) * (1 + (number - 1) // 26 % 10)
    elif style in ("i", "I") and 0 < number < 5000:
        text = _roman(number)
    else:
        text = str(number)
    return text.upper() if style.isupper() else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (number // value)
        number %= value
    return text


class Counter:
    """The numbers of one list, level by level."""

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}

    def step(self, level: int, start: int) -> None:
        """The next item on this level; deeper levels begin anew."""
        self._numbers[level] = self._numbers.get(level, start - 1) + 1
        for deeper in [one for one in self._numbers if one > level]:
            del self._numbers[deeper]

    def restart(self, level: int) -> None:
        self._numbers.pop(level, None)

    def number(self, level: int, start: int = 1) -> int:
        return self._numbers.get(level, start)


def hang(text: str, marker: str, level: int) -> list[str]:
    """The lines of a paragraph with its marker; what follows a line break stands under the text."""
    indent = "  " * min(level, 8)
    first, *others = [line.strip(" ") for line in text.split("\n")] or [""]
    lines = [f"{indent}{marker} {first}" if marker else first]
    under = indent + " " * (len(marker) + 1) if marker else ""
    return lines + [under + line for line in others if line]
