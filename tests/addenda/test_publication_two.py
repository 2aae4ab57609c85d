"""Publication by two people, and taking a planned publication back."""

from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from app.accounts.models import User
from app.addenda.amending.models import AddendumVersion
from app.addenda.drafting.drafts import load_addendum
from app.addenda.models import Addendum
from app.domain.timeline import Phase
from app.infra.database import db, transaction
from app.notifications.models import OutboxMessage
from app.regions.models import RegionRole, ServiceArea
from tests import factories as make
from tests.addenda.helpers import fields, imported, send

Move = Callable[[str], None]


def by_two(at: Move, *, people: int = 2) -> tuple[int, list[User]]:
    """A complete draft in a region where two publish, and its regisseurs."""
    at("2023-04-20T09:00")
    draft, first = imported()
    area = load_addendum(draft).service_area_id
    users = [first]
    with transaction():
        db.session.get_one(ServiceArea, area).publication_by_two = True
    for number in range(1, people):
        user = make.make_user(f"Collega {number}")
        with transaction() as now:
            db.session.add(
                RegionRole(user_id=user.id, service_area_id=area, role="regisseur", granted_at=now)
            )
        users.append(user)
    return draft, users


def row_of(draft: int) -> Addendum:
    db.session.rollback()
    db.session.expire_all()
    return load_addendum(draft)


def ask(client: FlaskClient, draft: int) -> int:
    page = client.get(f"/oproepen/{draft}/publiceren")
    return client.post(f"/oproepen/{draft}/publiceren/vragen", data=fields(page)).status_code


def confirm(client: FlaskClient, draft: int) -> int:
    version = row_of(draft).version
    return client.post(f"/oproepen/{draft}/publiceren", data={"version": version}).status_code


def test_one_asks_and_another_publishes(client: FlaskClient, at: Move) -> None:
    draft, (first, second) = by_two(at)
    address = second.email
    client.sign_in(first)
    page = client.get(f"/oproepen/{draft}/publiceren").text
    assert "Vraag een collega om te publiceren" in page and "Publiceer de oproep" not in page
    assert confirm(client, draft) == 422
    assert ask(client, draft) == 302
    mails = db.session.scalars(select(OutboxMessage)).all()
    assert [(one.kind, one.to_address) for one in mails] == [("publication_asked", address)]
    assert f"/oproepen/{draft}/publiceren" in mails[0].body_text
    assert "Wacht op een collega" in client.get(f"/oproepen/{draft}/publiceren").text
    assert confirm(client, draft) == 422  # the one who asked cannot confirm
    assert row_of(draft).published_at is None
    client.sign_in(second)
    assert "vraagt je om te publiceren" in client.get(f"/oproepen/{draft}/publiceren").text
    assert confirm(client, draft) == 302
    assert row_of(draft).published_at is not None


def test_a_change_after_asking_makes_the_question_void(client: FlaskClient, at: Move) -> None:
    draft, (first, second) = by_two(at)
    client.sign_in(first)
    ask(client, draft)
    send(client, f"/oproepen/{draft}/bewerken/basis", ambition="Toch iets anders.")
    client.sign_in(second)
    page = client.get(f"/oproepen/{draft}/publiceren").text
    assert "Vraag een collega om te publiceren" in page
    assert confirm(client, draft) == 422
    assert ask(client, draft) == 302
    client.sign_in(first)
    assert confirm(client, draft) == 302


def test_asking_twice_is_one_question(client: FlaskClient, at: Move) -> None:
    draft, (first, second) = by_two(at)
    client.sign_in(first)
    seen = fields(client.get(f"/oproepen/{draft}/publiceren"))
    path = f"/oproepen/{draft}/publiceren/vragen"
    assert client.post(path, data=seen).status_code == 302
    assert client.post(path, data=seen).status_code == 422
    client.sign_in(second)
    assert client.post(path, data={"version": row_of(draft).version}).status_code == 422
    assert db.session.scalar(select(func.count()).select_from(OutboxMessage)) == 1


def test_a_question_can_be_taken_back_by_who_asked(client: FlaskClient, at: Move) -> None:
    draft, (first, second) = by_two(at)
    client.sign_in(first)
    ask(client, draft)
    back = f"/oproepen/{draft}/publiceren/niet-meer-vragen"
    client.sign_in(second)
    assert client.post(back).status_code == 400
    client.sign_in(first)
    assert client.post(back).status_code == 302
    assert row_of(draft).publication_asked_by_id is None
    client.sign_in(second)
    assert confirm(client, draft) == 422


def test_the_only_regisseur_is_told_what_to_do(client: FlaskClient, at: Move) -> None:
    draft, (only,) = by_two(at, people=1)
    client.sign_in(only)
    page = client.get(f"/oproepen/{draft}/publiceren").text
    assert "Er is geen tweede regisseur" in page and "beheerder" in page
    path = f"/oproepen/{draft}/publiceren/vragen"
    assert client.post(path, data={"version": row_of(draft).version}).status_code == 422
    assert row_of(draft).publication_asked_by_id is None


