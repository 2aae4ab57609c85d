"""What the pages about an organisation show."""

from decimal import Decimal
from typing import Any

from flask import url_for

from app.domain.likeness import Why
from app.infra.filekinds import Kind
from app.infra.formats import number, short_day
from app.infra.uploads import size_text
from app.organisations.duplicates import Candidate
from app.organisations.enterprise_number import shown
from app.organisations.models import Offer, Organisation
from app.organisations.policy import ROLES
from app.organisations.services import profile_of


def facts(organisation: Organisation) -> list[tuple[str, str]]:
    """Term and text of everything that was filled in."""
    place = " ".join(part for part in (organisation.postal_code, organisation.city) if part)
    found = [
        ("Ondernemingsnummer", shown(organisation.enterprise_number)),
        ("Rechtsvorm", organisation.legal_form),
        ("Lokaal bestuur", "ja" if organisation.local_authority else ""),
        ("Adres", ", ".join(part for part in (organisation.street, place) if part)),
        ("Website", organisation.website),
        ("E-mailadres", organisation.email),
        ("Telefoon", organisation.phone),
        ("Werkt in", ", ".join(one.name for one in organisation.municipalities)),
        ("Doelgroepen", ", ".join(organisation.target_groups)),
        ("Talen", ", ".join(organisation.languages)),
        ("Levensdomeinen", ", ".join(organisation.life_domains)),
        ("Vindbaar als partner", "ja" if organisation.findable else "nee"),
    ]
    return [(term, text) for term, text in found if text]


WHY = {
    Why.NUMBER: "hetzelfde ondernemingsnummer",
    Why.NEAR_NUMBER: "bijna hetzelfde ondernemingsnummer",
    Why.DOMAIN: "hetzelfde internetdomein",
    Why.NAME: "een naam die erop lijkt",
}


def reasons(why: tuple[Why, ...]) -> str:
    """ "Hetzelfde internetdomein en een naam die erop lijkt"."""
    words = [WHY[one] for one in why]
    text = " en ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
    return text[:1].upper() + text[1:]


def candidates(found: list[Candidate]) -> list[dict[str, Any]]:
    return [
        {
            "name": one.name,
            "city": one.city,
            "why": reasons(one.why),
            "ask": f"vraag-{one.key}",
            "href": url_for("organisations.show", organisation_id=one.id) if one.own else None,
        }
        for one in found
    ]


def is_taken(found: list[Candidate]) -> bool:
    """Whether the number itself is registered: then it cannot be another organisation."""
    return any(Why.NUMBER in one.why for one in found)


def typed(form: Any) -> list[tuple[str, str]]:
    """What was sent, to be sent again from the page in between."""
    return [
        (field.name, "y" if field.data is True else str(field.data or ""))
        for field in form
        if field.name != "csrf_token" and field.data is not False
    ]


def tabs(organisation_id: int, active: str) -> list[dict[str, Any]]:
    pages = (
        ("Profiel", "organisations.show"),
        ("Documenten", "organisations.documents"),
        ("Collega’s", "organisations.members"),
        ("Oproepen voor jullie", "matching.own_calls"),
    )
    return [
        {
            "label": label,
            "href": url_for(endpoint, organisation_id=organisation_id),
            "active": endpoint.partition(".")[2] == active,
        }
        for label, endpoint in pages
    ]


