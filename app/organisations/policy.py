"""What must hold of an organisation's data, before any row is touched."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from app.domain.access import Actor, Role
from app.domain.errors import DomainError
from app.domain.life_domains import LIFE_DOMAINS

ROLES = {"owner": "eigenaar", "member": "medewerker"}
MOST_FTE = Decimal("9999.99")
_GROUPED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_NUMBER = re.compile(r"[0-9]{1,7}([.,][0-9]{1,3})?|[0-9]{1,3}(\.[0-9]{3})+(,[0-9]{1,3})?")


@dataclass(frozen=True)
class Basics:
    """What is asked to register; the rest of the profile can wait."""

    enterprise_number: str
    name: str
    legal_form: str = ""
    local_authority: bool = False
    city: str = ""


@dataclass(frozen=True)
class Profile:
    """What can be edited. `municipality_ids` is where the organisation works."""

    name: str
    legal_form: str
    local_authority: bool
    street: str
    postal_code: str
    city: str
    website: str
    email: str
    phone: str
    about: str
    target_groups: Sequence[str]
    languages: Sequence[str]
    life_domains: Sequence[str]
    municipality_ids: Sequence[int]
    findable: bool = False


@dataclass(frozen=True)
class OfferDraft:
    title: str
    description: str
    life_domains: Sequence[str]
    capacity: str


@dataclass(frozen=True)
class ReferenceDraft:
    """Earlier work: what, when, and where one can ask about it."""

    title: str
    description: str = ""
    period: str = ""
    contact: str = ""


def belongs(actor: Actor, organisation_id: int) -> bool:
    return organisation_id in _own(actor, Role.OWNER) | _own(actor, Role.MEMBER)


def owns(actor: Actor, organisation_id: int) -> bool:
    return organisation_id in _own(actor, Role.OWNER)


def _own(actor: Actor, role: Role) -> frozenset[int]:
    return actor.scopes(role, "organisation_id")


def capacity(text: str, field: str = "capacity") -> Decimal | None:
    """Full-time equivalents as typed in Dutch ("1,5"; "1.250,25"), None for nothing; exact, two decimals."""
    plain = re.sub(r"\s", "", text)
    if not plain:
        return None
    if not _NUMBER.fullmatch(plain):
        raise DomainError("capacity_invalid", field=field)
    if "," in plain or _GROUPED.fullmatch(plain):  # here a point groups thousands
        plain = plain.replace(".", "").replace(",", ".")
    value = Decimal(plain)
    if value > MOST_FTE or round(value, 2) != value:
        raise DomainError("capacity_invalid", field=field)
    return value


def known_domains(chosen: Sequence[str]) -> list[str]:
    """The chosen life domains in the order of the list."""
    if set(chosen) - set(LIFE_DOMAINS):
        raise DomainError("life_domain_unknown", field="life_domains")
    return [one for one in LIFE_DOMAINS if one in set(chosen)]


def web_address(text: str) -> str:
    """An http(s) address, completed with https:// when that was left out; "" for nothing."""
    given = text.strip()
    if not given:
        return ""
    full = given if "://" in given else f"https://{given}"
    try:
        parts = urlsplit(full)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or "." not in host or parts.scheme.lower() not in {"http", "https"} or not full.isprintable():
        raise DomainError("website_invalid", field="website")
    if " " in full or '"' in full:
        raise DomainError("website_invalid", field="website")
    return full
