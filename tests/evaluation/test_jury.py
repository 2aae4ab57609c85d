"""Seats, the one chair, and what jurors declare."""

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from app.accounts import invitations
from app.accounts.models import Invitation
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration, JurySeat
from app.evaluation.policy import reading_order
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from tests import factories as make
from tests.counting import queries
from tests.evaluation.world import World, build, sheet

GUEST = {"name": "An Expert", "email": "an@voorbeeld.be", "seat": "independent", "affiliation": "Expert"}


@pytest.fixture
def world(app: Flask) -> World:
    return build(jurors=1, declared=False)


def test_an_invited_person_takes_the_seat_that_was_meant(
    app: Flask, client: FlaskClient, world: World
) -> None:
    client.sign_in(world.regisseur)
    answer = client.post(f"/oproepen/{world.call.id}/jury", data=GUEST)
    assert answer.status_code == 302
    assert "An Expert" in client.get(f"/oproepen/{world.call.id}/jury").get_data(as_text=True)
    mail = db.session.scalars(select(OutboxMessage)).one()
    assert mail.to_address == "an@voorbeeld.be" and "jurylid voor de oproep" in mail.body_text
    link = next(word for word in mail.body_text.split() if "/uitnodiging/" in word)
    guest = make.make_user("An Expert", email="an@voorbeeld.be")
    with app.test_request_context():
        invitations.accept_as(link.rpartition("/")[2], guest.id)
    seat = db.session.scalars(select(JurySeat).where(JurySeat.user_id == guest.id)).one()
    assert (seat.seat, seat.chair, seat.affiliation) == ("independent", False, "Expert")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"email": "geen adres"}, "e-mailadres"),
        ({"email": ""}, "Vul een e-mailadres in."),
        ({"name": ""}, "Vul de naam in."),
        ({"seat": "koning"}, "seat"),
        ({"chair": "y"}, "al een voorzitter"),
    ],
)
def test_an_invitation_that_cannot_be_comes_back_as_typed(
    client: FlaskClient, world: World, change: dict[str, str], sentence: str
) -> None:
    answer = client.sign_in(world.regisseur).post(f"/oproepen/{world.call.id}/jury", data=GUEST | change)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and sentence in text and 'value="Expert"' in text
    assert db.session.scalar(select(func.count()).select_from(Invitation)) == 0


def test_there_is_one_chair_and_another_can_be_named(client: FlaskClient, world: World) -> None:
    other = make.make_juror(world.call)
    with pytest.raises(IntegrityError), transaction():
        seat = db.session.scalars(select(JurySeat).where(JurySeat.user_id == other.id)).one()
        seat.chair = True
    seat_id = db.session.scalar(select(JurySeat.id).where(JurySeat.user_id == other.id))
    client.sign_in(world.regisseur).post(f"/oproepen/{world.call.id}/jury/{seat_id}/voorzitter")
    chairs = db.session.scalars(select(JurySeat.user_id).where(JurySeat.chair)).all()
    assert chairs == [other.id]


def test_a_second_invited_chair_becomes_a_juror(app: Flask, client: FlaskClient) -> None:
    world = build(jurors=0)
    client.sign_in(world.regisseur).post(f"/oproepen/{world.call.id}/jury", data=GUEST | {"chair": "y"})
    mail = db.session.scalars(select(OutboxMessage)).one()
    token = next(word for word in mail.body_text.split() if "/uitnodiging/" in word).rpartition("/")[2]
    make.make_juror(world.call, chair=True)
    guest = make.make_user("An Expert", email="an@voorbeeld.be")
    with app.test_request_context():
        invitations.accept_as(token, guest.id)
    assert db.session.scalars(select(JurySeat.chair).where(JurySeat.user_id == guest.id)).one() is False


def test_a_seat_goes_while_no_sheet_is_in(client: FlaskClient, world: World) -> None:
    juror = make.make_juror(world.call)
    seat = db.session.scalar(select(JurySeat.id).where(JurySeat.user_id == juror.id))
    sheet(world, 0, juror, [3, 3])
    client.sign_in(world.regisseur)
    answer = client.post(f"/oproepen/{world.call.id}/jury/{seat}/verwijderen")
    assert answer.status_code == 422 and "diende al een scoreblad in" in answer.get_data(as_text=True)
    free = make.make_juror(world.call)
    seat = db.session.scalar(select(JurySeat.id).where(JurySeat.user_id == free.id))
    assert client.post(f"/oproepen/{world.call.id}/jury/{seat}/verwijderen").status_code == 302
    assert client.post(f"/oproepen/{world.call.id}/jury/{seat}/verwijderen").status_code == 404
    elsewhere = build(jurors=1)
    foreign = db.session.scalar(select(JurySeat.id).where(JurySeat.user_id == elsewhere.chair.id))
    assert client.post(f"/oproepen/{world.call.id}/jury/{foreign}/voorzitter").status_code == 404


