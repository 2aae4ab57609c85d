"""A later decision: reasoned as the first, by two people, told in one act, and the first stays as it was."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.decisions.later.hooks import NOTIFIED_HOOKS, Notified
from app.decisions.later.queries import pending_on
from app.decisions.later.services import confirm_later, propose_later
from app.decisions.later.telling import communicate_later
from app.decisions.models import DecisionNotice, Letter
from app.decisions.post.queries import ALL, mails_in
from app.decisions.queries import all_decisions_on, decision_of, letter_of, standing_decision
from app.decisions.results import public_results
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db
from tests import factories as make
from tests.decisions.test_silence import _comparable
from tests.decisions.world import REASONS, World, build, tell_all, wanted

NEW = REASONS.format(name="B") + " Een geselecteerde organisatie haakte af; deze reserve schuift op."


def told(at, count: int = 3) -> World:  # type: ignore[no-untyped-def]
    at("2023-07-03T10:00")
    world = build(count)
    tell_all(world)
    return world


def proposed(world: World, number: int = 1, cause: str = "reserve", outcome: str = "selected"):  # type: ignore[no-untyped-def]
    found = propose_later(
        world.proposals[number].id, wanted(outcome, reasons=NEW), cause=cause, by=make.actor(world.chair)
    )
    db.session.rollback()
    return found


def confirmed(world: World, number: int = 1):  # type: ignore[no-untyped-def]
    one = proposed(world, number)
    assert confirm_later(world.call.id, {one.id: one.version}, by=make.actor(world.regisseur)) == 1
    db.session.rollback()
    return one


def test_a_reserve_moves_up_and_what_was_decided_before_stays(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    first, old_letter = decision_of(world.proposals[1].id), letter_of(world.proposals[1].id)
    at("2023-07-20T10:00")
    assert load_call(world.call.id, clock.read()).phase is Phase.PARTNERSHIP
    one = confirmed(world)
    assert one.number == 2
    assert standing_decision(world.proposals[1].id) == first, "nothing moves before the act"
    assert communicate_later(world.call.id, {one.id: one.version}, by=make.actor(world.regisseur)) == 1
    db.session.rollback()
    now_stands = standing_decision(world.proposals[1].id)
    assert now_stands and (now_stands.outcome, now_stands.number, now_stands.cause) == (
        "selected",
        2,
        "reserve",
    )
    assert decision_of(world.proposals[1].id) == first, "the first decision stays as it was"
    assert letter_of(world.proposals[1].id) != old_letter
    assert len(db.session.scalars(select(Letter)).all()) == 4, "the earlier letter stays in the archive"
    assert [row.outcome for row in public_results(world.call.id)] == ["selected", "selected"]
    call = load_call(world.call.id, clock.read())
    assert call.phase is Phase.COMMUNICATED, "this applicant's days count anew"
    at("2023-08-03T23:59:59")
    assert load_call(world.call.id, clock.read()).phase is Phase.COMMUNICATED
    at("2023-08-04T00:00:01")
    assert load_call(world.call.id, clock.read()).phase is Phase.PARTNERSHIP
    mails = [one for one in mails_in(world.call.id, ALL) if one.to_address == world.owners[1].email]
    assert len(mails) == 2
    notices = db.session.scalars(select(DecisionNotice).order_by(DecisionNotice.id)).all()
    assert len(notices) == 4 and notices[-1].decision_id == one.id


def test_a_second_click_tells_nobody_twice(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    one = confirmed(world)
    seen, by = {one.id: one.version}, make.actor(world.regisseur)
    assert communicate_later(world.call.id, seen, by=by) == 1
    count = len(mails_in(world.call.id, ALL))
    assert communicate_later(world.call.id, seen, by=by) == 0
    assert len(mails_in(world.call.id, ALL)) == count


def test_hooks_hear_of_it_inside_the_act(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    one = confirmed(world)
    heard: list[Notified] = []

    def fails(told: Notified) -> None:
        heard.append(told)
        raise DomainError("nothing_chosen")

    NOTIFIED_HOOKS.append(fails)
    try:
        with pytest.raises(DomainError):
            communicate_later(world.call.id, {one.id: one.version}, by=make.actor(world.regisseur))
    finally:
        NOTIFIED_HOOKS.remove(fails)
    db.session.rollback()
    assert (heard[0].decision_id, heard[0].number, heard[0].outcome) == (one.id, 2, "selected")
    still = pending_on(world.proposals[1].id)
    assert still and still.decision.notified_at is None, "told to all of it, or to nothing"


def test_who_proposed_does_not_confirm(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    by = make.actor(world.regisseur)
    one = propose_later(world.proposals[1].id, wanted("selected", reasons=NEW), cause="reserve", by=by)
    with pytest.raises(DomainError, match="same_person_confirms"):
        confirm_later(world.call.id, {one.id: one.version}, by=by)
    with pytest.raises(DomainError, match="later_not_confirmed") as caught:
        communicate_later(world.call.id, {one.id: one.version}, by=by)
    assert caught.value.facts["names"] == "Vzw De Brug B"


def test_a_change_voids_the_confirmation_and_needs_what_was_seen(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    one = confirmed(world)
    by = make.actor(world.chair)
    with pytest.raises(Stale):
        propose_later(world.proposals[1].id, wanted("selected", reasons=NEW), cause="reserve", by=by)
    changed = wanted("selected", reasons=NEW + " En nog iets.", version=one.version)
    again = propose_later(world.proposals[1].id, changed, cause="reserve", by=by)
    assert (again.id, again.version) == (one.id, 2)
    with pytest.raises(Stale):
        communicate_later(world.call.id, {one.id: one.version}, by=make.actor(world.regisseur))
    with pytest.raises(DomainError, match="later_not_confirmed"):
        communicate_later(world.call.id, {one.id: 2}, by=make.actor(world.regisseur))


@pytest.mark.parametrize(
    ("number", "cause", "outcome", "code"),
    [
        (1, "zomaar", "selected", "cause_unknown"),
        (1, "jury", "selected", "cause_unknown"),
        (2, "reserve", "selected", "not_a_reserve"),
        (1, "reserve", "not_selected", "reserve_becomes_selected"),
        (1, "reserve", "weg", "outcome_unknown"),
    ],
)
def test_what_does_not_fit_is_refused(
    app: Flask, at, number: int, cause: str, outcome: str, code: str
) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    with pytest.raises(DomainError, match=code):
        proposed(world, number, cause, outcome)
    assert pending_on(world.proposals[number].id) is None


def test_the_same_words_are_no_new_decision(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    before = standing_decision(world.proposals[2].id)
    assert before
    same = wanted(before.outcome, reasons=before.motivation)
    with pytest.raises(DomainError, match="decision_says_the_same"):
        propose_later(world.proposals[2].id, same, cause="other", by=make.actor(world.chair))


def test_not_before_everybody_was_told_and_not_by_others(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    at("2023-07-03T10:00")
    world = build(2)
    with pytest.raises(Forbidden):
        propose_later(
            world.proposals[1].id, wanted("selected", reasons=NEW), cause="other", by=make.actor(world.chair)
        )
    tell_all(world, ("selected", "reserve"))
    elsewhere = make.make_regisseur(make.make_region())
    for user in (world.owners[1], world.jurors[0], make.make_regisseur(world.region, "observer"), elsewhere):
        with pytest.raises((Forbidden, NotFound)):
            propose_later(
                world.proposals[1].id, wanted("selected", reasons=NEW), cause="reserve", by=make.actor(user)
            )


def test_the_log_tells_that_and_not_what_before_the_act(app: Flask, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    one = confirmed(world)
    entries = db.session.scalars(
        select(AuditEntry).where(AuditEntry.action.startswith("decision.later_")).order_by(AuditEntry.seq)
    ).all()
    assert [entry.action for entry in entries] == ["decision.later_proposed", "decision.later_confirmed"]
    assert all("selected" not in str(entry.details) for entry in entries)
    communicate_later(world.call.id, {one.id: one.version}, by=make.actor(world.regisseur))
    assert [len(all_decisions_on(proposal.id)) for proposal in world.proposals] == [1, 2, 1]


def test_the_whole_way_on_the_pages(client: FlaskClient, at) -> None:  # type: ignore[no-untyped-def]
    world = told(at)
    edit = f"/kandidaturen/{world.proposals[1].id}/beslissing/nieuwe"
    overview = f"/oproepen/{world.call.id}/beslissingen/nieuwe"
    own = f"/kandidaturen/{world.proposals[1].id}/beslissing"
    public = f"/oproepen/{world.call.id}/resultaat"
    applicant = client.application.test_client().sign_in(world.owners[1])  # type: ignore[attr-defined]

    def seen() -> list[bytes]:
        return [_comparable(applicant.get(one).data) for one in (own, public)]

    before = seen()
    client.sign_in(world.chair)
    form = wanted("selected", reasons=NEW)
    sent = {"outcome": "selected", "reasons": "10 punten", "legal_basis": form.legal_basis}
    sent |= {"appeal_routes": form.appeal_routes, "cause": "reserve", "version": "0"}
    refused = client.post(edit, data=sent)
    assert refused.status_code == 422 and "Punten alleen zijn geen redenen" in refused.text
    by_hand = client.post(edit, data=sent | {"reasons": NEW, "cause": "objection"})
    assert by_hand.status_code == 422 and "Kies waarom" in by_hand.text
    assert client.post(edit, data=sent | {"reasons": NEW}).status_code == 302
    assert client.post(f"{overview}/bevestigen", data={"read": "y"}).status_code == 404, "not the chair"
    client.sign_in(world.regisseur)
    assert "Bevestig 1 nieuwe beslissing" in client.get("/").text
    shown = re.findall(r'name="shown" value="([^"]+)"', client.get(overview).text)
    assert client.get(f"{edit}/ontwerp.pdf").data.startswith(b"%PDF")
    assert client.post(f"{overview}/bevestigen", data={"chosen": shown}).status_code == 422, "not read"
    strange = {"chosen": "99999999:1", "read": "y"}
    assert client.post(f"{overview}/bevestigen", data=strange).status_code == 404
    assert client.post(f"{overview}/bevestigen", data={"chosen": shown, "read": "y"}).status_code == 302
    assert seen() == before, "until the act not a byte differs"
    unsure = client.post(f"{overview}/meedelen", data={"shown": shown})
    assert unsure.status_code == 422 and "Vink aan" in unsure.text
    assert client.post(f"{overview}/meedelen", data={"shown": shown, "agreed": "y"}).status_code == 302
    again = client.post(f"{overview}/meedelen", data={"shown": shown, "agreed": "y"}, follow_redirects=True)
    assert "Dit was al meegedeeld" in again.text
    client.sign_in(world.owners[1])
    page = client.get(own).text
    assert "Wat vroeger beslist werd" in page and "Doen jullie mee?" in page
    assert client.get(f"{own}/1.pdf").data != client.get(f"{own}/2.pdf").data
    assert client.get(f"{own}/3.pdf").status_code == 302
    assert client.get(f"{own}/{10**30}.pdf").status_code in (302, 404)
