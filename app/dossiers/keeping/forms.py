"""Proposing a destruction, approving one, and the term of one class."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.retention import CLASSES, GROUND_LABELS
from app.dossiers.keeping.services import Wanted
from app.infra.forms import Form, cleaned, stripped
from app.infra.numbers import positive

_OF_A_CALL = [(one.key, one.label) for one in CLASSES.values() if one.of_a_call]


class DestroyForm(Form):
    ground = RadioField(
        "Waarom mag het weg?",
        choices=[(ground.value, label.capitalize()) for ground, label in GROUND_LABELS.items()],
        validate_choice=False,
    )
    classes = SelectMultipleField(
        "Wat moet vernietigd worden?",
        choices=_OF_A_CALL,
        validate_choice=False,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    applicant = SelectField("Over welke kandidaat gaat het?", validate_choice=False)
    reason = TextAreaField("Reden", filters=[cleaned, stripped])

    def offer(self, classes: Any, applicants: Any) -> None:
        """`classes`: (key, label) of what can be chosen; `applicants`: (proposal, organisation)."""
        self.classes.choices = list(classes)
        named = [(str(row.id), row.name) for row in applicants]
        self.applicant.choices = [("", "Kies een kandidaat"), *named]

    def wanted(self) -> Wanted:
        applicant = positive(self.applicant.data) if self.ground.data == "request" else 0
        return Wanted(
            tuple(sorted(set(self.classes.data or ()))),
            self.ground.data or "",
            self.reason.data or "",
            applicant,
        )


class ApproveForm(Form):
    certain = BooleanField("Ik heb de lijst nagekeken. Dit mag voorgoed weg.")


class TermForm(Form):
    record_class = SelectField("Soort", choices=_OF_A_CALL, validate_choice=False)
    years = StringField("Aantal jaren", filters=[stripped])

    def wanted_years(self) -> int | None:
        """None for what is no whole number from 0 on."""
        given = self.years.data or ""
        return 0 if given == "0" else positive(given) or None
