"""Where an applicant stands: one state, one sentence, the same on the page, at home and in the mail."""

import html
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.addenda.queries import load_call
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.proposals.content import blocked_by
from app.proposals.handing_in.reminding import remind_when_due
from app.proposals.handing_in.submitting import submit_proposal, withdraw_proposal
from app.proposals.models import Proposal
from app.proposals.own.facts import Dates, Facts, Later, later_from
from app.proposals.own.overview import proposal_rows
from app.proposals.own.status import MISSING, status_of
from app.proposals.own.statuses import missing, own_status
from app.proposals.seal.unsealing import sign_opening
from app.proposals.writing.drafts import working_content
from tests import factories as make
from tests.counting import queries

NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
DATES = Dates(
    deadline=datetime(2026, 6, 12, 22, tzinfo=UTC),
    written_from=date(2026, 6, 16),
    written_until=date(2026, 6, 30),
    pitch_from=date(2026, 7, 7),
    pitch_until=date(2026, 7, 8),
    decision_before=date(2026, 8, 1),
    opened_at=datetime(2026, 6, 15, 8, tzinfo=UTC),
)
DRAFT = Facts(Phase.OPEN, NOW, DATES)
IN = replace(DRAFT, submitted_at=NOW - timedelta(hours=1))
TOLD = Later(
    outcome="Jullie kandidatuur is niet geselecteerd.",
    outcome_label="Niet geselecteerd",
    notified_at=NOW,
    objection_until=date(2026, 6, 15),
)

ROAD: list[tuple[Facts, str, str, str]] = [
    (replace(DRAFT, begun=False), "Er is nog geen kandidatuur.", "begint een kandidatuur", "12 juni 2026"),
    (replace(DRAFT, written=False), "Begonnen, nog niets geschreven.", "Schrijf jullie", "12 juni 2026"),
    (replace(DRAFT, missing=("summary",)), "nog niet volledig", "de samenvatting", "12 juni 2026"),
    (DRAFT, "Klaar om in te dienen, maar nog niet ingediend.", "Een eigenaar moet", "12 juni 2026"),
    (replace(DRAFT, to_confirm=1), "De oproep is gewijzigd", "bevestig", "12 juni 2026"),
    (replace(DRAFT, withdrawn_at=NOW), "Ingetrokken op", "opnieuw indienen", "12 juni 2026"),
    (IN, "Ingediend op maandag 1 juni 2026", "mag nog.", "samen geopend"),
    (replace(IN, changed=True), "gewijzigd dat nog niet telt", "opnieuw in", "12 juni 2026"),
    (replace(IN, to_confirm=1), "daarna gewijzigd", "blijft geldig", "12 juni 2026"),
    (replace(DRAFT, phase=Phase.SEALED), "Niet ingediend voor", "doet niet mee", ""),
    (replace(DRAFT, phase=Phase.SEALED, begun=False), "afgesloten sinds", "kan niet meer", ""),
    (replace(DRAFT, phase=Phase.PARTNERSHIP, withdrawn_at=NOW), "Ingetrokken op", "doet niet mee", ""),
    (replace(IN, phase=Phase.SEALED), "Ingediend en verzegeld", "openen alle", "16 juni 2026"),
    (replace(IN, phase=Phase.WRITTEN), "Geopend op maandag 15 juni 2026", "De jury leest", "30 juni 2026"),
    (replace(IN, phase=Phase.PITCH), "De schriftelijke ronde is afgesloten.", "mail met dag", "7 juli 2026"),
    (replace(IN, phase=Phase.DECIDED), "De jury is klaar met scoren.", "zelfde moment", "1 augustus 2026"),
    (replace(IN, phase=Phase.COMMUNICATED, later=TOLD), "niet geselecteerd", "weerwoord indienen", "15 juni"),
]


def later(phase: Phase, **facts: Any) -> Facts:
    return replace(IN, phase=phase, later=replace(IN.later, **facts))


def told(**facts: Any) -> Facts:
    return replace(IN, phase=Phase.COMMUNICATED, later=replace(TOLD, **facts))


