"""What an administrator sees of organisations."""

from typing import Any

from flask import url_for

from app.infra.formats import short_day
from app.organisations.duplicates import likely_pairs
from app.organisations.duplicates import reasons as likely_reasons
from app.organisations.enterprise_number import shown
from app.organisations.models import Organisation
from app.organisations.presenters import reasons
from app.organisations.queries import colleagues, documents_of, references_of
from app.organisations.queries_admin import PAGE, Found, owners_of

EMPTY = "(leeg)"


def rows(found: Found) -> list[dict[str, Any]]:
    return [
        {
            "id": row.id,
            "name": row.name,
            "number": shown(row.enterprise_number),
            "city": row.city,
            "members": row.members,
            "since": short_day(row.created_at.date()),
        }
        for row in found.rows
    ]


def pair_rows() -> list[dict[str, str]]:
    return [
        {
            "one": one.name,
            "one_facts": _facts(one),
            "other": other.name,
            "other_facts": _facts(other),
            "why": reasons(why),
            "href": url_for("organisations.compare", kept_id=one.id, gone_id=other.id),
        }
        for one, other, why in likely_pairs()
    ]


def _facts(row: Any) -> str:
    return ", ".join(part for part in (shown(row.enterprise_number), row.city) if part)


def pages(found: Found, words: str) -> dict[str, Any]:
    """For the component pagination."""
    first = (found.page - 1) * PAGE + 1
    last = first + len(found.rows) - 1

    def link(number: int) -> str:
        return url_for("organisations.overview", q=words or None, pagina=number)

    return {
        "span": f"Organisatie {first} tot {last} van {found.total}",
        "previous_href": link(found.page - 1) if found.page > 1 else None,
        "next_href": link(found.page + 1) if last < found.total else None,
    }


def comparison(kept: Organisation, gone: Organisation) -> dict[str, Any]:
    """Both beside each other, line by line, and where to go from here."""
    why = likely_reasons(kept.id, gone.id)
    left, right = _lines(kept), _lines(gone)
    return {
        "kept": kept.name,
        "gone": gone.name,
        "lines": [(term, text, right[term], text != right[term]) for term, text in left.items()],
        "why": reasons(why) if why else "",
        "swap_href": url_for("organisations.compare", kept_id=gone.id, gone_id=kept.id),
        "next_href": url_for(
            "organisations.merge",
            kept_id=kept.id,
            gone_id=gone.id,
            versies=f"{kept.version}-{gone.version}",
        ),
    }


def _lines(one: Organisation) -> dict[str, str]:
    place = " ".join(part for part in (one.postal_code, one.city) if part)
    found = {
        "Naam": one.name,
        "Ondernemingsnummer": shown(one.enterprise_number),
        "Rechtsvorm": one.legal_form,
        "Lokaal bestuur": "ja" if one.local_authority else "nee",
        "Adres": ", ".join(part for part in (one.street, place) if part),
        "Website": one.website,
        "E-mailadres": one.email,
        "Telefoon": one.phone,
        "Over de organisatie": one.about,
        "Werkt in": ", ".join(town.name for town in one.municipalities),
        "Doelgroepen": ", ".join(one.target_groups),
        "Talen": ", ".join(one.languages),
        "Levensdomeinen": ", ".join(one.life_domains),
        "Aanbod": ", ".join(offer.title for offer in one.offers),
        "Referenties": str(len(references_of(one.id))),
        "Documenten": str(len(documents_of(one.id))),
        "Eigenaars": ", ".join(owners_of(one.id)),
        "Collega’s": str(len(colleagues(one.id))),
        "Geregistreerd op": short_day(one.created_at.date()),
    }
    return {term: text or EMPTY for term, text in found.items()}
