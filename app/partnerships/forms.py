"""The form that forms a partnership."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, IntegerField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.widgets import CheckboxInput, ListWidget

from app.infra.forms import Form, stripped
from app.partnerships.queries import Choice
from app.partnerships.services import Formation

LARGEST_ID = 2**31 - 1


def _organisation(text: Any) -> int:
    """An organisation id; anything else becomes 0, which none has."""
    shown = str(text)
    sound = shown.isascii() and shown.isdecimal() and len(shown) <= 10 and int(shown) <= LARGEST_ID
    return int(shown) if sound else 0


class PartnershipForm(Form):
    name = StringField("Naam van het partnerschap", filters=[stripped])
    members = SelectMultipleField(
        "Leden",
        coerce=_organisation,
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    coordinator = RadioField("Coördinator", coerce=_organisation, validate_choice=False)
    lead_authority = SelectField("Penhouder", coerce=_organisation, validate_choice=False)
    starts_on = DateField("Begin")
    ends_on = DateField("Einde")
    notice_days = IntegerField("Opzegtermijn in dagen")

    def offer(self, selected: Sequence[Choice], authorities: Sequence[Choice]) -> None:
        self.members.choices = [(one.id, one.name) for one in selected]
        self.coordinator.choices = [(one.id, one.name) for one in selected]
        self.lead_authority.choices = [
            (0, "Kies een lokaal bestuur"),
            *((one.id, one.name) for one in authorities),
        ]

    def formation(self) -> Formation:
        return Formation(
            name=self.name.data or "",
            members=tuple(self.members.data or ()),
            coordinator=self.coordinator.data or None,
            lead_authority=self.lead_authority.data or None,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            notice_days=self.notice_days.data,
        )
