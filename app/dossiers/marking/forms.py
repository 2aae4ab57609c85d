"""How one part appears in the public version, and why."""

from wtforms import HiddenField, RadioField, TextAreaField

from app.domain.dossier import MARK_LABELS, Mark
from app.dossiers.marking.services import OWN_RULE, Wanted
from app.infra.forms import Form, cleaned


class MarkForm(Form):
    """`seen`: what was decided when the form was opened."""

    mark = RadioField(
        "In de openbare versie",
        choices=[
            (OWN_RULE, "zoals gewoonlijk voor dit soort stukken"),
            *((one.value, MARK_LABELS[one]) for one in Mark),
        ],
        validate_choice=False,
    )
    reason = TextAreaField("Waarom", filters=[cleaned])
    seen = HiddenField()

    def wanted(self) -> Wanted:
        reason = (self.reason.data or "").strip()
        return Wanted(self.mark.data or "", reason, self.seen.data or "")
