"""Forms about a mail that did not arrive."""

from collections.abc import Sequence

from wtforms import RadioField, TextAreaField

from app.infra.forms import Form, cleaned
from app.notifications.services import Recipient


class AgainForm(Form):
    address = RadioField("Naar welk adres?", validate_choice=False)

    def offer(self, receivers: Sequence[Recipient]) -> "AgainForm":
        self.address.choices = [
            (one.email, f"{one.name} ({one.email})" if one.name else one.email) for one in receivers
        ]
        if self.address.data is None and receivers:
            self.address.data = receivers[0].email
        return self


class OtherwiseForm(Form):
    how = TextAreaField("Hoe en wanneer werd dit bezorgd?", filters=[cleaned])
