"""The forms of the editor that have a fixed shape, and those of importing, publishing and extending."""

from datetime import datetime, time
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FormField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.validators import DataRequired, InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.addenda.drafting.sections import Analysis, Basics, ContactText, Dates, Thresholds
from app.addenda.editor.forms_base import (
    Rows,
    SectionForm,
    check_day,
    check_email,
    check_number,
    check_web_address,
    clean,
    day_field,
    decimal,
    line_list,
    lines,
    one_line,
    shown,
    text_field,
    whole_number,
)
from app.domain.life_domains import DOMAINS
from app.domain.timeline import PitchWindow
from app.infra.forms import VersionedForm, Whole

# The two domains whose names say nothing to most people carry their explanation along.
LIFE_DOMAIN_CHOICES = [
    (one.name, f"{one.name}: {one.explanation}" if "ADL" in one.name else one.name) for one in DOMAINS
]


class Checkboxes(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RowForm(PlainForm):  # type: ignore[misc]
    class Meta(Whole):
        pass


class ContactForm(RowForm):
    name = text_field("Naam", 120)
    role = text_field("Functie", 200)
    email = StringField("E-mailadres", [Optional(), check_email], filters=[one_line])
    phone = text_field("Telefoon", 60)


class BasicsForm(SectionForm):
    title = text_field("Titel van de oproep", 200, required="Geef de oproep een titel.")
    programme = text_field("Programma", 200)
    municipalities = Checkboxes("Gemeenten", coerce=int)
    ambition = text_field("Ambitie: wat wil de regio bereiken?", 5000, area=True)
    vision = text_field("Visie", 5000, area=True)
    mission = text_field("Missie", 5000, area=True)
    local_input = text_field("Andere lokale input", 30000, area=True)
    contacts = Rows(FormField(ContactForm), "Contactpersonen", max_entries=20)
    submission_email = StringField(
        "E-mailadres in het document", [Optional(), check_email], filters=[one_line]
    )
    submission_url = StringField(
        "Webadres in het document", [Optional(), check_web_address], filters=[one_line]
    )
    cost_requested = BooleanField("Vraag kandidaten om een raming van de kosten")

    def offer(self, options: dict[str, Any]) -> None:
        self.municipalities.choices = options["municipalities"]

    def rearrange(self, action: str) -> bool:
        name, _, rest = action.partition(":")
        return name == "contacts" and self.contacts.rearrange(rest)

    @staticmethod
    def values(section: Basics) -> dict[str, Any]:
        return {**vars(section), "contacts": [vars(one) for one in section.contacts] or [{}]}

    def section(self) -> Basics:
        rows = [row.form for row in self.contacts]
        contacts = [
            ContactText(*(row[name].data or "" for name in ("name", "role", "email", "phone")))
            for row in rows
        ]
        return Basics(
            title=self.title.data,
            programme=self.programme.data or "",
            municipalities=tuple(sorted(set(self.municipalities.data or ()))),
            ambition=self.ambition.data or "",
            vision=self.vision.data or "",
            mission=self.mission.data or "",
            local_input=self.local_input.data or "",
            contacts=tuple(one for one in contacts if any(vars(one).values())),
            submission_email=self.submission_email.data or "",
            submission_url=self.submission_url.data or "",
            cost_requested=self.cost_requested.data,
        )


class WindowForm(RowForm):
    """Optional() skips the checks of an empty field, so each field that is filled looks at the others."""

    day = day_field("Dag")
    start = TimeField("Van", [Optional()])
    end = TimeField("Tot", [Optional()])

    def validate_day(self, _field: object) -> None:
        if self.start.data is None or self.end.data is None:
            raise ValidationError("Vul ook begin en einde in, of laat de rij leeg.")

    def validate_start(self, _field: object) -> None:
        if self.day.data is None:
            raise ValidationError("Vul ook de dag in, of laat de rij leeg.")

    def validate_end(self, _field: object) -> None:
        if self.day.data is None:
            raise ValidationError("Vul ook de dag in, of laat de rij leeg.")


class TimelineForm(SectionForm):
    launch = day_field("Lancering")
    questions_until = day_field("Vragen stellen kan tot en met")
    deadline = day_field("Uiterste indiendatum")
    deadline_time = TimeField("Laatste minuut die telt", [Optional()])
    written_from = day_field("Eerste dag")
    written_until = day_field("Laatste dag")
    pitch_windows = Rows(FormField(WindowForm), "Pitchmomenten", max_entries=30)
    decision_before = day_field("Beslissing voor")
    objection_days = whole_number("Dagen om een weerwoord in te dienen", 1, 90)

    def validate_written_from(self, _field: object) -> None:
        if self.written_until.data is None:
            raise ValidationError("Vul ook de laatste dag in, of laat beide leeg.")

    def validate_written_until(self, _field: object) -> None:
        if self.written_from.data is None:
            raise ValidationError("Vul ook de eerste dag in, of laat beide leeg.")

    def rearrange(self, action: str) -> bool:
        name, _, rest = action.partition(":")
        return name == "pitch_windows" and self.pitch_windows.rearrange(rest)

    @staticmethod
    def values(section: Dates) -> dict[str, Any]:
        last = section.deadline
        return {
            **vars(section),
            "deadline": last.date() if last else None,
            "deadline_time": last.time() if last else time(23, 59),
            "pitch_windows": [vars(one) for one in section.windows] or [{}],
        }

    def section(self) -> Dates:
        rows = [row.form for row in self.pitch_windows if row.form.day.data]
        day, last = self.deadline.data, self.deadline_time.data or time(23, 59)
        return Dates(
            launch=self.launch.data,
            questions_until=self.questions_until.data,
            deadline=datetime.combine(day, last) if day else None,
            written_from=self.written_from.data,
            written_until=self.written_until.data,
            windows=tuple(
                sorted(
                    (PitchWindow(row.day.data, row.start.data, row.end.data) for row in rows),
                    key=lambda one: (one.day, one.start),
                )
            ),
            decision_before=self.decision_before.data,
            objection_days=self.objection_days.data,
        )


class AnalysisForm(SectionForm):
    service_types = line_list("Types dienstverlening die nodig zijn", 60, each=1000)
    recurring = line_list("Wat vaak terugkwam", 60, each=1000)
    attention = line_list("Wat verder aandacht vraagt", 60, each=1000)
    obstacles = line_list("Aanvullende obstakels", 60, each=1000)
    profiles = line_list("Bijkomende klantprofielen", 60, each=1000)

    @staticmethod
    def values(section: Analysis) -> dict[str, Any]:
        return {name: "\n".join(texts) for name, texts in vars(section).items()}

    def section(self) -> Analysis:
        names = ("service_types", "recurring", "attention", "obstacles", "profiles")
        return Analysis(**{name: lines(self[name].data) for name in names})


class ThresholdsForm(SectionForm):
    minimum_total = StringField(
        "Minimum in totaal",
        [DataRequired("Vul een percentage in."), check_number(0, 100)],
        description="In procent van wat er te halen is. De minima per criterium staan bij de criteria.",
    )
    written_share = StringField(
        "Gewicht van de schriftelijke ronde",
        [DataRequired("Vul een percentage in."), check_number(0, 100)],
        description="In procent van het eindtotaal; de rest komt van de pitch.",
    )
    least_reason = whole_number(
        "Minstens zoveel tekens per reden",
        0,
        1000,
        description="Bij elke score schrijft een jurylid waarom. 0: elke lengte is goed.",
    )

    @staticmethod
    def values(section: Thresholds) -> dict[str, Any]:
        return {
            "minimum_total": shown(section.minimum_total),
            "written_share": shown(section.written_share),
            "least_reason": section.least_reason,
        }

    def section(self) -> Thresholds:
        minimum, share = decimal(self.minimum_total.data), decimal(self.written_share.data)
        if minimum is None or share is None:
            raise ValueError("the form was not validated")
        return Thresholds(minimum, share, self.least_reason.data or 0)


class ConfirmForm(VersionedForm):
    """Only a version: what the person saw when they confirmed."""


class ExtendForm(VersionedForm):
    deadline = DateField("Nieuwe uiterste indiendatum", [InputRequired("Kies de nieuwe datum."), check_day])
    deadline_time = TimeField("Laatste minuut die telt", [InputRequired("Vul een uur in.")])
    shift = RadioField(
        "Wat gebeurt er met de data daarna?",
        choices=[
            ("stay", "Ze blijven staan"),
            ("move", "Schuif ze evenveel dagen op: schriftelijke ronde, pitch en beslissing"),
        ],
        default="stay",
    )
    reason = TextAreaField(
        "Waarom wordt de datum verlengd?",
        [DataRequired("Schrijf waarom. Iedereen kan dit lezen.")],
        filters=[clean],
        description="Staat op de pagina van de oproep, voor iedereen gelijk.",
    )

    def validate_reason(self, field: Any) -> None:
        if len(field.data or "") > 2000:
            raise ValidationError("Dit is te lang: hoogstens 2000 tekens.")

    def wanted(self) -> datetime:
        """The last local minute that is accepted."""
        return datetime.combine(self.deadline.data, self.deadline_time.data)

    def kept(self) -> list[tuple[str, str]]:
        """(name, value) of everything, to send again with the second step."""
        return [
            ("version", self.version.data),
            ("deadline", self.deadline.data.isoformat()),
            ("deadline_time", self.deadline_time.data.strftime("%H:%M")),
            ("shift", self.shift.data),
            ("reason", self.reason.data),
        ]