LATER: list[tuple[Facts, str, str, str]] = [
    (later(Phase.WRITTEN, complete_until=NOW + timedelta(days=3)), "vraagt jullie", "inhoud", "4 juni 2026"),
    (later(Phase.WRITTEN, complete_until=NOW, completed=True), "vulden aan", "kijkt", "1 augustus 2026"),
    (later(Phase.WRITTEN, lapsed_at=NOW), "Er kwam niets toe", "De regio beslist", ""),
    (
        later(Phase.WRITTEN, readmitted_at=NOW, readmitted_why="Een vergissing."),
        "Een vergissing.",
        "jury",
        "",
    ),
    (later(Phase.PITCH, complete_until=NOW + timedelta(days=3)), "afgesloten", "mail met dag", ""),
    (later(Phase.WRITTEN, refused_at=NOW), "Niet ontvankelijk verklaard op maandag 1 juni", "redenen", ""),
    (later(Phase.COMMUNICATED, refused_at=NOW), "Niet ontvankelijk", "niet verder beoordeeld", ""),
    (later(Phase.PITCH, pitch_at=NOW + timedelta(days=1)), "uitgenodigd om te pitchen", "Bereid", "2 juni"),
    (later(Phase.PITCH, pitch_at=NOW - timedelta(days=1)), "Jullie pitch was op", "rondt af", "1 augustus"),
    (told(objection="draft"), "niet geselecteerd", "nog niet ingediend", "15 juni 2026"),
    (told(objection="filed", objection_at=NOW), "niet geselecteerd", "antwoordt met redenen", ""),
    (told(objection="filed", objection_at=NOW, ruling="gegrond"), "niet", "beslist: gegrond.", ""),
    (told(objection_until=date(2026, 5, 31)), "niet geselecteerd", "is voorbij", ""),
    (told(selected=True), "", "vormt de regio het partnerschap", "15 juni 2026"),
    (told(selected=True, objection_until=date(2026, 5, 31)), "", "laat weten wanneer", ""),
    (told(partnership="Partnerschap Denderstreek"), "", "lid van Partnerschap Denderstreek", ""),
    (replace(IN, phase=Phase.COMMUNICATED), "meegedeeld", "vraag ze", ""),
    (replace(DRAFT, phase=Phase.DRAFT), "nog niet open", "kan nog niet", ""),
]


@pytest.mark.parametrize(("facts", "line", "step", "when"), ROAD + LATER)
def test_every_state_says_where_what_and_when(facts: Facts, line: str, step: str, when: str) -> None:
    status = status_of(facts)
    assert line in status.line and step in status.next_step and when in status.next_when
    assert status.line.endswith(".") and status.next_text.endswith(".") and status.label
    assert status.tone in {"neutral", "info", "success", "warning", "danger"}


@pytest.mark.parametrize("phase", [one for one in Phase if one is not Phase.DRAFT])
@pytest.mark.parametrize("submitted", [None, NOW])
def test_a_call_without_dates_promises_nothing(phase: Phase, submitted: datetime | None) -> None:
    status = status_of(Facts(phase, NOW, submitted_at=submitted))
    if phase is not Phase.OPEN and submitted:
        assert status.next_when == ""
    assert "None" not in status.line + status.next_text


@pytest.mark.parametrize("phase", [Phase.SEALED, Phase.WRITTEN, Phase.PITCH, Phase.DECIDED])
def test_before_it_is_told_an_outcome_changes_no_word(phase: Phase) -> None:
    assert status_of(later(phase, outcome="Geheim", outcome_label="Geheim", selected=True)) == status_of(
        replace(IN, phase=phase)
    )


def test_a_fact_that_nobody_knows_is_left_out() -> None:
    assert later_from({"pitch_at": NOW, "gossip": 1}) == Later(pitch_at=NOW)


class World:
    """One open call; an owner and a member with a complete draft."""

    def __init__(self, phase: Phase = Phase.OPEN, submitted: bool = False) -> None:
        self.region = make.make_region()
        self.call = make.make_call(self.region, phase)
        self.organisation = make.make_organisation("Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.member = make.make_member(self.organisation, "member")
        self.proposal = make.make_proposal(self.call, self.organisation, self.owner, submitted=submitted)

    def status(self) -> Any:
        now = clock.now()
        return own_status(self.proposal.id, load_call(self.call.id, now), now).status


def pages(client: FlaskClient, world: World, user: Any) -> dict[str, str]:
    client.sign_in(user)  # type: ignore[attr-defined]
    return {
        path: html.unescape(client.get(path).get_data(as_text=True))
        for path in ("/", "/kandidaturen", f"/kandidaturen/{world.proposal.id}")
    }


@pytest.mark.parametrize("phase", [one for one in Phase if one is not Phase.DRAFT])
@pytest.mark.parametrize("submitted", [False, True])
def test_the_same_words_stand_on_every_page(
    app: Flask, client: FlaskClient, phase: Phase, submitted: bool
) -> None:
    world = World(phase, submitted)
    status = world.status()
    for user in (world.owner, world.member):
        for path, page in pages(client, world, user).items():
            assert status.line in page and status.next_text in page, (path, status)


def mails(kind: str) -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.kind == kind)))


def says(message: OutboxMessage, status: Any) -> None:
    assert status.line in message.body_text and f"Wat volgt: {status.next_text}" in message.body_text
    shown = html.unescape(message.body_html)
    assert status.line in shown and status.next_text in shown


def test_the_mails_of_handing_in_and_withdrawing_say_what_the_page_says(
    app: Flask, client: FlaskClient
) -> None:
    world = World()
    submit_proposal(world.proposal.id, key="een", by=make.actor(world.owner))
    says(mails("proposal.receipt")[0], world.status())
    withdraw_proposal(world.proposal.id, by=make.actor(world.owner))
    says(mails("proposal.withdrawn")[0], world.status())


