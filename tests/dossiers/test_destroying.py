"""Destroying after the term: who, when, what goes, and that what must stay stays."""

import io
import json
import re
from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Text, func, select, type_coerce, update

from app.addenda.models import CallFact
from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.audit.queries import verify
from app.decisions.models import Decision, Letter, SignedRanking
from app.domain.errors import DomainError, Forbidden, NotFound
from app.dossiers.collecting.gathering import gather
from app.dossiers.keeping import services
from app.dossiers.keeping.certificate import holds, statement_of
from app.dossiers.keeping.presenters import certificate_document
from app.dossiers.keeping.queries import destruction_of, kept_of, scopes_of
from app.dossiers.keeping.rules import RULES
from app.dossiers.keeping.services import Wanted, approve, drop, propose, set_term
from app.dossiers.models import Destruction
from app.evaluation.models import ConflictDeclaration, Score, ScoreSheet
from app.infra import clock, storage
from app.infra.database import db, transaction
from app.infra.signing import public_key
from app.notifications.models import OutboxMessage
from app.objections.models import Objection, Ruling
from app.proposals.models import Answer, Attachment, Proposal, Submission
from app.proposals.seal.keyring import problems
from app.proposals.seal.sealing import contents, examine, statements
from app.questions.models import Question
from tests import factories as make
from tests.decisions.world import World
from tests.dossiers.world import build, made
from tests.factories import actor
from tools.verify_dossier import examine as examine_dossier

REASON = "De termijn is voorbij en niemand heeft dit nog nodig."
At = Callable[[str], None]


@pytest.fixture
def world(app: Flask, at: At) -> World:
    """Told on 3 July 2023; it is now 4 July 2028: what is kept for five years may go from today on."""
    at("2023-07-03T10:00")
    found = build()
    at("2028-07-04T09:00")
    return found


def colleague(world: World) -> Any:
    return make.make_regisseur(world.region)


def destroyed(world: World, *classes: str, **more: Any) -> Destruction:
    number = propose(world.call.id, wanted(*classes, **more), by=actor(world.regisseur))
    approve(number, certain=True, by=actor(colleague(world)))
    db.session.rollback()
    return db.session.get_one(Destruction, number)


def wanted(*classes: str, ground: str = "term", reason: str = REASON, applicant: int = 0) -> Wanted:
    return Wanted(classes, ground, reason, applicant)


def refused(code: str, act: Callable[[], Any]) -> None:
    with pytest.raises(DomainError) as found:
        act()
    assert found.value.code == code
    db.session.rollback()


def test_the_last_day_of_a_term_is_too_early_and_the_next_is_not(world: World, at: At) -> None:
    at("2028-07-03T23:59")
    refused(
        "retention_too_early",
        lambda: propose(world.call.id, wanted("scores"), by=actor(world.regisseur)),
    )
    at("2028-07-04T00:00")
    assert propose(world.call.id, wanted("scores"), by=actor(world.regisseur))


def test_nothing_goes_before_somebody_else_approves(world: World) -> None:
    number = propose(world.call.id, wanted("scores"), by=actor(world.regisseur))
    assert db.session.scalars(select(Score.reason).where(Score.reason != "")).first()
    refused("retention_same_person", lambda: approve(number, certain=True, by=actor(world.regisseur)))
    other = actor(colleague(world))
    refused("retention_not_certain", lambda: approve(number, certain=False, by=other))
    before = set(db.session.scalars(select(Score.reason)))
    approve(number, certain=True, by=other)
    assert not before & (set(db.session.scalars(select(Score.reason))) - {""})
    refused("retention_gone", lambda: approve(number, certain=True, by=other))
    refused("retention_gone", lambda: drop(number, by=other))


def test_a_dropped_proposal_destroys_nothing_and_another_may_be_made(world: World) -> None:
    by = actor(world.regisseur)
    number = propose(world.call.id, wanted("scores", "questions"), by=by)
    refused("retention_already_proposed", lambda: propose(world.call.id, wanted("questions"), by=by))
    drop(number, by=by)
    refused("retention_gone", lambda: approve(number, certain=True, by=actor(colleague(world))))
    assert propose(world.call.id, wanted("questions"), by=by) != number