def declarations(world: World, **data: str) -> dict[str, str]:
    first, second = (one.id for one in world.organisations)
    found = {f"choice-{first}": "free", f"choice-{second}": "conflict", f"kind-{second}": "family"}
    return found | {
        key.replace("_0", f"-{first}").replace("_1", f"-{second}"): text for key, text in data.items()
    }


def test_a_juror_declares_about_all_applicants_at_once(client: FlaskClient, world: World) -> None:
    client.sign_in(world.chair)
    address = f"/oproepen/{world.call.id}/leeslijst/belangen"
    data = declarations(world, explanation_1="Mijn broer werkt er.")
    assert client.post(address, data=data).status_code == 302
    rows = db.session.scalars(select(ConflictDeclaration).order_by(ConflictDeclaration.organisation_id)).all()
    assert [(row.in_conflict, row.kind) for row in rows] == [(False, ""), (True, "family")]
    client.post(address, data=data)
    logged = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "conflict.declared")).all()
    assert len(logged) == 2 and "broer" not in str([one.details for one in logged])
    overview = client.sign_in(world.regisseur).get(f"/oproepen/{world.call.id}/belangen")
    assert "Mijn broer werkt er." in overview.get_data(as_text=True)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"kind_1": ""}, "welke band"),
        ({"kind_1": "vijand"}, "welke band"),
        ({"choice_0": "x"}, "Kies of je vrij"),
    ],
)
def test_a_declaration_that_is_not_whole_writes_nothing(
    client: FlaskClient, world: World, change: dict[str, str], sentence: str
) -> None:
    data = declarations(world, explanation_1="Blijft staan.", **change)
    answer = client.sign_in(world.chair).post(f"/oproepen/{world.call.id}/leeslijst/belangen", data=data)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and sentence in text and "Blijft staan." in text
    assert db.session.scalar(select(func.count()).select_from(ConflictDeclaration)) == 0


def test_a_foreign_applicant_cannot_be_declared_upon(client: FlaskClient, world: World) -> None:
    foreign = make.make_organisation()
    answer = client.sign_in(world.chair).post(
        f"/oproepen/{world.call.id}/leeslijst/belangen", data={f"choice-{foreign.id}": "free"}
    )
    assert answer.status_code == 422 and "hoort niet bij deze oproep" in answer.get_data(as_text=True)


def test_names_show_once_the_call_is_opened_and_not_before(client: FlaskClient) -> None:
    for phase, status in ((Phase.OPEN, 403), (Phase.SEALED, 200), (Phase.WRITTEN, 200)):
        world = build(phase, declared=False)
        for user, page in ((world.chair, "leeslijst"), (world.chair, "leeslijst/belangen")):
            answer = client.sign_in(user).get(f"/oproepen/{world.call.id}/{page}")
            assert answer.status_code == status
            assert (world.organisations[0].name in answer.text) == (phase is Phase.WRITTEN)
            assert ("De kandidaturen zijn verzegeld" in answer.text) == (phase is Phase.SEALED)


def test_nobody_declares_while_the_call_is_sealed_about_an_applicant_or_anybody_else(
    client: FlaskClient,
) -> None:
    world = build(Phase.SEALED, declared=False)
    answers = [
        client.sign_in(world.chair).post(
            f"/oproepen/{world.call.id}/leeslijst/belangen", data={f"choice-{one.id}": "free"}
        )
        for one in (world.organisations[0], make.make_organisation())
    ]
    assert [one.status_code for one in answers] == [403, 403] and "nog verzegeld" in answers[0].text
    assert db.session.scalar(select(func.count()).select_from(ConflictDeclaration)) == 0


def test_the_list_has_an_own_order_for_each_juror_and_a_task_with_a_date(client: FlaskClient) -> None:
    ids = range(1, 41)
    assert reading_order(1, ids) == reading_order(1, reversed(ids))
    assert reading_order(1, ids) != reading_order(2, ids)
    assert sorted(reading_order(2, ids)) == list(ids)
    world = build(now=None)
    sheet(world, 0, world.chair, [3, 3])
    text = client.sign_in(world.chair).get(f"/oproepen/{world.call.id}/leeslijst").get_data(as_text=True)
    assert "1 scoreblad in te dienen" in text and "Ingediend" in text


def test_lists_ask_as_much_for_one_applicant_as_for_thirty(client: FlaskClient) -> None:
    counts: dict[str, set[int]] = {}
    for number in (1, 3, 30):
        world = build(proposals=number)
        for user, name in (
            (world.chair, "leeslijst"),
            (world.chair, "leeslijst/belangen"),
            (world.regisseur, "belangen"),
            (world.regisseur, "voortgang"),
            (world.regisseur, "jury"),
        ):
            client.sign_in(user)
            with queries() as seen:
                assert client.get(f"/oproepen/{world.call.id}/{name}").status_code == 200
            counts.setdefault(name, set()).add(len(seen))
    assert {name: len(found) for name, found in counts.items()} == dict.fromkeys(counts, 1)
    # Progress reads each formal check, the rule on the jury and reminders too: all that closing rests on.
    assert max(max(found) for found in counts.values()) <= 28
