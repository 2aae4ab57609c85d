"""Likely conflicts on the chair's page and beside the applicant on the juror's own."""

from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.queries import load_call
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.evaluation.conflicts import Declared, declare_conflicts
from app.evaluation.juries.models import HintDismissal
from app.evaluation.juries.queries import pairs_of
from app.evaluation.models import ConflictDeclaration, JurySeat
from app.infra import clock
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.organisations.models import Membership, Organisation
from app.regions.models import ServiceArea
from tests import factories as make
from tests.counting import queries
from tests.evaluation.world import World, build, declare


def named(world: World, juror: User, affiliation: str, *names: str) -> World:
    """The organisations get these names, nobody a mail domain, and the juror this affiliation."""
    with transaction():
        for one, name in zip(world.organisations, names, strict=False):
            db.session.get_one(Organisation, one.id).name = name
        for user in db.session.scalars(select(User)):
            user.email = f"p{user.id}@gmail.com"
        seat = select(JurySeat).where(JurySeat.user_id == juror.id, JurySeat.addendum_id == world.call.id)
        db.session.scalars(seat).one().affiliation = affiliation
    return world


@pytest.fixture
def world(app: Flask) -> World:
    """The second juror works at the OCMW of Bornem, which is the first applicant."""
    made = build(declared=False)
    declare(made, made.chair)
    return named(made, made.jurors[1], "Diensthoofd, O.C.M.W. Bornem", "OCMW Bornem", "OCMW Puurs")


def region_of(world: World) -> ServiceArea:
    return db.session.get_one(ServiceArea, world.call.service_area_id)


def page(client: FlaskClient, world: World, show: str = "verband", status: int = 200) -> str:
    answer = client.get(f"/oproepen/{world.call.id}/belangen?toon={show}")
    assert answer.status_code == status
    return answer.text


def act(client: FlaskClient, world: World, what: str, place: int = 0, juror: int = 1, **more: str) -> object:
    data = {"juror": str(world.jurors[juror].id), "organisation": str(world.organisations[place].id)}
    return client.post(f"/oproepen/{world.call.id}/belangen/{what}", data=data | more)


def dismiss(client: FlaskClient, world: World, place: int = 0, juror: int = 1, reason: str = "Al jaren weg."):  # type: ignore[no-untyped-def]
    return act(client, world, "afwijzen", place, juror, reason=reason)


def rows() -> list[HintDismissal]:
    return list(db.session.scalars(select(HintDismissal)))


def logged(action: str) -> list[AuditEntry]:
    return list(db.session.scalars(select(AuditEntry).where(AuditEntry.action == action)))


def test_chair_regisseur_and_observer_see_why_and_the_observer_acts_not(
    client: FlaskClient, world: World
) -> None:
    observer = make.make_regisseur(region_of(world), "observer")
    for user, acts in ((world.chair, True), (world.regisseur, True), (observer, False)):
        text = page(client.sign_in(user), world)
        assert "‘O.C.M.W. Bornem’" in text and "OCMW Bornem" in text and "OCMW Puurs" not in text
        assert ("Wijs het verband af" in text) is acts and ("Vraag het jurylid" in text) is acts
    assert dismiss(client.sign_in(observer), world).status_code in (403, 404)
    assert client.sign_in(world.jurors[1]).get(f"/oproepen/{world.call.id}/belangen").status_code in (
        403,
        404,
    )


def test_a_juror_sees_only_the_own_ties_beside_the_applicant(client: FlaskClient, world: World) -> None:
    address = f"/oproepen/{world.call.id}/leeslijst/belangen"
    text = client.sign_in(world.jurors[1]).get(address).text
    assert text.count("Mogelijk verband:") == 1 and "bij je zetel staat ‘O.C.M.W. Bornem’" in text
    assert "Mogelijk verband:" not in client.sign_in(world.chair).get(address).text


def test_a_colleague_with_the_same_name_is_told_without_the_name_to_the_juror(
    client: FlaskClient, world: World
) -> None:
    member = make.make_member(world.organisations[1])
    with transaction():
        db.session.get_one(User, member.id).name = "Griet Moerenhoudt"
        db.session.get_one(User, world.jurors[1].id).name = "Griet Moerenhout"
    assert "Griet Moerenhoudt" in page(client.sign_in(world.chair), world)
    text = client.sign_in(world.jurors[1]).get(f"/oproepen/{world.call.id}/leeslijst/belangen").text
    assert "bijna dezelfde naam als jij" in text and "Moerenhoudt" not in text


