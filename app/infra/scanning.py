"""The virus scanner, for an installation that has one (ClamAV's clamd). Where one is set, nothing passes
unseen: a scanner that does not answer keeps files out."""

from io import BytesIO
from typing import Any

import clamd
import structlog
from flask import current_app

from app.domain.errors import DomainError
from app.infra.messages import register

log = structlog.get_logger()
TIMEOUT = 30.0
_FIND_LENGTH = 100

register(
    {
        "file_infected": "De virusscanner vond iets verdachts in dit bestand. Het is niet bewaard. Maak het "
        "bestand opnieuw op een toestel dat je vertrouwt.",
        "scanner_silent": "De virusscanner antwoordt niet. Je bestand is niet bewaard. Probeer het later "
        "opnieuw.",
    }
)


class Infected(DomainError):
    """The scanner knows this; `find` is its name, for the log and not for the screen."""

    def __init__(self, find: str) -> None:
        super().__init__("file_infected")
        self.find = find[:_FIND_LENGTH]


class ScannerSilent(DomainError):
    """A scanner is set, and it did not say that the file is clean."""

    def __init__(self) -> None:
        super().__init__("scanner_silent")


def scanner_set() -> bool:
    return bool(current_app.config["SETTINGS"].clamd)


def scan(data: bytes) -> bool:
    """True when the scanner found nothing, False when there is no scanner. Raises Infected, ScannerSilent."""
    if not scanner_set():
        return False
    try:
        status, find = _scanner(current_app.config["SETTINGS"].clamd).instream(BytesIO(data))["stream"]
    except (clamd.ClamdError, OSError, KeyError, TypeError, ValueError) as error:
        log.error("scanner", problem=type(error).__name__)
        raise ScannerSilent from None
    if status == "FOUND":
        raise Infected(find or "")
    if status != "OK":
        log.error("scanner", problem="status")
        raise ScannerSilent
    return True


def _scanner(place: str) -> Any:
    host, colon, port = place.rpartition(":")
    if colon and port.isdecimal():
        return clamd.ClamdNetworkSocket(host=host, port=int(port), timeout=TIMEOUT)
    return clamd.ClamdUnixSocket(path=place, timeout=TIMEOUT)
