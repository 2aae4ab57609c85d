"""List styles of an OpenDocument text: what stands in front of an item."""

from dataclasses import dataclass, field

from app.infra.xmlstream import Node

from .counters import BULLET, Counter, shown

_BULLETS = ("text:list-level-style-bullet", "text:list-level-style-image")
_NUMBERS = ("text:list-level-style-number", "text:outline-level-style")


@dataclass(slots=True)
class _Level:
    bullet: bool
    style: str = ""
    before: str = ""
    after: str = ""
    start: int = 1
    shown: int = 1


@dataclass(slots=True)
class Lists:
    """Named list styles with their levels, and how far each list has counted."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _styles: dict[str, str] = field(default_factory=dict)
    _parents: dict[str, str] = field(default_factory=dict)
    _counters: dict[str, Counter] = field(default_factory=dict)

    def learn(self, node: Node) -> None:
        """A child of office:styles or office:automatic-styles."""
        name = node.attrs.get("style:name", "")
        if node.tag == "style:style":
            if style := node.attrs.get("style:list-style-name"):
                self._styles[name] = style
            self._parents[name] = node.attrs.get("style:parent-style-name", "")
        elif node.tag in ("text:list-style", "text:outline-style"):
            name = "" if node.tag == "text:outline-style" else name
            self._levels[name] = {
                whole(one.attrs.get("text:level", "1")): _level(one)
                for one in node.nodes(*_BULLETS, *_NUMBERS)
            }

    def of_paragraph(self, style: str) -> str:
        """The list style that a paragraph style brings along."""
        for _ in range(20):
            if style in self._styles or style not in self._parents:
                break
            style = self._parents[style]
        return self._styles.get(style, "")

    def begin(self, name: str, *, goes_on: bool) -> None:
        """A list of this style starts, counting anew unless it goes on."""
        if not goes_on:
            self._counters.pop(name, None)

    def marker(self, name: str, depth: int, start: int | None = None) -> str:
        """The marker of the next item `depth` levels deep (1 is the outermost)."""
        level = self._levels.get(name, {}).get(depth)
        if level is None:
            return BULLET if name else ""
        if level.bullet:
            return BULLET
        counter = self._counters.setdefault(name, Counter())
        if start is not None:
            counter.restart(depth)
        counter.step(depth, level.start if start is None else start)
        if not level.style:
            return level.before.strip() + level.after.strip()
        places = range(max(1, depth - level.shown + 1), depth + 1)
        numbers = [self._shown(name, place, counter) for place in places]
        return f"{level.before.strip()}{'.'.join(one for one in numbers if one)}{level.after.strip()}"

    def _shown(self, name: str, depth: int, counter: Counter) -> str:
        level = self._levels[name].get(depth)
        if level is None or not level.style:
            return ""
        return shown(counter.number(depth, level.start), level.style)


def _level(node: Node) -> _Level:
    return _Level(
        bullet=node.tag in _BULLETS,
        style=node.attrs.get("style:num-format", ""),
        before=node.attrs.get("style:num-prefix", ""),
        after=node.attrs.get("style:num-suffix", ""),
        start=whole(node.attrs.get("text:start-value", "1")),
        shown=whole(node.attrs.get("text:display-levels", "1")),
    )


def whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
