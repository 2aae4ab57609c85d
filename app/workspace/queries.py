"""Reads that compose what several features know, with as many queries for thirty calls as for one."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, case, func, or_, select

from app.accounts.models import User
from app.addenda.models import Addendum
from app.addenda.queries import Call, load_calls
from app.admissibility.queries import Unconfirmed, unconfirmed, undecided
from app.decisions.answering.queries import unanswered_in
from app.decisions.candidates import candidates
from app.decisions.later.queries import untold_in
from app.decisions.models import Decision
from app.decisions.post.queries import undelivered_of
from app.domain.reassessment import Stages
from app.domain.timeline import Phase
from app.dossiers.keeping.queries import waiting_for_approval
from app.evaluation.assigning.queries import left_to_score
from app.evaluation.models import ConflictDeclaration, JurySeat, PitchSlot, ScoreSheet, Shortlisting
from app.infra import clock
from app.infra.database import db
from app.objections.reassessing.queries import stages_in
from app.partnerships.models import Partnership
from app.proposals.models import Opening, Proposal, Submission
from app.proposals.queries import in_the_running, of_opened_call
from app.questions.queries import unanswered_count
from app.regions.models import ServiceArea


def calls_for(
    now: datetime, regions: Collection[int], ids: Collection[int], *, open_ones: bool
) -> list[Call]:
    """The calls of these regions, these calls, and with `open_ones` whatever is open to all. Two queries."""
    wanted: list[Any] = [Addendum.service_area_id.in_(regions), Addendum.id.in_(ids)]
    if open_ones:
        wanted.append(and_(Addendum.published_at <= now, Addendum.deadline > now))
    return load_calls(now, or_(*wanted))


def region_names(ids: Collection[int]) -> dict[int, str]:
    if not ids:
        return {}
    statement = select(ServiceArea.id, ServiceArea.name).where(ServiceArea.id.in_(ids))
    return {row.id: row.name for row in db.session.execute(statement.order_by(ServiceArea.name))}


class Numbers(NamedTuple):
    """What is in the running in one call and how far it got; instants aware UTC."""

    proposals: int = 0
    invited: int = 0
    scheduled: int = 0
    first_pitch: datetime | None = None
    last_pitch: datetime | None = None
    proposed: int = 0
    confirmed: int = 0


@dataclass
class Seat:
    """One juror in one call: declarations, conflicts and sheets that are in, of what is in the running;
    `pitch_` of what was invited to pitch. A sheet for an applicant in conflict does not count. `asked` is set
    where the proposals were divided: the written sheets that must still come in, `asked_declared` those of
    them for which the juror said to be free."""

    chair: bool
    declared: int = 0
    conflicts: int = 0
    pitch_declared: int = 0
    pitch_conflicts: int = 0
    sheets: int = 0
    pitch_sheets: int = 0
    asked: int | None = None
    asked_declared: int = 0

    def written_missing(self, proposals: int) -> int:
        return proposals - self.conflicts - self.sheets if self.asked is None else self.asked


@dataclass
class Progress:
    """The work on one call; `signed` are the id and the name of who signed first for the opening,
    `publication_asked` those of who asked a colleague to publish; `lapsed` confirmations that do not
    count any more, `later` the new decisions on their way and how many of them were confirmed."""

    numbers: Numbers = Numbers()
    seats: dict[int, Seat] = field(default_factory=dict)
    signed: tuple[int, str] | None = None
    partnership: bool = False
    questions: int = 0
    to_check: int = 0
    to_confirm: list[Unconfirmed] = field(default_factory=list)
    publication_asked: tuple[int, str] | None = None
    lapsed: int = 0
    unanswered: int = 0
    later: tuple[int, int] = (0, 0)
    undelivered: int = 0
    to_destroy: int = 0
    again: Stages = Stages()


def progress_of(calls: Collection[Call]) -> Mapping[int, Progress]:
    """{call id: progress}. At most twenty-two queries, and those of a ranking for each call with confirmed
    decisions that were not told. Before the opening only the jury and questions are looked at: nothing that
    is written or handed in is counted."""
    found: dict[int, Progress] = defaultdict(Progress)
    for first, last, readers in _READERS:
        ids = {call.id for call in calls if first <= call.phase <= last}
        for read in readers if ids else ():
            read(ids, found)
    return found


def _seats(ids: set[int], found: Mapping[int, Progress]) -> None:
    statement = select(JurySeat.addendum_id, JurySeat.user_id, JurySeat.chair)
    for row in db.session.execute(statement.where(JurySeat.addendum_id.in_(ids))):
        found[row.addendum_id].seats[row.user_id] = Seat(row.chair)


def _publication(ids: set[int], found: Mapping[int, Progress]) -> None:
    """Who asked a colleague to publish, as long as nothing changed since."""
    asked = Addendum.publication_asked_version == Addendum.version
    for row in db.session.execute(
        select(Addendum.id, User.id.label("by_id"), User.name)
        .join(User, User.id == Addendum.publication_asked_by_id)
        .where(Addendum.id.in_(ids), asked, Addendum.published_at.is_(None))
    ):
        found[row.id].publication_asked = (row.by_id, row.name)


def _questions(ids: set[int], found: Mapping[int, Progress]) -> None:
    for one, count in unanswered_count(ids).items():
        found[one].questions = count


def _formal_check(ids: set[int], found: Mapping[int, Progress]) -> None:
    for one, count in undecided(ids, clock.now()).items():
        found[one].to_check = count.to_check


def _second_signatures(ids: set[int], found: Mapping[int, Progress]) -> None:
    for one in unconfirmed(ids):
        found[one.addendum_id].to_confirm.append(one)


def _lapsed(ids: set[int], found: Mapping[int, Progress]) -> None:
    """Only where somebody confirmed: a ranking is worked out for it."""
    for one in ids:
        if found[one].numbers.confirmed:
            found[one].lapsed = sum(candidate.lapsed for candidate in candidates(one))


def _follow_up(ids: set[int], found: Mapping[int, Progress]) -> None:
    for one, count in unanswered_in(ids).items():
        found[one].unanswered = count
    for one, both in untold_in(ids).items():
        found[one].later = both
    for one, stages in stages_in(ids).items():
        found[one].again = stages


def _formed(ids: set[int], found: Mapping[int, Progress]) -> None:
    for one in db.session.scalars(select(Partnership.addendum_id).where(Partnership.addendum_id.in_(ids))):
        found[one].partnership = True


def _standing(*columns: Any) -> Any:
    """Over what is in the running, with whether it was invited to pitch."""
    return (
        select(*columns)
        .select_from(Submission)
        .join(Proposal, Proposal.id == Submission.proposal_id)
        .outerjoin(Shortlisting, Shortlisting.proposal_id == Proposal.id)
        .where(in_the_running(), of_opened_call())
    )


def _numbers(ids: set[int], found: Mapping[int, Progress]) -> None:
    columns = (
        Submission.addendum_id,
        func.count(),
        func.count(Shortlisting.proposal_id),
        func.count(PitchSlot.proposal_id),
        func.min(PitchSlot.starts_at),
        func.max(PitchSlot.ends_at),
        func.count(Decision.id),
        func.count(Decision.confirmed_at),
    )
    statement = (
        _standing(*columns)
        .outerjoin(PitchSlot, PitchSlot.proposal_id == Proposal.id)
        .outerjoin(Decision, and_(Decision.proposal_id == Proposal.id, Decision.number == 1))
        .where(Submission.addendum_id.in_(ids))
        .group_by(Submission.addendum_id)
    )
    for addendum_id, *numbers in db.session.execute(statement):
        found[addendum_id].numbers = Numbers(*numbers)


def _if(condition: Any) -> Any:
    return func.sum(case((condition, 1), else_=0))


def _declared(ids: set[int], found: Mapping[int, Progress]) -> None:
    said, invited = ConflictDeclaration, Shortlisting.proposal_id.is_not(None)
    statement = (
        _standing(
            said.addendum_id,
            said.juror_id,
            func.count(),
            _if(said.in_conflict),
            func.count(Shortlisting.proposal_id),
            _if(and_(said.in_conflict, invited)),
        )
        .join(
            said,
            and_(said.addendum_id == Proposal.addendum_id, said.organisation_id == Proposal.organisation_id),
        )
        .where(said.addendum_id.in_(ids))
        .group_by(said.addendum_id, said.juror_id)
    )
    for addendum_id, juror_id, *counts in db.session.execute(statement):
        seat = found[addendum_id].seats.get(juror_id)
        if seat:
            seat.declared, seat.conflicts, seat.pitch_declared, seat.pitch_conflicts = counts


def _sheets(ids: set[int], found: Mapping[int, Progress]) -> None:
    sheet, said = ScoreSheet, ConflictDeclaration
    statement = (
        _standing(sheet.addendum_id, sheet.juror_id, sheet.round, func.count())
        .join(sheet, sheet.proposal_id == Proposal.id)
        .outerjoin(
            said,
            and_(
                said.addendum_id == Proposal.addendum_id,
                said.organisation_id == Proposal.organisation_id,
                said.juror_id == sheet.juror_id,
            ),
        )
        .where(
            sheet.addendum_id.in_(ids),
            sheet.submitted_at.is_not(None),
            or_(said.id.is_(None), said.in_conflict.is_(False)),
            or_(sheet.round == "written", Shortlisting.proposal_id.is_not(None)),
        )
        .group_by(sheet.addendum_id, sheet.juror_id, sheet.round)
    )
    for addendum_id, juror_id, round_name, count in db.session.execute(statement):
        seat = found[addendum_id].seats.get(juror_id)
        if seat:
            setattr(seat, "sheets" if round_name == "written" else "pitch_sheets", count)


def _asked(ids: set[int], found: Mapping[int, Progress]) -> None:
    for addendum_id, left in left_to_score(ids).items():
        for juror_id, seat in found[addendum_id].seats.items():
            seat.asked, seat.asked_declared = left.get(juror_id, (0, 0))


def _signed(ids: set[int], found: Mapping[int, Progress]) -> None:
    statement = (
        select(Opening.addendum_id, User.id, User.name)
        .join(User, User.id == Opening.first_by_id)
        .where(Opening.addendum_id.in_(ids))
    )
    for addendum_id, user_id, name in db.session.execute(statement):
        found[addendum_id].signed = (user_id, name)


def _undelivered(ids: set[int], found: Mapping[int, Progress]) -> None:
    for one, count in undelivered_of(ids).items():
        found[one].undelivered = count


def _to_destroy(ids: set[int], found: Mapping[int, Progress]) -> None:
    for one, count in waiting_for_approval(ids).items():
        found[one].to_destroy = count


Reader = Callable[[set[int], Mapping[int, Progress]], None]
# What there is to know in which phases, both included.
_READERS: tuple[tuple[Phase, Phase, tuple[Reader, ...]], ...] = (
    (Phase.DRAFT, Phase.PARTNERSHIP, (_seats,)),
    (Phase.DRAFT, Phase.DRAFT, (_publication,)),
    (Phase.OPEN, Phase.OPEN, (_questions,)),
    (Phase.WRITTEN, Phase.PARTNERSHIP, (_numbers, _declared, _sheets)),
    (Phase.WRITTEN, Phase.WRITTEN, (_asked, _formal_check, _second_signatures)),
    (Phase.SEALED, Phase.SEALED, (_signed,)),
    (Phase.DECIDED, Phase.PARTNERSHIP, (_undelivered,)),
    (Phase.DECIDED, Phase.DECIDED, (_lapsed,)),
    (Phase.COMMUNICATED, Phase.PARTNERSHIP, (_follow_up, _formed)),
    (Phase.PARTNERSHIP, Phase.PARTNERSHIP, (_to_destroy,)),
)
