"""The certificate of a destruction: canonical JSON, signed by the installation. It stays for good."""

import json
from datetime import UTC, datetime
from typing import Any

from app.infra.signing import public_key, sign
from tools.verify_dossier import canonical, sha256, signature_fits

FORMAT = "partnerwijzer/vernietiging/1"


def certified(statement: dict[str, Any]) -> tuple[str, str]:
    """(the certificate as it is kept, the SHA-256 of what it states)."""
    text = canonical(statement)
    whole = {"statement": statement, "signature": sign(text), "public_key": public_key()}
    return canonical(whole), sha256(text)


def statement_of(certificate: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(certificate)["statement"]
    return found


def holds(certificate: str) -> bool:
    """Whether it is still word for word what this installation signed."""
    whole = json.loads(certificate)
    return signature_fits(public_key(), canonical(whole["statement"]), whole["signature"])


def instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")
