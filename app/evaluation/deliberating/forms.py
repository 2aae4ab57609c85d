"""What the forms of the deliberation send, as plain values."""

from wtforms import HiddenField, StringField, TextAreaField

from app.evaluation.policy import ROUND_LABELS
from app.infra.forms import Form, stripped
from app.infra.numbers import positive


class ConsensusForm(Form):
    """One criterion of one proposal; the levels and the people stand in the page."""

    criterion = HiddenField()
    seen = HiddenField()
    level = StringField("Niveau")
    reason = TextAreaField("Waarom kiest de jury dit niveau?", filters=[stripped])


def numbers(texts: list[str]) -> list[int]:
    """Ticked boxes; what is no id becomes 0, which is nobody's."""
    return [positive(text) for text in texts]


def chosen_round(text: str | None, rounds: list[str]) -> str:
    """The round to filter on, empty for all; one that is unknown or not closed is none."""
    return text if text in rounds and text in ROUND_LABELS else ""
