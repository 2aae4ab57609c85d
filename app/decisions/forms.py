"""Forms about decisions."""

from typing import Any

from wtforms import BooleanField, RadioField, SelectMultipleField, SubmitField, TextAreaField

from app.decisions.queries import DecisionRow
from app.decisions.services import ProposedDecision
from app.decisions.wording import OUTCOMES
from app.domain.errors import DomainError
from app.domain.motivation import APPEAL_PARAGRAPH, LEGAL_BASIS, motivation_problems
from app.infra.forms import Form, VersionedForm, stripped

LARGEST_ID = 2**31 - 1


class DecisionForm(VersionedForm):
    outcome = RadioField(
        "Uitkomst", choices=[(value, label) for value, (label, _) in OUTCOMES.items()], validate_choice=False
    )
    reasons = TextAreaField("Redenen", filters=[stripped])
    legal_basis = TextAreaField("Rechtsgrond", filters=[stripped])
    appeal_routes = TextAreaField("Wettelijke beroepswegen", filters=[stripped])

    def validate(self, extra_validators: Any = None) -> bool:
        """Every problem at once, each at its field; the service asks the same rule again."""
        sound = bool(super().validate(extra_validators))
        wanted = self.wanted()
        problems = list(
            motivation_problems(wanted.outcome, wanted.reasons, wanted.legal_basis, wanted.appeal_routes)
        )
        for problem in problems:
            self.refuse(problem)
        return sound and not problems

    def wanted(self) -> ProposedDecision:
        return ProposedDecision(
            self.outcome.data or "",
            self.reasons.data or "",
            self.legal_basis.data or "",
            self.appeal_routes.data or "",
            self.seen_version(),
        )


def decision_form(decision: DecisionRow | None, draft: str) -> DecisionForm:
    """The form as it opens: what was proposed before, or the starting text and the fixed paragraphs."""
    return DecisionForm(
        formdata=None,
        outcome=decision.outcome if decision else None,
        reasons=decision.motivation if decision else draft,
        legal_basis=decision.legal_basis if decision else LEGAL_BASIS,
        appeal_routes=decision.appeal_routes if decision else APPEAL_PARAGRAPH,
        version=str(decision.version if decision else 0),
    )


class ConfirmForm(Form):
    """`chosen` are the ticked decisions, `shown` all that stood on the page, each as
    "id:version:ground"."""

    chosen = SelectMultipleField(validate_choice=False)
    shown = SelectMultipleField(validate_choice=False)
    read = BooleanField("Ik las de redenen van wat ik bevestig")
    all = SubmitField()

    def seen(self) -> dict[int, int]:
        """{decision id: version}; what is no such pair is left out. Raises `not_read`."""
        if not self.read.data:
            raise DomainError("not_read", field="read")
        return {one: version for one, version, _ in self._sent()}

    def grounds(self) -> dict[int, str]:
        """{decision id: the beginning of what it rested on when it was read}."""
        return {one: ground for one, _, ground in self._sent()}

    def _sent(self) -> list[tuple[int, int, str]]:
        return sent_versions((self.shown if self.all.data else self.chosen).data)


def sent_versions(texts: list[str] | None) -> list[tuple[int, int, str]]:
    """(decision id, version, ground) of what a page sent as "id:version:ground"; what is none is left out."""
    parts = [(text.split(":", 2) + ["", "", ""])[:3] for text in texts or []]
    return [(int(one), int(seen), ground) for one, seen, ground in parts if _is_id(one) and _is_id(seen)]


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 10 and int(text) <= LARGEST_ID


class CommunicateForm(Form):
    agreed = BooleanField("Ja, deel alle beslissingen nu mee")
