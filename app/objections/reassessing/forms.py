"""Forms of a new evaluation."""

from typing import Any

from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.reassessment import ROUNDS
from app.infra.forms import VersionedForm, stripped
from app.infra.numbers import positive
from app.objections.queries import PossibleJudge
from app.objections.reassessing.policy import ROUND_WORDS
from app.objections.reassessing.services import Closing, Naming


def _person(text: Any) -> int:
    return positive(str(text))


class NamingForm(VersionedForm):
    round_choice = RadioField(
        "Wat wordt opnieuw beoordeeld?",
        choices=[(value, ROUND_WORDS[value]) for value in ROUNDS],
        validate_choice=False,
    )
    jurors = SelectMultipleField(
        "Wie beoordeelt opnieuw?",
        coerce=_person,
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    reason = TextAreaField("Waarom deze mensen?", filters=[stripped])

    def offer(self, people: list[PossibleJudge], settled: frozenset[int] = frozenset()) -> None:
        """`settled`: whose sheet is in, so that they cannot be let go."""
        self.jurors.choices = [(one.user_id, _label(one)) for one in people if one.user_id not in settled]

    def naming(self) -> Naming:
        return Naming(
            tuple(self.jurors.data or ()),
            self.reason.data or "",
            self.round_choice.data or "",
            self.seen_version(),
        )


def _label(one: PossibleJudge) -> str:
    return f"{one.name}, {one.role}{', scoorde deze kandidatuur' if one.scored else ''}"


class ClosingForm(VersionedForm):
    conclusion = TextAreaField("Wat besluit de nieuwe beoordeling?", filters=[stripped])
    missing = TextAreaField("Waarom zonder de scorebladen die ontbreken?", filters=[stripped])

    def closing(self) -> Closing:
        return Closing(self.conclusion.data or "", self.missing.data or "", self.seen_version())
