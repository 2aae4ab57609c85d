"""A draft with an open session, and phones in the room."""

from dataclasses import dataclass
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.addenda.models import Addendum
from app.domain.access import Actor
from app.domain.timeline import Phase
from app.infra.database import db
from app.workshops import services
from app.workshops.models import Note, Workshop
from tests import factories as make


@dataclass
class Room:
    call: Addendum
    regisseur: User
    by: Actor
    id: int
    code: str
    topics: list[int]

    @property
    def url(self) -> str:
        return f"/oproepen/{self.call.id}/sessies/{self.id}"


def open_room(*, challenges: int = 2, opened: bool = True, region: Any = None) -> Room:
    region = region or make.make_region()
    regisseur = make.make_regisseur(region)
    by = make.actor(regisseur)
    call = make.make_call(region, Phase.DRAFT, challenges=challenges)
    made = services.create(call.id, "Partners van Bornem", "12 maart, gemeentehuis", by=by)
    if opened:
        services.open_session(call.id, made, by=by)
    code = db.session.scalar(select(Workshop.code).where(Workshop.id == made))
    db.session.rollback()
    assert code is not None
    return Room(call, regisseur, by, made, code, [one.id for one in call.challenges])


class Phone:
    """A phone that joined."""

    def __init__(self, app: Flask, room: Room, name: str = "") -> None:
        self.room = room
        self.client: FlaskClient = app.test_client()
        self.keys = 0
        answer = self.client.post(f"/s/{room.code}", data={"name": name})
        assert answer.status_code == 302, answer.status_code

    def url(self, topic: int | None = None) -> str:
        return f"/s/{self.room.code}/u/{self.room.topics[0] if topic is None else topic}"

    def write(self, text: str, topic: int | None = None, key: str | None = None, **options: Any) -> Any:
        """As the script sends it."""
        self.keys += 1
        data = {"text": text, "client_key": key or f"key-{self.keys}"}
        return self.client.post(self.url(topic), data=data, headers={"Accept": "application/json"}, **options)

    def read(self, topic: int | None = None) -> str:
        return self.client.get(self.url(topic)).get_data(as_text=True)


def notes() -> list[Note]:
    """All notes, oldest first, as they are stored now."""
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(select(Note).order_by(Note.id)))
