"""What stands where something was destroyed after its term."""

from datetime import datetime

from app.domain.timeline import local_day
from app.infra.formats import short_day

GONE = "vernietigd"
"""In the place of an address."""


def destroyed_text(at: datetime | None, certificate: int | None) -> str:
    """ "Vernietigd op 3 juli 2028 (attest nr. 4)"; "" for what is still there. At most 60 characters."""
    return f"Vernietigd op {short_day(local_day(at))} (attest nr. {certificate})" if at else ""
