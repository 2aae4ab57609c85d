"""Forms about later decisions."""

from wtforms import BooleanField, RadioField, SelectMultipleField, TextAreaField

from app.decisions.forms import DecisionForm, sent_versions
from app.decisions.later.policy import CAUSES, CHOSEN_BY_HAND, OBJECTION
from app.decisions.later.queries import Pending
from app.decisions.queries import DecisionRow
from app.domain.errors import DomainError
from app.infra.forms import Form, VersionedForm, cleaned, stripped


class LaterForm(DecisionForm):
    cause = RadioField(
        "Waarom een nieuwe beslissing?",
        choices=[(one, CAUSES[one]) for one in CHOSEN_BY_HAND],
        validate_choice=False,
    )

    def fix(self, pending: Pending | None) -> None:
        """The cause of a proposal that is there already is not chosen again."""
        if pending:
            self.cause.data = pending.decision.cause
            self.cause.choices = [(pending.decision.cause, CAUSES[pending.decision.cause])]

    def chosen_cause(self, pending: Pending | None) -> str:
        """Raises `cause_unknown`: what follows an objection is not begun by hand."""
        if pending:
            return pending.decision.cause
        if self.cause.data == OBJECTION:
            raise DomainError("cause_unknown", field="cause")
        return self.cause.data or ""


def later_form(pending: Pending | None, stands: DecisionRow) -> LaterForm:
    """The form as it opens: what was proposed before, or basis and routes as they stand and room for
    reasons."""
    row = pending.decision if pending else None
    form = LaterForm(
        formdata=None,
        cause=row.cause if row else ("reserve" if stands.outcome == "reserve" else None),
        outcome=row.outcome if row else ("selected" if stands.outcome == "reserve" else None),
        reasons=row.motivation if row else "",
        legal_basis=row.legal_basis if row else stands.legal_basis,
        appeal_routes=row.appeal_routes if row else stands.appeal_routes,
        version=str(row.version if row else 0),
    )
    form.fix(pending)
    return form


class WithdrawForm(VersionedForm):
    why = TextAreaField("Waarom trek je dit voorstel in?", filters=[cleaned, stripped])


class TellForm(Form):
    """`shown`: what stood on the page as ready, each as "id:version:ground"."""

    shown = SelectMultipleField(validate_choice=False)
    agreed = BooleanField("Ja, deel deze beslissingen nu mee")

    def seen(self) -> dict[int, int]:
        """{decision id: version}. Raises `later_not_agreed`."""
        if not self.agreed.data:
            raise DomainError("later_not_agreed", field="agreed")
        return {one: version for one, version, _ in sent_versions(self.shown.data)}

    def grounds(self) -> dict[int, str]:
        """{decision id: the beginning of what it rested on when the page was made}."""
        return {one: ground for one, _, ground in sent_versions(self.shown.data)}
