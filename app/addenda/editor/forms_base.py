"""What the forms of the editor share: clean text, lines, dates within reason, and turning into a section."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from wtforms import (
    DateField,
    Field,
    FieldList,
    Form,
    IntegerField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from app.addenda.drafting.sections import Section
from app.infra import texts
from app.infra.forms import VersionedForm

_PERCENT = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
EMAIL = re.compile(r"[^@\s<>,;]{1,64}@[^@\s<>,;]{1,180}\.[^@\s<>,;.]{2,}")


def clean(value: object) -> object:
    """A field filter: one kind of line end, no control characters, no white space around."""
    return texts.clean(value) if isinstance(value, str) else value


def one_line(value: object) -> object:
    """A field filter for a single line."""
    return texts.one_line(value) if isinstance(value, str) else value


def lines(text: str | None) -> tuple[str, ...]:
    """One item per line that is not empty; a leading dash or bullet is how people type a list."""
    rows = (re.sub(r"^\s*[-•*–]\s+", "", row).strip() for row in (text or "").split("\n"))
    return tuple(row for row in rows if row)


def text_field(label: str, most: int, *, required: str = "", area: bool = False, **more: Any) -> Field:
    """A text of at most `most` characters; `required` is the message when it is empty."""
    checks: list[Any] = [DataRequired(required)] if required else [Optional()]
    checks.append(Length(max=most, message=f"Dit is te lang: hoogstens {most} tekens."))
    kind = TextAreaField if area else StringField
    return kind(label, checks, filters=[clean if area else one_line], **more)


def line_list(label: str, most: int, *, each: int, **more: Any) -> TextAreaField:
    """A text area with one item per line."""

    def check(_form: Form, field: Field) -> None:
        found = lines(field.data)
        if len(found) > most:
            raise ValidationError(f"Hoogstens {most} regels.")
        if any(len(one) > each for one in found):
            raise ValidationError(f"Een regel is te lang: hoogstens {each} tekens.")

    return TextAreaField(label, [Optional(), check], filters=[clean], **more)


def check_day(_form: Form, field: Field) -> None:
    if isinstance(field.data, date) and not 2000 <= field.data.year <= 2100:
        raise ValidationError("Kies een datum tussen 2000 en 2100.")


def day_field(label: str, **more: Any) -> DateField:
    return DateField(label, [Optional(), check_day], **more)


def check_email(_form: Form, field: Field) -> None:
    if field.data and not EMAIL.fullmatch(field.data):
        raise ValidationError("Dit is geen e-mailadres.")


def check_web_address(_form: Form, field: Field) -> None:
    if field.data and not re.fullmatch(r"https?://[^\s\"<>]+", field.data):
        raise ValidationError("Vul een adres in dat met https:// begint.")


def whole_number(label: str, least: int, most: int, *, required: bool = True, **more: Any) -> IntegerField:
    def check(_form: Form, field: Field) -> None:
        if field.data is not None and not least <= field.data <= most:
            raise ValidationError(f"Vul een getal van {least} tot {most} in.")

    message = f"Vul een geheel getal van {least} tot {most} in."
    return IntegerField(label, [InputRequired(message) if required else Optional(), check], **more)


def decimal(text: str | None) -> Decimal | None:
    """ "12,5" -> 12.5; None for anything that is not a plain number below 1000 (no NaN, no exponent)."""
    found = (text or "").strip()
    return Decimal(found.replace(",", ".")) if found.isascii() and _PERCENT.fullmatch(found) else None


def shown(value: Decimal | None) -> str:
    """A number as it stands in a text field: 12.50 -> "12,5"."""
    return "" if value is None else f"{value.normalize():f}".replace(".", ",")


def check_number(least: int, most: int) -> Callable[[Form, Field], None]:
    """The field holds a number within bounds, or nothing (InputRequired says whether that is right)."""

    def check(_form: Form, field: Field) -> None:
        found = decimal(field.data)
        if field.data and (found is None or not least <= found <= most):
            raise ValidationError(f"Vul een getal van {least} tot {most} in, met hoogstens twee decimalen.")

    return check


class SectionForm(VersionedForm):
    """A page of the editor. `values` turns a section into field data, `section` the fields into a section."""

    @staticmethod
    def values(section: Any) -> dict[str, Any]:
        raise NotImplementedError

    def section(self) -> Section:
        raise NotImplementedError

    def offer(self, options: dict[str, Any]) -> None:
        """Set the choices of selects; nothing by default."""

    def rearrange(self, action: str) -> bool:
        """Add, remove or move a row as a button asks; whether anything was rearranged."""
        return False


class Rows(FieldList):  # type: ignore[misc]
    """A list of small forms whose rows can be added, removed and moved without losing what was typed."""

    errors: Sequence[Any]

    def __init__(self, *args: Any, max_entries: int, **kwargs: Any) -> None:
        """More rows than `max_entries` are refused, not cut off: every one of them comes back."""
        super().__init__(*args, **kwargs)
        self.most = max_entries
        self.type = "FieldList"  # the error summary walks a list by this name

    def _extract_indices(self, prefix: str, formdata: Iterable[str]) -> Iterator[int]:
        for name in formdata:
            place = name[len(prefix) + 1 :].partition("-")[0] if name.startswith(f"{prefix}-") else ""
            if place.isascii() and place.isdecimal() and len(place) < 5:
                yield int(place)

    def validate(self, form: Form, extra_validators: Sequence[Any] = ()) -> bool:
        super().validate(form, extra_validators)
        if len(self.entries) > self.most:
            self._tell_full()
        return not self.errors

    def _tell_full(self) -> None:
        self.errors = [*(self.errors or ()), f"Hoogstens {self.most} {self.label.text.lower()}."]

    def rearrange(self, action: str) -> bool:
        """Apply "up:3", "down:3", "remove:3" or "add"; False when there is no such row or no room."""
        verb, _, place = action.partition(":")
        if verb == "add":
            if len(self.entries) >= self.most:
                self._tell_full()
                return False
            self.append_entry()
            return True
        index = int(place) if place.isascii() and place.isdecimal() else -1
        if not 0 <= index < len(self.entries):
            return False
        entry = self.entries.pop(index)
        if verb != "remove":
            self.entries.insert(max(index + (-1 if verb == "up" else 1), 0), entry)
        self._compact_indices()
        return True
