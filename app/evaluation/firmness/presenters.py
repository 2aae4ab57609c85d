"""How firm a ranking is, in plain words and figures for the drawing."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from app.domain.ranking import Interval
from app.evaluation.firmness.services import Firm

if TYPE_CHECKING:
    from app.domain.firmness import Drawn

JURORS, NEAR, ANY = "jurors", "near", "any"
LANES = {
    JURORS: "jury opnieuw geloot",
    NEAR: "gewichten 10\u00a0% meer of minder",
    ANY: "eender welke gewichten",
}
SHORT = {JURORS: "andere jury", NEAR: "gewichten ±10\u00a0%", ANY: "eender welke"}
CLOSE = Fraction(1, 4)
FEW = 25  # rows of the drawing beside the ranking
MOST_SENTENCES = 6
DEFAULT_FIRST = 5


class Lane(NamedTuple):
    """Where a proposal ends: in nine of ten draws (`low` to `high`) and ever (`least` to `most`); percentages
    of the width, and in words."""

    kind: str
    low: str
    width: str
    least: str
    most: str
    text: str


class FirmRow(NamedTuple):
    """`mark`: percentage of the width at which its own place stands. `chances`: per kind the share of draws
    among the first and the share in which it reaches every minimum."""

    place: str
    name: str
    mark: str
    lanes: list[Lane]
    without_one: str
    first: list[str]
    passing: list[str]


class Close(NamedTuple):
    """Two proposals next to each other that change places often; `said`: in how many of the cases."""

    places: str
    one: str
    other: str
    said: str


@dataclass(frozen=True)
class FirmPage:
    """`count`: how many have a place; `rows` may be fewer. `head` is about who comes first."""

    rows: list[FirmRow]
    count: int
    head: tuple[str, str]
    close: list[Close]
    kinds: list[tuple[str, str]]
    short: list[str]
    draws: str
    first: int


def firm_page(
    firm: Firm, *, closed: Collection[int] = frozenset(), first: int = 0, few: bool = False
) -> FirmPage:
    """`closed` are organisations of which the viewer is told nothing here; `few` for beside the ranking."""
    kinds = _kinds(firm)
    count = len(firm.order)
    wanted = min(first or DEFAULT_FIRST, count)
    hidden = {one for one in firm.order if firm.proposals[one].organisation_id in closed}
    rows = [
        _row(firm, at, kinds, wanted)
        for at, one in enumerate(firm.order[: FEW if few else None])
        if one not in hidden
    ]
    close = list(_close(firm, hidden))
    draws = next((f"{one.draws:,}".replace(",", ".") for one in firm.drawn.values()), "")
    return FirmPage(
        rows,
        count,
        _head(firm, hidden),
        close[:MOST_SENTENCES] if few else close,
        [(kind, LANES[kind]) for kind in kinds],
        [SHORT[kind] for kind in kinds],
        draws,
        wanted,
    )


def _kinds(firm: Firm) -> list[str]:
    """Drawing again from one juror tells nothing."""
    jurors = {juror for one in firm.ranking.placed for juror in one.score.jurors}
    return [kind for kind in LANES if kind in firm.drawn and (kind != JURORS or len(jurors) > 1)]


def _row(firm: Firm, at: int, kinds: list[str], first: int) -> FirmRow:
    placed, count = firm.ranking.placed[at], len(firm.order)
    return FirmRow(
        f"{placed.place} (gelijk)" if placed.tied else str(placed.place),
        _name(firm, at),
        _percent((placed.place - 0.5) / count),
        [_lane(kind, firm.drawn[kind], at, count) for kind in kinds],
        _without_one(firm.without_one[placed.proposal_id]),
        [share(firm.drawn[kind].among_first(at, first)) for kind in kinds],
        [share(firm.drawn[kind].passing(at)) for kind in kinds],
    )


def _lane(kind: str, drawn: "Drawn", at: int, count: int) -> Lane:
    low, high = drawn.interval(at)
    least, most = drawn.extremes(at)
    text = _from_to(low, high)
    if (least, most) != (low, high):
        text += f" (uiterst {_from_to(least, most)})"
    return Lane(
        kind,
        _percent((low - 1) / count),
        _percent((high - low + 1) / count),
        _percent((least - 0.5) / count),
        _percent((most - 0.5) / count),
        text,
    )


def _from_to(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} tot {high}"


def _percent(part: float) -> str:
    return f"{100 * part:.2f}"


def share(part: Fraction) -> str:
    """ "38 %"; never "0 %" or "100 %" of what does or does not happen now and then."""
    percent = round(100 * part)
    if part and percent == 0:
        return "minder dan 1\u00a0%"
    return "meer dan 99\u00a0%" if part != 1 and percent == 100 else f"{percent}\u00a0%"


def _without_one(interval: Interval) -> str:
    return _from_to(interval.best, interval.worst) if interval.tested else "niet te toetsen"


def _name(firm: Firm, at: int) -> str:
    return firm.proposals[firm.order[at]].organisation_name


def _head(firm: Firm, hidden: Collection[int]) -> tuple[str, str]:
    """(name, in how many of the cases it stays first); empty when that cannot be said."""
    if not firm.order or firm.ranking.placed[0].tied or firm.order[0] in hidden or len(firm.order) < 2:
        return "", ""
    stays = {kind: firm.drawn[kind].among_first(0, 1) for kind in _kinds(firm)}
    return _name(firm, 0), _in_cases(stays)


IN_WORDS = {
    JURORS: "als de jury opnieuw geloot wordt",
    NEAR: "als elk gewicht tot 10\u00a0% verschuift",
    ANY: "bij eender welke gewichten",
}


def _in_cases(shares: Mapping[str, Fraction]) -> str:
    """ "in 38 % van de gevallen als de jury opnieuw geloot wordt, nooit als … en in 40 % bij …"."""
    parts = [f"{_often(part)} {IN_WORDS[kind]}" for kind, part in shares.items()]
    at = next((at for at, part in enumerate(parts) if "%" in _often(list(shares.values())[at])), None)
    if at is not None:
        parts[at] = parts[at].replace("%", "% van de gevallen", 1)
    return f"{', '.join(parts[:-1])} en {parts[-1]}" if len(parts) > 1 else parts[0]


def _often(part: Fraction) -> str:
    if part in (0, 1):
        return "altijd" if part else "nooit"
    return f"in {share(part)}"


def _close(firm: Firm, hidden: Collection[int]) -> Iterator[Close]:
    """Neighbours that change places in at least a quarter of the draws of other jurors or slightly other
    weights. Any weights at all are no reason to call it close: those are not what was published."""
    kinds = _kinds(firm)
    judged = [kind for kind in kinds if kind != ANY]
    for at in range(len(firm.order) - 1):
        one, other = firm.ranking.placed[at : at + 2]
        if one.place == other.place or {one.proposal_id, other.proposal_id} & set(hidden):
            continue
        swapped = {kind: firm.drawn[kind].swapped(at) for kind in kinds}
        if max(swapped[kind] for kind in judged) >= CLOSE:
            names = _name(firm, at), _name(firm, at + 1)
            yield Close(f"{one.place} en {other.place}", *names, _in_cases(swapped))


def firm_sentences(firm: Firm, closed: Collection[int] = frozenset()) -> list[str]:
    """The same in whole sentences of plain text, for a report."""
    hidden = {one for one in firm.order if firm.proposals[one].organisation_id in closed}
    name, stays = _head(firm, hidden)
    said = [f"{name} blijft eerste: {stays}."] if name else []
    return said + [
        f"Plaats {one.places} ({one.one} en {one.other}) wisselen {one.said}." for one in _close(firm, hidden)
    ]
