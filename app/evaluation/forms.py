"""What the forms of the jury send, as plain values.

The sheet, the declarations and the pitch day have as many fields as there are criteria or applicants: they
are read by their names (`level-12`, `choice-3`, `start-7`), so that what was typed can be shown again
exactly as it was sent.
"""

from collections.abc import Mapping

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.evaluation.conflicts import Declared
from app.evaluation.entries import by_id
from app.evaluation.policy import SEATS
from app.infra.forms import Form, stripped
from app.infra.numbers import positive

Typed = Mapping[str, str]


class InviteForm(Form):
    name = StringField("Naam", [InputRequired("Vul de naam in.")], filters=[stripped])
    email = StringField("E-mailadres", [InputRequired("Vul een e-mailadres in.")], filters=[stripped])
    seat = SelectField(
        "Zetelt namens",
        [InputRequired("Kies namens wie dit jurylid zetelt.")],
        choices=[("", "Maak een keuze"), *SEATS.items()],
    )
    affiliation = StringField("Organisatie of functie", filters=[stripped])
    chair = BooleanField("Dit jurylid is de voorzitter")


class CloseForm(Form):
    round_name = HiddenField()
    confirmed = BooleanField("Ik sluit de ronde, ook al is niet alles binnen.")
    unsettled = BooleanField("Ik sluit de ronde, ook al is de vormcontrole niet bij iedereen klaar.")


class ReopenForm(Form):
    reason = TextAreaField("Waarom gaat de schriftelijke ronde opnieuw open?", filters=[stripped])


def declared_entries(typed: MultiDict[str, str]) -> list[Declared]:
    """One entry for every applicant about whom something was chosen."""
    kinds, texts = by_id(typed, "kind"), by_id(typed, "explanation")
    return [
        Declared(one, choice, kinds.get(one, ""), texts.get(one, ""))
        for one, choice in by_id(typed, "choice").items()
        if choice
    ]


def chosen_ids(typed: MultiDict[str, str]) -> list[int]:
    """The ticked boxes called `proposal`; a value that is no id becomes 0."""
    return [positive(text) for text in typed.getlist("proposal")]
