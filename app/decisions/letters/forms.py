"""Forms about letters."""

from datetime import date, timedelta
from typing import Any

from wtforms import SelectField, TextAreaField

from app.decisions.letters.policy import DAYS_AHEAD, words_problems
from app.decisions.letters.queries import Stored
from app.decisions.letters.wording import PARTS, Words
from app.domain.errors import DomainError
from app.infra.formats import day as in_words
from app.infra.forms import Form, VersionedForm, cleaned


class WordsForm(VersionedForm):
    opening = TextAreaField(PARTS["opening"], filters=[cleaned])
    next_steps = TextAreaField(PARTS["next_steps"], filters=[cleaned])
    closing = TextAreaField(PARTS["closing"], filters=[cleaned])

    def words(self) -> Words:
        return Words(self.opening.data or "", self.next_steps.data or "", self.closing.data or "")

    def sound(self, outcome: str) -> bool:
        """Every problem at once, each at its field; the service asks the same rule again."""
        sound, problems = self.validate(), list(words_problems(outcome, self.words()))
        for problem in problems:
            self.refuse(problem)
        return sound and not problems


def words_form(stored: Stored) -> WordsForm:
    """The form as it opens."""
    return WordsForm(formdata=None, version=str(stored.version), **stored.words._asdict())


class MakeForm(Form):
    """For which local day; the letters say that day and count from it."""

    day = SelectField("Brieven voor welke dag?", validate_choice=False)

    def offer(self, today: date, chosen: date | None = None) -> Any:
        days = [today + timedelta(days=number) for number in range(DAYS_AHEAD + 1)]
        self.day.choices = [
            (one.isoformat(), f"vandaag, {in_words(one)}" if one == today else in_words(one)) for one in days
        ]
        if chosen in days:
            self.day.data = chosen.isoformat()
        return self

    def wanted(self) -> date:
        """Raises `letter_day_out_of_range` for what is no day."""
        try:
            return date.fromisoformat(self.day.data or "")
        except ValueError:
            raise DomainError("letter_day_out_of_range", field="day") from None