def checks(organisation: Organisation, references: int, documents: int) -> list[dict[str, Any]]:
    """For the component checklist: what a region and a jury want to know before they read a proposal."""

    def page(name: str, anchor: str | None = None) -> str:
        return url_for(f"organisations.{name}", organisation_id=organisation.id, _anchor=anchor)

    capable = any(one.capacity_fte is not None for one in organisation.offers)
    wanted: list[tuple[Any, str, str]] = [
        (organisation.legal_form, "De rechtsvorm", page("edit", "legal_form")),
        (organisation.street and organisation.city, "Het adres", page("edit", "street")),
        (organisation.email or organisation.phone, "Een e-mailadres of telefoon", page("edit", "email")),
        (organisation.about, "Wie jullie zijn en wat jullie doen", page("edit", "about")),
        (organisation.municipalities, "De gemeenten waar jullie werken", page("edit", "municipality_ids")),
        (organisation.target_groups, "De doelgroepen", page("edit", "target_groups")),
        (organisation.languages, "De talen", page("edit", "languages")),
        (organisation.life_domains, "De levensdomeinen", page("edit", "life_domains")),
        (capable, "Een aanbod met de capaciteit erbij", page("show", "aanbod")),
        (references, "Een referentie", page("show", "referenties")),
        (documents, "Een document, zoals de statuten of het jaarverslag", page("documents")),
    ]
    return [
        {"done": bool(there), "text": text, "href": None if there else href} for there, text, href in wanted
    ]


def profile_as_typed(organisation: Organisation) -> dict[str, Any]:
    """What the form opens with, by the names of its fields."""
    return _as_typed(profile_of(organisation)) | {"version": organisation.version}


def offer_as_typed(offer: Offer, version: int) -> dict[str, Any]:
    return {
        "title": offer.title,
        "description": offer.description,
        "life_domains": offer.life_domains,
        "capacity": fte_typed(offer.capacity_fte),
        "version": version,
    }


def fte_typed(value: Decimal | None) -> str:
    """ "1.50" -> "1,5", as one would type it; "" for none."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def _as_typed(values: dict[str, Any]) -> dict[str, Any]:
    return values | {name: "\n".join(values[name]) for name in ("target_groups", "languages")}


def differences(form: Any, theirs: dict[str, Any], towns: Any = ()) -> list[tuple[str, str]]:
    """What a colleague saved meanwhile, where it is not what stands in the form: label and text."""
    names = {one.id: one.name for one in towns}
    found = []
    for key, value in theirs.items():
        field = form[{"capacity_fte": "capacity"}.get(key, key)]
        text = _text(key, value, names)
        if text != _text(key, _mine(key, field.data), names):
            found.append((field.label.text, text or "(leeg)"))
    return found


def _mine(key: str, data: Any) -> Any:
    if key in ("target_groups", "languages"):
        return [one.strip() for one in (data or "").splitlines() if one.strip()]
    return data


def _text(key: str, value: Any, towns: dict[int, str]) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, Decimal):
        return fte_typed(value)
    if isinstance(value, list):
        return ", ".join(towns.get(one, str(one)) for one in value)
    return str(value or "")


def offer_cards(organisation: Organisation) -> list[dict[str, Any]]:
    return [
        {
            "id": one.id,
            "title": one.title,
            "description": one.description,
            "domains": ", ".join(one.life_domains),
            "capacity": f"{number(one.capacity_fte)} vte" if one.capacity_fte is not None else "",
            "href": url_for("organisations.edit_offer", organisation_id=organisation.id, offer_id=one.id),
        }
        for one in organisation.offers
    ]


def document_rows(rows: Any, organisation_id: int) -> list[dict[str, str]]:
    return [
        {
            "label": one.label,
            "name": one.name,
            "kind": Kind(one.kind).label,
            "size": size_text(one.size),
            "since": short_day(one.uploaded_at.date()),
            "href": url_for(
                "organisations.download_document", organisation_id=organisation_id, document_id=one.id
            ),
            "remove": url_for(
                "organisations.remove_document", organisation_id=organisation_id, document_id=one.id
            ),
        }
        for one in rows
    ]


def colleague_rows(rows: Any, organisation_id: int, removable: bool) -> list[dict[str, Any]]:
    """`removable` is whether the reader may remove people (an owner)."""
    return [
        {
            "name": row.name,
            "email": row.email,
            "role": ROLES[row.role],
            "since": short_day(row.since.date()),
            "remove": url_for(
                "organisations.remove_member", organisation_id=organisation_id, user_id=row.user_id
            )
            if removable
            else None,
        }
        for row in rows
    ]