def test_who_has_an_account_in_the_organisation_certainly_belongs_to_it(
    client: FlaskClient, world: World
) -> None:
    with transaction() as now:
        db.session.add(
            Membership(
                user_id=world.jurors[1].id,
                organisation_id=world.organisations[1].id,
                role="member",
                since=now,
            )
        )
    text = page(client.sign_in(world.chair), world)
    assert "heeft een account bij deze organisatie" in text and "zeker" in text


def test_a_tie_is_dismissed_with_a_reason_and_can_be_put_back(client: FlaskClient, world: World) -> None:
    client.sign_in(world.chair)
    assert dismiss(client, world).status_code == 302
    assert "Geen mogelijke verbanden" in page(client, world)
    shown = page(client, world, "afgewezen")
    assert "Al jaren weg." in shown and "Jan Jurylid" in shown
    assert (
        "Mogelijk verband:"
        not in client.sign_in(world.jurors[1]).get(f"/oproepen/{world.call.id}/leeslijst/belangen").text
    )
    entry = logged("conflict.hint_dismissed")[0]
    assert entry.details["juror"] == world.jurors[1].id and "jaren" not in str(entry.details)
    client.sign_in(world.regisseur)
    assert act(client, world, "terugzetten").status_code == 302
    assert rows() == [] and len(logged("conflict.hint_restored")) == 1
    assert act(client, world, "terugzetten").status_code == 422


def test_a_second_click_writes_once(client: FlaskClient, world: World) -> None:
    client.sign_in(world.chair)
    for _ in range(2):
        answer = dismiss(client, world)
        assert answer.status_code == 302
    assert "al afgewezen" in client.get(answer.headers["Location"]).text
    assert len(rows()) == len(logged("conflict.hint_dismissed")) == 1


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [("", "Schrijf waarom"), (" \u200b ", "Schrijf waarom"), ("x" * 501, "hoogstens 500 tekens")],
)
def test_a_dismissal_without_a_good_reason_comes_back_as_typed(
    client: FlaskClient, world: World, reason: str, sentence: str
) -> None:
    answer = dismiss(client.sign_in(world.chair), world, reason=reason)
    assert answer.status_code == 422 and sentence in answer.text and reason.strip(" \u200b") in answer.text
    assert rows() == []


@pytest.mark.parametrize("odd", ["", "-1", "0", "٣", "999999999999999999999", "1e3", "x"])
def test_a_number_of_nobody_is_refused(client: FlaskClient, world: World, odd: str) -> None:
    client.sign_in(world.chair)
    for what in ("afwijzen", "terugzetten", "vragen"):
        data = {"juror": odd, "organisation": odd, "reason": "x"}
        answer = client.post(f"/oproepen/{world.call.id}/belangen/{what}", data=data)
        assert answer.status_code in (403, 404, 422)
    assert rows() == []


def test_what_is_no_tie_cannot_be_dismissed(client: FlaskClient, world: World) -> None:
    answer = dismiss(client.sign_in(world.chair), world, place=1)
    assert answer.status_code == 422 and "geen mogelijk verband" in answer.text and rows() == []


def test_nobody_dismisses_a_tie_of_their_own(client: FlaskClient) -> None:
    world = build()
    named(world, world.chair, "OCMW Bornem", "OCMW Bornem", "OCMW Puurs")
    client.sign_in(world.chair)
    assert "Dit gaat over jezelf" in page(client, world)
    assert "over jezelf" in dismiss(client, world, juror=0).text and rows() == []
    assert act(client, world, "vragen", juror=0).status_code == 422
    assert dismiss(client.sign_in(world.regisseur), world, juror=0).status_code == 302


