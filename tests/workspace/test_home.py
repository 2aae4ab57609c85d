"""The home page of each role: what to do now, by when, and nothing that is not theirs to know."""

import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.accounts.models import User
from app.addenda.models import Addendum
from app.addenda.queries import load_call
from app.audit.heads import publish_head_when_due
from app.domain.timeline import Phase
from app.evaluation.models import JurySeat
from app.evaluation.queries import juror_tasks, missing_sheets
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.workspace.presenters_jury import juror_state
from app.workspace.queries import progress_of
from tests import factories as make
from tests.counting import queries
from tests.workspace.world import World, build, decide, declare, invite


def home(client: FlaskClient, user: User | None = None) -> str:
    if user is not None:
        client.sign_in(user)
    answer = client.get("/")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_visitor_reads_what_this_is_and_finds_the_open_calls(client: FlaskClient) -> None:
    world = build(Phase.DRAFT, Phase.OPEN, Phase.SEALED)
    page = home(client)
    assert "stellen zich kandidaat" in page and 'href="/aanmelden"' in page
    assert f'href="/oproepen/{world.calls[Phase.OPEN].id}"' in page
    for phase in (Phase.DRAFT, Phase.SEALED):
        assert f'href="/oproepen/{world.calls[phase].id}"' not in page


def test_without_open_calls_a_visitor_is_told_so(client: FlaskClient) -> None:
    assert "Er staat nu geen oproep open" in home(client)


@pytest.mark.parametrize(
    ("phase", "words"),
    [
        (Phase.DRAFT, "Werk het addendum af"),
        (Phase.OPEN, "Stel de jury samen"),
        (Phase.SEALED, "twee mensen tekenen"),
        (Phase.WRITTEN, "sluit de schriftelijke ronde"),
        (Phase.PITCH, "Kies wie mag pitchen"),
        (Phase.DECIDED, "De voorzitter stelt nog 1 beslissing voor"),
        (Phase.OBJECTIONS, "Behandel 1 weerwoord"),
        (Phase.PARTNERSHIP, "Vorm het partnerschap"),
    ],
)
def test_a_regisseur_sees_what_each_phase_asks(client: FlaskClient, phase: Phase, words: str) -> None:
    assert words in home(client, build(phase).regisseur)


def test_the_links_of_the_regisseur_open(client: FlaskClient) -> None:
    world = build(*Phase)
    for phase in Phase:
        make.make_juror(world.calls[phase], chair=True)
    page = home(client, world.regisseur)
    for address in _addresses(page):
        assert client.get(address).status_code == 200, address


def test_the_links_of_the_chair_and_the_owner_open(client: FlaskClient) -> None:
    world = build(*Phase)
    chair = _chair_everywhere(world)
    invite(world.proposals[Phase.PITCH], chair)
    decide(world.proposals[Phase.COMMUNICATED], chair, world.regisseur, told=True)
    for phase in (one for one in Phase if one > Phase.PITCH):  # when declaring is no longer possible
        make.declare_free(world.calls[phase], [chair], [world.organisation])
    for person in (chair, world.owner):
        page = home(client, person)
        assert "pw-checklist__item--open" in page
        for address in _addresses(page):
            assert client.get(address).status_code in (200, 302), address


def _chair_everywhere(world: World) -> User:
    chair = make.make_juror(world.calls[Phase.OPEN], chair=True)
    with transaction() as now:
        for phase in set(world.calls) - {Phase.OPEN}:
            row = JurySeat(
                addendum_id=world.calls[phase].id, user_id=chair.id, chair=True, seat="vdab", since=now
            )
            db.session.add(row)
    return chair


def _addresses(page: str) -> set[str]:
    main = page.split("<main", 1)[1].split("</main>")[0]
    return {part.split('"', 1)[0] for part in main.split('href="')[1:] if part.startswith("/")}


def test_before_the_deadline_nobody_learns_how_many_are_writing(client: FlaskClient) -> None:
    world = build(Phase.OPEN)
    call = world.calls[Phase.OPEN]
    make.make_proposal(call, make.make_organisation("Vzw Het Geheim"), submitted=True)
    people = [
        world.regisseur,
        make.make_regisseur(world.region, "observer"),
        make.make_juror(call, chair=True),
        make.make_user("Ada Beheer", administrator=True),
    ]
    for person in people:
        page = home(client, person)
        assert "kandidatuur" not in page.replace("Mijn kandidaturen", "")
        assert "Het Geheim" not in page


def test_an_observer_reads_what_a_call_waits_for_and_cannot_act(client: FlaskClient) -> None:
    world = build(Phase.SEALED)
    page = home(client, make.make_regisseur(world.region, "observer"))
    assert "twee mensen tekenen" in page and "Je leest mee als waarnemer" in page
    assert "Naar deze taak" not in page and "Nieuwe oproep" not in page


