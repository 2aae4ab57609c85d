"""How a new evaluation ends: a copy of the ranking, a new decision, and the objection settled with it."""

import hashlib
import re
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.models import CallFact
from app.addenda.queries import load_call
from app.decisions.later.services import confirm_later
from app.decisions.later.telling import communicate_later
from app.decisions.models import Decision, SignedRanking
from app.decisions.queries import decision_of, standing_decision
from app.decisions.results import public_results
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase
from app.evaluation.firmness.recomputing import compare
from app.evaluation.models import Score, ScoreSheet
from app.infra import clock
from app.infra.database import db
from app.objections.reassessing.comparing import compared
from app.objections.reassessing.deciding import draft_of, propose_after
from app.objections.reassessing.queries import reassessment_of
from app.objections.reassessing.services import Closing, Naming, close_reassessment, open_reassessment
from app.objections.services import submit
from tests import factories as make
from tests.counting import queries
from tests.decisions.world import World, wanted
from tests.objections.reassessing.world import (
    CONCLUSION,
    REMARK,
    begun,
    closed,
    fresh_jurors,
    in_conflict,
    ordered,
    score_all,
)
from tests.objections.test_filing import text


def overview(objection_id: int) -> str:
    return f"/weerwoorden/{objection_id}/nieuwe-beoordeling"


def fingerprint(world: World) -> str:
    """Of the signed ranking, every score and the first decisions, as they are stored."""
    db.session.rollback()
    parts: list[Any] = []
    for model in (SignedRanking, ScoreSheet, Score):
        rows = db.session.execute(select(model.__table__)).all()
        parts += sorted(repr(tuple(row)) for row in rows)
    first = select(Decision.__table__).where(Decision.number == 1)
    parts += sorted(repr(tuple(row)) for row in db.session.execute(first))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def told(world: World, objection_id: int, outcome: str = "selected") -> None:
    """Proposed by the chair, confirmed by the regisseur, told."""
    propose_after(objection_id, wanted(outcome, name="C"), by=make.actor(world.chair))
    pending = db.session.scalars(select(Decision).where(Decision.number == 2)).one()
    seen = {pending.id: pending.version}
    confirm_later(world.call.id, seen, by=make.actor(world.regisseur))
    assert communicate_later(world.call.id, seen, by=make.actor(world.regisseur)) == 1
    db.session.rollback()


def test_the_new_ranking_stands_beside_the_signed_one(client: FlaskClient) -> None:
    world, objection_id, people = begun()
    before = fingerprint(world)
    score_all(world, objection_id, people, 5)
    row = reassessment_of(objection_id)
    assert row is not None
    found = compared(row)
    assert found is not None and found.selected == 1
    places = [(one.proposal_id, one.before.place, one.after.place) for one in found.shifts]
    first, second, third = (one.id for one in world.proposals)
    assert places == [(first, 1, 1), (third, 3, 1), (second, 2, 3)]
    assert found.own.after.total == 100 and found.own.turned
    client.sign_in(world.regisseur)
    page = client.get(overview(objection_id)).text
    assert "De rangschikking keert om" in page and "komt erbij" in page and "1 (gelijk)" in page
    assert fingerprint(world) == before
    assert compare(world.call.id).differences == []


def test_a_round_that_was_not_scored_again_counts_as_it_was(app: object) -> None:
    world, objection_id, people = begun("written")
    score_all(world, objection_id, people, 5, "written")
    row = reassessment_of(objection_id)
    found = compared(row) if row else None
    assert found is not None and found.anew.total == 80, "written 100 anew, pitch 60 as it was"


def test_who_has_a_conflict_with_another_applicant_sees_no_ranking(client: FlaskClient) -> None:
    world, objection_id, people = begun()
    score_all(world, objection_id, people)
    in_conflict(world, people[0], world.organisations[0].id)
    client.sign_in(people[0])
    page = client.get(overview(objection_id)).text
    assert "De Brug A" not in page and "Niet voor jou" in page and REMARK in page


