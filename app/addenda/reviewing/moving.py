"""Putting lines of the source somewhere else: out of the item where they are, into another place. Pure.

Targets: "obstacle@4", "goal@4", "introduction@4" (a challenge), "story@7" (a persona), "finding@recurring",
"text@local_input", "contact", a value (see `values`), NOWHERE (left out on purpose), UNDECIDED (back to not
understood).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.addenda.drafting.sections import ChallengeText, ContactText, Draft, GoalText, ObstacleText
from app.addenda.importing.source import SOFT_HYPHEN, Line, read_lines
from app.addenda.reviewing.content import ANALYSIS, OBSTACLE, SENTENCE, Place
from app.addenda.reviewing.matching import squeezed
from app.addenda.reviewing.places import Atlas
from app.addenda.reviewing.report import Report
from app.addenda.reviewing.values import EMAIL, place_of, value_targets, with_value
from app.domain.errors import DomainError

NOWHERE, UNDECIDED = "nowhere", "undecided"
AUTO, ONE, EACH = "auto", "one", "each"
_PROSE = ("ambition", "vision", "mission", "local_input")
_PHONE = re.compile(r"\+?\d[\d\s./()-]{7,}\d")


@dataclass(frozen=True)
class Piece:
    """What one item gives up, or one line that belonged to none. `row` is a whole obstacle or goal: it keeps
    its id where it goes, if it stays one."""

    text: str
    lines: tuple[int, ...]
    row: ObstacleText | GoalText | None = None


@dataclass(frozen=True)
class Moved:
    """The draft and the report after it; keys of new rows are "new-…". `left`: labels of places that could
    not give up their part (a date, a text that was rewritten): what stands there stayed."""

    draft: Draft
    report: Report
    left: tuple[str, ...] = ()


def move(draft: Draft, report: Report, source: str, lines: Iterable[int], to: str, how: str = AUTO) -> Moved:
    """Raises DomainError (lines_unknown, lines_none, target_unknown, and what `values` refuses)."""
    wanted = sorted(set(lines))
    texts = line_texts(source)
    if not wanted:
        raise DomainError("lines_none", field="lines")
    if any(line not in texts for line in wanted):
        raise DomainError("lines_unknown", field="lines")
    kind, _, key = to.partition("@")
    if kind not in (NOWHERE, UNDECIDED) and to not in targets(draft):
        raise DomainError("target_unknown", field="to")
    lifted, pieces, left = _lift(draft, report, texts, wanted)
    rest = report.without(wanted)
    if kind == NOWHERE:
        return Moved(prune(lifted), replace(rest, left_out=rest.left_out | set(wanted)), left)
    if kind == UNDECIDED:
        missed = sorted([*rest.unrecognised, *((line, texts[line]) for line in wanted)])
        return Moved(prune(lifted), replace(rest, unrecognised=tuple(missed)), left)
    if kind in ("value", "date"):
        words = " ".join(piece.text for piece in pieces)
        placed, places = with_value(lifted, key, words), [Place(place_of(key), tuple(wanted))]
    else:
        placed, places = _put(lifted, kind, key, _joined(pieces, how))
    moved = replace(rest, places=(*rest.places, *places), moved=rest.moved | set(wanted))
    return Moved(prune(placed), moved, left)


def targets(draft: Draft) -> list[str]:
    """Every place of this draft that lines can go to."""
    return [
        *(f"{kind}@{key}" for key in draft.challenges for kind in ("obstacle", "goal", "introduction")),
        *(f"finding@{name}" for name in ANALYSIS),
        *(f"story@{key}" for key in draft.personas),
        *(f"text@{name}" for name in _PROSE),
        "contact",
        *value_targets(),
    ]


def line_texts(source: str) -> dict[int, str]:
    """The lines that are not blank, without their bullets."""
    found: dict[int, str] = {}
    for line in read_lines(source):
        found[line.number] = f"{found[line.number]} {_text(line)}" if line.number in found else _text(line)
    for number, raw in enumerate(source.replace("\r\n", "\n").replace("\r", "\n").split("\n"), start=1):
        if raw.strip() and number not in found:
            found[number] = raw.strip()
    return found


def _text(line: Line) -> str:
    return line.text.replace(SOFT_HYPHEN, "")


def _lift(
    draft: Draft, report: Report, texts: dict[int, str], wanted: Sequence[int]
) -> tuple[Draft, list[Piece], tuple[str, ...]]:
    """(the draft without these lines, what was lifted in order, labels of what could not give)."""
    atlas, chosen, missed = Atlas(draft), set(wanted), report.missed
    pieces: list[Piece] = []
    left: list[str] = []
    for at, lines in atlas.items(report.places).items():
        mine = tuple(line for line in lines if line in chosen and line not in missed)
        if not mine:
            continue
        text = item_text(draft, at)
        whole = len(mine) == len(lines)
        cut = "" if whole else _without(text or "", [texts[line] for line in mine])
        if text is None or cut is None:
            left.append(atlas.label(at))
            continue
        if whole and not any(line in piece.lines for piece in pieces for line in mine):
            pieces.append(Piece(text, mine, _row(draft, at)))
        draft = with_text(draft, at, cut)
    done = {line for piece in pieces for line in piece.lines}
    pieces += [Piece(missed.get(line, texts[line]), (line,)) for line in wanted if line not in done]
    return draft, sorted(pieces, key=lambda piece: piece.lines), tuple(dict.fromkeys(left))


def _row(draft: Draft, at: str) -> ObstacleText | GoalText | None:
    kind, _, key = at.partition(":")
    for _, text in draft.challenges.values():
        rows: dict[str, tuple[Any, ...]] = {"obstacle": text.obstacles, "goal": text.goals}
        for one in rows.get(kind, ()):
            if one.key == key:
                return one  # type: ignore[no-any-return]
    return None


def _without(text: str, parts: Sequence[str]) -> str | None:
    """The text with these parts cut out; None when one of them does not stand in it as such."""
    for part in parts:
        pattern = r"\s+".join(re.escape(word) for word in part.split())
        cut, count = re.subn(pattern, "\0", text, count=1)
        if not count:
            return None
        text = re.sub(r"[ \t]*\0[ \t]*", " ", cut)
    return text.strip(" ,;") or None


def item_text(draft: Draft, at: str) -> str | None:
    """The text at a place that holds one; None for a date, a list of towns, a heading."""
    kind, _, key = at.partition(":")
    if at in _PROSE:
        return str(getattr(draft.basics, at))
    if at.startswith("analysis.") and "#" in at:
        name, _, index = at.removeprefix("analysis.").partition("#")
        return str(getattr(draft.analysis, name)[int(index)])
    if kind == "introduction":
        return draft.challenges[int(key)][1].introduction
    if kind == "persona":
        return draft.personas[int(key)].story or None
    row = Atlas(draft).rows.get(at)
    return row.text if row else None


def with_text(draft: Draft, at: str, text: str) -> Draft:
    """The draft with another text at this place; "" leaves an empty item for `prune`."""
    kind, _, key = at.partition(":")
    if at in _PROSE:
        changed: dict[str, Any] = {at: text}
        return replace(draft, basics=replace(draft.basics, **changed))
    if at.startswith("analysis."):
        name, _, index = at.removeprefix("analysis.").partition("#")
        items = list(getattr(draft.analysis, name))
        items[int(index)] = text
        return replace(draft, analysis=replace(draft.analysis, **{name: tuple(items)}))
    if kind == "persona":
        persona = replace(draft.personas[int(key)], story=text)
        return replace(draft, personas={**draft.personas, int(key): persona})
    challenge = int(key) if kind == "introduction" else Atlas(draft).rows[at].challenge
    return _with_challenge(draft, challenge, _challenge_with(draft.challenges[challenge][1], kind, key, text))


def _challenge_with(one: ChallengeText, kind: str, key: str, text: str) -> ChallengeText:
    if kind == "introduction":
        return replace(one, introduction=text)
    if kind == "obstacle":
        obstacles = (replace(row, label=text) if row.key == key else row for row in one.obstacles)
        return replace(one, obstacles=tuple(obstacles))
    return replace(one, goals=tuple(replace(row, text=text) if row.key == key else row for row in one.goals))


def _with_challenge(draft: Draft, key: int, text: ChallengeText) -> Draft:
    number, _ = draft.challenges[key]
    return replace(draft, challenges={**draft.challenges, key: (number, text)})


def prune(draft: Draft) -> Draft:
    """Without items that have no text left, and without links to them."""
    for key, (_, text) in draft.challenges.items():
        obstacles = tuple(one for one in text.obstacles if one.label)
        left = {one.key for one in obstacles}
        goals = tuple(
            replace(one, obstacles=tuple(each for each in one.obstacles if each in left))
            for one in text.goals
            if one.text
        )
        draft = _with_challenge(draft, key, replace(text, obstacles=obstacles, goals=goals))
    lists = {name: tuple(one for one in getattr(draft.analysis, name) if one) for name in ANALYSIS}
    return replace(draft, analysis=replace(draft.analysis, **lists))


def _joined(pieces: list[Piece], how: str) -> list[Piece]:
    """One item per piece, all in one, or what reads on as one sentence together."""
    found: list[Piece] = []
    for piece in pieces:
        if found and (how == ONE or (how == AUTO and _reads_on(found[-1], piece))):
            before = found[-1]
            found[-1] = Piece(f"{before.text} {piece.text}", (*before.lines, *piece.lines))
        else:
            found.append(piece)
    return found


def _reads_on(before: Piece, after: Piece) -> bool:
    return not before.text.rstrip().endswith((".", "!", "?", ":", ";")) and after.text[:1].islower()


def _put(draft: Draft, kind: str, key: str, pieces: list[Piece]) -> tuple[Draft, list[Place]]:
    """The pieces at the end of their new place."""
    lines = tuple(line for piece in pieces for line in piece.lines)
    if kind in ("obstacle", "goal"):
        return _put_rows(draft, kind, int(key), pieces)
    if kind == "finding":
        texts = tuple(squeezed(piece.text)[:SENTENCE] for piece in pieces)
        lists = {key: (*getattr(draft.analysis, key), *texts)}
        places = [
            Place(f"analysis.{key}", piece.lines, text) for piece, text in zip(pieces, texts, strict=True)
        ]
        return replace(draft, analysis=replace(draft.analysis, **lists)), places
    if kind == "contact":
        contacts = (*draft.basics.contacts, *(_contact(piece.text) for piece in _joined(pieces, ONE)))
        return replace(draft, basics=replace(draft.basics, contacts=contacts)), [Place("contacts", lines)]
    at = {"introduction": f"introduction:{key}", "story": f"persona:{key}"}.get(kind, key)
    paragraph = "\n\n".join(piece.text for piece in pieces)
    before = item_text(draft, at)
    return with_text(draft, at, f"{before}\n\n{paragraph}" if before else paragraph), [Place(at, lines)]


def _put_rows(draft: Draft, kind: str, key: int, pieces: list[Piece]) -> tuple[Draft, list[Place]]:
    """A whole item of the same kind keeps its key (and so its id); the others are new."""
    rows: list[Any] = []
    for number, piece in enumerate(pieces):
        text = squeezed(piece.text)[: OBSTACLE if kind == "obstacle" else SENTENCE]
        if kind == "obstacle":
            known = piece.row if isinstance(piece.row, ObstacleText) else ObstacleText(f"new-{number}", "")
            rows.append(replace(known, label=text))
        else:
            goal = piece.row if isinstance(piece.row, GoalText) else GoalText(f"new-{number}", "")
            rows.append(replace(goal, text=text))
    challenge, name = draft.challenges[key][1], f"{kind}s"
    longer: dict[str, Any] = {name: (*getattr(challenge, name), *rows)}
    filled = replace(challenge, **longer)
    places = [Place(f"{kind}:{row.key}", piece.lines) for row, piece in zip(rows, pieces, strict=True)]
    return _with_challenge(draft, key, filled), places


def _contact(text: str) -> ContactText:
    """A name, then what they do; the address and the number by their shape."""
    email, phone = EMAIL.search(text), _PHONE.search(text)
    rest = text
    for found in (email, phone):
        rest = rest.replace(found[0], " ") if found else rest
    words = [one.strip(" :;.-") for one in re.split(r"[,\n;|]| - ", rest)]
    name, *role = [one for one in words if one] or [""]
    return ContactText(
        name[:120],
        ", ".join(role)[:200],
        email[0][:254] if email else "",
        phone[0].strip()[:60] if phone else "",
    )
