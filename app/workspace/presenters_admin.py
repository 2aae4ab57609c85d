"""The part of the home page for administrators: is the installation well, never what people wrote."""

from datetime import datetime
from typing import Any

from app.audit.heads import is_late
from app.domain.timeline import BRUSSELS, local_day
from app.infra.formats import hour, moment, short_day
from app.infra.scanning import scanner_set
from app.workspace.links import link
from app.workspace.queries_health import Health


def health_tiles(health: Health, head: datetime | None, now: datetime) -> list[dict[str, Any]]:
    """For the component stat_tiles. No number of mails: while a call is sealed, that of a change in it would
    tell how many are writing a proposal. `head`: the moment of the newest public head."""
    late = int((now - health.oldest).total_seconds() // 60) if health.oldest else 0
    return [
        {
            "value": "Nakijken" if health.failed else "In orde",
            "label": "opgegeven mails",
            "hint": "Vraag de lijst op met: notifications undelivered" if health.failed else "Alles vertrok",
            "tone": "danger" if health.failed else "success",
        },
        {
            "value": "Nakijken" if late >= 5 else "In orde",
            "label": "wachtende mails",
            "hint": f"De oudste wacht {_duration(late)}" if late >= 5 else "Niets blijft liggen",
            "tone": "warning" if late >= 5 else "success",
        },
        {
            "value": str(health.entries),
            "label": "vermeldingen in 7 dagen",
            "hint": f"Laatste: {moment(health.last_entry)}" if health.last_entry else "Nog geen vermelding",
            "href": link("workspace.system_log"),
        },
        {
            "value": "Ingesteld" if scanner_set() else "Geen",
            "label": "virusscanner voor bestanden",
            "hint": "Zonder antwoord komt niets binnen" if scanner_set() else "Instellen mag, en hoeft niet",
            "tone": "success" if scanner_set() else None,
        },
        _head_tile(head, now),
    ]


def _head_tile(head: datetime | None, now: datetime) -> dict[str, Any]:
    tile: dict[str, Any] = {"label": "laatste hoofd", "href": link("audit.heads")}
    if head is None:
        return tile | {"value": "Nog geen", "hint": "Het eerste komt er binnen tien minuten"}
    tile["value"] = hour(head.astimezone(BRUSSELS).time())
    if is_late(head, now):
        passed = _duration(int((now - head).total_seconds() // 60))
        hint = f"{passed} geleden, {short_day(local_day(head))}. Ga na of de postbode loopt"
        return tile | {"badge": "Te laat", "hint": hint, "tone": "warning"}
    return tile | {"hint": "Elke tien minuten komt er een bij", "tone": "success"}


def due_tiles(names: int) -> list[dict[str, Any]]:
    """Only when there is something to do: people whose name nothing needs any longer."""
    if not names:
        return []
    label = "naam waarvan de termijn voorbij is" if names == 1 else "namen waarvan de termijn voorbij is"
    href = link("dossiers.names_due")
    return [
        {"value": str(names), "label": label, "hint": "Maak ze naamloos", "href": href, "tone": "warning"}
    ]


def admin_links() -> list[tuple[str, str]]:
    wanted = [
        ("Personen", "accounts.people"),
        ("Organisaties", "organisations.overview"),
        ("Regio’s", "regions.index"),
        ("Thesaurus", "matching.thesaurus"),
        ("Logboek", "workspace.system_log"),
    ]
    return [(label, href) for label, endpoint in wanted if (href := link(endpoint))]


def _duration(minutes: int) -> str:
    """ "12 minuten", "3 uur", "2 dagen"."""
    if minutes < 120:
        return "1 minuut" if minutes == 1 else f"{minutes} minuten"
    return f"{minutes // 60} uur" if minutes < 2 * 24 * 60 else f"{minutes // (24 * 60)} dagen"
