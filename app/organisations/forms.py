"""Forms about organisations."""

from collections.abc import Sequence
from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from app.domain.errors import DomainError
from app.domain.life_domains import LIFE_DOMAINS
from app.infra.forms import Form, VersionedForm, stripped
from app.infra.messages import say
from app.organisations.enterprise_number import normal_number
from app.organisations.policy import ROLES, Basics, OfferDraft, Profile, ReferenceDraft

NEEDED = DataRequired("Vul dit in.")
TEXT_LENGTH = 5000
MOST_LINES = 40
LINE_LENGTH = 120


def _short(label: str, most: int, *, needed: bool = False, hint: str = "", **attributes: str) -> StringField:
    rules: list[Any] = [NEEDED] if needed else []
    return StringField(
        label,
        description=hint,
        filters=[stripped],
        validators=[*rules, Length(max=most, message=f"Hoogstens {most} tekens.")],
        render_kw=attributes,
    )


def _long(label: str, hint: str = "") -> TextAreaField:
    rule = Length(max=TEXT_LENGTH, message=f"Hoogstens {TEXT_LENGTH} tekens.")
    return TextAreaField(label, description=hint, filters=[stripped], validators=[rule])


class Checkboxes(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def life_domain_field(label: str) -> Checkboxes:
    return Checkboxes(label, choices=[(one, one) for one in LIFE_DOMAINS])


def lines(text: str | None) -> list[str]:
    """One entry a line or between commas, without doubles."""
    pieces = (
        " ".join(one.split())[:LINE_LENGTH] for line in (text or "").splitlines() for one in line.split(",")
    )
    return list(dict.fromkeys(one for one in pieces if one))[:MOST_LINES]


class BasicsForm(Form):
    enterprise_number = _short(
        "Ondernemingsnummer",
        40,
        needed=True,
        hint="Tien cijfers, zoals 0566.988.259. Je vindt het in de Kruispuntbank van Ondernemingen.",
        inputmode="text",
        autocomplete="off",
    )
    organisation_name = _short("Naam van de organisatie", 200, needed=True, autocomplete="organization")
    legal_form = _short("Rechtsvorm", 60, hint="Bijvoorbeeld vzw, bv of lokaal bestuur.")
    city = _short("Gemeente van de zetel", 100)
    local_authority = BooleanField("We zijn een lokaal bestuur (gemeente of OCMW)")

    def validate_enterprise_number(self, given: StringField) -> None:
        """Said together with what else is wrong, not only once the rest is right."""
        try:
            normal_number(given.data or "")
        except DomainError as error:
            raise ValidationError(say(error)) from None

    def basics(self) -> Basics:
        return Basics(
            self.enterprise_number.data or "",
            self.organisation_name.data or "",
            self.legal_form.data or "",
            bool(self.local_authority.data),
            self.city.data or "",
        )


class VisitorForm(BasicsForm):
    name = _short("Voornaam en naam", 120, needed=True, autocomplete="name")
    email = EmailField(
        "E-mailadres",
        description="Naar dit adres sturen we een link om je registratie te bevestigen.",
        filters=[stripped],
        validators=[NEEDED, Length(max=254)],
        render_kw={"autocomplete": "email"},
    )


_TEXTS = ("name", "legal_form", "street", "postal_code", "city", "website", "email", "phone", "about")


class ProfileForm(VersionedForm):
    name = _short("Naam", 200, needed=True)
    legal_form = _short("Rechtsvorm", 60)
    local_authority = BooleanField("We zijn een lokaal bestuur (gemeente of OCMW)")
    street = _short("Straat en nummer", 200)
    postal_code = _short("Postcode", 10)
    city = _short("Gemeente", 100)
    website = _short("Website", 300)
    email = _short("E-mailadres van de organisatie", 254)
    phone = _short("Telefoon", 40)
    about = _long("Over de organisatie", "Wat doen jullie, voor wie, en waar zijn jullie goed in?")
    target_groups = _long("Doelgroepen", "Eén per regel. Bijvoorbeeld: alleenstaande ouders.")
    languages = _long("Talen waarin jullie mensen helpen", "Eén per regel.")
    life_domains = life_domain_field("Levensdomeinen")
    municipality_ids = Checkboxes("Gemeenten waar jullie werken", coerce=int)
    findable = BooleanField(
        "Andere organisaties mogen ons vinden als partner",
        description="Dan tonen we jullie naam, omschrijving, aanbod, werkingsgebied, website en e-mailadres "
        "aan organisaties die jullie aanvullen voor een oproep. Nooit wie er bij jullie werkt, en nooit of "
        "jullie je kandidaat stellen. Je kunt dit altijd weer uitzetten.",
    )

    def offer_choices(self, towns: Sequence[Any]) -> None:
        self.municipality_ids.choices = [(one.id, one.name) for one in towns]

    def profile(self) -> Profile:
        return Profile(
            **{name: self[name].data or "" for name in _TEXTS},
            local_authority=bool(self.local_authority.data),
            target_groups=lines(self.target_groups.data),
            languages=lines(self.languages.data),
            life_domains=self.life_domains.data or [],
            municipality_ids=self.municipality_ids.data or [],
            findable=bool(self.findable.data),
        )


class OfferForm(VersionedForm):
    title = _short("Naam van het aanbod", 200, needed=True)
    description = _long("Wat houdt het in?", "Voor wie, hoe vaak, waar, en wat is er nodig om te starten?")
    life_domains = life_domain_field("Levensdomeinen")
    capacity = _short(
        "Capaciteit in voltijdse equivalenten", 20, hint="Bijvoorbeeld 1,5.", inputmode="decimal"
    )

    def draft(self) -> OfferDraft:
        return OfferDraft(
            self.title.data or "",
            self.description.data or "",
            self.life_domains.data or [],
            self.capacity.data or "",
        )


class ColleagueForm(Form):
    name = _short("Voornaam en naam", 120, needed=True)
    email = EmailField("E-mailadres", filters=[stripped], validators=[NEEDED, Length(max=254)])
    role = RadioField(
        "Rol",
        choices=[(role, label.capitalize()) for role, label in reversed(ROLES.items())],
        default="member",
        description="Een medewerker schrijft mee. Een eigenaar dient in en beheert de collega’s.",
    )


class ReferenceForm(VersionedForm):
    title = _short("Naam van de opdracht of het project", 200, needed=True)
    period = _short("Jaar of periode", 60, hint="Bijvoorbeeld 2021 of 2019-2022.")
    description = _long("Wat deden jullie?", "Voor wie, met wie, en wat kwam eruit?")
    contact = _short(
        "Waar kan iemand dit navragen?",
        200,
        hint="Een dienst of organisatie, liefst geen persoon. Je mag dit leeg laten.",
    )

    def draft(self) -> ReferenceDraft:
        return ReferenceDraft(
            self.title.data or "",
            self.description.data or "",
            self.period.data or "",
            self.contact.data or "",
        )


class DocumentForm(Form):
    label = _short("Wat is het?", 120, hint="Bijvoorbeeld statuten of jaarverslag 2025.")
    file = FileField("Bestand", validators=[FileRequired("Kies een bestand.")])


class SuccessorForm(Form):
    """`confirm` is "yes" once the person saw what will happen."""

    successor = RadioField("Wie wordt eigenaar?", coerce=int, validators=[NEEDED])
    confirm = HiddenField()


class MergeForm(Form):
    """`kept` and `gone` are the versions that the administrator saw."""

    kept = HiddenField()
    gone = HiddenField()
    sure = BooleanField("Ik heb beide organisaties vergeleken: het is één en dezelfde organisatie")

    def seen(self) -> tuple[int, int]:
        def number(text: Any) -> int:
            sound = isinstance(text, str) and text.isascii() and text.isdecimal() and len(text) < 10
            return int(text) if sound else 0

        return number(self.kept.data), number(self.gone.data)


class ButtonForm(Form):
    """Only a button."""
