"""Refusing, by two people and with reasons, and taking a refusal back."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from app.addenda.queries import load_call
from app.admissibility.queries import own_standings, undecided
from app.admissibility.refusing import (
    RefusalImpossible,
    confirm_refusal,
    confirm_revocation,
    drop_refusal,
    drop_revocation,
    propose_refusal,
    propose_revocation,
)
from app.audit.models import AuditEntry
from app.decisions.candidates import candidates
from app.decisions.services import ProposedDecision, propose
from app.domain.admissibility import LEGAL_BASIS, State
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.motivation import APPEAL_PARAGRAPH
from app.evaluation.entries import SheetEntry
from app.evaluation.queries import reading_rows
from app.evaluation.sheets import save_sheet
from app.evaluation.standings import standings_of
from app.infra import clock
from app.infra.database import db, transaction
from app.matching.queries import coverage_of
from app.notifications.delivery import deliver_due
from app.notifications.models import OutboxMessage
from app.proposals.models import Submission
from app.proposals.queries import exported, listed, standing
from tests import factories as make
from tests.admissibility.test_checking import in_conflict
from tests.admissibility.world import REASON, REGION, World, build


@pytest.fixture
def world(app: Flask) -> World:
    return build()


def refused_at(world: World) -> Any:
    found = db.session.scalar(
        select(Submission.refused_at).where(Submission.proposal_id == world.proposal.id)
    )
    db.session.rollback()
    return found


def revoke(world: World, by: Any, reason: str = REASON) -> None:
    propose_revocation(world.proposal.id, reason, seen=world.look().version, by=make.actor(by))


def test_one_proposes_and_another_confirms(world: World, at: Any) -> None:
    at(world.missing_and_asked(1))
    world.propose()
    assert world.look().state is State.REFUSAL_PROPOSED and refused_at(world) is None
    world.confirm(world.chair)
    assert world.look().state is State.REFUSED and refused_at(world) is not None
    assert db.session.scalars(select(AuditEntry.action).order_by(AuditEntry.seq.desc())).first() == (
        "admissibility.refused"
    )


def test_nobody_confirms_what_they_proposed(world: World, at: Any) -> None:
    at(world.missing_and_asked(1))
    world.propose()
    with pytest.raises(DomainError) as error:
        world.confirm(world.regisseur)
    assert error.value.code == "admissibility_same_person"


def test_the_database_itself_wants_two_people(world: World, at: Any) -> None:
    at(world.missing_and_asked(1))
    world.propose()
    with pytest.raises(IntegrityError), transaction() as now:
        db.session.execute(
            text("UPDATE admissibility_refusal SET confirmed_by_id = proposed_by_id, confirmed_at = :now"),
            {"now": now.replace(tzinfo=None)},
        )


@pytest.mark.parametrize(
    ("reasons", "code"),
    [
        ({}, "admissibility_reason_empty"),
        ({REGION: ""}, "admissibility_reason_empty"),
        ({REGION: "Zie boven."}, "admissibility_reason_elsewhere"),
        ({REGION: "0 punten"}, "admissibility_reason_short"),
        ({REGION: "woord " * 2000}, "admissibility_reason_short"),
    ],
)
def test_a_refusal_has_reasons_in_words(world: World, at: Any, reasons: Any, code: str) -> None:
    at(world.missing_and_asked(1))
    with pytest.raises(RefusalImpossible) as error:
        world.propose(reasons=reasons)
    assert code in [one.code for one in error.value.problems]


def test_the_law_and_the_routes_must_stand_beside_them(world: World, at: Any) -> None:
    at(world.missing_and_asked(1))
    with pytest.raises(RefusalImpossible) as error:
        propose_refusal(
            world.proposal.id,
            {REGION: REASON},
            "",
            "",
            seen=world.look().version,
            by=make.actor(world.regisseur),
        )
    assert [one.code for one in error.value.problems] == ["legal_basis_missing", "appeal_routes_missing"]


def test_not_before_it_was_asked_and_the_term_is_over(world: World, at: Any) -> None:
    world.tick("missing")
    with pytest.raises(RefusalImpossible) as error:
        world.propose()
    assert [one.code for one in error.value.problems] == ["admissibility_ask_first"]
    world.ask(1)
    with pytest.raises(RefusalImpossible) as error:
        world.propose()
    assert [one.code for one in error.value.problems] == ["admissibility_term_runs"]


def test_not_when_nothing_is_missing(world: World) -> None:
    with pytest.raises(RefusalImpossible) as error:
        world.propose()
    assert [one.code for one in error.value.problems] == ["admissibility_nothing_missing"]


def test_not_after_a_completion_that_nobody_read(world: World, at: Any) -> None:
    until = world.missing_and_asked(1)
    seen = world.look().version
    world.send("Wij werken in Bornem.")
    at(until)
    with pytest.raises(Stale):
        propose_refusal(
            world.proposal.id,
            {REGION: REASON},
            LEGAL_BASIS,
            APPEAL_PARAGRAPH,
            seen=seen,
            by=make.actor(world.regisseur),
        )
    with pytest.raises(RefusalImpossible) as error:
        world.propose()
    assert [one.code for one in error.value.problems] == ["admissibility_answer_unread"]
    world.tick("missing")
    world.propose()


def test_what_is_proposed_keeps_everything_as_it_is(world: World, at: Any) -> None:
    at(world.missing_and_asked(1))
    world.propose()
    for act in (lambda: world.tick("met"), lambda: world.ask(2), world.propose):
        with pytest.raises(DomainError) as error:
            act()
        assert error.value.code == "admissibility_refusal_stands"
    drop_refusal(world.proposal.id, seen=world.look().version, by=make.actor(world.chair))
    world.tick("met")
    assert world.look().state is State.IN_ORDER


def test_an_older_page_confirms_nothing(world: World, at: Any) -> None:
    at(world.missing_and_asked(1))
    seen = world.look().version
    world.propose()
    with pytest.raises(Stale):
        confirm_refusal(world.proposal.id, seen=seen, by=make.actor(world.second))


def test_confirming_twice_is_refused_in_words(world: World, at: Any) -> None:
    world.refuse(at)
    with pytest.raises(DomainError) as error:
        world.confirm(world.chair)
    assert error.value.code == "admissibility_nothing_proposed"


def test_a_chair_in_conflict_neither_proposes_nor_confirms(world: World, at: Any) -> None:
    at(world.missing_and_asked(1))
    in_conflict(world)
    with pytest.raises((Forbidden, NotFound)):
        world.propose(world.chair)
    world.propose()
    with pytest.raises((Forbidden, NotFound)):
        world.confirm(world.chair)


@pytest.mark.parametrize("who", ["elsewhere", "observer", "owner", "juror"])
def test_others_refuse_nothing(world: World, at: Any, who: str) -> None:
    users = {
        "elsewhere": lambda: make.make_regisseur(make.make_region()),
        "observer": lambda: make.make_regisseur(world.region, "observer"),
        "owner": lambda: world.owner,
        "juror": lambda: make.make_juror(world.call),
    }
    user = users[who]()
    at(world.missing_and_asked(1))
    with pytest.raises((Forbidden, NotFound)):
        world.propose(user)


def test_everybody_of_the_organisation_gets_the_reasons_and_the_letter(world: World, at: Any) -> None:
    world.refuse(at)
    sent = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "admissibility.refused")
    ).all()
    assert {one.to_address for one in sent} == {world.owner.email, world.member.email}
    data = sent[0].document_data
    assert REASON in sent[0].body_text and data is not None
    assert REASON in str(data) and "29 juli 1991" in str(data) and "Raad van State" in str(data)
    db.session.rollback()
    assert deliver_due(clock.read()).sent >= 2


def test_the_letter_is_the_same_on_both_sides(world: World, at: Any, client: Any) -> None:
    world.refuse(at)
    staff = client.sign_in(world.regisseur).get(
        f"/kandidaturen/{world.proposal.id}/ontvankelijkheid/brief.pdf"
    )
    own = client.sign_in(world.owner).get(f"/kandidaturen/{world.proposal.id}/aanvullen/brief.pdf")
    assert staff.data[:5] == own.data[:5] == b"%PDF-"
    page = client.get(f"/kandidaturen/{world.proposal.id}/aanvullen").text
    assert REASON in page and "Raad van State" in page


def test_the_applicant_learns_nothing_of_a_proposal_to_refuse(world: World, at: Any, client: Any) -> None:
    at(world.missing_and_asked(1))
    world.propose()
    page = client.sign_in(world.owner).get(f"/kandidaturen/{world.proposal.id}/aanvullen").text
    assert REASON not in page and "niet ontvankelijk" not in page.lower()
    own = client.get(f"/kandidaturen/{world.proposal.id}/aanvullen/brief.pdf")
    assert own.status_code == 302


def test_it_takes_no_further_part(world: World, at: Any) -> None:
    juror = make.make_juror(world.call)
    make.make_sheet(world.call, world.proposal, juror, sent=True)
    assert len(standing(world.call.id)) == 1
    world.refuse(at)
    call_id = world.call.id
    assert standing(call_id) == [] and candidates(call_id) == []
    assert coverage_of(call_id).proposals == [] and not any(coverage_of(call_id).claims.values())
    assert reading_rows(load_call(call_id, clock.read()), juror.id) == []
    assert standings_of(call_id) is not None
    assert len(listed(call_id)) == 1 and len(exported(call_id, frozenset())) == 1
    db.session.rollback()
    with pytest.raises(Forbidden) as error:
        save_sheet(world.proposal.id, "written", SheetEntry(version=1), by=make.actor(juror))
    assert error.value.code in ("proposal_not_admissible", "declare_first")
    with pytest.raises(DomainError):
        propose(
            world.proposal.id,
            ProposedDecision("selected", REASON, LEGAL_BASIS, APPEAL_PARAGRAPH),
            by=make.actor(world.chair),
        )


def test_a_juror_who_had_begun_a_sheet_is_told(world: World, at: Any, client: Any) -> None:
    juror = make.make_juror(world.call)
    make.make_sheet(world.call, world.proposal, juror, sent=False)
    world.refuse(at)
    page = client.sign_in(juror).get(f"/oproepen/{world.call.id}/leeslijst").text
    assert "niet ontvankelijk verklaard en van je lijst gehaald" in page and world.organisation.name in page


def test_revoking_takes_two_as_well_and_a_reason(world: World, at: Any) -> None:
    world.refuse(at)
    with pytest.raises(DomainError) as error:
        revoke(world, world.regisseur, "zie mail")
    assert error.value.code == "admissibility_reason_elsewhere"
    revoke(world, world.regisseur)
    with pytest.raises(DomainError) as error:
        confirm_revocation(world.proposal.id, seen=world.look().version, by=make.actor(world.regisseur))
    assert error.value.code == "admissibility_same_person"
    confirm_revocation(world.proposal.id, seen=world.look().version, by=make.actor(world.second))
    assert refused_at(world) is None and len(standing(world.call.id)) == 1
    assert world.look().refusal is None
    world.tick("met")
    assert world.look().state is State.IN_ORDER


def test_a_revocation_can_be_dropped_and_proposed_only_once(world: World, at: Any) -> None:
    with pytest.raises(DomainError):
        revoke(world, world.regisseur)
    world.refuse(at)
    revoke(world, world.regisseur)
    with pytest.raises(DomainError) as error:
        revoke(world, world.second)
    assert error.value.code == "admissibility_revocation_stands"
    drop_revocation(world.proposal.id, seen=world.look().version, by=make.actor(world.second))
    revoke(world, world.second)


def test_a_refused_applicant_completes_nothing(world: World, at: Any) -> None:
    world.refuse(at)
    with pytest.raises(DomainError) as error:
        world.send("Nog iets")
    assert error.value.code == "admissibility_is_refused"


def test_what_home_pages_ask(world: World, at: Any) -> None:
    now = clock.read()
    assert undecided([world.call.id], now)[world.call.id] == (1, 0)
    until = world.missing_and_asked(1)
    assert undecided([world.call.id], now)[world.call.id] == (0, 1)
    assert own_standings([world.proposal.id], now)[world.proposal.id][:4] == (until, False, None, None)
    at(until)
    world.propose()
    world.confirm()
    assert undecided([world.call.id], clock.read()) == {}
    assert own_standings([world.proposal.id], clock.read())[world.proposal.id].refused_at is not None


def test_the_pages_lead_through_it(world: World, at: Any, client: Any) -> None:
    at(world.missing_and_asked(1))
    base = f"/kandidaturen/{world.proposal.id}/ontvankelijkheid"
    client.sign_in(world.regisseur)
    version = world.look().version
    sent = {"version": str(version), f"reason-{REGION}": "zie boven", "legal_basis": "x", "appeal_routes": ""}
    page = client.post(f"{base}/weigering", data=sent)
    assert page.status_code == 422 and f"#reason-{REGION}" in page.text and "zie boven" in page.text
    sent |= {f"reason-{REGION}": REASON, "legal_basis": LEGAL_BASIS, "appeal_routes": APPEAL_PARAGRAPH}
    assert client.post(f"{base}/weigering", data=sent).status_code == 302
    assert "Iemand anders bevestigt" in client.get(base).text
    version = str(world.look().version)
    page = client.post(f"{base}/weigering/bevestigen", data={"version": version, "read": "y"})
    assert page.status_code == 422 and "Iemand anders moet het bevestigen" in page.text
    client.sign_in(world.chair)
    page = client.post(f"{base}/weigering/bevestigen", data={"version": version})
    assert page.status_code == 422 and "redenen las" in page.text
    page = client.post(f"{base}/weigering/bevestigen", data={"version": "1", "read": "y"})
    assert page.status_code == 409
    assert (
        client.post(f"{base}/weigering/bevestigen", data={"version": version, "read": "y"}).status_code == 302
    )
    assert "Niet ontvankelijk verklaard" in client.get(base).text
    assert client.post(f"{base}/herroeping", data={"reason": "kort"}).status_code in (409, 422)


def test_an_applicant_who_sent_nothing_in_time_reads_that_the_region_decides(
    world: World, at: Any, client: Any
) -> None:
    until = world.missing_and_asked(1)
    at(until)
    home = client.sign_in(world.owner).get("/").text
    assert "Er kwam niets toe" in home and "De regio beslist" in home
    assert "niets dat op jou wacht" not in home
    own = client.get(f"/kandidaturen/{world.proposal.id}/aanvullen").text
    assert "er kwam niets toe" in own
    world.propose()
    assert "er kwam niets toe" in client.get(f"/kandidaturen/{world.proposal.id}/aanvullen").text
    world.confirm()
    revoke(world, world.regisseur)
    confirm_revocation(world.proposal.id, seen=world.look().version, by=make.actor(world.second))
    world.tick("met")
    client.sign_in(world.owner)
    assert "herriep de weigering" in client.get("/").text and REASON in client.get("/").text


OTHER = "Mijn eigen woorden: dit document ontbreekt nog altijd en het is wel op tijd aan hen gevraagd."


def test_a_second_regisseur_keeps_the_words_typed_beside_what_a_colleague_did(
    world: World, at: Any, client: Any
) -> None:
    base = f"/kandidaturen/{world.proposal.id}/ontvankelijkheid"
    world.tick("missing")
    seen = str(world.look().version)
    early = client.sign_in(world.second).get(f"{base}/weigering").text
    assert "Vraag eerst een aanvulling" in early and f"{base}/aanvulling" in early
    assert "Stel de weigering voor" not in early
    until = world.ask(1)
    sent = {"version": seen, "items": str(REGION), "message": OTHER, "last_day": "2030-01-01"}
    answer = client.post(f"{base}/aanvulling", data=sent)
    assert answer.status_code == 409 and OTHER in answer.text and "Zeg waar." in answer.text
    assert "Verstuur de vraag" not in answer.text
    assert "kan dit nog aanvullen" in client.get(f"{base}/weigering").text
    at(until)
    seen = str(world.look().version)
    world.propose()
    client.sign_in(world.second)
    texts = {"version": seen, f"reason-{REGION}": OTHER, "legal_basis": "Grond.", "appeal_routes": "Weg."}
    answer = client.post(f"{base}/weigering", data=texts)
    assert answer.status_code == 409 and OTHER in answer.text and REASON in answer.text
    assert "Stel de weigering voor" not in answer.text
    world.confirm()
    seen = str(world.look().version)
    revoke(world, world.regisseur)
    answer = client.post(f"{base}/herroeping", data={"version": seen, "reason": OTHER})
    assert answer.status_code == 409 and OTHER in answer.text and REASON in answer.text
    assert "Stel de herroeping voor" not in answer.text


def test_each_mail_says_what_the_page_of_the_applicant_says(world: World, at: Any) -> None:
    until = world.missing_and_asked(1)
    at(until)
    world.propose()
    world.confirm()
    bodies = {
        one.kind: one.body_text
        for one in db.session.scalars(
            select(OutboxMessage).where(OutboxMessage.kind.startswith("admissibility."))
        )
    }
    assert "De regio vraagt jullie om een formeel stuk aan te vullen." in bodies["admissibility.requested"]
    assert "Niet ontvankelijk verklaard op" in bodies["admissibility.refused"]
    assert all("Wat volgt:" in text for text in bodies.values())


def test_letter_and_mail_name_who_decided_and_what_was_asked_and_answered(world: World, at: Any) -> None:
    world.tick("missing")
    until = world.ask(1, message="Zeg in welke gemeente jullie werken.")
    world.send("Wij werken overal.")
    at(until)
    world.tick("missing", "Dat zegt niets.")
    world.propose()
    world.confirm()
    (mail, *_) = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "admissibility.refused")
    ).all()
    text, letter = mail.body_text, str(mail.document_data)
    db.session.rollback()
    for said in (
        f"{world.regisseur.name} stelde dit voor",
        f"{world.second.name} bevestigde het",
        "Zeg in welke gemeente jullie werken.",
        "daarop kwam een antwoord binnen",
        "Wij werken overal.",
    ):
        assert said in text and said in letter, said


def test_letter_says_that_nothing_came(world: World, at: Any) -> None:
    world.refuse(at)
    mail = db.session.scalars(
        select(OutboxMessage).where(OutboxMessage.kind == "admissibility.refused")
    ).first()
    assert mail is not None and "daarop kwam niets binnen" in mail.body_text
    db.session.rollback()


def test_a_refused_proposals_sheet_keeps_what_was_typed_with_its_labels(
    world: World, at: Any, client: Any
) -> None:
    juror = make.make_juror(world.call)
    make.declare_free(world.call, [juror], [world.organisation])
    world.refuse(at)
    criterion = next(one for one in db.session.merge(world.call).criteria if one.round == "written")
    name, key = criterion.name, criterion.id
    db.session.rollback()
    sent = {
        "version": "",
        f"level-{key}": "4",
        f"reason-{key}": "Sterk in de buurt.",
        "remark_internal": "Zie ",
    }
    url = f"/kandidaturen/{world.proposal.id}/scoreblad/written"
    page = client.sign_in(juror).post(url, data=sent)
    assert page.status_code == 403 and "niet ontvankelijk" in page.text
    for said in (name, "4 op 5", "Sterk in de buurt.", "Interne opmerking", "Zie "):
        assert said in page.text, said


def waiting(client: Any, who: Any) -> bool:
    return "op jouw bevestiging" in client.sign_in(who).get("/").text


def test_the_home_page_of_a_second_person_says_what_waits(world: World, at: Any, client: Any) -> None:
    at(world.missing_and_asked(1))
    assert not waiting(client, world.second)
    world.propose()
    assert waiting(client, world.second) and waiting(client, world.chair)
    assert not waiting(client, world.regisseur), "nobody confirms what they proposed"
    assert not waiting(client, world.owner)
    world.confirm()
    assert not waiting(client, world.second)
    revoke(world, world.second)
    assert waiting(client, world.regisseur) and not waiting(client, world.second)


def test_a_chair_in_conflict_is_not_asked_to_confirm(world: World, at: Any, client: Any) -> None:
    at(world.missing_and_asked(1))
    world.propose()
    in_conflict(world)
    assert not waiting(client, world.chair)
