"""Forms about candidates."""

from typing import Any

from flask import request
from wtforms import HiddenField, TextAreaField

from app.infra.forms import VersionedForm, cleaned
from app.infra.numbers import positive

FIRST_BODY = (
    "In deze oproep zoeken we partners die mee obstakels wegnemen voor mensen in {region}. We denken dat wat "
    "jullie doen daarbij kan helpen.\n\n"
    "Lees de oproep, kijk welke obstakels bij jullie passen, en dien een kandidatuur in als jullie iets "
    "willen opnemen. Een vraag stellen kan op de pagina van de oproep; iedereen leest elk antwoord."
)


class JudgeForm(VersionedForm):
    """Confirm, reject or take back; several on one page, so the template writes the fields."""

    verdict = HiddenField()
    reason = TextAreaField("Waarom", filters=[cleaned])


class InviteForm(VersionedForm):
    body = TextAreaField(
        "De uitnodiging",
        description="Iedereen krijgt deze tekst. Na de eerste uitnodiging verandert hij niet meer.",
        filters=[cleaned],
        render_kw={"rows": 9},
    )


def number_of(name: str) -> int:
    """A number that the form sends; 0 for anything else."""
    return positive(request.form.get(name))


def chosen(values: Any) -> list[int]:
    """The organisations that are ticked, each once."""
    return list(filter(None, dict.fromkeys(values.getlist("organisatie", type=positive))))
