"""The page of the division, made ready for plain loops."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from app.domain.assigning import Block, Division, Pair
from app.evaluation.assigning.gathering import Facts
from app.evaluation.assigning.policy import Wish
from app.evaluation.policy import SEATS
from app.evaluation.queries import JurorRow
from app.infra.formats import counted
from app.proposals.queries import StandingRow


class Cell(NamedTuple):
    """`kind`: reads, new, dropped, sent, conflict or nothing, for the symbol and the word."""

    juror: str
    kind: str


SYMBOLS = {
    "reads": ("●", "leest"),
    "sent": ("✓", "scoreblad binnen"),
    "new": ("+", "komt erbij"),
    "dropped": ("−", "valt weg"),
    "conflict": ("✕", "belangenconflict"),
}


class BoardRow(NamedTuple):
    """`lacks`: readers and seats that are missing, in words; `unknown`: what no reader knows."""

    proposal_id: int
    name: str
    cells: list[Cell]
    readers: int
    lacks: list[str]
    unknown: list[str]


class JurorLine(NamedTuple):
    """`change`: how many more (or fewer) than now; None when nothing is proposed."""

    seat_id: int
    name: str
    seat: str
    knows: list[str]
    reads: int
    sent: int
    conflicts: int
    silent: int
    change: int | None


@dataclass(frozen=True)
class Board:
    rows: list[BoardRow]
    jurors: list[JurorLine]
    lacking: int
    told: list[str]
    undeclared: bool


def board(
    facts: Facts,
    away: Collection[int],
    least: Mapping[str, int],
    asked: int | None,
    division: Division | None,
) -> Board:
    """Proposals by jurors without the applicants in `away`. With a division: what would become of it;
    `asked` is the number of readers that is aimed at."""
    after = division.pairs if division else facts.readers
    before = facts.readers if division and facts.plan else after
    shown = sorted(
        (row for row in facts.proposals if row.organisation_id not in away),
        key=lambda row: row.organisation_name.casefold(),
    )
    rows = [_row(facts, row, after, before, least, asked) for row in shown]
    visible = {row.proposal_id for row in shown}
    jurors = [_juror(facts, one, visible, after, before, division is not None) for one in facts.jurors]
    told = _told(division, jurors) if division and not away else []
    lacking = sum(1 for row in rows if row.lacks)
    return Board(rows, jurors, lacking, told, any(one.silent for one in jurors))


def _row(
    facts: Facts,
    row: StandingRow,
    after: Collection[Pair],
    before: Collection[Pair],
    least: Mapping[str, int],
    asked: int | None,
) -> BoardRow:
    cells = [
        Cell(one.name, _kind(facts, (one.user_id, row.proposal_id), after, before)) for one in facts.jurors
    ]
    readers = [one for one in facts.jurors if (one.user_id, row.proposal_id) in after]
    lacks = _lacks(readers, least, asked) if asked is not None else []
    unknown = _unknown(facts, row.proposal_id, readers) if asked is not None else []
    return BoardRow(row.proposal_id, row.organisation_name, cells, len(readers), lacks, unknown)


def _kind(facts: Facts, pair: Pair, after: Collection[Pair], before: Collection[Pair]) -> str:
    if pair in facts.conflicts:
        return "conflict"
    if facts.begun.get(pair):
        return "sent"
    if pair in after:
        return "reads" if pair in before else "new"
    return "dropped" if pair in before else ""


def _lacks(readers: Sequence[JurorRow], least: Mapping[str, int], asked: int) -> list[str]:
    found = [f"{len(readers)} van {asked} lezers"] if len(readers) < asked else []
    for seat, number in least.items():
        has = sum(one.seat == seat for one in readers)
        if has < number:
            found.append(f"{has} van {number} namens {SEATS[seat]}")
    return found


def _unknown(facts: Facts, proposal_id: int, readers: Sequence[JurorRow]) -> list[str]:
    """The life domains that no reader knows; nothing as long as nobody's are filled in."""
    if not facts.knows:
        return []
    known = {what for one in readers for what in facts.knows.get(one.user_id, ())}
    return sorted(facts.wants.get(proposal_id, frozenset()) - known)


def _juror(
    facts: Facts,
    one: JurorRow,
    visible: Collection[int],
    after: Iterable[Pair],
    before: Iterable[Pair],
    proposed: bool,
) -> JurorLine:
    def count(pairs: Iterable[Pair]) -> int:
        return sum(juror == one.user_id and proposal in visible for juror, proposal in pairs)

    return JurorLine(
        one.seat_id,
        one.name,
        SEATS[one.seat],
        sorted(facts.knows.get(one.user_id, frozenset())),
        count(after),
        count(pair for pair, sent in facts.begun.items() if sent),
        count(facts.conflicts),
        count(facts.silent),
        count(after) - count(before) if proposed else None,
    )


