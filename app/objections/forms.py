"""Forms about objections."""

from collections.abc import Collection, Iterable

from flask import request
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.errors import DomainError
from app.domain.objection import Aspect, ruling_problems
from app.infra.forms import Form, VersionedForm, stripped
from app.infra.numbers import positive
from app.objections.judging import ProposedRuling
from app.objections.queries import CriterionRow, ObjectionRow, PossibleJudge
from app.objections.services import ObjectionText
from app.objections.wording import RULINGS, contested_choices

FIELDS = ("contested", "grounds", "request")


def _contested(sent: object) -> int | str:
    """An aspect, or the id of a criterion; anything else becomes 0, which nothing has."""
    text = str(sent)
    return text if text in set(Aspect) else positive(text)


class ObjectionForm(VersionedForm):
    decision = HiddenField()
    criteria = SelectMultipleField(
        "Waarover gaat het?",
        coerce=_contested,
        validate_choice=False,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    contested = TextAreaField("Wat betwist je?", filters=[stripped])
    grounds = TextAreaField("Waarom?", filters=[stripped])
    request = TextAreaField("Wat vraag je?", filters=[stripped])

    def offer(self, criteria: Iterable[CriterionRow]) -> None:
        self.criteria.choices = contested_choices(criteria)

    def text(self) -> ObjectionText:
        return ObjectionText(
            self.contested.data or "",
            self.grounds.data or "",
            self.request.data or "",
            self.seen_version(),
            tuple(self.criteria.data or ()),
            _decision(self.decision.data),
        )

    def is_complete(self) -> bool:
        """Marks every field that is empty at once; the service asks the same rule again."""
        empty = [name for name in FIELDS if not self[name].data]
        for name in empty:
            self.refuse(DomainError("objection_field_missing", field=name))
        return not empty


def _decision(sent: str | None) -> int:
    """The decision that the page was about; 0 when the page did not say, -1 for what is no number."""
    return (positive(sent) or -1) if sent else 0


def objection_form(row: ObjectionRow | None, decision_id: int) -> ObjectionForm:
    """The form as it opens."""
    return ObjectionForm(
        formdata=None,
        decision=str(decision_id),
        criteria=list(row.criteria) if row else [],
        contested=row.contests if row else "",
        grounds=row.grounds if row else "",
        request=row.asks if row else "",
        version=str(row.version if row else 0),
    )


def read_again(row: ObjectionRow | None) -> ObjectionText:
    """What lies in the draft, for who read it over: the page sends only which version and files it showed."""
    form = VersionedForm()
    texts = (row.contests, row.grounds, row.asks) if row else ("", "", "")
    ticked = tuple(row.criteria) if row else ()
    sent = request.form.get
    return ObjectionText(*texts, form.seen_version(), ticked, _decision(sent("decision")), sent("files"))


class FileForm(Form):
    """One file at a time without a script; with it as many as one likes, each in a request of its own."""

    file = MultipleFileField("Bestand")

    def chosen(self) -> list[tuple[str, bytes]]:
        """(name, content) of what was sent."""
        return [(one.filename, one.stream.read()) for one in self.file.data or () if one and one.filename]


def _person(sent: object) -> int:
    """A user id; anything else becomes 0, which nobody has."""
    return positive(str(sent))


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

    def problems(self, scorers: Collection[int]) -> Iterable[DomainError]:
        """Everything that is wrong with what was typed; the service asks the same rule."""
        typed = self.ruling()
        return ruling_problems(typed.outcome, typed.reasons, typed.judges, scorers)

    def ruling(self) -> ProposedRuling:
        return ProposedRuling(
            self.outcome.data or "",
            self.reasons.data or "",
            tuple(self.judges.data or ()),
            bool(self.reassess.data),
        )
