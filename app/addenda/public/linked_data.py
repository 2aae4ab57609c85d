"""A published call for machines: JSON-LD with the words of schema.org.

The call is a `Demand`: "the public, not necessarily binding, announcement by an organization to seek a
certain type of services". That is what an addendum is: no grant (the money comes later, if at all) and no
job posting. What is sought stands in it as `Service`s with the people they are for as `PeopleAudience`; the
region is the `GovernmentOrganization` that `seeks` it. The pitch days are `Event`s: they have an hour and a
public of their own. The page itself is a `WebPage` with its place in the site.
"""

from datetime import date, datetime, time, timedelta
from typing import Any

from app.addenda.public.queries import PublicPage
from app.addenda.queries import Call
from app.domain.timeline import BRUSSELS, last_accepted_minute
from app.notifications.services import page_url

_DESCRIPTION = 300


def linked_data(call: Call, page: PublicPage) -> dict[str, Any]:
    """One graph; empty values are left out. For `tojson`, which keeps it inside its script element."""
    here = page_url("addenda.show", addendum_id=call.id)
    region = {
        "@type": "GovernmentOrganization",
        "@id": f"{here}#regio",
        "name": call.service_area,
        "areaServed": _places(page),
        "contactPoint": [_contact(*one) for one in page.contacts],
        "seeks": {"@id": f"{here}#oproep"},
    }
    graph = [_web_page(call, page, here), region, _demand(call, page, here)]
    graph += [_pitch(call, page, here, number) for number in range(len(page.windows))]
    return {"@context": "https://schema.org", "@graph": [_filled(one) for one in graph]}


def summary(call: Call, page: PublicPage) -> str:
    """One line about the call, for the description of the page."""
    names = ", ".join(one.name for one in page.personas)
    towns = ", ".join(page.lists.get("municipality", []))
    start = f"{call.service_area} zoekt partners" + (f" voor mensen als {names}" if names else "")
    return _short(f"{start}. {towns + '. ' if towns else ''}{page.ambition}")


def _web_page(call: Call, page: PublicPage, here: str) -> dict[str, Any]:
    trail = [("Oproepen", page_url("addenda.index")), (call.title, here)]
    return {
        "@type": "WebPage",
        "@id": here,
        "url": here,
        "name": call.title,
        "inLanguage": "nl-BE",
        "description": summary(call, page),
        "datePublished": _instant(call.facts.published_at),
        "dateModified": _instant(page.issued_at or call.facts.published_at),
        "mainEntity": {"@id": f"{here}#oproep"},
        "breadcrumb": {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": place, "name": name, "item": url}
                for place, (name, url) in enumerate(trail, start=1)
            ],
        },
    }


def _demand(call: Call, page: PublicPage, here: str) -> dict[str, Any]:
    last = last_accepted_minute(call.deadline).replace(tzinfo=BRUSSELS) if call.deadline else None
    return {
        "@type": "Demand",
        "@id": f"{here}#oproep",
        "identifier": str(call.id),
        "name": call.title,
        "url": here,
        "description": summary(call, page),
        "availabilityStarts": _day(call.launch),
        "availabilityEnds": last.isoformat() if last else None,
        "areaServed": _places(page),
        "itemOffered": [
            _filled({"@type": "Service", "name": one, "audience": _audience(page)})
            for one in page.lists.get("service_type", [])
        ],
    }


def _audience(page: PublicPage) -> list[dict[str, Any]]:
    """The personas: fictional people who stand for many, so no `Person`."""
    return [
        _filled(
            {
                "@type": "PeopleAudience",
                "name": one.name,
                "audienceType": one.occurrence,
                "suggestedMinAge": one.age,
                "suggestedMaxAge": one.age,
            }
        )
        for one in page.personas
    ]


def _pitch(call: Call, page: PublicPage, here: str, number: int) -> dict[str, Any]:
    day, start, end = page.windows[number]
    return {
        "@type": "Event",
        "@id": f"{here}#pitch-{number + 1}",
        "name": f"Pitch: {call.title}",
        "description": "Kandidaten die de schriftelijke ronde doorkomen, stellen zich voor aan de jury.",
        "startDate": _local(day, start),
        "endDate": _local(day, end),
        "eventStatus": "https://schema.org/EventScheduled",
        "organizer": {"@id": f"{here}#regio"},
        "location": {"@type": "Place", "name": call.service_area, "address": _address(page)},
        "about": {"@id": f"{here}#oproep"},
    }


def _address(page: PublicPage) -> dict[str, Any]:
    towns = page.lists.get("municipality", [])
    return _filled(
        {"@type": "PostalAddress", "addressCountry": "BE", "addressLocality": ", ".join(towns) or None}
    )


def _places(page: PublicPage) -> list[dict[str, Any]]:
    return [
        {"@type": "City", "name": one, "containedInPlace": {"@type": "Country", "name": "België"}}
        for one in page.lists.get("municipality", [])
    ]


def _contact(name: str, role: str, email: str, phone: str) -> dict[str, Any]:
    return _filled(
        {
            "@type": "ContactPoint",
            "name": name,
            "contactType": role or "contact",
            "email": email,
            "telephone": phone,
        }
    )


def _short(text: str) -> str:
    flat = " ".join(text.replace("*", "").split())
    return flat if len(flat) <= _DESCRIPTION else flat[: flat.rfind(" ", 0, _DESCRIPTION)] + " …"


def _local(day: date, moment: time) -> str:
    return datetime.combine(day, moment, BRUSSELS).isoformat()


def _instant(value: datetime | None) -> str | None:
    return (value - timedelta(microseconds=value.microsecond)).isoformat() if value else None


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _filled(value: dict[str, Any]) -> dict[str, Any]:
    return {name: one for name, one in value.items() if one not in (None, "", [])}
