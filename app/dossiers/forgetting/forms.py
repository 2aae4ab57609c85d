"""Making a person nameless."""

from wtforms import RadioField, StringField

from app.dossiers.forgetting.services import GROUNDS
from app.infra.forms import Form, stripped


class ForgetForm(Form):
    ground = RadioField(
        "Waarom?", choices=[(key, text.capitalize()) for key, text in GROUNDS.items()], validate_choice=False
    )
    typed = StringField("Typ het e-mailadres over", filters=[stripped])
