"""The people, regions and organisations of the demo."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from flask_security import hash_password

from app.accounts.models import User
from app.demo.ledger import Cast
from app.infra.database import db, transaction
from app.organisations.models import Membership, Offer, Organisation
from app.regions.models import Municipality, RegionRole, ServiceArea

DATA = Path(__file__).parent / "data"
PASSWORD = "demo-partnerwijzer"


@dataclass(frozen=True)
class Account:
    """A demo account as it is printed at the start."""

    email: str
    password: str
    role: str


@cache
def data(name: str) -> Any:
    """The content of one data file."""
    return json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))


def call_data(key: str) -> dict[str, Any]:
    """The call with this key."""
    return next(one for one in data("calls") if one["key"] == key)


def accounts() -> list[Account]:
    """The accounts worth trying first; all demo accounts share one password."""
    people = {one["key"]: one for one in data("people")}
    shown = [
        ("regisseur", "regisseur Klein-Brabant Vaartland"),
        ("regisseur2", "tweede regisseur, opent mee"),
        ("voorzitter", "juryvoorzitter"),
        ("jurylid1", "jurylid (ook jurylid2 … jurylid6)"),
        ("waarnemer", "waarnemer, leest alles"),
        ("beheerder", "beheerder, ziet geen kandidaturen"),
    ]
    found = [Account(people[key]["email"], PASSWORD, role) for key, role in shown]
    first = data("organisations")[0]
    owner = Account(first["contacts"]["owner"]["email"], PASSWORD, f"eigenaar van {first['name']}")
    return [*found, owner]


def create_cast(since: datetime) -> Cast:
    """Everybody and every organisation, as they have been since `since`."""
    password = hash_password(PASSWORD)
    cast = Cast()
    with transaction():
        for row in data("regions"):
            cast.regions[row["key"]] = _region(row, since)
        for row in data("people"):
            cast.people[row["key"]] = _person(row["name"], row["email"], password, since)
        db.session.flush()
        for row in data("people"):
            _give_role(row, cast, since)
        for row in data("organisations"):
            _organisation(row, cast, password, since)
        db.session.flush()
    return cast


def _region(row: dict[str, Any], since: datetime) -> ServiceArea:
    region = ServiceArea(name=row["name"], reference_region=row["reference_region"], created_at=since)
    region.municipalities = [
        Municipality(name=town["name"], nis_code=town["nis"], postal_code=town["postal_code"])
        for town in row["municipalities"]
    ]
    db.session.add(region)
    return region


def _person(name: str, email: str, password: str, since: datetime) -> User:
    user = User(
        email=email.lower(),
        name=name,
        password=password,
        active=True,
        fs_uniquifier=uuid.uuid4().hex,
        confirmed_at=since,
        created_at=since,
    )
    db.session.add(user)
    return user


def _give_role(row: dict[str, Any], cast: Cast, since: datetime) -> None:
    user = cast.people[row["key"]]
    user.administrator = row["role"] == "administrator"
    if row["role"] in {"regisseur", "observer"}:
        region = cast.regions[row["region"]]
        db.session.add(
            RegionRole(user_id=user.id, service_area_id=region.id, role=row["role"], granted_at=since)
        )


def _organisation(row: dict[str, Any], cast: Cast, password: str, since: datetime) -> None:
    plain = (
        "name enterprise_number legal_form local_authority street postal_code city website email phone "
        "about target_groups languages life_domains"
    )
    towns = {town.name: town for region in cast.regions.values() for town in region.municipalities}
    organisation = Organisation(
        **{name: row[name] for name in plain.split()},
        created_at=since,
        findable=row.get("findable", False),
        municipalities=[towns[name] for name in row["municipalities"] if name in towns],
        offers=[Offer(position=number, **offer) for number, offer in enumerate(row["offers"])],
    )
    db.session.add(organisation)
    db.session.flush()
    cast.organisations[row["key"]] = organisation
    for role, key in (("owner", "owner"), ("member", "colleague")):
        contact = row["contacts"][key]
        if contact:
            user = _person(contact["name"], contact["email"], password, since)
            db.session.flush()
            cast.members.setdefault(row["key"], {})[role] = user
            db.session.add(
                Membership(user_id=user.id, organisation_id=organisation.id, role=role, since=since)
            )