@pytest.mark.parametrize("person", ["chair", "owner", "observer", "elsewhere", "administrator"])
def test_only_the_regisseurs_of_the_region_may(world: World, person: str) -> None:
    people = {
        "chair": lambda: world.chair,
        "owner": lambda: world.owners[0],
        "observer": lambda: make.make_regisseur(world.region, "observer"),
        "elsewhere": lambda: make.make_regisseur(make.make_region()),
        "administrator": lambda: make.make_user("Ada", administrator=True),
    }
    by = actor(people[person]())
    number = propose(world.call.id, wanted("scores"), by=actor(world.regisseur))
    for act in (
        lambda: propose(world.call.id, wanted("mails"), by=by),
        lambda: approve(number, certain=True, by=by),
        lambda: drop(number, by=by),
        lambda: set_term(world.call.id, "mails", 3, by=by),
    ):
        with pytest.raises((NotFound, Forbidden)):
            act()


def test_who_is_in_conflict_with_one_applicant_may_not(world: World) -> None:
    other = colleague(world)
    number = propose(world.call.id, wanted("scores"), by=actor(world.regisseur))
    make.declare_free(world.call, [other], world.organisations)
    with transaction():
        db.session.execute(
            update(ConflictDeclaration)
            .where(ConflictDeclaration.juror_id == other.id)
            .values(in_conflict=True, kind="board")
        )
    with pytest.raises(Forbidden):
        approve(number, certain=True, by=actor(other))


def test_proposals_that_were_not_selected_go_and_the_receipt_stays(world: World) -> None:
    ids = list(db.session.scalars(select(Submission.id).order_by(Submission.id)))
    before = contents(ids)
    signed = statements(ids)
    row = destroyed(world, "proposals_not_selected")
    after, selected = contents(ids), ids[0]
    assert after[selected] == before[selected]
    assert statements(ids) == signed
    for one in ids[1:]:
        content, was = json.loads(after[one]), json.loads(before[one])
        assert content["summary"] == f"Vernietigd op 4 juli 2028 (attest nr. {row.id})"
        assert content["organisation"] == was["organisation"] and not content["attachments"]
        assert content["capacity_fte"] is None and content["cost_estimate"] is None
        words = {part for item in was["challenges"][0]["obstacles"] for part in item.values() if part}
        kept = {part for item in was["challenges"][0]["obstacles"] for part in (item["id"], item["label"])}
        assert not any(text in after[one] for text in words - kept if isinstance(text, str))
    assert all(examine(ids).values())
    assert problems() == []
    assert verify().problem == ""


def test_its_working_copy_and_files_go_too_and_only_its_own(world: World) -> None:
    keys = {
        row.proposal_id: row.object_key
        for row in db.session.execute(select(Attachment.proposal_id, Attachment.object_key))
    }
    destroyed(world, "proposals_not_selected")
    present = {one.object_key for one in storage.listing()}
    kept, *gone = (one.id for one in world.proposals)
    assert keys[kept] in present and not any(keys[one] in present for one in gone)
    assert set(db.session.scalars(select(Attachment.proposal_id))) == {kept}
    assert set(db.session.scalars(select(Answer.proposal_id))) == {kept}
    texts = dict(db.session.execute(select(Proposal.id, Proposal.summary)).all())
    assert texts[kept] and not any(texts[one] for one in gone)


def test_scores_lose_their_words_and_keep_their_numbers(world: World) -> None:
    levels = db.session.execute(select(Score.sheet_id, Score.criterion_id, Score.level)).all()
    ranking = db.session.scalar(select(SignedRanking.sha256))
    row = destroyed(world, "scores")
    assert db.session.execute(select(Score.sheet_id, Score.criterion_id, Score.level)).all() == levels
    sentence = f"Vernietigd op 4 juli 2028 (attest nr. {row.id})"
    assert set(db.session.scalars(select(Score.reason))) <= {"", sentence}
    assert db.session.scalar(select(SignedRanking.sha256)) == ranking
    assert db.session.scalar(select(ScoreSheet.id))