def test_it_is_closed_when_all_sheets_are_in_or_somebody_says_why_not(client: FlaskClient) -> None:
    world, objection_id, people = begun(fresh=3)
    client.sign_in(world.regisseur)
    sent = {"conclusion": CONCLUSION, "version": "1"}
    address = f"{overview(objection_id)}/sluiten"
    score_all(world, objection_id, people[:1])
    assert "minstens 2 ingediende" in client.post(address, data=sent | {"missing": "Ziek."}).text
    score_all(world, objection_id, people[1:2])
    refused = client.post(address, data=sent)
    assert refused.status_code == 422 and "Schrijf waarom je toch" in refused.text
    assert CONCLUSION in refused.text
    assert client.post(address, data=sent | {"missing": "Ziek.", "conclusion": ""}).status_code == 422
    assert client.post(address, data=sent | {"missing": "x" * 20_001}).status_code == 422
    assert client.post(address, data=sent | {"missing": "Ziek.", "version": "7"}).status_code == 409
    assert client.post(address, data=sent | {"missing": "Langdurig ziek."}).status_code == 302
    again = client.post(address, data=sent, follow_redirects=True)
    assert again.status_code == 200 and "afgesloten" in again.text
    db.session.rollback()
    row = reassessment_of(objection_id)
    assert row is not None and row.closed_at and row.conclusion == CONCLUSION


def test_only_the_regisseur_closes(app: object) -> None:
    world, objection_id, people = begun()
    score_all(world, objection_id, people)
    for user in (world.chair, world.jurors[0], world.owners[2]):
        with pytest.raises((Forbidden, NotFound)):
            close_reassessment(objection_id, Closing(CONCLUSION, version=1), by=make.actor(user))


def test_a_new_decision_comes_only_after_closing_and_is_edited(client: FlaskClient) -> None:
    world, objection_id, _ = begun()
    with pytest.raises(DomainError, match="reassess_not_closed"):
        propose_after(objection_id, wanted(), by=make.actor(world.chair))
    client.sign_in(world.chair)
    assert client.get(f"{overview(objection_id)}/beslissing").status_code == 302


def test_the_draft_of_the_reasons_is_put_together_and_never_left_as_it_is(client: FlaskClient) -> None:
    world, objection_id, _ = closed()
    row = reassessment_of(objection_id)
    assert row is not None
    draft = draft_of(row)
    assert REMARK in draft and CONCLUSION in draft
    client.sign_in(world.chair)
    address = f"{overview(objection_id)}/beslissing"
    page = client.get(address).text
    assert REMARK in page and CONCLUSION in page
    texts = wanted("selected", name="C")
    sent = {
        "outcome": "selected",
        "reasons": draft,
        "legal_basis": texts.legal_basis,
        "appeal_routes": texts.appeal_routes,
        "version": "0",
    }
    assert client.post(address, data=sent).status_code == 422
    for changes in ({"outcome": "x"}, {"reasons": ""}, {"legal_basis": ""}, {"appeal_routes": ""}):
        answer = client.post(address, data=sent | {"reasons": texts.reasons} | changes)
        assert answer.status_code == 422, changes
    assert client.post(address, data=sent | {"reasons": texts.reasons}).status_code == 302
    stale = client.post(address, data=sent | {"reasons": texts.reasons + " Meer."})
    assert stale.status_code == 409 and "Meer." in stale.text
    db.session.rollback()
    assert "Iemand anders moet ze bevestigen" in client.get(overview(objection_id)).text


def silent(client: FlaskClient, world: World) -> list[str]:
    """What the applicant reads, without the token of the form."""
    own = f"/kandidaturen/{world.proposals[2].id}"
    pages = [client.get(url).text for url in (f"{own}/beslissing", f"{own}/weerwoord", "/")]
    return [re.sub(r'name="csrf_token"[^>]*value="[^"]*"', "", page) for page in pages]


