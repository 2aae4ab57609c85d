"""Forms of the organisation that answers, and of the regisseur who tells again or gives more time."""

from typing import Any

from wtforms import DateField, HiddenField, RadioField, TextAreaField

from app.decisions.answering.notices import NewNotice
from app.domain.acceptance import Answer
from app.domain.notice import WAYS
from app.infra.forms import Form, cleaned, stripped
from app.infra.numbers import positive


class AnswerForm(Form):
    answer = RadioField(
        "Doen jullie mee?",
        choices=[
            (Answer.ACCEPTED.value, "Ja, we doen mee aan het partnerschap"),
            (Answer.DECLINED.value, "Nee, we doen niet mee"),
        ],
        validate_choice=False,
    )
    reason = TextAreaField("Waarom niet?", filters=[cleaned, stripped])


class MoreTimeForm(Form):
    until = DateField("Nieuwe laatste dag")
    more_reason = TextAreaField("Waarom meer tijd?", filters=[cleaned, stripped])


class NoticeForm(Form):
    """`seen`: how many notices the page showed."""

    way = RadioField("Hoe?", choices=list(WAYS.items()), validate_choice=False)
    received = DateField("Dag van ontvangst")
    address = RadioField("Naar wie?", validate_choice=False)
    reason = TextAreaField("Waarom een nieuwe kennisgeving?", filters=[cleaned, stripped])
    seen = HiddenField()

    def offer(self, people: Any) -> None:
        self.address.choices = [(one.email, f"{one.name} ({one.email})") for one in people]

    def wanted(self) -> NewNotice:
        return NewNotice(
            self.way.data or "",
            self.reason.data or "",
            self.received.data,
            self.address.data or "",
            positive(self.seen.data),
        )
