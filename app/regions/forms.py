"""Forms about regions."""

from wtforms import BooleanField, EmailField, RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from app.infra.forms import Form, VersionedForm, stripped
from app.regions.policy import ROLES
from app.regions.services import RegionDraft

NEEDED = DataRequired("Vul dit in.")


class RegionForm(VersionedForm):
    name = StringField("Naam van de regio", filters=[stripped], validators=[NEEDED, Length(max=120)])
    reference_region = StringField(
        "Referentieregio",
        description="Bijvoorbeeld Rivierenland.",
        filters=[stripped],
        validators=[Length(max=120)],
    )
    municipalities = TextAreaField(
        "Gemeenten",
        description="Eén per regel, of met komma’s ertussen.",
        filters=[stripped],
        validators=[NEEDED, Length(max=5000)],
        render_kw={"rows": 6},
    )

    publication_by_two = BooleanField(
        "Twee regisseurs publiceren samen een oproep",
        description="De ene vraagt het, een andere leest na en publiceert. Daar zijn er twee voor nodig.",
    )

    def draft(self) -> RegionDraft:
        return RegionDraft(
            self.name.data or "",
            self.reference_region.data or "",
            self.municipalities.data or "",
            bool(self.publication_by_two.data),
        )


class InviteForm(Form):
    """Stands on the page beside RegionForm, hence the ids of its own."""

    name = StringField(
        "Voornaam en naam", id="invite-name", filters=[stripped], validators=[NEEDED, Length(max=120)]
    )
    email = EmailField(
        "E-mailadres", id="invite-email", filters=[stripped], validators=[NEEDED, Length(max=254)]
    )
    role = RadioField(
        "Rol",
        choices=[(role, label.capitalize()) for role, label in ROLES.items()],
        default="regisseur",
        description="Een waarnemer leest alles wat een regisseur leest, en schrijft niets.",
    )