def test_until_the_act_nothing_shows_and_with_it_the_objection_is_settled(
    client: FlaskClient, still: Any
) -> None:
    world, objection_id, _ = closed()
    before = fingerprint(world)
    client.sign_in(world.owners[2])
    told_so_far = silent(client, world)
    propose_after(objection_id, wanted("selected", name="C"), by=make.actor(world.chair))
    assert silent(client, world) == told_so_far
    assert load_call(world.call.id, clock.read()).facts.open_objections == 1
    told_now = db.session.scalars(select(Decision).where(Decision.number == 2)).one()
    seen = {told_now.id: told_now.version}
    with pytest.raises(DomainError, match="same_person_confirms"):
        propose_after(objection_id, wanted("selected", name="C", version=1), by=make.actor(world.regisseur))
        confirm_later(world.call.id, {told_now.id: 2}, by=make.actor(world.regisseur))
    db.session.rollback()
    propose_after(objection_id, wanted("selected", name="C", version=2), by=make.actor(world.chair))
    seen = {told_now.id: 3}
    confirm_later(world.call.id, seen, by=make.actor(world.regisseur))
    communicate_later(world.call.id, seen, by=make.actor(world.regisseur))
    db.session.rollback()
    facts = db.session.scalars(select(CallFact).where(CallFact.kind == "objection_settled")).all()
    assert [one.subject_id for one in facts] == [objection_id]
    assert load_call(world.call.id, clock.read()).facts.open_objections == 0
    standing = standing_decision(world.proposals[2].id)
    assert standing is not None and standing.outcome == "selected" and standing.cause == "objection"
    first = decision_of(world.proposals[2].id)
    assert first is not None and first.outcome == "not_selected"
    assert fingerprint(world) == before and compare(world.call.id).differences == []
    chosen = [one.organisation_name for one in public_results(world.call.id) if one.outcome == "selected"]
    assert world.organisations[2].name in chosen


def test_a_partnership_waits_for_the_new_decision(client: FlaskClient, at: Any) -> None:
    world, objection_id, _ = closed()
    later = clock.read().replace(microsecond=0)
    at((later.replace(hour=12) if later.hour < 12 else later).isoformat())
    call = load_call(world.call.id, clock.read())
    end = call.facts.windows_end_at
    assert end is not None
    at(end.isoformat())
    waiting = load_call(world.call.id, clock.read())
    assert waiting.phase is Phase.OBJECTIONS
    client.sign_in(world.regisseur)
    assert client.get(f"/oproepen/{world.call.id}/partnerschap/vormen").status_code == 403
    told(world, objection_id)
    assert load_call(world.call.id, clock.read()).phase is Phase.COMMUNICATED, "a window of its own"


def test_the_page_asks_as_much_for_thirty_proposals_as_for_three(client: FlaskClient) -> None:
    counts = set()
    for count in (3, 12):
        world, objection_id, people = begun(count=count)
        score_all(world, objection_id, people)
        client.sign_in(world.regisseur)
        client.get(overview(objection_id))
        with queries() as seen:
            assert client.get(overview(objection_id)).status_code == 200
        counts.add(len(seen))
    assert len(counts) == 1, counts


def test_the_home_page_says_which_step_is_next(client: FlaskClient) -> None:
    def tasks(world: World) -> str:
        client.sign_in(world.regisseur)
        return client.get("/").text

    world, objection_id = ordered()
    page = tasks(world)
    assert "Kies wie 1 kandidatuur opnieuw beoordeelt" in page and "Behandel" not in page
    people = fresh_jurors(world)
    naming = Naming(tuple(one.id for one in people), "Zij lazen ze nog niet.")
    open_reassessment(objection_id, naming, by=make.actor(world.regisseur))
    assert "1 nieuwe beoordeling wacht op scorebladen" in tasks(world)
    score_all(world, objection_id, people)
    assert "Sluit 1 nieuwe beoordeling af" in tasks(world)
    close_reassessment(objection_id, Closing(CONCLUSION, version=1), by=make.actor(world.regisseur))
    assert "wacht op scorebladen" not in tasks(world)
    client.sign_in(world.chair)
    assert "Stel 1 nieuwe beslissing voor" in client.get(
        "/"
    ).text or "Stel 1 nieuwe beslissing voor" in tasks(world)


def test_who_judges_a_second_objection_sees_the_first_with_its_ruling(client: FlaskClient) -> None:
    world, objection_id, people = closed()
    told(world, objection_id, "reserve")
    second = submit(world.proposals[2].id, text(), by=make.actor(world.owners[2]))
    client.sign_in(world.regisseur)
    for path in (f"/weerwoorden/{second}", f"/weerwoorden/{second}/lezen"):
        page = client.get(path).text
        assert "Een ander weerwoord van deze kandidaat" in page and "Gegrond" in page
        assert f'href="/weerwoorden/{objection_id}/lezen"' in page
    label = client.get(f"/weerwoorden/{second}").text.split(f'value="{people[0].id}"')[1]
    assert "scoorde deze kandidatuur" in label.split("</label>")[0], "in the new evaluation"
    listed = client.get(f"/oproepen/{world.call.id}/weerwoorden").text
    assert "tegen beslissing 1" in listed
