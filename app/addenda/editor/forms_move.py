"""Choosing what goes to another challenge."""

from collections.abc import Sequence

from wtforms import RadioField
from wtforms.validators import InputRequired

from app.addenda.editor.forms import Checkboxes
from app.addenda.models import Challenge
from app.infra.forms import Form


class MoveForm(Form):
    obstacles = Checkboxes("Obstakels", coerce=int)
    goals = Checkboxes("Doelen", coerce=int)
    target = RadioField("Naar", coerce=int, validators=[InputRequired("Kies een uitdaging.")])

    def offer(self, source: Challenge, challenges: Sequence[Challenge]) -> None:
        """What can move, and where to."""
        self.obstacles.choices = [(one.id, one.label) for one in source.obstacles]
        self.goals.choices = [(one.id, one.text) for one in source.goals]
        self.target.choices = [(one.id, _name(one)) for one in challenges if one is not source]

    def chosen(self) -> dict[str, list[int]]:
        return {"obstacles": self.obstacles.data or [], "goals": self.goals.data or []}


def _name(challenge: Challenge) -> str:
    people = " en ".join(one.name for one in challenge.personas)
    return f"Uitdaging {challenge.number}: {people}" if people else f"Uitdaging {challenge.number}"
