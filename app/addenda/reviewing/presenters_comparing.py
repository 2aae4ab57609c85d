"""A newer document beside the draft, as the page shows it: by section, with whole-word differences."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.addenda.drafting.difference_parts import LABELS, Words, plain, shown_lines, word_changes
from app.addenda.drafting.sections import ChallengeText, Draft, Part, PersonaText
from app.addenda.reviewing.comparing import ADDED, CHANGED, GONE, MINE, MOVED, NEW, Difference
from app.addenda.reviewing.places import FINDINGS, Atlas, anchor
from app.addenda.reviewing.reimporting import Comparison

_KINDS = {
    GONE: ("weg uit het document", "danger"),
    MOVED: ("verplaatst", "info"),
    CHANGED: ("gewijzigd", "warning"),
    ADDED: ("nieuw", "success"),
}
_OPTIONS = {
    GONE: ("Verwijder", "Hou het"),
    MOVED: ("Verplaats mee", "Laat het staan"),
    CHANGED: ("Neem nieuw", "Hou mijn tekst"),
    ADDED: ("Neem op", "Neem niet op"),
}
_HERS = {
    GONE: "Jij paste dit aan sinds het vorige document.",
    MOVED: "Jij paste dit aan sinds het vorige document.",
    CHANGED: "Jij paste dit aan sinds het vorige document.",
    ADDED: "Jij haalde dit eerder weg.",
}


@dataclass(frozen=True)
class DifferenceView:
    """`words` are (same|gone|new, text); `options` are (value, label) with the chosen one in `choice`."""

    key: str
    anchor: str
    label: str
    kind: str
    word: str
    tone: str
    words: Words
    note: str
    options: tuple[tuple[str, str], ...]
    choice: str
    where: str


@dataclass(frozen=True)
class ComparisonView:
    """`groups` by section, `quiet` what only she changed, `first` obstacles that the document lost."""

    groups: tuple[tuple[str, tuple[DifferenceView, ...]], ...]
    first: tuple[DifferenceView, ...]
    quiet: tuple[DifferenceView, ...]
    counts: tuple[tuple[str, int], ...]


def comparison_view(
    found: Comparison, choices: Mapping[str, str], towns: Mapping[int, str]
) -> ComparisonView:
    """The whole page; `choices` are those of a page that was sent before."""
    makers = _Maker(found, choices, towns)
    told = [one for one in found.differences if not one.quiet]
    lost = [one for one in told if one.kind == GONE and _about_obstacles(one)]
    groups: dict[str, list[DifferenceView]] = {}
    for one in told:
        if one not in lost:
            groups.setdefault(makers.group(one.part), []).append(makers.view(one))
    total = Counter(one.kind for one in told)
    return ComparisonView(
        tuple((title, tuple(rows)) for title, rows in groups.items()),
        tuple(makers.view(one) for one in lost),
        tuple(makers.view(one) for one in found.differences if one.quiet),
        (
            *((_KINDS[kind][0], total[kind]) for kind in (GONE, CHANGED, MOVED, ADDED)),
            ("ongewijzigd", found.unchanged),
        ),
    )


def _about_obstacles(one: Difference) -> bool:
    return one.key.startswith(("obstacle:", "challenge:")) and one.field in ("obstacles", "")


class _Maker:
    def __init__(self, found: Comparison, choices: Mapping[str, str], towns: Mapping[int, str]) -> None:
        self.mine, self.new = found.sides.mine, found.sides.new
        self.choices, self.towns = choices, towns

    def group(self, part: Part) -> str:
        if part.kind in ("persona", "challenge"):
            return self._whole(part)
        titles = {"basics": "Basis", "timeline": "Tijdlijn", "analysis": "Lokale analyse"}
        return (
            titles.get(part.kind) or {"personas": "Persona’s", "challenges": "Regio-uitdagingen"}[part.kind]
        )

    def _whole(self, part: Part) -> str:
        section = f"{part.kind}:{part.key}"
        draft = self._draft(part)
        title = Atlas(draft).title(section)
        return title if draft is self.mine else f"{title} (nieuw)"

    def _draft(self, part: Part) -> Draft:
        rows: Mapping[int, Any] = self.mine.personas if part.kind == "persona" else self.mine.challenges
        return self.mine if int(part.key) in rows else self.new

    def view(self, one: Difference) -> DifferenceView:
        word, tone = _KINDS[one.kind]
        take, keep = _OPTIONS[one.kind]
        choice = self.choices.get(one.key, one.default)
        return DifferenceView(
            key=one.key,
            anchor=anchor(one.key, "verschil"),
            label=self._label(one),
            kind=one.kind,
            word="andere volgorde" if one.key.startswith("order:") else word,
            tone=tone,
            words=self._words(one),
            note=self._note(one),
            options=((NEW, take), (MINE, keep)),
            choice=choice if choice in (NEW, MINE) else one.default,
            where=self.group(one.part),
        )

    def _label(self, one: Difference) -> str:
        kind = one.key.partition(":")[0]
        names = {"obstacle": "Obstakel", "goal": "Doel", "persona": "Persona", "challenge": "Uitdaging"}
        if one.key.startswith("order:"):
            return f"Volgorde: {self._field(one.field)}"
        if kind == "finding":
            return FINDINGS.get(one.field, "")
        if kind in names and not (kind in ("persona", "challenge") and one.field):
            return names[kind]
        return self._field(one.field)

    @staticmethod
    def _field(name: str) -> str:
        found = FINDINGS.get(name) if name in ("recurring", "attention", "profiles") else LABELS.get(name)
        return found or {"challenges": "Regio-uitdagingen"}.get(name, name)

    def _words(self, one: Difference) -> Words:
        mine, new = (self._text(value, one.field) for value in (one.mine, one.new))
        if one.kind == MOVED and mine == new:
            return (("same", mine),)
        return word_changes(mine, new)

    def _text(self, value: Any, field: str) -> str:
        if isinstance(value, PersonaText | ChallengeText):
            return _content(value)
        if field == "challenges":
            return "\n".join(self._whole(Part("challenge", str(key))) for key in value)
        if field == "municipalities":
            return ", ".join(sorted(self.towns.get(key, "?") for key in value or ()))
        if field == "personas":
            people = {**self.new.personas, **self.mine.personas}
            return ", ".join(people[key].name for key in value or () if key in people)
        if isinstance(value, tuple):
            return "\n".join(shown_lines(value))
        return plain(value)

    def _note(self, one: Difference) -> str:
        notes = []
        if one.kind == MOVED and one.holder != one.to:
            notes.append(f"Van {self._holder(one.holder)} naar {self._holder(one.to)}.")
        if one.edited or one.quiet:
            notes.append(_HERS[one.kind])
        return " ".join(notes)

    def _holder(self, holder: str) -> str:
        if holder in FINDINGS:
            return f"“{FINDINGS[holder]}”"
        return self._whole(Part("challenge", holder)).lower().partition(":")[0]


def _content(value: PersonaText | ChallengeText) -> str:
    if isinstance(value, PersonaText):
        return f"{value.name}\n{value.story}".strip()
    rows = [*(row.label for row in value.obstacles), *(row.text for row in value.goals)]
    return "\n".join([value.introduction, *(f"• {row}" for row in rows)]).strip()