def test_the_reminder_says_what_the_page_says(app: Flask, client: FlaskClient, at: Any) -> None:
    world = World()
    assert world.call.deadline is not None
    at(world.call.deadline - timedelta(hours=20))
    remind_when_due(clock.now())
    reminders = mails("proposal.reminder")
    assert {one.to_address for one in reminders} == {world.owner.email, world.member.email}
    for one in reminders:
        says(one, world.status())


def test_at_the_opening_everybody_who_handed_in_is_told_in_the_same_words(
    app: Flask, client: FlaskClient
) -> None:
    world = World(Phase.SEALED, submitted=True)
    other = make.make_organisation("Vzw De Tuin")
    rival = make.make_member(other)
    make.make_proposal(world.call, other, rival, submitted=True)
    make.make_proposal(world.call, make.make_organisation("Vzw Te Laat"))
    first, second = make.make_regisseur(world.region), make.make_juror(world.call, chair=True)
    sign_opening(world.call.id, by=make.actor(first))
    assert mails("proposal.opened") == []
    sign_opening(world.call.id, by=make.actor(second))
    told = mails("proposal.opened")
    assert sorted(one.to_address for one in told) == sorted(
        [world.owner.email, world.member.email, rival.email]
    )
    for one in told:
        says(one, world.status())
    mine = next(one for one in told if one.to_address == world.owner.email)
    assert "Vzw De Brug" in mine.body_text and "De Tuin" not in mine.body_text


def test_a_member_reads_who_can_hand_in_and_gets_no_button(app: Flask, client: FlaskClient) -> None:
    world = World()
    path = f"/kandidaturen/{world.proposal.id}"
    for user, note in ((world.member, True), (world.owner, False)):
        page = pages(client, world, user)[path]
        assert ("Indienen doet een eigenaar: Mia Medewerker." in page) is note
        assert (">Nakijken en indienen</a>" in page.split('id="stand"')[1].split("</section>")[0]) is not note


def test_the_overview_holds_everything_in_one_place(app: Flask, client: FlaskClient) -> None:
    world = World()
    submit_proposal(world.proposal.id, key="een", by=make.actor(world.owner))
    with transaction():
        db.session.get_one(Proposal, world.proposal.id).summary = "Een latere tekst."
    receipt = submit_proposal(world.proposal.id, key="twee", by=make.actor(world.owner))
    page = pages(client, world, world.member)[f"/kandidaturen/{world.proposal.id}"]
    replaced = "vervangen door een latere"
    for words in (receipt.number, replaced, "Guy Contact", "guy@voorbeeld.be", "diende in"):
        assert words in page
    assert f'href="/oproepen/{world.call.id}#vragen"' in page
    assert "eigenaar, kan indienen" in page and "medewerker, kan schrijven" in page


def test_what_others_did_is_not_in_the_own_log(app: Flask, client: FlaskClient) -> None:
    world = World(Phase.SEALED, submitted=True)
    other = make.make_organisation()
    rival = make.make_member(other)
    make.make_proposal(world.call, other, rival)
    page = pages(client, world, world.owner)[f"/kandidaturen/{world.proposal.id}"]
    assert "Wie deed wat" not in page and "Te laat" not in page


@pytest.mark.parametrize("field", [*MISSING, ""])
def test_a_row_knows_what_the_checklist_knows(app: Flask, field: str) -> None:
    world = World()
    empty: dict[str, Any] = {"summary": "", "truthful": False, "no_client_data": False, "one_obstacle": []}
    if field:
        with transaction():
            row = db.session.get_one(Proposal, world.proposal.id)
            setattr(row, "answers" if field == "one_obstacle" else field, empty[field])
    (row,) = proposal_rows(Proposal.id == world.proposal.id)
    content = working_content(world.proposal.id)
    assert list(missing(row)) == [one for one in blocked_by(content) if one in MISSING]
    assert not set(blocked_by(content)) - set(MISSING)


def test_the_list_asks_as_often_for_thirty_as_for_one(app: Flask, client: FlaskClient) -> None:
    region, organisation = make.make_region(), make.make_organisation()
    owner = make.make_member(organisation)
    client.sign_in(owner)  # type: ignore[attr-defined]
    counts = []
    for wanted in (1, 3, 30):
        while db.session.query(Proposal).count() < wanted:
            call = make.make_call(region, Phase(1 + db.session.query(Proposal).count() % 8))
            make.make_proposal(call, organisation, owner, submitted=True)
        for path in ("/kandidaturen", "/"):
            with queries() as counted:
                assert client.get(path).status_code == 200
            counts.append((path, len(counted)))
    assert len({number for path, number in counts if path == "/kandidaturen"}) == 1, counts


def test_without_a_proposal_the_page_leads_to_the_calls(app: Flask, client: FlaskClient) -> None:
    client.sign_in(make.make_member(make.make_organisation()))  # type: ignore[attr-defined]
    assert "Nog geen kandidatuur" in client.get("/kandidaturen").text
