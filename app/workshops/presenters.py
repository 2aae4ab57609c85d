"""Sessions as the pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import segno
from flask import current_app
from markupsafe import Markup

from app.notifications.services import absolute_url, page_url
from app.workshops.policy import GENERAL, State
from app.workshops.queries import Group, Session, Topic

STATES = {
    State.PLANNED: ("Nog niet geopend", "neutral"),
    State.OPEN: ("Open", "success"),
    State.CLOSED: ("Afgesloten", "neutral"),
}
KIND_LABELS = {
    "recurring": "Vaak teruggekomen bevinding",
    "attention": "Aandachtspunt",
    "obstacle": "Aanvullend obstakel",
    "profile": "Aanvullend klantprofiel",
    "challenge": "Obstakel van deze uitdaging",
}
ON_SCREEN = 5  # groups per challenge that the back of a room can still read


@dataclass(frozen=True)
class Section:
    """One topic with its groups, those with hidden or no notes only where the regisseur looks."""

    topic: Topic
    groups: Sequence[Group]
    notes: int
    people: int
    paused: bool

    @property
    def group_count(self) -> int:
        return len(self.groups)

    @property
    def title(self) -> str:
        return f"{self.topic.number}. {self.topic.name}" if self.topic.id else self.topic.name


def sections(
    session: Session, topics: Sequence[Topic], groups: Sequence[Group], *, everything: bool = False
) -> list[Section]:
    """Per topic its groups, in the order of the topics. `everything`: also groups nobody else sees."""
    by_topic: dict[int, list[Group]] = {topic.id: [] for topic in topics}
    for group in groups:
        if everything or group.people:
            by_topic[group.topic].append(group)
    return [
        Section(
            topic,
            by_topic[topic.id],
            sum(len(group.written) for group in by_topic[topic.id]),
            len(
                {
                    note.participant_id
                    for group in by_topic[topic.id]
                    for note in group.notes
                    if not note.hidden
                }
            ),
            topic.id in session.paused,
        )
        for topic in topics
    ]


def kinds_for(topic: int) -> list[tuple[str, str]]:
    """(value, label) of what a group about this topic can become."""
    return [(kind, label) for kind, label in KIND_LABELS.items() if kind != "challenge" or topic != GENERAL]


def state_label(session: Session) -> tuple[str, str]:
    """(label, tone)"""
    return STATES[session.state]


def join_address() -> str:
    """What people type in their browser, without the scheme."""
    return absolute_url(current_app.url_map.bind("localhost").build("workshops.join")).split("://", 1)[-1]


def only_on_this_computer() -> bool:
    """The address is that of the machine itself: no phone can reach it."""
    host = urlsplit(str(current_app.config["SETTINGS"].base_url)).hostname or ""
    return host == "localhost" or host.startswith("127.") or host == "::1"


def qr_code(session: Session) -> Markup:
    """The address of the session as a drawing; its text alternative stands beside it."""
    code = segno.make(page_url("workshops.room", code=session.code), error="m", micro=False)
    drawing = code.svg_inline(omitsize=True, border=2, light="#fff", svgclass="pw-qr", lineclass="pw-qr-line")
    return Markup(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


def people_text(count: int) -> str:
    return "1 persoon" if count == 1 else f"{count} personen"


def notes_text(count: int) -> str:
    return "1 briefje" if count == 1 else f"{count} briefjes"


WORDS: dict[str, Any] = {
    "people_text": people_text,
    "notes_text": notes_text,
    "state_label": state_label,
    "kind_labels": KIND_LABELS,
    "kinds_for": kinds_for,
}
