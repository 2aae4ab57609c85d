"""The two forms made of rows that have an identity: a challenge, and the criteria of a round."""

import itertools
from decimal import Decimal
from typing import Any

from wtforms import BooleanField, FormField, HiddenField, StringField, TextAreaField, ValidationError
from wtforms.validators import DataRequired, Length

from app.addenda.drafting.sections import ChallengeText, Criteria, CriterionText, GoalText, ObstacleText
from app.addenda.editor.forms import LIFE_DOMAIN_CHOICES, Checkboxes, RowForm
from app.addenda.editor.forms_base import (
    Rows,
    SectionForm,
    check_number,
    clean,
    decimal,
    one_line,
    shown,
    text_field,
)
from app.addenda.editor.offers import Offered, offers_for

LEVELS = range(6)


def give_keys(rows: Rows) -> None:
    """A row that was just added gets a key that no other row has."""
    taken = {row.form.key.data for row in rows}
    free = (f"new-{number}" for number in itertools.count(1))
    for row in rows:
        row.form.key.data = row.form.key.data or next(one for one in free if one not in taken)


class ObstacleForm(RowForm):
    key = HiddenField()
    label = StringField(
        "Obstakel", [Length(max=500, message="Dit is te lang: hoogstens 500 tekens.")], filters=[one_line]
    )
    life_domains = Checkboxes("Levensdomeinen", choices=LIFE_DOMAIN_CHOICES)


class GoalForm(RowForm):
    key = HiddenField()
    text = StringField(
        "Doel", [Length(max=1000, message="Dit is te lang: hoogstens 1000 tekens.")], filters=[one_line]
    )
    obstacles = Checkboxes("Helpt bij deze obstakels", validate_choice=False)


class ChallengeForm(SectionForm):
    introduction = text_field("Inleiding", 10000, area=True)
    personas = Checkboxes("Persona’s waarop deze uitdaging rust", coerce=int)
    obstacles = Rows(FormField(ObstacleForm), "Obstakels", max_entries=60)
    goals = Rows(FormField(GoalForm), "Doelen", max_entries=60)

    def offer(self, options: dict[str, Any]) -> None:
        """The personas of the call; the obstacles are those that stand in the form itself now."""
        self.personas.choices = options["personas"]
        give_keys(self.obstacles)
        give_keys(self.goals)
        for row in self.goals:
            row.form.obstacles.choices = [
                (one.form.key.data, f"{place}. {one.form.label.data or 'nieuw obstakel'}")
                for place, one in enumerate(self.obstacles, start=1)
            ]

    def rearrange(self, action: str) -> bool:
        name, _, rest = action.partition(":")
        rows = {"obstacles": self.obstacles, "goals": self.goals}.get(name)
        if rows is not None and rest.startswith("tick:"):
            return self._tick(name, rest.removeprefix("tick:"))
        return rows is not None and rows.rearrange(rest)

    def offers(self, name: str) -> dict[int, list[Offered]]:
        """{place of an obstacle or goal: what it could be tied to}, for rows where nobody chose yet."""
        obstacles = [
            (row.form.key.data or "", row.form.label.data or "", tuple(row.form.life_domains.data or ()))
            for row in self.obstacles
        ]
        goals = [(row.form.text.data or "", bool(row.form.obstacles.data)) for row in self.goals]
        return offers_for(name, obstacles, goals)

    def _tick(self, name: str, wanted: str) -> bool:
        """Take over one offer ("3:Huisvesting") or all of a list ("all"); saving is for the person."""
        rows, field = (self.obstacles, "life_domains") if name == "obstacles" else (self.goals, "obstacles")
        ticked = False
        for place, offered in self.offers(name).items():
            chosen = [one.target for one in offered if wanted in ("all", f"{place}:{one.target}")]
            if chosen:
                rows[place].form[field].data = chosen
                ticked = True
        return ticked

    @staticmethod
    def values(section: ChallengeText) -> dict[str, Any]:
        return {
            "introduction": section.introduction,
            "personas": list(section.personas),
            "obstacles": [vars(one) for one in section.obstacles] or [{}],
            "goals": [vars(one) for one in section.goals] or [{}],
        }

    def section(self) -> ChallengeText:
        """Rows without text are left out; links to them too."""
        obstacles = [row.form for row in self.obstacles if row.form.label.data]
        blank = {row.form.key.data for row in self.obstacles} - {form.key.data for form in obstacles}
        goals = [row.form for row in self.goals if row.form.text.data]
        return ChallengeText(
            introduction=self.introduction.data or "",
            personas=tuple(sorted(set(self.personas.data or ()))),
            obstacles=tuple(
                ObstacleText(one.key.data, one.label.data, tuple(one.life_domains.data or ()))
                for one in obstacles
            ),
            goals=tuple(
                GoalText(one.key.data, one.text.data, _links(one.obstacles.data, blank)) for one in goals
            ),
        )