def test_a_conflict_of_the_viewer_hides_the_applicant(client: FlaskClient, world: World) -> None:
    declare(world, world.chair, conflicts=(0,))
    client.sign_in(world.chair)
    for show in ("", "verband", "conflicten", "ontbreekt", "afgewezen"):
        text = page(client, world, show)
        assert "OCMW Bornem" not in text and "Bornem" not in text
        assert "1 kandidaat staat er voor jou niet bij" in text
    answer = dismiss(client, world)
    assert answer.status_code == 403 and rows() == []
    assert act(client, world, "vragen").status_code == 422
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 0


def test_who_did_not_declare_sees_no_ties_about_that_applicant(client: FlaskClient, world: World) -> None:
    with transaction():
        db.session.query(ConflictDeclaration).delete()
    client.sign_in(world.chair)
    assert "O.C.M.W. Bornem" not in page(client, world)
    assert "verklaarde je zelf nog niets" in page(client, world, "")
    assert dismiss(client, world).status_code == 403 and rows() == []


def test_a_dismissal_is_remembered_in_the_next_call_of_the_region_and_nowhere_else(
    app: Flask, client: FlaskClient, world: World
) -> None:
    dismiss(client.sign_in(world.chair), world)
    juror, organisation = world.jurors[1], world.organisations[0]
    region = region_of(world)
    for area, remembered in ((region, True), (make.make_region(), False)):
        call = make.make_call(area, Phase.WRITTEN)
        make.make_proposal(call, organisation, submitted=True)
        with transaction() as now:
            db.session.add(
                JurySeat(
                    addendum_id=call.id, user_id=juror.id, seat="vdab", affiliation="OCMW Bornem", since=now
                )
            )
        text = (
            client.sign_in(make.make_regisseur(area)).get(f"/oproepen/{call.id}/belangen?toon=verband").text
        )
        assert "lijkt op de naam" in text
        assert ("Al jaren weg." in text) is remembered and ("Eerder afgewezen" in text) is remembered


def test_a_tie_of_another_kind_after_a_dismissal_is_looked_at_again(
    client: FlaskClient, world: World
) -> None:
    dismiss(client.sign_in(world.chair), world)
    juror, organisation = world.jurors[1], world.organisations[0]
    with transaction() as now:
        db.session.get_one(User, juror.id).name = "Lea Zonder Naamgenoot"
        db.session.add(
            Membership(user_id=juror.id, organisation_id=organisation.id, role="member", since=now)
        )
    text = page(client, world)
    assert "heeft een account bij deze organisatie" in text and "Dit kwam erbij nadat" in text
    dismiss(client, world, reason="Het account is van een naamgenoot.")
    assert "Geen mogelijke verbanden" in page(client, world)
    assert [(one.kinds, one.reason) for one in rows()] == [
        (["affiliation", "member"], "Het account is van een naamgenoot.")
    ]


def test_what_the_juror_declares_beats_a_dismissal(app: Flask, client: FlaskClient, world: World) -> None:
    dismiss(client.sign_in(world.chair), world)
    entry = Declared(world.organisations[0].id, "conflict", "employer")
    declare_conflicts(world.call.id, [entry], by=make.actor(world.jurors[1]))
    assert "Intussen gemeld als conflict" in page(client, world, "afgewezen")
    assert "Werkgever" in page(client, world, "conflicten")
    with transaction():
        db.session.query(HintDismissal).delete()
    assert "Geen mogelijke verbanden" in page(client, world)
    assert "verklaarde intussen zelf" in dismiss(client, world).text


def test_the_juror_is_asked_once_a_day_about_what_is_still_open(client: FlaskClient, world: World) -> None:
    client.sign_in(world.chair)
    assert act(client, world, "vragen").status_code == 302
    mail = db.session.scalars(select(OutboxMessage)).one()
    assert mail.to_address == f"p{world.jurors[1].id}@gmail.com"
    assert "- OCMW Bornem" in mail.body_text and "Puurs" not in mail.body_text
    assert "/leeslijst/belangen" in mail.body_text
    again = act(client, world, "vragen")
    assert again.status_code == 422 and "kreeg vandaag al een vraag" in again.text
    assert "Vandaag gevraagd" in page(client, world)
    assert len(logged("conflict.juror_asked")) == 1
    clock.set_to(clock.now() + timedelta(days=1))
    assert act(client, world, "vragen").status_code == 302
    assert act(client, world, "vragen", juror=0).status_code == 422


