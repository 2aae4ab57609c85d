"""The demo as it is after the first start: four calls, each with a past that was lived by the rules."""

from datetime import date, timedelta
from itertools import pairwise

from flask import Flask
from flask_security import verify_password
from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.amending.models import AddendumVersion
from app.addenda.models import EnrichmentFinding
from app.addenda.queries import load_calls
from app.audit.heads import public_lines
from app.audit.models import AuditEntry
from app.audit.queries import verify
from app.decisions.candidates import candidates
from app.demo.calls import workday
from app.demo.cast import data
from app.demo.loader import accounts, is_empty, load
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration, JurySeat, PitchSlot, ScoreSheet
from app.infra import clock
from app.infra.database import db
from app.notifications.models import OutboxMessage
from app.objections.queries import filed_objections
from app.organisations.models import Organisation
from app.partnerships.models import Partnership, PartnershipMember
from app.proposals.handing_in.receipts import signed_receipt
from app.proposals.models import Proposal, Submission
from app.questions.models import Question
from app.workshops.models import Note
from tools.verify_receipt import examine


def test_working_days_of_the_demo_are_no_weekend_and_keep_their_order() -> None:
    days = [workday(date(2026, 11, 21), offset) for offset in range(-28, 29)]
    assert all(day.weekday() < 5 for day in days)
    assert all(first <= second for first, second in pairwise(days))
    assert all(first < third for first, third in zip(days, days[2:], strict=False))


def count(model: type, *conditions: object) -> int:
    return int(db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0)


def test_the_demo_is_four_calls_whose_past_was_lived_by_the_rules(app: Flask) -> None:
    assert is_empty()
    assert load()
    assert not clock.is_moved()
    calls = _four_calls_in_four_phases()
    _everybody_is_there(calls)
    _one_is_prepared_and_one_was_amended(calls)
    _the_jury_judged(calls)
    _the_finished_call_ended_in_a_partnership(calls[Phase.PARTNERSHIP])
    _old_mail_is_not_sent_again()
    _the_log_holds_and_runs_with_time()
    _receipts_are_in_the_heads()
    _accounts_open()
    _a_second_load_changes_nothing()


def _four_calls_in_four_phases() -> dict[Phase, int]:
    calls = {call.phase: call.id for call in load_calls(clock.read())}
    assert sorted(calls) == [Phase.DRAFT, Phase.OPEN, Phase.WRITTEN, Phase.PARTNERSHIP]
    return calls


def _everybody_is_there(calls: dict[Phase, int]) -> None:
    assert (count(Organisation), count(Proposal)) == (24, 40)
    for phase, call in calls.items():
        assert count(JurySeat, JurySeat.addendum_id == call) == (0 if phase is Phase.DRAFT else 7)


def _one_is_prepared_and_one_was_amended(calls: dict[Phase, int]) -> None:
    assert count(EnrichmentFinding, EnrichmentFinding.addendum_id == calls[Phase.DRAFT]) == 2
    assert count(Note) == len(data("notes"))
    assert count(AddendumVersion, AddendumVersion.addendum_id == calls[Phase.OPEN]) == 2
    waiting = Question.published_at.is_(None)
    assert count(Question, Question.addendum_id == calls[Phase.OPEN], waiting) == 2


def _the_jury_judged(calls: dict[Phase, int]) -> None:
    running, finished = calls[Phase.WRITTEN], calls[Phase.PARTNERSHIP]
    for call, applicants, conflicts in ((running, 16, 2), (finished, 12, 1)):
        of_call = ConflictDeclaration.addendum_id == call
        assert count(ConflictDeclaration, of_call) == 7 * applicants
        assert count(ConflictDeclaration, of_call, ConflictDeclaration.in_conflict) == conflicts
    assert _sheets(running) == {("written", True): 61, ("written", False): 4}
    assert _sheets(finished) == {("written", True): 83, ("pitch", True): 76}
    slots = db.session.scalars(select(PitchSlot.starts_at).where(PitchSlot.addendum_id == finished)).all()
    assert len(slots) == 11
    assert all(start.weekday() < 5 for start in slots)
    assert all(one.place.place for one in candidates(finished))


def _sheets(call: int) -> dict[tuple[str, bool], int]:
    sent = ScoreSheet.submitted_at.is_not(None)
    rows = db.session.execute(
        select(ScoreSheet.round, sent, func.count())
        .where(ScoreSheet.addendum_id == call)
        .group_by(ScoreSheet.round, sent)
    )
    return {(name, bool(handed_in)): number for name, handed_in, number in rows}


def _the_finished_call_ended_in_a_partnership(call: int) -> None:
    (objection,) = filed_objections(call)
    assert objection.ruling == "dismissed"
    partnership = db.session.scalars(select(Partnership)).one()
    assert partnership.addendum_id == call
    assert count(PartnershipMember) == 5
    assert partnership.formed_at > objection.ruling_at > objection.submitted_at


def _old_mail_is_not_sent_again() -> None:
    old = OutboxMessage.created_at < clock.read() - timedelta(days=2, minutes=5)
    assert count(OutboxMessage, OutboxMessage.kind == "decision", old) > 12
    assert count(OutboxMessage, old, OutboxMessage.sent_at.is_(None)) == 0


def _the_log_holds_and_runs_with_time() -> None:
    result = verify()
    assert result.broken_seq is None, result.problem
    moments = db.session.scalars(select(AuditEntry.at).order_by(AuditEntry.seq)).all()
    assert moments == sorted(moments)
    assert moments[-1] <= clock.read()


def _receipts_are_in_the_heads() -> None:
    lines = list(public_lines())
    rows = db.session.execute(
        select(Submission, Proposal.organisation_id).join(Proposal, Proposal.id == Submission.proposal_id)
    ).all()
    findings = [examine(signed_receipt(one, own) or {}, lines) for one, own in rows]
    assert len(findings) > 30 and all(one.included and not one.remark for one in findings)


def _accounts_open() -> None:
    for account in accounts():
        user = db.session.scalars(select(User).where(User.email == account.email)).one()
        assert user.active
        assert verify_password(account.password, user.password), account.email


def _a_second_load_changes_nothing() -> None:
    before = (count(User), count(AuditEntry))
    db.session.rollback()
    assert not is_empty()
    assert not load()
    assert (count(User), count(AuditEntry)) == before
