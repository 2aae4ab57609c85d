"""Every component on one page, in its normal, long, empty and error state, for who judges a screen."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, render_template
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    FileField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.infra.access import public
from app.infra.forms import Form

gallery = Blueprint("gallery", __name__)

LONG = (
    "Samenwerkingsverband voor arbeidsmarkttoeleiding, inburgeringstrajecten en "
    "kinderopvangondersteuning Klein-Brabant en Vaartland vzw"
)
PORTRAITS = ("berk", "eik", "es", "hazel", "linde", "meidoorn", "vlier", "wilg")
BADGES = (
    ("neutral", "Ontwerp"),
    ("info", "Loopt"),
    ("success", "Ingediend"),
    ("warning", "Bijna te laat"),
    ("danger", "Niet ontvankelijk"),
)


class SampleForm(Form):
    """One field of every kind; validating it without data shows every error."""

    organisation = StringField(
        "Naam van je organisatie", [InputRequired("Vul de naam van je organisatie in.")], description="Voluit"
    )
    number = StringField(
        "Ondernemingsnummer",
        [InputRequired("Vul een ondernemingsnummer van tien cijfers in.")],
        description="Bijvoorbeeld 0566.988.259",
    )
    approach = TextAreaField(
        "Hoe pakken jullie dit obstakel aan?",
        [InputRequired("Schrijf hoe jullie dit obstakel aanpakken.")],
        description="Beschrijf wat je doet, voor wie en hoe vaak. Noem geen namen van cliënten.",
    )
    municipality = SelectField(
        "Gemeente",
        [InputRequired("Kies een gemeente.")],
        choices=[("", "Kies een gemeente"), ("bornem", "Bornem"), ("willebroek", "Willebroek")],
    )
    coordinator = RadioField(
        "Willen jullie het partnerschap coördineren?",
        [InputRequired("Kies ja of nee.")],
        choices=[("yes", "Ja"), ("no", "Nee, we werken liever mee als partner")],
    )
    services = SelectMultipleField(
        "Dienstverlening",
        [InputRequired("Kies minstens één type dienstverlening.")],
        choices=[
            ("coaching", "Coaching op maat"),
            ("mobility", "Mobiliteit"),
            ("language", "Nederlands oefenen"),
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    start = DateField("Startdatum", [InputRequired("Vul een datum in.")])
    hour = TimeField("Beginuur", [Optional()])
    capacity = DecimalField("Voltijdse equivalenten", [Optional()], use_locale=False)
    attachment = FileField("Bijlage", [Optional()], description="PDF of DOCX, tot 5 MB")
    declaration = BooleanField(
        "Ik verklaar dat deze gegevens kloppen.", [InputRequired("Vink aan dat de gegevens kloppen.")]
    )


def sample_form(*, with_errors: bool) -> SampleForm:
    """The form as it opens, or as it comes back when nothing was filled in."""
    form = SampleForm(
        formdata=MultiDict() if with_errors else None,
        prefix="e-" if with_errors else "",
        meta={"csrf": False},
    )
    if with_errors:
        form.validate()
    return form


def sample_steps(current: int) -> list[dict[str, Any]]:
    """The eight stations of a call with the station at this index as today's; the last stands one further."""
    stations = (
        ("Lancering", "maandag 24 april 2023"),
        ("Uiterste indiendatum", "vrijdag 2 juni 2023, 23u59"),
        ("Opening", "vanaf zaterdag 3 juni 2023"),
        ("Schriftelijke ronde", "5 juni tot en met 14 juni 2023"),
        ("Pitch", "20 tot en met 22 juni 2023"),
        ("Beslissing", "voor 15 juli 2023"),
        ("Weerwoord", "14 dagen na de kennisgeving"),
        ("Partnerschap", "na het weerwoord"),
    )
    states = ["done"] * current + ["current"] + ["upcoming"] * (len(stations) - current - 1)
    steps: list[dict[str, Any]] = [
        {"label": label, "when_text": when, "state": state}
        for (label, when), state in zip(stations, states, strict=True)
    ]
    steps[current]["today_at"] = 3
    steps[current]["tasks"] = [
        {"text": "Dien 4 scorebladen in", "href": "#", "done": False},
        {"text": "Verklaar je belangen", "href": "#", "done": True},
    ]
    return steps


def sample_checklist() -> list[dict[str, Any]]:
    return [
        {"done": True, "text": "Alle 41 obstakels van een antwoord voorzien"},
        {"done": False, "text": "Bijlage met referenties", "href": "#", "hint": "Nog 1 referentie te weinig"},
        {"done": None, "text": "Voor 3 obstakels zei je dat je er niets voor aanbiedt", "hint": "Dat mag"},
    ]


def sample_rows() -> list[dict[str, Any]]:
    names = ("Werkspoor vzw", "De Brug", LONG, "CAW De Schakel")
    labels = (
        ("success", "Ingediend"),
        ("neutral", "Ontwerp"),
        ("warning", "Onvolledig"),
        ("danger", "Geweigerd"),
    )
    scores = ("84,20", "71,55", "63,00", "48,75")
    return [
        {"name": name, "tone": tone, "state": state, "score": score, "municipality": "Puurs-Sint-Amands"}
        for name, (tone, state), score in zip(names, labels, scores, strict=True)
    ]