def test_an_observer_does_not_see_another_region(client: FlaskClient) -> None:
    world = build(Phase.OPEN)
    make.make_call(make.make_region("Elders"), Phase.SEALED)
    assert "Elders" not in home(client, make.make_regisseur(world.region, "observer"))


def test_an_empty_region_leads_to_its_first_call(client: FlaskClient) -> None:
    region = make.make_region()
    page = home(client, make.make_regisseur(region))
    assert "Nog geen oproepen in deze regio" in page and "Maak de eerste oproep" in page
    assert "Er is nu niets dat op jou wacht." in page


def test_what_is_late_is_said_in_words(client: FlaskClient) -> None:
    assert "Te laat:" in home(client, build(Phase.SEALED).regisseur)


def test_a_juror_declares_and_then_scores(client: FlaskClient) -> None:
    world = build(Phase.WRITTEN)
    call = world.calls[Phase.WRITTEN]
    juror = make.make_juror(call)
    assert "Verklaar je belangen voor 1 kandidaat" in home(client, juror)
    declare(call, juror, world.organisation)
    assert "Dien nog 1 scoreblad in" in home(client, juror)
    make.make_sheet(call, world.proposals[Phase.WRITTEN], juror)
    page = home(client, juror)
    assert "Dien nog" not in page and "1 van 1" in page


def test_a_juror_of_a_draft_waits(client: FlaskClient) -> None:
    call = make.make_call(make.make_region(), Phase.DRAFT)
    page = home(client, make.make_juror(call))
    assert "De oproep is nog niet gepubliceerd" in page and call.title not in page


@pytest.mark.parametrize("phase", [Phase.SEALED, Phase.WRITTEN, Phase.PITCH])
def test_the_counts_are_those_of_the_reading_list_and_the_progress(app: Flask, phase: Phase) -> None:
    call, jurors = _busy_jury(phase)
    found = load_call(call.id, clock.read())
    progress = progress_of([found])[call.id]
    for juror in jurors:
        own = juror_state(found, progress, progress.seats[juror.id])
        expected = juror_tasks(found, juror.id)
        assert (own.to_declare, own.to_score) == (expected.to_declare, expected.to_score)
    if phase >= Phase.WRITTEN:
        seats, numbers = progress.seats.values(), progress.numbers
        written = sum(numbers.proposals - seat.conflicts - seat.sheets for seat in seats)
        pitch = sum(numbers.invited - seat.pitch_conflicts - seat.pitch_sheets for seat in seats)
        assert written == len(missing_sheets(found, "written"))
        assert pitch == len(missing_sheets(found, "pitch"))


def _busy_jury(phase: Phase) -> tuple[Addendum, list[User]]:
    """Four proposals that stand and a draft; three jurors with every mix of declared, conflict and sheet."""
    call = make.make_call(make.make_region(), phase)
    organisations = [make.make_organisation() for _ in range(5)]
    proposals = [
        make.make_proposal(call, one, submitted=one is not organisations[4]) for one in organisations
    ]
    jurors = [make.make_juror(call, chair=True), make.make_juror(call), make.make_juror(call)]
    for number, organisation in enumerate(organisations):
        declare(call, jurors[0], organisation, conflict=number == 1)
    declare(call, jurors[1], organisations[0])
    for proposal in proposals[:2]:
        make.make_sheet(call, proposal, jurors[0])
    make.make_sheet(call, proposals[0], jurors[1], sent=False)
    for proposal in proposals[:3]:
        invite(proposal, jurors[0])
    make.make_sheet(call, proposals[0], jurors[0], round_name="pitch")
    return call, jurors


def test_an_owner_sees_that_nothing_is_handed_in_until_it_is(client: FlaskClient) -> None:
    page = home(client, build(Phase.OPEN).owner)
    assert "Niet ingediend" in page and "dien ze in" in page


def test_an_applicant_finds_the_receipt_and_no_outcome_before_it_is_told(client: FlaskClient) -> None:
    world = build(Phase.DECIDED)
    chair = make.make_juror(world.calls[Phase.DECIDED], chair=True)
    decide(world.proposals[Phase.DECIDED], chair, world.regisseur, "selected", told=False)
    page = home(client, world.owner)
    assert "PW-TEST-" in page and "Geselecteerd" not in page and "/beslissing" not in page


def test_after_the_telling_the_decision_and_the_days_that_are_left(client: FlaskClient) -> None:
    world = build(Phase.COMMUNICATED)
    chair = make.make_juror(world.calls[Phase.COMMUNICATED], chair=True)
    decide(world.proposals[Phase.COMMUNICATED], chair, world.regisseur, told=True)
    page = home(client, world.owner)
    assert "Niet geselecteerd" in page and "dan kunnen jullie weerwoord indienen. Dat kan tot en met" in page


