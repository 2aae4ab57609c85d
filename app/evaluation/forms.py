"""What the forms of the jury send, as plain values.

The sheet, the declarations and the pitch day have as many fields as there are criteria or applicants: they
are read by their names (`level-12`, `choice-3`, `start-7`), so that what was typed can be shown again
exactly as it was sent.
"""

from collections.abc import Mapping, Sequence

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from app.domain.errors import DomainError
from app.evaluation.conflicts import Declared
from app.evaluation.policy import SEATS, SheetRefused
from app.evaluation.sheets import SheetEntry
from app.infra.forms import Form, stripped
from app.infra.numbers import positive
from app.infra.texts import clean

_REMARKS = ("remark_applicant", "remark_internal")
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


def _by_id(typed: MultiDict[str, str], prefix: str) -> dict[int, str]:
    """{id: text} of the fields `<prefix>-<id>`; a name that is no id becomes 0, which belongs to nobody."""
    start = f"{prefix}-"
    return {
        positive(name[len(start) :]): clean(text) for name, text in typed.items() if name.startswith(start)
    }


def sheet_entry(typed: MultiDict[str, str]) -> SheetEntry:
    """The sheet's fields that were sent; an empty level is a level not chosen yet."""
    # Levels are taken exactly as sent: a blank around a number is not a published level.
    start = "level-"
    levels = {
        positive(name[len(start) :]): text for name, text in typed.items() if name.startswith(start) and text
    }
    remarks = {name: clean(typed[name]) for name in _REMARKS if name in typed}
    confirmed = _by_id(typed, "confirm")
    return SheetEntry(positive(typed.get("version")), levels, _by_id(typed, "reason"), remarks, confirmed)


def declared_entries(typed: MultiDict[str, str]) -> list[Declared]:
    """One entry for every applicant about whom something was chosen."""
    kinds, texts = _by_id(typed, "kind"), _by_id(typed, "explanation")
    return [
        Declared(one, choice, kinds.get(one, ""), texts.get(one, ""))
        for one, choice in _by_id(typed, "choice").items()
        if choice
    ]


def chosen_ids(typed: MultiDict[str, str]) -> list[int]:
    """The ticked boxes called `proposal`; a value that is no id becomes 0."""
    return [positive(text) for text in typed.getlist("proposal")]


def problems_of(error: DomainError) -> Sequence[DomainError]:
    """One refusal, or the several of a sheet."""
    return error.problems if isinstance(error, SheetRefused) else (error,)