def test_after_the_pitch_round_nobody_is_asked_any_more(client: FlaskClient) -> None:
    world = build(Phase.DECIDED)
    named(world, world.jurors[1], "OCMW Bornem", "OCMW Bornem", "OCMW Puurs")
    client.sign_in(world.chair)
    assert "Vraag het jurylid" not in page(client, world)
    assert "Verklaren kan niet meer" in act(client, world, "vragen").text
    assert dismiss(client, world).status_code == 302


@pytest.mark.parametrize("phase", [Phase.SEALED, Phase.COMMUNICATED])
def test_before_the_opening_and_after_the_decision_nothing_is_dismissed(
    client: FlaskClient, phase: Phase
) -> None:
    world = build(phase, declared=phase is not Phase.SEALED)
    named(world, world.jurors[1], "OCMW Bornem", "OCMW Bornem", "OCMW Puurs")
    for user in (world.chair, world.regisseur):
        client.sign_in(user)
        assert dismiss(client, world).status_code == 403
        assert act(client, world, "vragen").status_code == 403
        text = client.get(f"/oproepen/{world.call.id}/belangen?toon=verband").text
        assert ("Bornem" in text.partition("<h1")[2]) is (phase is not Phase.SEALED)
    assert rows() == []


def test_merged_organisations_are_one(app: Flask, client: FlaskClient, world: World) -> None:
    """The name of what was merged counts, and what was dismissed about it is remembered."""
    dismiss(client.sign_in(world.chair), world)
    gone, kept = world.organisations[0], make.make_organisation("Zorggroep Schelde")
    with transaction() as now:
        row = db.session.get_one(Organisation, gone.id)
        row.merged_into_id, row.merged_at = kept.id, now
    call = make.make_call(region_of(world), Phase.WRITTEN)
    make.make_proposal(call, kept, submitted=True)
    with transaction() as now:
        db.session.add(
            JurySeat(
                addendum_id=call.id,
                user_id=world.jurors[1].id,
                seat="vdab",
                affiliation="OCMW Bornem",
                since=now,
            )
        )
    text = client.sign_in(world.regisseur).get(f"/oproepen/{call.id}/belangen?toon=verband").text
    assert "Zorggroep Schelde" in text and "Eerder afgewezen" in text and "Al jaren weg." in text


def test_a_domain_that_all_applicants_share_is_that_of_a_provider(app: Flask) -> None:
    found = {}
    for number in (3, 4):
        world = build(proposals=number, jurors=1)
        with transaction():
            for one in db.session.scalars(select(Organisation)):
                one.email = f"info{one.id}@provider.be"
            for user in db.session.scalars(select(User)):
                user.email = f"p{user.id}@gmail.com"
            db.session.get_one(User, world.chair.id).email = f"jan{number}@provider.be"
        call = load_call(world.call.id, clock.now())
        found[number] = sum(bool(one.hints) for one in pairs_of(call))
    assert found == {3: 3, 4: 0}


def test_names_that_need_care_come_out_whole(client: FlaskClient, world: World) -> None:
    odd = "ציון <b>&amp; 💚 vzw OCMW Bornem " + "lang" * 20
    named(world, world.jurors[1], "OCMW Bornem <script>", odd)
    text = page(client.sign_in(world.chair), world, "")
    assert "<bdi>ציון &lt;b&gt;&amp;amp; 💚" in text and "<script>alert" not in text


def test_the_pages_ask_as_much_for_one_applicant_as_for_thirty(client: FlaskClient) -> None:
    counts: dict[str, set[int]] = {}
    for number in (1, 3, 30):
        world = build(proposals=number, jurors=3)
        names = [f"OCMW Bornem {one}" for one in range(number)]
        named(world, world.jurors[1], "OCMW Bornem", *names)
        for show in ("", "verband", "conflicten", "ontbreekt", "afgewezen"):
            client.sign_in(world.chair)
            page(client, world, show)
            with queries() as seen:
                page(client, world, show)
            counts.setdefault(show, set()).add(len(seen))
    assert {name: len(found) for name, found in counts.items()} == dict.fromkeys(counts, 1)
    assert max(max(found) for found in counts.values()) <= 18
