"""The forms about a persona."""

from typing import Any

from wtforms import RadioField

from app.addenda.drafting.sections import PersonaText
from app.addenda.editor.forms import LIFE_DOMAIN_CHOICES, Checkboxes
from app.addenda.editor.forms_base import SectionForm, line_list, lines, text_field, whole_number
from app.addenda.portraits import PORTRAITS, own_text
from app.infra.forms import Form


class PersonaForm(SectionForm):
    name = text_field("Naam", 80, required="Geef de persona een naam.")
    age = whole_number("Leeftijd", 0, 120, required=False)
    occurrence = text_field("Hoe vaak komt dit voor?", 200)
    story = text_field("Verhaal", 10000, area=True, description="Een verzonnen leven, geen echt dossier.")
    strengths = line_list("Sterktes", 20, each=200, description="Eén per regel.")
    life_domains = Checkboxes("Levensdomeinen", choices=LIFE_DOMAIN_CHOICES)
    portrait = RadioField(
        "Portret", choices=[(number, text) for number, (_, text) in PORTRAITS.items()], coerce=int
    )
    portrait_alt = text_field(
        "Wat is er op het portret te zien?",
        300,
        description="Voor wie het portret niet ziet. Tot je hier iets schrijft, horen zij de algemene "
        "woorden van de tekening.",
    )

    @staticmethod
    def values(section: PersonaText) -> dict[str, Any]:
        return {
            **vars(section),
            "strengths": "\n".join(section.strengths),
        }

    def section(self) -> PersonaText:
        return PersonaText(
            name=self.name.data,
            age=self.age.data,
            occurrence=self.occurrence.data or "",
            story=self.story.data or "",
            strengths=lines(self.strengths.data),
            life_domains=tuple(dict.fromkeys(self.life_domains.data or ())),
            portrait=self.portrait.data,
            portrait_alt=own_text(self.portrait.data, self.portrait_alt.data or ""),
        )


class NewPersonaForm(Form):
    name = text_field("Naam van de nieuwe persona", 80, required="Geef de persona een naam.")
