"""Everything a division rests on, read together."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.addenda.queries import Call
from app.domain.assigning import Division, Pair, Question, Reader, Wanting, divide
from app.evaluation.assigning.models import AssignmentPlan
from app.evaluation.assigning.policy import Wish
from app.evaluation.assigning.queries import (
    Placed,
    begun_of,
    expertise_of,
    placed_of,
    plan_of,
    wanted_of,
)
from app.evaluation.queries import JurorRow, declarations_of, jurors_of
from app.infra.remembered import remembered
from app.proposals.queries import StandingRow, standing


@dataclass(frozen=True)
class Facts:
    """A call's jury and proposals with who may not, who began (true: handed in), and who reads what now."""

    plan: AssignmentPlan | None
    jurors: Sequence[JurorRow]
    proposals: Sequence[StandingRow]
    conflicts: frozenset[Pair]
    silent: frozenset[Pair]
    begun: Mapping[Pair, bool]
    placed: Mapping[Pair, Placed]
    knows: Mapping[int, frozenset[str]]
    wants: Mapping[int, frozenset[str]]

    @property
    def readers(self) -> frozenset[Pair]:
        """Who is asked to score what: without a plan everybody everything, conflicts never."""
        pairs = {(one.user_id, row.proposal_id) for one in self.jurors for row in self.proposals}
        if self.plan is not None:
            sent = {pair for pair, sent in self.begun.items() if sent}
            pairs &= {pair for pair, how in self.placed.items() if how.reads} | sent
        return frozenset(pairs - self.conflicts)


def facts_of(call: Call) -> Facts:
    """Eight queries, whatever the number of proposals."""
    proposals = standing(call.id)
    jurors = jurors_of(call.id)
    of = {row.organisation_id: row.proposal_id for row in proposals}
    said = [row for row in declarations_of(call.id) if row.organisation_id in of]
    spoken = {(row.juror_id, of[row.organisation_id]) for row in said}
    everybody = {(one.user_id, row.proposal_id) for one in jurors for row in proposals}
    return Facts(
        plan=plan_of(call.id),
        jurors=jurors,
        proposals=proposals,
        conflicts=frozenset((row.juror_id, of[row.organisation_id]) for row in said if row.in_conflict),
        silent=frozenset(everybody - spoken),
        begun=begun_of(call.id),
        placed=placed_of(call.id),
        knows=expertise_of(call.id),
        wants=wanted_of(call.id),
    )


def question_of(facts: Facts, wish: Wish) -> Question:
    """What was begun stays, so that nobody's work is thrown away; what was done by hand when so wished."""
    by_hand = {pair: how for pair, how in facts.placed.items() if how.by_hand} if wish.keep else {}
    seated = {one.user_id for one in facts.jurors}
    must = {pair for pair, how in by_hand.items() if how.reads} | set(facts.begun)
    nothing: frozenset[str] = frozenset()
    return Question(
        readers=tuple(
            Reader(one.user_id, one.seat, facts.knows.get(one.user_id, nothing))
            for one in sorted(facts.jurors, key=lambda one: one.user_id)
        ),
        proposals=tuple(
            Wanting(row.proposal_id, facts.wants.get(row.proposal_id, nothing))
            for row in sorted(facts.proposals)
        ),
        per_proposal=wish.per_proposal,
        closed=facts.conflicts,
        must=frozenset(pair for pair in must if pair[0] in seated),
        must_not=frozenset(pair for pair, how in by_hand.items() if not how.reads),
        least=wish.seats,
        now=facts.readers if facts.plan is not None else frozenset(),
    )


def division_of(question: Question) -> Division:
    """The same question has the same answer, so it is worked out once. Raises Blocked."""
    return remembered(("assigning", _key(question)), lambda: divide(question))


def _key(question: Question) -> str:
    parts = [
        [(one.id, one.seat, sorted(one.knows)) for one in question.readers],
        [(one.id, sorted(one.wants)) for one in question.proposals],
        question.per_proposal,
        sorted(question.closed),
        sorted(question.must),
        sorted(question.must_not),
        sorted(question.least.items()),
        sorted(question.now),
    ]
    return hashlib.blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def mark_of_division(wish: Wish, division: Division) -> str:
    """What was shown, for the form that keeps it: the wish and who reads what."""
    told = [wish.per_proposal, sorted(wish.seats.items()), wish.keep, sorted(division.pairs)]
    return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()
