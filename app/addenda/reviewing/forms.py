"""The small forms beside the source: one value corrected in place, and lines that go somewhere else."""

from datetime import datetime, time
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TimeField
from wtforms.validators import Optional

from app.addenda.editor.forms_base import (
    check_email,
    check_web_address,
    day_field,
    one_line,
    text_field,
    whole_number,
)
from app.addenda.reviewing.moving import AUTO, EACH, ONE
from app.infra.forms import VersionedForm

HOW = [
    (AUTO, "Zinnen die doorlopen blijven samen"),
    (EACH, "Elke regel wordt een eigen punt"),
    (ONE, "Alles samen wordt één punt"),
]


class Correction(VersionedForm):
    """`at` is the place, `version` the fingerprint of the section it belongs to."""

    at = HiddenField()

    def value(self) -> dict[str, Any]:
        raise NotImplementedError


class TextCorrection(Correction):
    text = text_field("Tekst", 1000, area=True)

    def value(self) -> dict[str, Any]:
        return {"text": " ".join((self.text.data or "").split())}


class ObstacleCorrection(TextCorrection):
    text = text_field("Tekst", 500, area=True)


class TitleCorrection(TextCorrection):
    text = text_field("Tekst", 200, required="Vul een tekst in.")


class LineCorrection(TextCorrection):
    text = text_field("Tekst", 200)


class EmailCorrection(TextCorrection):
    text = StringField("E-mailadres", [Optional(), check_email], filters=[one_line])


class AddressCorrection(TextCorrection):
    text = StringField("Webadres", [Optional(), check_web_address], filters=[one_line])


class DayCorrection(Correction):
    day = day_field("Dag")

    def value(self) -> dict[str, Any]:
        return {str(self.at.data): self.day.data}


class DeadlineCorrection(Correction):
    day = day_field("Dag")
    clock = TimeField("Laatste minuut die telt", [Optional()])

    def value(self) -> dict[str, Any]:
        last = self.clock.data or time(23, 59)
        return {"deadline": datetime.combine(self.day.data, last) if self.day.data else None}


class RoundCorrection(Correction):
    day = day_field("Eerste dag")
    last = day_field("Laatste dag")

    def value(self) -> dict[str, Any]:
        return {"written_from": self.day.data, "written_until": self.last.data}


class DaysCorrection(Correction):
    days = whole_number("Dagen", 1, 90)

    def value(self) -> dict[str, Any]:
        return {"objection_days": self.days.data}


class ContactCorrection(Correction):
    name = text_field("Naam", 120)
    role = text_field("Functie", 200)
    email = StringField("E-mailadres", [Optional(), check_email], filters=[one_line])
    phone = text_field("Telefoon", 60)

    def value(self) -> dict[str, Any]:
        return {name: self[name].data or "" for name in ("name", "role", "email", "phone")}


_FORMS: dict[str, type[Correction]] = {
    "title": TitleCorrection,
    "programme": LineCorrection,
    "submission_email": EmailCorrection,
    "submission_url": AddressCorrection,
    "launch": DayCorrection,
    "questions_until": DayCorrection,
    "decision_before": DayCorrection,
    "deadline": DeadlineCorrection,
    "written_from": RoundCorrection,
    "objection_days": DaysCorrection,
}


def correction_form(at: str) -> Correction:
    """The form for this place."""
    if at.startswith("contacts#"):
        return ContactCorrection()
    if at.startswith("obstacle:"):
        return ObstacleCorrection()
    return _FORMS.get(at, TextCorrection)()


class MoveForm(VersionedForm):
    """Lines come as `regel` values; the list of targets is that of the draft."""

    to = SelectField("Verplaats naar", validate_choice=False)
    how = RadioField("Als", choices=HOW, default=AUTO, validate_choice=False)