def test_decisions_lose_their_words_and_keep_outcome_days_and_hash(world: World, at: At) -> None:
    at("2033-07-04T09:00")
    shape = (Decision.id, Decision.outcome, Decision.notified_at, Decision.confirmed_by_id)
    kept = db.session.execute(select(*shape)).all()
    letters = db.session.execute(select(Letter.decision_id, Letter.sha256)).all()
    row = destroyed(world, "decisions")
    sentence = f"Vernietigd op 4 juli 2033 (attest nr. {row.id})"
    assert db.session.execute(select(*shape)).all() == kept
    assert db.session.execute(select(Letter.decision_id, Letter.sha256)).all() == letters
    assert set(db.session.scalars(select(Decision.motivation))) == {sentence}
    objection = db.session.scalars(select(Objection)).one()
    assert (objection.contests, objection.grounds, objection.asks) == (sentence,) * 3
    assert db.session.scalars(select(Ruling)).one().reasons == sentence
    assert all(pdf.startswith(b"%PDF") for pdf in db.session.scalars(select(Letter.pdf)))


def test_who_asked_is_forgotten_and_what_everybody_read_stays(world: World) -> None:
    destroyed(world, "questions")
    row = db.session.scalars(select(Question)).one()
    assert (row.public_text, row.answer) == ("Mag het?", "Ja.")
    assert "debacker" not in row.text and row.email == "vernietigd"


PROOF, OTHER = "decision", "proposal.opened"


def _sent(world: World) -> None:
    """Every mail left; one of them tells of no decision."""
    with transaction() as now:
        of_the_call = OutboxMessage.addendum_id == world.call.id
        first = db.session.scalar(select(func.min(OutboxMessage.id)).where(of_the_call))
        db.session.execute(update(OutboxMessage).where(of_the_call).values(sent_at=now))
        db.session.execute(update(OutboxMessage).where(OutboxMessage.id == first).values(kind=OTHER))


def _is_empty(row: OutboxMessage) -> bool:
    gone = (row.to_address, row.to_name, row.attachment) == ("vernietigd", "", None)
    return gone and row.body_text.startswith("Vernietigd op") and row.subject.startswith("Vernietigd op")


def _mails_by_emptiness() -> dict[bool, set[str]]:
    rows = list(db.session.scalars(select(OutboxMessage)))
    return {empty: {one.kind for one in rows if _is_empty(one) is empty} for empty in (True, False)}


def test_mails_lose_names_addresses_and_texts_but_for_what_proves_a_notice(world: World) -> None:
    _sent(world)
    kinds = db.session.execute(select(OutboxMessage.id, OutboxMessage.kind)).all()
    destroyed(world, "mails")
    assert db.session.execute(select(OutboxMessage.id, OutboxMessage.kind)).all() == kinds
    assert _mails_by_emptiness() == {True: {OTHER}, False: {PROOF}}


def test_a_mail_about_a_decision_goes_with_it_however_short_the_term_of_mails(world: World, at: At) -> None:
    _sent(world)
    set_term(world.call.id, "mails", 0, by=actor(world.regisseur))
    refused(
        "retention_too_early",
        lambda: propose(world.call.id, wanted("decisions"), by=actor(world.regisseur)),
    )
    at("2033-07-04T09:00")
    destroyed(world, "decisions")
    assert _mails_by_emptiness() == {True: {PROOF}, False: {OTHER}}
    row = db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == PROOF)).first()
    assert row is not None and row.sent_at and row.message_id


