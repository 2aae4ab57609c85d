"""The calls that fit an organisation, as its pages show them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from app.addenda.presenters import short_deadline
from app.addenda.queries import Call
from app.infra.formats import counted, days_left, enumeration
from app.matching.index import Match, sentences
from app.matching.own.board import Completing, Fit, best_fits
from app.matching.own.queries import offer_titles, town_names

BEST = 3  # obstacles of a call in the list
PARTNERS = 12  # who completes best; further down it helps nobody
WHY = 3
WORDS = {"strong": "Sterk", "likely": "Waarschijnlijk", "weak": "Zwak"}
WHERE = {
    True: "In jullie werkingsgebied",
    False: "Buiten jullie werkingsgebied",
    None: "Jullie werkingsgebied is niet ingevuld",
}
THEIR_PLACE = {False: "Werkt elders", None: "Zegt niet waar ze werkt"}
NO_WORD = "De teksten lijken op elkaar, maar geen enkel woord springt eruit."


def call_cards(fits: Iterable[Fit], now: datetime) -> list[dict[str, Any]]:
    """The calls that fit, each with its best obstacles and one reason."""
    return [call_head(one, now) | {"best": _best(one), "others": _others(one)} for one in fits]


def call_head(fit: Fit, now: datetime) -> dict[str, Any]:
    call = fit.call
    return {
        "title": call.title,
        "region": call.service_area,
        "days": days_left(call.deadline, now),
        "until": short_deadline(call.deadline),
        "in_region": fit.in_region,
        "where": WHERE[fit.in_region],
        "able": len(fit.own),
        "of": counted(len(fit.obstacles), "obstakel", "obstakels"),
        "href": _href(fit),
        "call_href": url_for("addenda.show", addendum_id=call.id),
        "gaps": len(fit.gaps),
    }


def _best(fit: Fit) -> list[dict[str, str]]:
    labels = {line.id: line.label for line in fit.obstacles}
    return [_level(one) | {"label": labels[one.obstacle_id], "why": why(one)[0]} for one in _first(fit, BEST)]


def _first(fit: Fit, most: int) -> list[Match]:
    return list(fit.own.values())[:most]


def _level(one: Match) -> dict[str, str]:
    return {"level": one.sure.value, "word": WORDS[one.sure.value]}


def why(one: Match) -> list[str]:
    """At least one sentence, the strongest first."""
    return sentences(one.reasons[:WHY]) or [NO_WORD]


def _others(fit: Fit) -> str:
    """ "3 vindbare organisaties vullen jullie aan." """
    if not fit.completing:
        return ""
    able = counted(len(fit.completing), "vindbare organisatie vult", "vindbare organisaties vullen")
    return f"{able} jullie aan."


def own_rows(fit: Fit) -> list[dict[str, Any]]:
    """What the own organisation can take away, in the order of the call."""
    titles = offer_titles({one.offer_id for one in fit.own.values() if one.offer_id})
    return [
        _level(one)
        | {
            "label": line.label,
            "number": line.number,
            "offer": titles.get(one.offer_id or 0, ""),
            "why": why(one),
        }
        for line in fit.obstacles
        if (one := fit.own.get(line.id))
    ]


def partner_cards(fit: Fit) -> list[dict[str, Any]]:
    """Who completes best, with the obstacles that the own organisation cannot take away."""
    shown = fit.completing[:PARTNERS]
    matches = [match for one in shown for match in one.able.values()]
    titles = offer_titles({one.offer_id for one in matches if one.offer_id})
    towns = town_names({town for one in shown for town in one.towns})
    labels = {line.id: line.label for line in fit.obstacles}
    return [_partner(one, titles, towns, labels) for one in shown]


def _partner(
    one: Completing, titles: Mapping[int, str], towns: Mapping[int, str], labels: Mapping[int, str]
) -> dict[str, Any]:
    names = sorted(towns[town] for town in one.towns)
    return {
        "id": one.partner.id,
        "name": one.partner.name,
        "email": one.partner.email,
        "website": one.partner.website,
        "in_region": one.in_region,
        "where": THEIR_PLACE.get(one.in_region) or f"Werkt in {enumeration(names)}",
        "count": counted(len(one.able), "obstakel", "obstakels"),
        "rows": [
            _level(match)
            | {
                "label": labels[obstacle],
                "offer": titles.get(match.offer_id or 0, ""),
                "why": why(match)[0],
            }
            for obstacle, match in sorted(one.able.items(), key=lambda pair: -pair[1].score)
        ],
    }


@dataclass(frozen=True)
class FitCard:
    """A call on the home page. `organisation` only for who belongs to several."""

    title: str
    region: str
    href: str
    until: str
    organisation: str
    text: str
    why: str


def home_cards(calls: Sequence[Call], names: Mapping[int, str]) -> list[FitCard]:
    """The calls that fit best, by the names of the own organisations; empty when none does."""
    fits = best_fits(names.keys(), calls)
    return [_home_card(one, names[one.organisation_id] if len(names) > 1 else "") for one in fits]


def _home_card(fit: Fit, organisation: str) -> FitCard:
    first = _best(fit)[0]
    able, of = len(fit.own), counted(len(fit.obstacles), "obstakel", "obstakels")
    return FitCard(
        fit.call.title,
        fit.call.service_area,
        _href(fit),
        short_deadline(fit.call.deadline),
        organisation,
        f"Jullie aanbod past bij {able} van de {of}, het duidelijkst bij “{first['label']}”.",
        first["why"],
    )


def _href(fit: Fit) -> str:
    return url_for("matching.own_call", organisation_id=fit.organisation_id, addendum_id=fit.call.id)
