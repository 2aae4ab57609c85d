"""An address to send changes to."""

from wtforms import EmailField
from wtforms.validators import DataRequired, Length

from app.infra.forms import Form, stripped


class FollowForm(Form):
    email = EmailField(
        "Je e-mailadres",
        [DataRequired("Vul je e-mailadres in."), Length(max=254, message="Dit adres is te lang.")],
        filters=[stripped],
        render_kw={"autocomplete": "email"},
    )