def _links(keys: list[str] | None, blank: set[str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(keys or ()) if one not in blank)


def described(value: int) -> TextAreaField:
    """What has to be true for this level."""
    checks = [DataRequired("Beschrijf dit niveau."), Length(max=1000, message="Hoogstens 1000 tekens.")]
    return TextAreaField(f"Niveau {value}", checks, filters=[clean])


class CriterionForm(RowForm):
    key = HiddenField()
    name = text_field("Naam van het criterium", 200, required="Geef het criterium een naam.")
    weight = StringField("Gewicht", [DataRequired("Vul een gewicht in."), check_number(0, 100)])
    minimum = StringField("Minimum", [check_number(0, max(LEVELS))])
    may_be_skipped = BooleanField("Een jurylid kan dit ‘niet van toepassing’ vinden")
    level_0 = described(0)
    level_1 = described(1)
    level_2 = described(2)
    level_3 = described(3)
    level_4 = described(4)
    level_5 = described(5)

    def validate_weight(self, field: Any) -> None:
        if decimal(field.data) == 0:
            raise ValidationError("Het gewicht moet groter zijn dan 0.")

    def levels(self) -> list[Any]:
        return [self[f"level_{value}"] for value in LEVELS]


class CriteriaForm(SectionForm):
    criteria = Rows(FormField(CriterionForm), "Criteria", max_entries=20)

    def offer(self, options: dict[str, Any]) -> None:
        give_keys(self.criteria)

    def total(self) -> str:
        """The sum of the weights that are numbers, as it stands above the form."""
        found = (decimal(row.form.weight.data) for row in self.criteria)
        return shown(sum((one for one in found if one is not None), start=Decimal(0)))

    def rearrange(self, action: str) -> bool:
        name, _, rest = action.partition(":")
        return name == "criteria" and self.criteria.rearrange(rest)

    @staticmethod
    def values(section: Criteria) -> dict[str, Any]:
        return {"criteria": [_criterion_values(one) for one in section.criteria] or [{}]}

    def section(self) -> Criteria:
        return Criteria(tuple(_criterion(row.form) for row in self.criteria))


def _criterion_values(one: CriterionText) -> dict[str, Any]:
    levels = {f"level_{value}": text for value, text in zip(LEVELS, one.levels, strict=False)}
    return {
        "key": one.key,
        "name": one.name,
        "weight": shown(one.weight),
        "minimum": shown(one.minimum),
        "may_be_skipped": one.may_be_skipped,
        **levels,
    }


def _criterion(form: CriterionForm) -> CriterionText:
    weight = decimal(form.weight.data)
    if weight is None:
        raise ValueError("the form was not validated")
    return CriterionText(
        form.key.data,
        form.name.data,
        weight,
        decimal(form.minimum.data),
        tuple(field.data or "" for field in form.levels()),
        bool(form.may_be_skipped.data),
    )
