"""Publishing an amendment, and choosing which versions to compare."""

from datetime import datetime
from typing import Any

from wtforms import DateField, TextAreaField, TimeField, ValidationError
from wtforms.validators import DataRequired, Optional

from app.addenda.amending.services import REASON_LIMIT
from app.addenda.editor.forms_base import clean
from app.infra.forms import VersionedForm


class AmendForm(VersionedForm):
    reason = TextAreaField(
        "Waarom wijzigt de oproep?",
        [DataRequired("Schrijf waarom. Iedereen kan dit lezen.")],
        filters=[clean],
        description="Staat bij de nieuwe versie en in de mail, voor iedereen gelijk. Gewone tekst.",
    )
    deadline = DateField(
        "Nieuwe uiterste indiendatum",
        [Optional()],
        description="Laat leeg om de datum te houden. Ze kan alleen later worden.",
    )
    deadline_time = TimeField("Laatste minuut die telt", [Optional()])

    def validate_reason(self, field: Any) -> None:
        if len(field.data or "") > REASON_LIMIT:
            raise ValidationError(f"Dit is te lang: hoogstens {REASON_LIMIT} tekens.")

    def validate_deadline(self, field: Any) -> None:
        if field.data and not 2000 <= field.data.year <= 2100:
            raise ValidationError("Kies een jaar tussen 2000 en 2100.")

    def wanted(self, current: datetime | None) -> datetime | None:
        """The last local minute that is accepted, or None when the date stays; no time: that of now."""
        if self.deadline.data is None:
            return None
        minute = self.deadline_time.data or (current.time() if current else None)
        return datetime.combine(self.deadline.data, minute) if minute else None
