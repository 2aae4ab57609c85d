"""Forms about objections."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.errors import DomainError
from app.infra.forms import Form, VersionedForm, stripped
from app.objections.judging import ProposedRuling
from app.objections.queries import ObjectionRow, PossibleJudge
from app.objections.services import ObjectionText
from app.objections.wording import RULINGS

LARGEST_ID = 2**31 - 1
FIELDS = ("contested", "grounds", "request")


class ObjectionForm(VersionedForm):
    contested = TextAreaField("Wat betwist je?", filters=[stripped])
    grounds = TextAreaField("Waarom?", filters=[stripped])
    request = TextAreaField("Wat vraag je?", filters=[stripped])

    def text(self) -> ObjectionText:
        return ObjectionText(
            self.contested.data or "", self.grounds.data or "", self.request.data or "", self.seen_version()
        )

    def is_complete(self) -> bool:
        """Marks every field that is empty at once; the service asks the same rule again."""
        empty = [name for name in FIELDS if not self[name].data]
        for name in empty:
            self.refuse(DomainError("objection_field_missing", field=name))
        return not empty


def objection_form(row: ObjectionRow | None) -> ObjectionForm:
    """The form as it opens."""
    return ObjectionForm(
        formdata=None,
        contested=row.contests if row else "",
        grounds=row.grounds if row else "",
        request=row.asks if row else "",
        version=str(row.version if row else 0),
    )


def _person(text: Any) -> int:
    """A user id from a checkbox; anything else becomes 0, which nobody has."""
    shown = str(text)
    sound = shown.isascii() and shown.isdecimal() and len(shown) <= 10 and int(shown) <= LARGEST_ID
    return int(shown) if sound else 0


class RulingForm(Form):
    outcome = RadioField(
        "Uitspraak", choices=[(value, label) for value, (label, _) in RULINGS.items()], validate_choice=False
    )
    reasons = TextAreaField("Redenen", filters=[stripped])
    judges = SelectMultipleField(
        "Wie bekeek dit weerwoord?",
        coerce=_person,
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    reassess = BooleanField("Er komt een nieuwe beoordeling")

    def offer(self, people: list[PossibleJudge]) -> None:
        self.judges.choices = [
            (one.user_id, f"{one.name}, {one.role}{', scoorde deze kandidatuur' if one.scored else ''}")
            for one in people
        ]

    def ruling(self) -> ProposedRuling:
        return ProposedRuling(
            self.outcome.data or "",
            self.reasons.data or "",
            tuple(self.judges.data or ()),
            bool(self.reassess.data),
        )
