"""Forms of a new evaluation."""

from typing import Any

from wtforms import RadioField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from app.decisions.queries import DecisionRow
from app.decisions.services import ProposedDecision
from app.decisions.wording import OUTCOMES
from app.domain.motivation import APPEAL_PARAGRAPH, LEGAL_BASIS, motivation_problems
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


class AfterForm(VersionedForm):
    """The new decision, with the same parts as every decision."""

    outcome = RadioField(
        "Uitkomst", choices=[(value, label) for value, (label, _) in OUTCOMES.items()], validate_choice=False
    )
    reasons = TextAreaField("Redenen", filters=[stripped])
    legal_basis = TextAreaField("Rechtsgrond", filters=[stripped])
    appeal_routes = TextAreaField("Wettelijke beroepswegen", filters=[stripped])

    def is_complete(self) -> bool:
        """Marks every problem at once, each at its field; the service asks the same rule again."""
        problems = list(
            motivation_problems(
                self.outcome.data or "",
                self.reasons.data or "",
                self.legal_basis.data or "",
                self.appeal_routes.data or "",
            )
        )
        for problem in problems:
            self.refuse(problem)
        return not problems

    def wanted(self) -> ProposedDecision:
        return ProposedDecision(
            self.outcome.data or "",
            self.reasons.data or "",
            self.legal_basis.data or "",
            self.appeal_routes.data or "",
            self.seen_version(),
        )


def after_form(pending: DecisionRow | None, draft: str) -> AfterForm:
    """The form as it opens: what was proposed already, or the starting text and the fixed paragraphs."""
    return AfterForm(
        formdata=None,
        outcome=pending.outcome if pending else None,
        reasons=pending.motivation if pending else draft,
        legal_basis=pending.legal_basis if pending else LEGAL_BASIS,
        appeal_routes=pending.appeal_routes if pending else APPEAL_PARAGRAPH,
        version=str(pending.version if pending else 0),
    )