def test_a_call_that_is_answered_is_not_offered_again(client: FlaskClient) -> None:
    world = build(Phase.OPEN)
    other = make.make_call(make.make_region("Rupelstreek"), Phase.OPEN)
    page = home(client, world.owner)
    assert f'href="/oproepen/{other.id}"' in page
    assert f'href="/oproepen/{world.calls[Phase.OPEN].id}"' not in page


def test_a_member_without_proposals_is_led_to_the_calls(client: FlaskClient) -> None:
    page = home(client, make.make_member(make.make_organisation(), "member"))
    assert "Nog geen kandidatuur" in page


def test_an_account_without_a_role_is_told_how_to_go_on(client: FlaskClient) -> None:
    assert "Je account heeft nog geen rol" in home(client, make.make_user())


def test_an_administrator_sees_the_health_and_no_content(client: FlaskClient) -> None:
    world = build(Phase.OPEN, Phase.WRITTEN)
    _mail(given_up=True)
    _mail(given_up=False)
    page = home(client, make.make_user("Ada Beheer", administrator=True))
    assert page.count("Nakijken") == 2 and "De oudste wacht 60 minuten" in page
    assert world.calls[Phase.WRITTEN].title not in page and "De Brug" not in page


def test_the_health_does_not_count_mail(client: FlaskClient) -> None:
    """The mail of an amendment goes to who is writing a proposal: its number is sealed."""
    administrator = make.make_user("Ada Beheer", administrator=True)
    _mail(given_up=False, name="a")
    one = home(client, administrator)
    _mail(given_up=False, name="b")
    assert _without_tokens(home(client, administrator)) == _without_tokens(one)


def test_an_administrator_sees_when_heads_stay_away(client: FlaskClient, at: Any) -> None:
    at("2026-11-20T14:13")
    administrator = make.make_user("Ada Beheer", administrator=True)
    assert "Het eerste komt er binnen tien minuten" in home(client, administrator)
    publish_head_when_due(clock.read())
    at("2026-11-20T14:34")
    page = home(client, administrator)
    assert "14u10" in page and "Te laat" not in page
    at("2026-11-20T14:36")
    page = home(client, administrator)
    assert "14u10" in page and "Te laat" in page and "26 minuten geleden" in page


def _without_tokens(page: str) -> str:
    return re.sub(r'(nonce|value|name="csrf_token" value)="[^"]*"', "", page)


def _mail(*, given_up: bool, name: str = "") -> None:
    with transaction() as now:
        before = now - timedelta(hours=1)
        db.session.add(
            OutboxMessage(
                kind="test",
                to_address="a@voorbeeld.be",
                subject="Onderwerp",
                body_text="x",
                body_html="x",
                message_id=f"<{given_up}{name}@voorbeeld.be>",
                created_at=before,
                next_attempt_at=before,
                given_up_at=now if given_up else None,
            )
        )


def test_a_person_with_every_role_gets_one_page(client: FlaskClient) -> None:
    world = build(Phase.OPEN, Phase.SEALED)
    call = world.calls[Phase.SEALED]
    make.make_juror(call)
    with transaction() as now:
        db.session.add(
            JurySeat(addendum_id=call.id, user_id=world.regisseur.id, chair=True, seat="vdab", since=now)
        )
    page = home(client, world.regisseur)
    assert "Regio Klein-Brabant" in page and "Mijn jury’s" in page
    assert page.count("<h1") == 1


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.SEALED, Phase.PITCH, Phase.DECIDED])
@pytest.mark.parametrize("who", ["regisseur", "juror", "owner"])
def test_thirty_calls_cost_no_more_queries_than_one(client: FlaskClient, phase: Phase, who: str) -> None:
    world = build(phase)
    chair = make.make_juror(world.calls[phase], chair=True)
    person = {"regisseur": world.regisseur, "owner": world.owner, "juror": chair}[who]
    costs = []
    for extra in (0, 2, 27):
        for _ in range(extra):
            call = make.make_call(world.region, phase)
            make.make_proposal(call, world.organisation, world.owner, submitted=phase > Phase.OPEN)
            if who == "juror":
                _seat(call, person)
        home(client, person)
        with queries() as seen:
            home(client)
        costs.append(len(seen))
    assert costs[0] == costs[1] == costs[2] <= 12, costs


def _seat(call: Addendum, person: User) -> None:
    with transaction() as now:
        db.session.add(JurySeat(addendum_id=call.id, user_id=person.id, chair=False, seat="vdab", since=now))
