"""What is typed on the pages of a session. Lengths of notes are for the domain to judge: a text that is too
long must come back as it was."""

from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from app.infra.forms import Form, stripped


class SessionForm(Form):
    title = StringField(
        "Naam van de sessie",
        filters=[stripped],
        validators=[
            InputRequired("Geef de sessie een naam."),
            Length(max=200, message="Dit is te lang: hoogstens 200 tekens."),
        ],
    )
    held_on = StringField(
        "Wanneer en waar",
        filters=[stripped],
        validators=[Optional(), Length(max=100, message="Dit is te lang: hoogstens 100 tekens.")],
    )


class JoinForm(Form):
    """`text`, `topic` and `client_key` carry a note along that was sent before joining."""

    code = StringField("Code")
    name = StringField("Je voornaam", validators=[Optional()])
    text = HiddenField()
    topic = HiddenField()
    client_key = HiddenField()


class NoteForm(Form):
    text = TextAreaField("Je briefje")
    client_key = HiddenField()


class WordingForm(Form):
    text = TextAreaField("Zo heet deze groep")