def test_an_observer_or_a_deactivated_colleague_is_no_second_person(client: FlaskClient, at: Move) -> None:
    draft, (first, second) = by_two(at)
    area = load_addendum(draft).service_area_id
    observer = make.make_regisseur(db.session.get_one(ServiceArea, area), "observer")
    with transaction():
        db.session.get_one(User, second.id).active = False
    client.sign_in(first)
    assert "Er is geen tweede regisseur" in client.get(f"/oproepen/{draft}/publiceren").text
    client.sign_in(observer)
    assert client.post(f"/oproepen/{draft}/publiceren", data={"version": "1"}).status_code in (403, 404)


def test_an_unfinished_draft_cannot_be_asked_for(client: FlaskClient, at: Move) -> None:
    draft, (first, _) = by_two(at)
    with transaction():
        load_addendum(draft).contacts = []
    client.sign_in(first)
    path = f"/oproepen/{draft}/publiceren/vragen"
    assert client.post(path, data={"version": row_of(draft).version}).status_code == 422


def test_where_one_is_enough_nobody_is_asked(client: FlaskClient, at: Move) -> None:
    at("2023-04-20T09:00")
    draft, regisseur = imported()
    client.sign_in(regisseur)
    page = client.get(f"/oproepen/{draft}/publiceren").text
    assert "Publiceer de oproep" in page and "Niemand krijgt een mail" in page
    assert "5 persona’s" in page and "4 regio-uitdagingen" in page
    path = f"/oproepen/{draft}/publiceren/vragen"
    assert client.post(path, data={"version": row_of(draft).version}).status_code == 422


def test_the_administrator_sets_it_per_region(client: FlaskClient) -> None:
    region_id = make.make_region().id
    client.sign_in(make.make_user("Ada Beheer", administrator=True))
    path = f"/beheer/regios/{region_id}"
    assert send(client, path, publication_by_two="y").status_code == 302
    db.session.expire_all()
    assert db.session.get_one(ServiceArea, region_id).publication_by_two
    data = fields(client.get(path))
    assert data["publication_by_two"] == "y"
    data.pop("publication_by_two")
    assert client.post(path, data=data).status_code == 302
    db.session.expire_all()
    assert not db.session.get_one(ServiceArea, region_id).publication_by_two


def planned(client: FlaskClient, at: Move) -> int:
    at("2023-04-20T09:00")
    draft, regisseur = imported()
    client.sign_in(regisseur)
    assert confirm(client, draft) == 302
    return draft


def test_a_planned_publication_is_taken_back_and_the_draft_can_be_written_again(
    client: FlaskClient, at: Move
) -> None:
    draft = planned(client, at)
    page = client.get(f"/oproepen/{draft}/bewerken")
    assert "Trek de publicatie in" in page.text
    assert (
        client.post(
            f"/oproepen/{draft}/publiceren/intrekken", data={**fields(page), "bevestigd": "ja"}
        ).status_code
        == 302
    )
    assert row_of(draft).published_at is None
    assert db.session.scalars(select(AddendumVersion)).all() == []
    assert send(client, f"/oproepen/{draft}/bewerken/basis", title="Anders").status_code == 302
    assert confirm(client, draft) == 302
    numbers = db.session.scalars(select(AddendumVersion.number)).all()
    assert list(numbers) == [1]


@pytest.mark.parametrize("moment", ["2023-04-21T00:00", "2023-06-03T00:00"])
def test_from_the_launch_on_nothing_is_taken_back(client: FlaskClient, at: Move, moment: str) -> None:
    draft = planned(client, at)
    version = row_of(draft).version
    at(moment)
    answer = client.post(
        f"/oproepen/{draft}/publiceren/intrekken", data={"version": version, "bevestigd": "ja"}
    )
    assert answer.status_code == 403
    assert row_of(draft).published_at is not None


def test_taking_back_what_changed_or_what_was_not_planned_is_refused(
    client: FlaskClient, app: Flask, at: Move
) -> None:
    draft = planned(client, at)
    path = f"/oproepen/{draft}/publiceren/intrekken"
    assert client.post(path, data={"version": "0", "bevestigd": "ja"}).status_code == 400
    assert client.post(path, data={"bevestigd": "ja"}).status_code in (400, 422)
    stranger = make.make_regisseur(make.make_region())
    other = app.test_client().sign_in(stranger)  # type: ignore[attr-defined]
    assert other.post(path, data={"version": row_of(draft).version}).status_code == 404
    region = make.make_region()
    regisseur = make.make_regisseur(region)
    plain = make.make_call(region, Phase.DRAFT)
    client.sign_in(regisseur)
    answer = client.post(
        f"/oproepen/{plain.id}/publiceren/intrekken", data={"version": plain.version, "bevestigd": "ja"}
    )
    assert answer.status_code == 400
