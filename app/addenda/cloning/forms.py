"""Choosing what a new call takes from an earlier one."""

from typing import Any

from wtforms import RadioField
from wtforms.validators import Optional

from app.addenda.cloning.services import MOST_WEEKS, Choice
from app.addenda.editor.forms import Checkboxes
from app.addenda.editor.forms_base import text_field, whole_number
from app.infra.forms import Form

PART_CHOICES = [
    ("personas", "Persona’s, met hun verhaal"),
    ("challenges", "Regio-uitdagingen, met obstakels, doelen en hun koppelingen"),
    ("texts", "Ambitie, visie en missie"),
    ("analysis", "Lokale analyse en lokale input"),
    ("contacts", "Contactpersonen en waar het document naartoe verwijst"),
    ("criteria", "Criteria, gewichten en drempels"),
    ("timeline", "Tijdlijn"),
]
ANOTHER_REGION = ("personas", "challenges", "criteria", "timeline")


class CloneForm(Form):
    title = text_field("Titel van de nieuwe oproep", 200, required="Geef de oproep een titel.")
    parts = Checkboxes("Wat komt mee?", choices=PART_CHOICES)
    dates = RadioField(
        "Wat gebeurt er met de data?",
        choices=[("shift", "Allemaal evenveel weken later"), ("empty", "Ze blijven leeg")],
        default="shift",
        validators=[Optional()],
    )
    weeks = whole_number("Hoeveel weken later?", 0, MOST_WEEKS, required=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """An empty field is not asked by its own validators, hence here."""
        valid = bool(super().validate(extra_validators))
        if self._shifts() and self.weeks.data is None and not self.weeks.errors:
            self.weeks.errors = ["Vul in hoeveel weken de data opschuiven."]
            return False
        return valid

    def choice(self) -> Choice:
        weeks = self.weeks.data if self._shifts() else None
        return Choice(self.title.data, frozenset(self.parts.data or ()), weeks)

    def _shifts(self) -> bool:
        return "timeline" in (self.parts.data or ()) and self.dates.data != "empty"
