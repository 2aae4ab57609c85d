"""Forms of the formal check. Their fields follow the list of the call: one group for each requirement."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from flask import request
from wtforms import (
    BooleanField,
    FileField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.admissibility.answering import Answer, Upload
from app.admissibility.checking import Ticked, by_hand
from app.admissibility.requirements import WRITABLE, Wanted
from app.admissibility.rows import Cell, Dossier, RequirementRow
from app.admissibility.wording import NOT_NOTED, OUTCOMES, UNDECIDED
from app.domain.admissibility import AUTOMATIC, LEGAL_BASIS, Kind, after_working_days, latest_day
from app.domain.motivation import APPEAL_PARAGRAPH
from app.infra.filekinds import ACCEPT
from app.infra.formats import counted
from app.infra.formats import day as in_words
from app.infra.forms import Form, VersionedForm, cleaned
from app.infra.holidays import holiday

SPARE_LINES = 2
KIND_CHOICES = [
    (Kind.DOCUMENT.value, "Een document dat de kandidaat geeft"),
    (Kind.REGION.value, "Over de regio"),
    (Kind.OTHER.value, "Iets anders dat de regio nakijkt"),
    (Kind.QUALITY.value, "Alleen om te noteren, houdt niemand tegen"),
]
_OUTCOMES = [(one.value, words) for one, (words, _) in OUTCOMES.items()]


def _text(label: str) -> TextAreaField:
    return TextAreaField(label, filters=[cleaned])


def _made(base: type[Form], fields: Mapping[str, Any]) -> type[Form]:
    return type("Made", (base,), dict(fields))


class Checkboxes(SelectMultipleField):  # type: ignore[misc]
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def requirements_form(rows: Sequence[RequirementRow], seen: str) -> Form:
    """The lines that people write, and some empty ones; after "nog een regel" one more than was sent."""
    own = [row for row in rows if row.kind not in AUTOMATIC]
    sent = request.form.get("count", "") if request.method == "POST" else ""
    count = int(sent) if sent.isascii() and sent.isdecimal() and int(sent) <= 60 else len(own) + SPARE_LINES
    fields: dict[str, Any] = {"seen": HiddenField(), "count": HiddenField()}
    data: dict[str, Any] = {"seen": seen, "count": str(count)}
    for place in range(count):
        row = f"Regel {place + 1}"  # what the summary of errors names a field by
        kinds = SelectField(f"{row}, soort", choices=KIND_CHOICES, validate_choice=False)
        fields[f"lines-{place}-kind"] = kinds
        fields[f"lines-{place}-text"] = _text(row)
        fields[f"lines-{place}-explanation"] = _text(f"{row}, uitleg")
        fields[f"lines-{place}-remove"] = BooleanField("Verwijder deze regel")
        if place < len(own):
            data[f"lines-{place}-kind"] = own[place].kind.value
            data[f"lines-{place}-text"] = own[place].text
            data[f"lines-{place}-explanation"] = own[place].explanation
    form = _made(Form, fields)(data=data)
    form.place_count = count
    return form


def wanted_lines(form: Form) -> tuple[list[Wanted], list[int]]:
    """The lines that stay, and the place of each on the page; an empty one is none."""
    lines, places = [], []
    for place in range(form.place_count):
        kind, text, explanation, remove = (
            form[f"lines-{place}-{name}"].data for name in ("kind", "text", "explanation", "remove")
        )
        if remove or not (text or explanation):
            continue
        known = Kind(kind) if kind in {one.value for one in WRITABLE} else Kind.IN_TIME
        lines.append(Wanted(known, " ".join((text or "").split()), explanation or ""))
        places.append(place)
    return lines, places


def check_form(found: Dossier) -> VersionedForm:
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {"version": str(found.version)}
    for cell in filter(by_hand, found.cells):
        number = cell.item.number
        open_words, _ = UNDECIDED if cell.item.blocks else NOT_NOTED
        choices = [("", open_words), *_OUTCOMES]
        fields[f"outcome-{number}"] = RadioField("Uitkomst", choices=choices, validate_choice=False)
        fields[f"note-{number}"] = _text("Nota voor de regio")
        data[f"outcome-{number}"] = cell.item.outcome.value if cell.item.outcome else ""
        data[f"note-{number}"] = cell.note
    return _made(VersionedForm, fields)(data=data)


def ticked(form: VersionedForm, found: Dossier) -> dict[int, Ticked]:
    return {
        cell.item.number: Ticked(
            form[f"outcome-{cell.item.number}"].data or "", form[f"note-{cell.item.number}"].data or ""
        )
        for cell in found.cells
        if by_hand(cell)
    }


def _days(first: date, today: date, round_until: date | None) -> list[tuple[str, str]]:
    """Every day after `first` that a term can end on, in words."""
    counts = range((first - today).days + 1, (latest_day(today, round_until) - today).days + 1)
    days = [(count, today + timedelta(days=count)) for count in counts]
    return [
        (one.isoformat(), f"{counted(count, 'dag', 'dagen')}: tot en met {in_words(one)}")
        for count, one in days
    ]


def _day_field(first: date, today: date, round_until: date | None) -> SelectField:
    return SelectField("Aanvullen kan", choices=_days(first, today, round_until), validate_choice=False)


def chosen_day(form: Form) -> date:
    """What was chosen; a day long gone when it was no date at all, which the rule refuses."""
    try:
        return date.fromisoformat(form["last_day"].data or "")
    except ValueError:
        return date.min


def ask_form(
    cells: Iterable[Cell], today: date, version: int, round_until: date | None = None
) -> VersionedForm:
    """`cells` are what can be asked; all are ticked at first. `round_until`: the planned last day of the
    written round."""
    choices = [(str(one.item.number), one.requirement.text) for one in cells]
    fields = {
        "items": Checkboxes("Wat moet de kandidaat aanvullen?", choices=choices, validate_choice=False),
        "message": _text("Bericht aan de kandidaat"),
        "last_day": _day_field(today, today, round_until),
    }
    data = {
        "version": str(version),
        "items": [number for number, _ in choices],
        "last_day": _proposed_day(today, today, round_until),
    }
    return _made(VersionedForm, fields)(data=data)


def asked_numbers(form: Form) -> set[int]:
    sent = form["items"].data or []
    return {int(one) if one.isascii() and one.isdecimal() and len(one) < 5 else 0 for one in sent}


def _is_holiday(one: date) -> bool:
    return bool(holiday(one))


def _proposed_day(first: date, today: date, round_until: date | None) -> str:
    return min(after_working_days(first, _is_holiday), latest_day(today, round_until)).isoformat()


def extend_form(
    today: date, until: date | None, version: int, round_until: date | None = None
) -> VersionedForm:
    """`until` is the last day of the term as it is. Without a later day the list of days is empty."""
    start = max(today, until) if until else today
    fields = {
        "last_day": _day_field(start, today, round_until),
        "reason": _text("Waarom krijgt deze kandidaat meer tijd?"),
    }
    data = {"version": str(version), "last_day": _proposed_day(start, today, round_until)}
    return _made(VersionedForm, fields)(data=data)


def refusal_form(found: Dossier) -> VersionedForm:
    fields: dict[str, Any] = {
        f"reason-{cell.item.number}": _text(cell.requirement.text)
        for cell in found.cells
        if cell.item.missing
    }
    fields |= {
        "legal_basis": _text("Rechtsgrond"),
        "appeal_routes": _text("Wettelijke beroepswegen"),
    }
    data = {
        "version": str(found.version),
        "legal_basis": LEGAL_BASIS,
        "appeal_routes": APPEAL_PARAGRAPH,
    }
    return _made(VersionedForm, fields)(data=data)


def refusal_reasons(form: Form) -> dict[int, str]:
    """By number of the requirement, as the page that was sent showed them."""
    names = [name for name in request.form if name.startswith("reason-")]
    numbers = [name.removeprefix("reason-") for name in names]
    return {
        int(one): str(cleaned(request.form[f"reason-{one}"]))
        for one in numbers
        if one.isascii() and one.isdecimal() and len(one) < 5
    }


class ConfirmForm(VersionedForm):
    read = BooleanField("Ik las de redenen", validators=[Optional()])


class ReasonForm(VersionedForm):
    reason = TextAreaField("Waarom wordt de weigering herroepen?", filters=[cleaned])


def answer_form(cells: Sequence[Cell], seen: str) -> Form:
    fields: dict[str, Any] = {"seen": HiddenField()}
    data: dict[str, Any] = {"seen": seen}
    for cell in cells:
        number = cell.item.number
        fields[f"answer-{number}"] = _text("Toelichting")
        fields[f"file-{number}"] = FileField("Bestand", render_kw={"accept": ACCEPT})
        data[f"answer-{number}"] = cell.asked.text if cell.asked else ""
        if cell.asked and cell.asked.file:
            fields[f"drop-{number}"] = BooleanField("Verwijder dit bestand")
    return _made(Form, fields)(data=data)


def sent_answers() -> dict[int, Answer]:
    """What was sent, by number: also for an item that is no longer open, so that the service can say so."""
    names = {*request.form, *request.files}
    numbers = {
        one
        for name in names
        if name.startswith(("answer-", "file-"))
        and (one := name.partition("-")[2]).isascii()
        and one.isdecimal()
        and len(one) < 5
    }
    return {int(one): _answer(one, request.form.get) for one in sorted(numbers)}


def _answer(number: str, get: Callable[..., Any]) -> Answer:
    file = request.files.get(f"file-{number}")
    upload = Upload(file.filename or "", file.read()) if file and file.filename else None
    return Answer(str(cleaned(get(f"answer-{number}", ""))), upload, bool(get(f"drop-{number}")))
