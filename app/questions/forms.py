"""Asking and answering."""

from wtforms import EmailField, HiddenField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional

from app.infra.forms import Form, VersionedForm, cleaned, stripped
from app.questions.services import LONGEST, AnswerText

_TOO_LONG = "Dit is te lang: hoogstens {most} tekens."


class AskForm(Form):
    text = TextAreaField(
        "Je vraag",
        [
            DataRequired("Schrijf je vraag."),
            Length(max=LONGEST, message=_TOO_LONG.format(most=LONGEST)),
        ],
        filters=[cleaned],
    )
    sure = HiddenField()


class VisitorAskForm(AskForm):
    email = EmailField(
        "Je e-mailadres",
        [DataRequired("Vul je e-mailadres in."), Length(max=254, message="Dit adres is te lang.")],
        filters=[stripped],
        render_kw={"autocomplete": "email"},
    )


class AnswerForm(VersionedForm):
    public_text = TextAreaField(
        "De vraag, zoals iedereen ze leest",
        [Optional(), Length(max=LONGEST, message=_TOO_LONG.format(most=LONGEST))],
        filters=[cleaned],
    )
    answer = TextAreaField(
        "Antwoord",
        [Optional(), Length(max=10000, message=_TOO_LONG.format(most=10000))],
        filters=[cleaned],
    )
    same_as = SelectField("Zelfde vraag als", choices=[], validate_choice=False)

    def offer(self, others: list[tuple[int, str]]) -> None:
        """The questions that this one may be the same as."""
        nothing = ("", "Geen: deze vraag krijgt een eigen antwoord")
        self.same_as.choices = [nothing, *((str(key), text) for key, text in others)]

    def wanted(self) -> AnswerText:
        chosen = self.same_as.data or ""
        same = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else None
        return AnswerText(self.public_text.data or "", self.answer.data or "", same)