def _told(division: Division, jurors: Sequence[JurorLine]) -> list[str]:
    """What the calculation knows for certain, in sentences."""
    least, most = min(division.loads.values()), max(division.loads.values())
    loads = f"{least}" if least == most else f"{least} tot {most}"
    found = [
        f"Elk jurylid leest {loads} kandidaturen. Dat is bewezen de evenwichtigste verdeling die kan."
        if most - least <= 1
        else f"Een jurylid leest {loads} kandidaturen. Evenwichtiger kan niet: dat is bewezen. "
        "Belangenconflicten, minimums, werk dat al begon en wat met de hand gekozen is, laten niet meer toe."
    ]
    if division.wanted and any(one.knows for one in jurors):
        met = division.wanted - len(division.unmet)
        proof = (
            "Meer kan niet bij deze spreiding: dat is bewezen."
            if division.proven
            else "Er is niet tot het einde gezocht: misschien kan het nog iets beter."
        )
        found.append(
            f"Van de {division.wanted} keer dat een kandidatuur een levensdomein raakt, leest er {met} keer "
            f"iemand mee die het kent. {proof}"
        )
    return found


def blocked_lines(facts: Facts, away: Collection[int], found: Sequence[Block]) -> list[str]:
    """What stands in the way, named; applicants that the reader may not see are only counted."""
    named = {row.proposal_id: row for row in facts.proposals}
    lines = [
        f"Voor {named[one.proposal].organisation_name} "
        f"{'blijft maar 1 jurylid' if one.left == 1 else f'blijven maar {one.left} juryleden'} over, er zijn "
        f"er {one.needed} nodig."
        if one.left
        else f"Voor {named[one.proposal].organisation_name} blijft geen enkel jurylid over."
        for one in found
        if named[one.proposal].organisation_id not in away
    ]
    hidden = len(found) - len(lines)
    if hidden:
        lines.append(f"Ook bij {counted(hidden, 'kandidaat', 'kandidaten')} die jij niet ziet, kan het niet.")
    return lines


def fields_of(
    wish: Wish | None, typed: dict[str, str], errors: Mapping[str, str], least: Mapping[str, int]
) -> list[dict[str, str]]:
    """The numbers of the form: what was typed, else what counts now."""
    values = {"lezers": str(wish.per_proposal) if wish else ""}
    values |= {f"minstens-{seat}": str(least[seat]) if least.get(seat) else "" for seat in SEATS}
    values = dict.fromkeys(values, "") | typed if typed else values
    labels = {"lezers": "Lezers per kandidatuur"}
    labels |= {f"minstens-{seat}": f"Minstens: {label}" for seat, label in SEATS.items()}
    return [
        {
            "name": name,
            "label": label,
            "value": values[name],
            "error": errors.get(name, ""),
        }
        for name, label in labels.items()
    ]


def reader_rows(
    facts: Facts, proposal_id: int, away: Collection[int], ticked: Collection[int] | None = None
) -> list[dict[str, Any]]:
    """The jurors with a box to tick for one proposal, and why one cannot change; how much each reads, but for
    the applicants in `away`."""
    rows = []
    visible = {row.proposal_id for row in facts.proposals if row.organisation_id not in away}
    loads = Counter(juror for juror, proposal in facts.readers if proposal in visible)
    for one in facts.jurors:
        pair = (one.user_id, proposal_id)
        reads = pair in facts.readers
        conflict, sent = pair in facts.conflicts, bool(facts.begun.get(pair))
        wants = facts.wants.get(proposal_id, frozenset())
        rows.append(
            {
                "id": one.user_id,
                "name": one.name,
                "seat": SEATS[one.seat],
                "load": loads[one.user_id],
                "ticked": reads if ticked is None or conflict or sent else one.user_id in ticked,
                "fixed": conflict or sent,
                "note": _note(facts, pair, conflict, sent),
                "matches": sorted(facts.knows.get(one.user_id, frozenset()) & wants),
            }
        )
    return rows


def _note(facts: Facts, pair: Pair, conflict: bool, sent: bool) -> str:
    if conflict:
        return "Belangenconflict: leest deze kandidaat niet."
    if sent:
        return "Het scoreblad is al binnen: blijft lezer."
    if pair in facts.begun:
        return "Begon al aan het scoreblad."
    return "Verklaarde nog geen belangen voor deze kandidaat." if pair in facts.silent else ""


def told_text(told: int) -> str:
    if not told:
        return "Voor niemand verandert de leeslijst."
    return f"{counted(told, 'jurylid krijgt', 'juryleden krijgen')} een mail: hun leeslijst veranderde."
