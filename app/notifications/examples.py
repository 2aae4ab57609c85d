"""One sample of every kind of mail, made up by the feature that sends it, to look at and to test."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from flask import current_app

from app.notifications.kinds import KINDS
from app.notifications.services import Recipient

PERSON = Recipient("mia.maes@voorbeeld.be", "Mia Maes")
LINK = "https://partnerwijzer.example/voorbeeld"
ORGANISATION = "Vzw De Brug"
AT = datetime(2026, 6, 12, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 6, 26, 22, 0, tzinfo=UTC)
DAY = date(2026, 6, 26)
CALL = SimpleNamespace(
    id=0, title="Samen naar werk in Klein-Brabant", service_area="Klein-Brabant en Vaartland", deadline=LATER
)
# The words of a status stand in `_mail_status.txt`; these are what it reads.
STATUS = SimpleNamespace(
    line="Ingediend op 12 juni 2026, 10u00.",
    next_text="De regio opent de kandidaturen na de uiterste datum. Jullie krijgen dan een mail.",
)
JUDGED = SimpleNamespace(
    line="Jullie kandidatuur is geopend.",
    next_text="De jury beoordeelt de kandidaturen tot en met 3 juli 2026.",
)
DECIDED = SimpleNamespace(
    line="Jullie kandidatuur is niet geselecteerd.",
    next_text="Zijn jullie het niet eens met de redenen, dan kunnen jullie weerwoord indienen.",
)
SELECTED = SimpleNamespace(
    line="Jullie kandidatuur is geselecteerd.",
    next_text="Na de termijn voor weerwoord vormt de regio het partnerschap.",
)


@dataclass(frozen=True)
class Example:
    """`template` and `context` as the feature gives them to `enqueue`; `attachments` names the files that
    go with it."""

    subject: str
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    to: Recipient = PERSON
    stop_url: str | None = None
    attachments: tuple[str, ...] = ()


Source = Callable[[], Mapping[str, Example]]


def examples() -> dict[str, Example]:
    """{kind: sample} in the order of the catalogue, from every feature (setting MAIL_EXAMPLES)."""
    sources: tuple[Source, ...] = current_app.config["MAIL_EXAMPLES"]
    found = {kind: one for source in sources for kind, one in source().items()}
    return {kind: found[kind] for kind in KINDS if kind in found}
