"""The three marks of obstacles and proposals together, as far as somebody may see them; and their degrees."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.addenda.queries import Call
from app.domain.access import Actor, roles_for
from app.domain.coverage import degree, jury_says
from app.domain.match_levels import Sure, sure
from app.domain.timeline import Phase
from app.domain.visibility import SheetFacts, may_see_sheet
from app.matching.coverage.queries import counting_sheets, votes_of
from app.matching.coverage.support import supported
from app.matching.queries import CallCoverage, coverage_of


@dataclass(frozen=True)
class Marks:
    """Of an obstacle that a proposal takes up. `read`: whether its text was read yet; `seen`: whether the
    reader may see what the jury says, and only then there are `votes`."""

    support: Sure | None
    read: bool
    seen: bool
    votes: tuple[str, ...] = ()

    @property
    def jury(self) -> str | None:
        return jury_says(self.votes)

    @property
    def degree(self) -> Fraction:
        return degree(True, self.support, self.votes)


@dataclass(frozen=True)
class Board:
    """`marks` by (proposal, obstacle): those that are claimed. `unread`: answers that were not read yet."""

    found: CallCoverage
    marks: Mapping[tuple[int, int], Marks]
    unread: int = 0

    def of(self, obstacle_id: int) -> dict[int, Marks]:
        able = self.found.claims.get(obstacle_id, frozenset())
        return {one: self.marks[one, obstacle_id] for one in able if (one, obstacle_id) in self.marks}

    @property
    def jury_seen(self) -> bool:
        return any(one.seen for one in self.marks.values())


def board_of(call: Call, actor: Actor) -> Board:
    """What this person may see of a call now. While the written round runs, what the others say of a
    proposal shows only to a juror whose own sheet about it is in (`domain.visibility`)."""
    found, known = coverage_of(call.id), supported(call.id)
    counting = counting_sheets(call.id)
    seen = {
        row.proposal_id
        for row in found.proposals
        if _sees_the_jury(call, actor, row.organisation_id, (actor.user_id, row.proposal_id) in counting)
    }
    votes = votes_of(counting, [row.proposal_id for row in found.proposals])
    marks = {}
    for row in known.claims:
        key = row.proposal_id, row.obstacle_id
        shown = row.proposal_id in seen
        marks[key] = Marks(
            sure(known.scores.get(key, 0.0)),
            key in known.scores,
            shown,
            tuple(votes.get(key, ())) if shown else (),
        )
    return Board(found, marks, known.unread)


def _sees_the_jury(call: Call, actor: Actor, organisation_id: int, own_sheet_in: bool) -> bool:
    facts = SheetFacts(
        phase=call.phase,
        roles=roles_for(actor, call.subject(organisation_id)),
        own_sheet_in=own_sheet_in,
        round_open=call.phase is Phase.WRITTEN,
    )
    return bool(may_see_sheet(facts))


def degrees(addendum_id: int, excluding: Collection[int] = frozenset()) -> dict[int, dict[int, Fraction]]:
    """{proposal: {obstacle: how well it is addressed, above 0 to 1}} by `domain.coverage.degree`, of what is
    in the running, without the organisations in `excluding`. Rests on every sheet that counts: only for who
    may see the ranking, after the rounds. Three queries when every text was read."""
    known, counting = supported(addendum_id, at_most=None), counting_sheets(addendum_id)
    votes = votes_of(counting, {row.proposal_id for row in known.claims})
    found: dict[int, dict[int, Fraction]] = {}
    for row in known.claims:
        if row.organisation_id in excluding:
            continue
        key = row.proposal_id, row.obstacle_id
        value = degree(True, sure(known.scores.get(key, 0.0)), votes.get(key, ()))
        if value:
            found.setdefault(row.proposal_id, {})[row.obstacle_id] = value
    return found
