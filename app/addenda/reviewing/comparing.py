"""A newer document beside a draft, three ways: what the earlier document gave, what the regisseur made of
it, and what the newer one gives. Pure.

`compare` tells the differences, each with what happens unless she decides otherwise: the document's word
where she changed nothing, hers where she did; nothing goes away unless she says so. `merge` makes the draft
after her choices, under the stored ids. Choices: key of the difference -> NEW or MINE.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.addenda.drafting.sections import Draft, Part
from app.addenda.reviewing.content import ANALYSIS
from app.addenda.reviewing.matching import Items, Spot, match_items, rows_of, spots, squeezed, texts_of

NEW, MINE = "new", "mine"
ADDED, CHANGED, MOVED, GONE = "added", "changed", "moved", "gone"
BASICS = (
    "title",
    "programme",
    "municipalities",
    "ambition",
    "vision",
    "mission",
    "local_input",
    "contacts",
    "submission_email",
    "submission_url",
)
DATES = (
    "launch",
    "deadline",
    "written_from",
    "written_until",
    "windows",
    "decision_before",
    "objection_days",
)
PERSONA = ("name", "age", "story")
CHALLENGE = ("introduction", "personas")


@dataclass(frozen=True)
class Difference:
    """`edited`: she changed this after the earlier document. `quiet`: only she did, the document says what
    it said. For a moved item `to` is the challenge or list where the document has it now, `mine` and `new`
    are its texts; for an order they are the lists of texts; for a whole persona or challenge its content."""

    key: str
    part: Part
    field: str
    kind: str
    mine: Any
    new: Any
    edited: bool = False
    quiet: bool = False
    holder: str = ""
    to: str = ""

    @property
    def default(self) -> str:
        return MINE if self.edited or self.quiet or self.kind == GONE else NEW


@dataclass(frozen=True)
class Sides:
    """The three drafts under the same ids, and what she took out of the earlier document."""

    base: Draft
    mine: Draft
    new: Draft
    dropped: frozenset[str] = frozenset()

    def items(self, kind: str) -> tuple[Items, Items, Items]:
        """(base, mine, new) of obstacles, goals or findings by the same keys."""
        if kind != "finding":
            base, mine, new = (rows_of(one, kind) for one in (self.base, self.mine, self.new))
            return base, mine, new
        return self._findings()

    def _findings(self) -> tuple[Items, Items, Items]:
        """Findings have no ids in a draft: the keys are those of hers, by text."""
        base, mine, new = (texts_of(one) for one in (self.base, self.mine, self.new))
        known = match_items(base, {key: (one,) for key, one in mine.items()}, {})
        old = {known.get(key, f"old-{key}"): one for key, one in base.items()}
        found = match_items(new, spots(mine, old), {})
        rest = {key: one for key, one in new.items() if key not in found}
        gone = match_items(rest, {key: (one,) for key, one in old.items() if key not in mine}, {})
        found |= gone
        return old, mine, {found.get(key, f"new-{key}"): one for key, one in new.items()}


def same(one: Any, other: Any) -> bool:
    """Equal, but for white space and the order of a set of ids."""
    if isinstance(one, str) and isinstance(other, str):
        return squeezed(one) == squeezed(other)
    return bool(one == other) or (not one and not other and one != 0 and other != 0)


def compare(sides: Sides) -> list[Difference]:
    """All differences, in the order of the call; a whole persona or challenge is one difference."""
    found = [*_fields(sides), *_wholes(sides), *_whole_orders(sides)]
    for kind in ("obstacle", "goal", "finding"):
        found += [*_items(sides, kind), *_orders(sides, kind)]
    return sorted(found, key=lambda one: _place(sides, one.part))


def _place(sides: Sides, part: Part) -> tuple[int, int]:
    kinds = ("basics", "timeline", "personas", "persona", "challenges", "challenge", "analysis")
    keys: list[int] = []
    if part.kind in ("persona", "challenge"):
        whole = f"{part.kind}s"
        keys = [*getattr(sides.mine, whole), *getattr(sides.new, whole)]
    return kinds.index(part.kind), keys.index(int(part.key)) if keys else 0


def _fields(sides: Sides) -> Iterator[Difference]:
    for part, names, one in _sections(sides):
        for name in names:
            base, mine, new = (getattr(section, name) if section else None for section in one)
            if same(mine, new):
                continue
            kind = GONE if not new and new != 0 else ADDED if not mine and mine != 0 else CHANGED
            yield Difference(
                f"{part.kind}:{part.key}.{name}" if part.key else f"{part.kind}.{name}",
                part,
                name,
                kind,
                mine,
                new,
                edited=not same(mine, base),
                quiet=same(new, base),
            )


def _sections(sides: Sides) -> Iterator[tuple[Part, tuple[str, ...], tuple[Any, Any, Any]]]:
    """(part, fields, (base, mine, new)) of what is in hers and in the newer document."""
    three = (sides.base, sides.mine, sides.new)
    yield Part("basics"), BASICS, tuple(one.basics for one in three)  # type: ignore[misc]
    yield Part("timeline"), DATES, tuple(one.dates for one in three)  # type: ignore[misc]
    for persona in sides.mine.personas.keys() & sides.new.personas.keys():
        rows = (one.personas.get(persona) for one in three)
        yield Part("persona", str(persona)), PERSONA, tuple(rows)  # type: ignore[misc]
    for challenge in sides.mine.challenges.keys() & sides.new.challenges.keys():
        texts = (one.challenges.get(challenge, (0, None))[1] for one in three)
        yield Part("challenge", str(challenge)), CHALLENGE, tuple(texts)  # type: ignore[misc]


def _wholes(sides: Sides) -> Iterator[Difference]:
    """Personas and challenges that are on one side only. What she made herself is no difference."""
    for kind, base, mine, new in (
        ("persona", sides.base.personas, sides.mine.personas, sides.new.personas),
        ("challenge", sides.base.challenges, sides.mine.challenges, sides.new.challenges),
    ):
        hers: dict[int, Any] = dict(mine)
        theirs: dict[int, Any] = dict(new)
        for key in theirs.keys() - hers.keys():
            dropped = f"{kind}:{key}" in sides.dropped
            yield Difference(
                f"{kind}:{key}", Part(kind, str(key)), "", ADDED, None, theirs[key], dropped, dropped
            )
        for key in hers.keys() - theirs.keys():
            if key in base:
                yield Difference(f"{kind}:{key}", Part(kind, str(key)), "", GONE, hers[key], None)


def _whole_orders(sides: Sides) -> Iterator[Difference]:
    """Personas or challenges whose common ones stand in another order."""
    for kind in ("personas", "challenges"):
        base, mine, new = (list(getattr(one, kind)) for one in (sides.base, sides.mine, sides.new))
        hers, theirs = [key for key in mine if key in new], [key for key in new if key in mine]
        if hers != theirs:
            old = [key for key in base if key in hers]
            yield Difference(
                f"order:{kind}", Part(kind), kind, MOVED, tuple(hers), tuple(theirs),
                edited=[key for key in hers if key in old] != old,
                quiet=[key for key in theirs if key in old] == old,
            )  # fmt: skip


def _part(holder: str) -> Part:
    return Part("analysis") if holder in ANALYSIS else Part("challenge", holder)


def _field(kind: str, holder: str) -> str:
    return holder if kind == "finding" else f"{kind}s"


def _items(sides: Sides, kind: str) -> Iterator[Difference]:
    base, mine, new = sides.items(kind)
    whole = _on_one_side(sides)
    for key, there in new.items():
        if key in mine:
            one = _changed(key, kind, base.get(key), mine[key], there)
            if one:
                yield one
        elif there.holder not in whole:
            dropped = f"{kind}:{key}" in sides.dropped or (kind == "finding" and key in base)
            yield Difference(
                f"{kind}:{key}", _part(there.holder), _field(kind, there.holder), ADDED, "", there.text,
                dropped, dropped, to=there.holder,
            )  # fmt: skip
    for key, hers in mine.items():
        if key not in new and key in base and hers.holder not in whole:
            edited = not same(base[key].text, hers.text)
            yield Difference(
                f"{kind}:{key}", _part(hers.holder), _field(kind, hers.holder), GONE, hers.text, "",
                edited, holder=hers.holder,
            )  # fmt: skip


def _on_one_side(sides: Sides) -> set[str]:
    """Challenges that come or go as a whole: their items are told with them."""
    return {str(key) for key in sides.mine.challenges.keys() ^ sides.new.challenges.keys()}


def _changed(key: str, kind: str, base: Spot | None, mine: Spot, new: Spot) -> Difference | None:
    moved = mine.holder != new.holder
    if not moved and same(mine.text, new.text):
        return None
    return Difference(
        f"{kind}:{key}",
        _part(mine.holder),
        _field(kind, mine.holder),
        MOVED if moved else CHANGED,
        mine.text,
        new.text,
        edited=base is None or not _equal(base, mine),
        quiet=base is not None and _equal(base, new),
        holder=mine.holder,
        to=new.holder,
    )


def _equal(one: Spot, other: Spot) -> bool:
    return one.holder == other.holder and same(one.text, other.text)


def _orders(sides: Sides, kind: str) -> Iterator[Difference]:
    """Lists whose common items stand in another order."""
    base, mine, new = sides.items(kind)
    for holder in dict.fromkeys(one.holder for one in mine.values()):
        hers, theirs = (
            [key for key, one in items.items() if one.holder == holder and _both(key, holder, mine, new)]
            for items in (mine, new)
        )
        if hers == theirs:
            continue
        old = [key for key, one in base.items() if one.holder == holder and key in hers]
        yield Difference(
            f"order:{kind}:{holder}", _part(holder), _field(kind, holder), MOVED,
            tuple(mine[key].text for key in hers), tuple(new[key].text for key in theirs),
            edited=[key for key in hers if key in old] != old,
            quiet=[key for key in theirs if key in old] == old,
            holder=holder, to=holder,
        )  # fmt: skip


def _both(key: str, holder: str, mine: Items, new: Items) -> bool:
    return all(key in items and items[key].holder == holder for items in (mine, new))