def test_the_certificate_speaks_dutch_and_begins_each_line_with_its_number(world: World, at: At) -> None:
    at("2033-07-04T09:00")
    number = destroyed(world, "decisions", "proposals_not_selected").id
    told = certificate_document(destruction_of(world.call.id, number))
    lines = [line for one in told["classes"] for line in one["listed"]]
    assert any("uitkomst niet geselecteerd" in one for one in lines)
    assert any("uitkomst ongegrond" in one for one in lines)
    assert not [one for one in lines if re.search("selected|dismissed|_", one) or one.startswith("SHA")]


def test_nothing_goes_while_an_objection_is_open(world: World, at: At) -> None:
    """Also what was proposed before it came."""
    number = propose(world.call.id, wanted("scores"), by=actor(world.regisseur))
    with transaction() as now:
        objection = db.session.scalars(select(Objection.id)).one()
        db.session.add(
            CallFact(addendum_id=world.call.id, kind="objection_filed", subject_id=objection, at=now)
        )
    before = set(db.session.scalars(select(Score.reason)))
    with pytest.raises(Forbidden):
        approve(number, certain=True, by=actor(colleague(world)))
    db.session.rollback()
    for given in (wanted("scores"), wanted("proposals_not_selected", ground="request")):
        with pytest.raises(Forbidden):
            propose(world.call.id, given, by=actor(world.regisseur))
        db.session.rollback()
    assert set(db.session.scalars(select(Score.reason))) == before


def test_of_two_who_approve_at_once_one_destroys_and_the_other_is_told(app: Flask, world: World) -> None:
    number = propose(world.call.id, wanted("scores"), by=actor(world.regisseur))
    people = [actor(colleague(world)), actor(colleague(world))]
    db.session.rollback()
    told: list[str] = []

    def one(by: Any) -> None:
        with app.app_context():
            try:
                approve(number, certain=True, by=by)
                told.append("done")
            except DomainError as error:
                told.append(error.code)

    threads = [Thread(target=one, args=(by,)) for by in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(told) == ["done", "retention_gone"]
    actions = list(db.session.scalars(select(AuditEntry.action)))
    assert actions.count("destruction.approved") == 1


def test_drafts_go_whole_and_nobody_elses_with_them(world: World) -> None:
    organisation = make.make_organisation("Vzw Nooit Ingediend")
    draft = make.make_proposal(world.call, organisation, make.make_member(organisation), submitted=False)
    make.make_attachment(draft, "nota.txt", b"Een nota.")
    others = {one.id for one in world.proposals}
    row = destroyed(world, "drafts")
    assert set(db.session.scalars(select(Proposal.id))) == others
    assert set(db.session.scalars(select(Attachment.proposal_id))) == others
    told = statement_of(str(row.certificate))["classes"]["drafts"]["destroyed"]
    assert told["proposal"] == {"rows": 1, "done": "deleted"}


def test_partners_are_kept_until_the_partnership_is_long_over(world: World, at: At) -> None:
    at("2099-01-01T09:00")
    refused(
        "retention_too_early",
        lambda: propose(world.call.id, wanted("proposals_partners"), by=actor(world.regisseur)),
    )


def test_the_certificate_says_what_why_and_who_and_is_signed(world: World) -> None:
    row = destroyed(world, "proposals_not_selected", "scores")
    assert row.certificate and holds(row.certificate)
    told = statement_of(row.certificate)
    assert (told["number"], told["ground"], told["reason"]) == (row.id, "term", REASON)
    assert told["proposed"]["id"] == world.regisseur.id != told["approved"]["id"] == row.approved_by_id
    listed = told["classes"]["proposals_not_selected"]["destroyed"]["submission"]["listed"]
    assert {one["receipt_number"] for one in listed} == set(
        db.session.scalars(select(Submission.receipt_number).where(Submission.destroyed_in == row.id))
    )
    assert told["classes"]["scores"]["term"]["destroyable_from"] == "2028-07-04"
    changed = row.certificate.replace(REASON, "Zomaar, en niemand moet weten waarom.")
    assert not holds(changed)
    logged = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "destruction.approved")).one()
    assert logged.details["sha256"] == row.sha256


