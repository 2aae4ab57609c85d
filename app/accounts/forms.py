"""Forms about accounts."""

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, EqualTo, InputRequired, Length

from app.accounts.passwords import MAXIMUM, MINIMUM
from app.infra.forms import Form, stripped

NEEDED = DataRequired("Vul dit in.")
ADDRESS = {"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}
NEW = {"autocomplete": "new-password"}


def _email(label: str = "E-mailadres") -> EmailField:
    return EmailField(label, filters=[stripped], validators=[NEEDED, Length(max=254)], render_kw=ADDRESS)


class SignInForm(Form):
    next = HiddenField()
    email = _email()
    password = PasswordField(
        "Wachtwoord",
        validators=[InputRequired("Vul dit in.")],
        render_kw={"autocomplete": "current-password"},
    )
    remember = BooleanField("Aangemeld blijven op dit toestel")


class ForgotForm(Form):
    email = _email()


def _new_password(label: str) -> PasswordField:
    return PasswordField(
        label,
        description=f"Minstens {MINIMUM} tekens. Enkele gewone woorden na elkaar mag ook.",
        validators=[InputRequired("Vul dit in."), Length(max=4 * MAXIMUM)],
        render_kw=NEW,
    )


def _again(label: str) -> PasswordField:
    rule = EqualTo("password", "De twee wachtwoorden zijn niet gelijk.")
    return PasswordField(label, validators=[rule], render_kw=NEW)


def _name() -> StringField:
    return StringField(
        "Voornaam en naam",
        filters=[stripped],
        validators=[NEEDED, Length(max=120)],
        render_kw={"autocomplete": "name"},
    )


class NewPasswordForm(Form):
    password = _new_password("Nieuw wachtwoord")
    again = _again("Nogmaals het nieuwe wachtwoord")


class NewcomerForm(Form):
    name = _name()
    password = _new_password("Wachtwoord")
    again = _again("Nogmaals het wachtwoord")


class AcceptForm(Form):
    """Only the button."""


class ProfileForm(Form):
    name = _name()


class ChangePasswordForm(NewPasswordForm):
    current = PasswordField(
        "Huidig wachtwoord",
        validators=[InputRequired("Vul dit in.")],
        render_kw={"autocomplete": "current-password"},
    )


class InviteForm(Form):
    name = StringField("Voornaam en naam", filters=[stripped], validators=[NEEDED, Length(max=120)])
    email = EmailField("E-mailadres", filters=[stripped], validators=[NEEDED, Length(max=254)])