def sample_bars() -> list[dict[str, Any]]:
    bars = (
        ("Werkspoor vzw", 84.2, 80.1, 87.0, "84,20", "rang 1", None),
        ("De Brug", 71.55, 64.0, 78.5, "71,55", "rang 2 tot 4", None),
        (LONG, 70.9, 66.0, 74.2, "70,90", "rang 2 tot 4", None),
        ("CAW De Schakel", 48.75, 41.0, 55.0, "48,75", "rang 5", "muted"),
    )
    keys = ("label", "value", "low", "high", "text", "interval_text", "tone")
    rows = [dict(zip(keys, bar, strict=True)) for bar in bars]
    rows[-1]["note"] = "Onder het minimum voor aanpak"
    return rows


def sample_coverage() -> dict[str, Any]:
    labels = ("Werkspoor vzw", "De Brug", "Samenwerkingsverband Vaartland", "CAW De Schakel", "Talent Werkt")
    rows = (
        ("Mobiliteit", ("full", "part", "none", "full", "none")),
        ("Kinderopvang is niet te vinden op de uren waarop gewerkt wordt", ("none",) * 5),
        ("Kennis van het Nederlands", ("part", "part", "full", "none", "full")),
        ("Geen zicht op eigen talenten", ("full", "full", "none", "part", "none")),
    )
    return {
        "columns": [{"label": label, "href": "#"} for label in labels],
        "rows": [
            {"label": label, "cells": cells, "total": f"{5 - cells.count('none')} van 5"}
            for label, cells in rows
        ],
    }


def sample_spread() -> list[dict[str, Any]]:
    rows = (
        ("Past bij de obstakels", (4, 4, 5, 4), 4.25, "4,25", None),
        ("Expertise en bereik van de doelgroep", (1, 3, 5, 2), 2.75, "2,75", "warning"),
        ("Aanpak", (3, 3, 3, 4), 3.25, "3,25", None),
    )
    return [
        {
            "label": label,
            "points": points,
            "mean": mean,
            "text": text,
            "points_text": ", ".join(map(str, points)),
            "tone": tone,
        }
        for label, points, mean, text, tone in rows
    ]


def sample_line() -> list[dict[str, Any]]:
    months = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
    reached = (12, 19, 31, 40, 44, 58, 61, None, None, None, None, None)
    return [
        {"label": month, "value": value, "target": 10 * nr, "text": value, "target_text": 10 * nr}
        for nr, (month, value) in enumerate(zip(months, reached, strict=True), start=1)
    ]


def sample_road() -> dict[str, Any]:
    """A road in time as `app.addenda.picture` draws it, by hand: three rows and today."""
    rows = [
        ("Indienen", "tot en met 2 juni 2023, 23u59", "both", ("2%", "40%"), "40%", (10, 170), 170, 12, 150),
        (
            "Schriftelijke ronde",
            "5 tot en met 14 juni 2023",
            "window",
            ("46%", "62%"),
            None,
            (190, 260),
            None,
            12,
            215,
        ),
        ("Weerwoord", "14 dagen na de kennisgeving", "rule", ("80%", "98%"), None, (330, 400), None, 12, 360),
    ]
    drawn = [
        {
            "row": {"label": label, "when": when, "kind": kind},
            "past": number == 0,
            "y": 30 + number * 46,
            "bars": [bar],
            "dot": dot,
            "tall": [tall],
            "at": at,
            "x": lane,
            "mark_y": (tall[0] + tall[1]) // 2,
            "label_y": label_y,
        }
        for number, (label, when, kind, bar, dot, tall, at, lane, label_y) in enumerate(rows)
    ]
    return {
        "rows": drawn,
        "months": [("12%", "mei"), ("39%", "juni"), ("66%", "juli")],
        "today": "52%",
        "today_anchor": "middle",
        "height": 30 + len(rows) * 46,
        "tall_height": 410,
        "today_y": 275,
        "today_label_y": 280,
        "words_x": 56,
    }


@gallery.get("/componenten")
@public
def components() -> str:
    """The page itself; it reads nothing from the database."""
    return render_template(
        "_components/gallery.html",
        long=LONG,
        portraits=PORTRAITS,
        badges=BADGES,
        form=sample_form(with_errors=False),
        faulty=sample_form(with_errors=True),
        steps_now=sample_steps(3),
        road=sample_road(),
        steps_last=sample_steps(7),
        checklist_items=sample_checklist(),
        rows=sample_rows(),
        bars=sample_bars(),
        coverage_data=sample_coverage(),
        spread_rows=sample_spread(),
        line_points=sample_line(),
        line_ticks=[{"value": value, "text": value} for value in (0, 40, 80, 120)],
        clock_now=datetime(2023, 5, 31, 18, 45, 53, tzinfo=UTC),
        clock_deadline=datetime(2023, 6, 2, 22, 0, tzinfo=UTC),
        digest="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    )