def test_a_class_goes_once_and_nothing_else_with_it(world: World) -> None:
    destroyed(world, "scores")
    by = actor(world.regisseur)
    refused("retention_nothing_left", lambda: propose(world.call.id, wanted("scores"), by=by))
    states = {one.key: one.destroyed is not None for one in kept_of(load_call(world.call.id, clock.now()))}
    assert [key for key, gone in states.items() if gone] == ["scores"]


def test_another_call_is_not_touched(world: World, at: At) -> None:
    at("2023-07-03T10:00")
    other = build()
    at("2034-07-04T09:00")
    before = everything(other)
    _sent(world)
    destroyed(world, "proposals_not_selected", "scores", "decisions", "mails", "questions")
    assert everything(other) == before


def everything(world: World) -> dict[str, list[Any]]:
    """Every row of a call that some rule could reach, as it lies in the database."""
    found = {}
    for key, scope in scopes_of(world.call.id).items():
        for rule in RULES[key]:
            columns = [type_coerce(one, Text) for one in rule.table.columns]
            rows = db.session.execute(select(*columns).where(rule.where(scope))).all()
            found[f"{key} {rule.table.name}"] = sorted(map(str, rows))
    return found


def test_on_request_one_applicant_goes_before_the_term(world: World, at: At) -> None:
    at("2023-08-01T09:00")
    last, other = world.proposals[-1].id, world.proposals[1].id
    destroyed(world, "proposals_not_selected", ground="request", applicant=last)
    gone = set(db.session.scalars(select(Submission.proposal_id).where(Submission.destroyed_at.is_not(None))))
    assert gone == {last}
    by = actor(world.regisseur)
    for applicant in (last, world.proposals[0].id, 999_999):
        with pytest.raises(DomainError):
            propose(
                world.call.id, wanted("proposals_not_selected", ground="request", applicant=applicant), by=by
            )
    assert propose(world.call.id, wanted("proposals_not_selected", ground="request", applicant=other), by=by)


def test_a_term_of_the_region_counts_at_the_approval_too(world: World) -> None:
    by = actor(world.regisseur)
    number = propose(world.call.id, wanted("scores"), by=by)
    assert set_term(world.call.id, "scores", 8, by=by) and not set_term(world.call.id, "scores", 8, by=by)
    refused("retention_too_early", lambda: approve(number, certain=True, by=actor(colleague(world))))
    refused("retention_years_range", lambda: set_term(world.call.id, "scores", 101, by=by))
    refused("retention_class_unknown", lambda: set_term(world.call.id, "log", 1, by=by))


def test_what_changed_since_the_proposal_is_not_destroyed(world: World) -> None:
    number = propose(world.call.id, wanted("scores"), by=actor(world.regisseur))
    organisation = make.make_organisation("Vzw Later")
    late = make.make_proposal(world.call, organisation, make.make_member(organisation), submitted=True)
    make.make_sheet(world.call, late, world.jurors[0], 3)
    refused("retention_changed", lambda: approve(number, certain=True, by=actor(colleague(world))))


def test_a_failure_halfway_destroys_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    before = everything(world)
    objects = {one.object_key for one in storage.listing()}
    number = propose(world.call.id, wanted("proposals_not_selected", "scores"), by=actor(world.regisseur))

    def fail(_statement: Any) -> Any:
        raise OSError

    monkeypatch.setattr(services, "certified", fail)
    with pytest.raises(OSError):
        approve(number, certain=True, by=actor(colleague(world)))
    db.session.rollback()
    assert everything(world) == before
    assert {one.object_key for one in storage.listing()} == objects
    assert db.session.get_one(Destruction, number).approved_at is None


def test_the_dossier_afterwards_says_so_and_still_checks(world: World, at: At) -> None:
    at("2034-07-04T09:00")
    destroyed(world, "proposals_not_selected", "scores", "decisions", "questions")
    call = load_call(world.call.id, clock.now())
    assert gather(call).parts
    for version in ("full", "public"):
        finding = examine_dossier(io.BytesIO(made(world, version)), public_key())
        assert finding.problems == []
