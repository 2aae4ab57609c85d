"""The candidates of a call: what the matches find, with what people said of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.addenda.queries import Call
from app.matching.candidates.policy import CONFIRMED, REJECTED, folded
from app.matching.candidates.queries import (
    Earlier,
    Judgement,
    ObstacleLine,
    OrganisationLine,
    earlier_judgements,
    invited,
    obstacle_lines,
    organisation_lines,
    standing_judgements,
)
from app.matching.index import Match, matches

EARLIER = "earlier"
LEVELS = (CONFIRMED, EARLIER, "strong", "likely", "weak")  # surest first


@dataclass(frozen=True)
class Candidate:
    """An organisation for an obstacle. `match` None: only people say so. `said` is what holds now in this
    call, `earlier` what was said last of the same obstacle in another call of the region."""

    organisation: OrganisationLine
    match: Match | None
    said: Judgement | None
    earlier: Earlier | None

    @property
    def rejected(self) -> bool:
        return self.said is not None and self.said.verdict == REJECTED

    @property
    def level(self) -> str:
        """One of LEVELS: what a person confirmed is certain, before any score."""
        if self.said is not None and self.said.verdict == CONFIRMED:
            return CONFIRMED
        if self.earlier is not None and self.earlier.verdict == CONFIRMED:
            return EARLIER
        return self.match.sure.value if self.match else "weak"

    @property
    def score(self) -> float:
        return self.match.score if self.match else 0.0

    def place(self) -> tuple[int, bool, float, str]:
        """For sorting: confirmed, then confirmed earlier, then by region and score."""
        return (
            {CONFIRMED: 0, EARLIER: 1}.get(self.level, 2),
            not self.organisation.in_region,
            -self.score,
            self.organisation.name.casefold(),
        )


@dataclass(frozen=True)
class Board:
    """`candidates` and `rejected` by obstacle, best first."""

    lines: Sequence[ObstacleLine]
    candidates: Mapping[int, Sequence[Candidate]]
    rejected: Mapping[int, Sequence[Candidate]]
    organisations: Mapping[int, OrganisationLine]
    invited: Mapping[int, datetime]

    def obstacles_by_organisation(self) -> dict[int, list[int]]:
        """{organisation: the obstacles for which it is a candidate}"""
        found: dict[int, list[int]] = {}
        for obstacle, able in self.candidates.items():
            for one in able:
                found.setdefault(one.organisation.id, []).append(obstacle)
        return found


def board_of(call: Call) -> Board:
    """Rests on profiles, offers and judgements, never on who applies. Eight queries and those of
    `matches`."""
    lines, known = obstacle_lines(call.id), organisation_lines(call)
    found, said = matches(call.id), standing_judgements(call.id)
    earlier = earlier_judgements(call, lines)
    spoken: dict[int, dict[int, Judgement]] = {}
    for (obstacle, organisation), one in said.items():
        spoken.setdefault(obstacle, {})[organisation] = one
    able: dict[int, list[Candidate]] = {}
    for line in lines:
        here = {one.organisation_id: one for one in found.get(line.id, ())}
        able[line.id] = _candidates(here, spoken.get(line.id, {}), earlier.get(folded(line.label), {}), known)
    return Board(
        lines,
        {id: [one for one in all if not one.rejected] for id, all in able.items()},
        {id: [one for one in all if one.rejected] for id, all in able.items()},
        known,
        invited(call.id),
    )


def _candidates(
    here: Mapping[int, Match],
    said: Mapping[int, Judgement],
    earlier: Mapping[int, Earlier],
    known: Mapping[int, OrganisationLine],
) -> list[Candidate]:
    before = {id for id, one in earlier.items() if one.verdict == CONFIRMED}
    found = [
        Candidate(known[id], here.get(id), said.get(id), earlier.get(id))
        for id in here.keys() | said.keys() | before
        if id in known
    ]
    return sorted(found, key=Candidate.place)
