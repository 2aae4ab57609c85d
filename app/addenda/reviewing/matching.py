"""Which row of a draft a line of a newer document stands for. Pure; nothing is given to two.

The threshold is measured on the corpus of the tests: of 596 pairs of different items of one list two reach
72 (both end in the same long word), while 99 of 100 items stay above it after a typing error or another
word, and 9 of 10 after a word was taken out.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from rapidfuzz import fuzz, utils

from app.addenda.drafting.sections import ChallengeText, Draft, GoalText, ObstacleText
from app.addenda.reviewing.content import ANALYSIS
from app.domain.assignment import assign

SAME, ELSEWHERE, NAME = 72.0, 90.0, 85.0
_FEW_WORDS = 3
_SUBSET = 0.8  # "Mobiliteit" inside "Beperkte mobiliteit"
_MOST_COMPARED, _MOST_ASSIGNED = 400, 120
Left = TypeVar("Left", bound=Hashable)
Right = TypeVar("Right", bound=Hashable)
Texts = tuple[str, ...]


@dataclass(frozen=True)
class Spot:
    """An item of a list: `holder` is the challenge ("4") or the list of the analysis it stands in."""

    holder: str
    text: str


Items = dict[str, Spot]


@dataclass(frozen=True)
class Alignment:
    """From the keys of the newer document to stored ids. `dropped`: what an earlier document gave and the
    regisseur took out since, as "persona:-1", "challenge:-2", "obstacle:new-4", "goal:new-9"."""

    personas: dict[int, int]
    challenges: dict[int, int]
    obstacles: dict[str, str]
    goals: dict[str, str]
    dropped: frozenset[str] = frozenset()


def squeezed(text: str) -> str:
    """Without a difference in white space only."""
    return " ".join(text.split())


def likeness(one: str, other: str) -> float:
    """0 to 100; 100 only for the same text (but for white space)."""
    left, right = squeezed(one), squeezed(other)
    if left == right:
        return 100.0
    left, right = utils.default_process(left), utils.default_process(right)
    best = max(
        fuzz.ratio(left, right),
        fuzz.token_sort_ratio(left, right),
        _SUBSET * fuzz.token_set_ratio(left, right),
    )
    if _another_word(left.split(), right.split()):
        best = min(best, SAME - 1)
    return min(best, 99.0)


def _another_word(left: Sequence[str], right: Sequence[str]) -> bool:
    """In a few words, one that has no counterpart on either side makes it something else: financial problems
    are no mental problems."""
    if max(len(left), len(right)) > _FEW_WORDS:
        return False
    return all(
        any(all(fuzz.ratio(word, one) < SAME for one in others) for word in words)
        for words, others in ((left, right), (right, left))
    )


def pair_up(
    left: Sequence[Left], right: Sequence[Right], alike: Callable[[Left, Right], float], least: float
) -> dict[Left, Right]:
    """One to one: first those that are the same, in order; then the assignment with the most likeness in
    all, never below `least`; between equals the one that stands nearest."""
    pairs: dict[Left, Right] = {}
    if len(left) * len(right) > _MOST_COMPARED**2:
        return pairs
    free = list(right)
    for one in left:
        same = next((other for other in free if alike(one, other) >= 100), None)
        if same is not None:
            pairs[one] = same
            free.remove(same)
    open_ = [one for one in left if one not in pairs]
    scores = {
        (i, j): score - abs(i - j) / (len(open_) + len(free))
        for i, one in enumerate(open_)
        for j, other in enumerate(free)
        if (score := alike(one, other)) >= least
    }
    for i, j in _assign(scores, len(open_), len(free)):
        pairs[open_[i]] = free[j]
    return pairs


def _assign(scores: dict[tuple[int, int], float], rows: int, columns: int) -> list[tuple[int, int]]:
    """The best one-to-one assignment; very long lists take the most alike first."""
    if not scores:
        return []
    if max(rows, columns) > _MOST_ASSIGNED:
        taken: list[tuple[int, int]] = []
        for i, j in sorted(scores, key=lambda pair: (-scores[pair], pair)):
            if all(i != a and j != b for a, b in taken):
                taken.append((i, j))
        return taken
    size = max(rows, columns)
    cost = [[-scores.get((i, j), 0.0) for j in range(size)] for i in range(size)]
    return [pair for pair in assign(cost) if pair in scores]


def rows_of(draft: Draft, kind: str) -> Items:
    """The obstacles or goals of all challenges by key, in order."""
    found: Items = {}
    for challenge, (_, text) in draft.challenges.items():
        if kind == "obstacle":
            found |= {one.key: Spot(str(challenge), one.label) for one in text.obstacles}
        else:
            found |= {one.key: Spot(str(challenge), one.text) for one in text.goals}
    return found


def texts_of(draft: Draft) -> Items:
    """The items of the analysis; their keys are places, "recurring:0"."""
    return {
        f"{name}:{place}": Spot(name, text)
        for name in ANALYSIS
        for place, text in enumerate(getattr(draft.analysis, name))
    }


def match_items(
    fresh: Items, known: Mapping[str, tuple[Spot, ...]], holders: dict[str, str]
) -> dict[str, str]:
    """From fresh keys to known ones: `known` gives each key the spots it had (hers, and as imported).
    First inside the same holder, then what moved to another one: the same text, or nearly."""
    pairs: dict[str, str] = {}

    def alike(one: str, other: str) -> float:
        return max(likeness(fresh[one].text, spot.text) for spot in known[other])

    def inside(one: str, other: str) -> float:
        holder = holders.get(fresh[one].holder, fresh[one].holder)
        return alike(one, other) if any(spot.holder == holder for spot in known[other]) else 0.0

    for measure, least in ((inside, SAME), (alike, ELSEWHERE)):
        left = [key for key in fresh if key not in pairs]
        taken = set(pairs.values())
        pairs |= pair_up(left, [key for key in known if key not in taken], measure, least)
    return pairs


def spots(mine: Items, base: Items) -> dict[str, tuple[Spot, ...]]:
    """Per key of hers where it stands, and where the document had put it."""
    return {key: (one, *((base[key],) if key in base else ())) for key, one in mine.items()}


def align(fresh: Draft, stored: Draft, base: Draft) -> Alignment:
    """Match the newer document to what is stored, and to what an earlier document had given."""
    personas = pair_up(list(fresh.personas), list(stored.personas), _name_likeness(fresh, stored, base), NAME)
    challenges = pair_up(
        list(fresh.challenges), list(stored.challenges), _challenge_likeness(fresh, stored, base, personas), 1
    )
    holders = {str(key): str(value) for key, value in challenges.items()}
    found, dropped = {}, set[str]()
    for kind in ("obstacle", "goal"):
        new, hers, old = (rows_of(one, kind) for one in (fresh, stored, base))
        found[kind] = match_items(new, spots(hers, old), holders)
        rest = {key: spot for key, spot in new.items() if key not in found[kind]}
        gone = {key: (spot,) for key, spot in old.items() if key not in hers}
        dropped |= {f"{kind}:{key}" for key in match_items(rest, gone, holders)}
    dropped |= _dropped_whole(fresh, stored, base, personas, challenges)
    return Alignment(personas, challenges, found["obstacle"], found["goal"], frozenset(dropped))


def _name_likeness(fresh: Draft, stored: Draft, base: Draft) -> Callable[[int, int], float]:
    def alike(one: int, other: int) -> float:
        names = [rows.personas[other].name for rows in (stored, base) if other in rows.personas]
        return max(likeness(fresh.personas[one].name.casefold(), name.casefold()) for name in names)

    return alike


def _challenge_likeness(
    fresh: Draft, stored: Draft, base: Draft, personas: dict[int, int]
) -> Callable[[int, int], float]:
    """Shared items weigh most, then shared personas; the number decides between equals."""
    whole = {id(draft): _item_texts(draft) for draft in (fresh, stored, base)}
    least = 1.0

    def alike(one: int, other: int) -> float:
        number, text = fresh.challenges[one]
        named = {personas.get(key, key) for key in text.personas}
        best = least / 2
        for draft in (stored, base):
            if other not in draft.challenges:
                continue
            number_there, there = draft.challenges[other]
            shared = _share(whole[id(fresh)][one], whole[id(draft)][other])
            people = _share(named, set(there.personas))
            near = 1.5 * (number == number_there)
            best = max(best, 55 * shared + 40 * people + near)
        return best

    return alike


def _item_texts(draft: Draft) -> dict[int, set[str]]:
    return {
        key: {
            squeezed(one).casefold()
            for one in (*(row.label for row in text.obstacles), *(row.text for row in text.goals))
        }
        for key, (_, text) in draft.challenges.items()
    }


def _share(one: Iterable[Hashable], other: Iterable[Hashable]) -> float:
    left, right = set(one), set(other)
    return len(left & right) / max(len(left | right), 1)


def _dropped_whole(
    fresh: Draft, stored: Draft, base: Draft, personas: dict[int, int], challenges: dict[int, int]
) -> set[str]:
    """Personas and challenges that she took out: by name, and by a third of their items in common."""
    gone = {one.name.casefold() for key, one in base.personas.items() if key not in stored.personas}
    found = {
        f"persona:{key}"
        for key, one in fresh.personas.items()
        if key not in personas and one.name.casefold() in gone
    }
    new, old = _item_texts(fresh), _item_texts(base)
    for key in fresh.challenges:
        if key not in challenges and any(
            _share(new[key], texts) > 1 / 3 for one, texts in old.items() if one not in stored.challenges
        ):
            found.add(f"challenge:{key}")
    return found


def renamed(fresh: Draft, found: Alignment) -> Draft:
    """The newer document under the stored ids; what is new keeps its own key."""
    return replace(
        fresh,
        personas={found.personas.get(key, key): one for key, one in fresh.personas.items()},
        challenges={
            found.challenges.get(key, key): (number, _renamed_rows(text, found))
            for key, (number, text) in fresh.challenges.items()
        },
    )


def _renamed_rows(text: ChallengeText, found: Alignment) -> ChallengeText:
    return replace(
        text,
        personas=tuple(sorted(found.personas.get(key, key) for key in text.personas)),
        obstacles=tuple(
            ObstacleText(found.obstacles.get(one.key, one.key), one.label) for one in text.obstacles
        ),
        goals=tuple(GoalText(found.goals.get(one.key, one.key), one.text) for one in text.goals),
    )
