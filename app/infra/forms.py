"""What every form shares: Dutch messages, trimmed text, a version, and room for a refusal by the domain."""

import re
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, PasswordField, StringField, TextAreaField
from wtforms.meta import DefaultMeta

from app.domain.errors import DomainError
from app.infra.form_sentences import Sentences
from app.infra.messages import say
from app.infra.texts import clean

_BREAKS = re.compile(r"[\n\t]+")


def stripped(value: object) -> object:
    """A field filter: without white space around it."""
    return value.strip() if isinstance(value, str) else value


def cleaned(value: object) -> object:
    """A field filter: `texts.clean`, for what may hold several lines."""
    return clean(value) if isinstance(value, str) else value


def _single(value: object) -> object:
    return _BREAKS.sub(" ", value) if isinstance(value, str) else value


class Whole(DefaultMeta):  # type: ignore[misc]
    """Dutch, and without maxlength: the browser would cut what is pasted without a word. The server says
    that a text is too long, and gives it back."""

    locales = ["nl"]

    def get_translations(self, _form: Any) -> Sentences:
        return Sentences()

    def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
        """What has one line on the page has one line in the database, whatever was sent."""
        field = super().bind_field(form, unbound_field, options)
        if isinstance(field, StringField) and not isinstance(
            field, TextAreaField | HiddenField | PasswordField
        ):
            field.filters = [_single, *field.filters]
        return field

    def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:
        return super().render_field(field, {"maxlength": False, **render_kw})


class Form(FlaskForm):  # type: ignore[misc]
    class Meta(Whole):
        pass

    def refuse(self, error: DomainError) -> None:
        """Show a domain refusal at its field, or above the form when it belongs to none."""
        field = self._fields.get(error.field or "")
        if isinstance(field, Field):
            field.errors = [*field.errors, say(error)]
        else:
            self.form_errors.append(say(error))


class VersionedForm(Form):
    """A form over something people edit; `version` is what they saw when they opened it."""

    version = HiddenField()

    def seen_version(self) -> int:
        data: Any = self.version.data
        sound = isinstance(data, str) and data.isascii() and data.isdecimal() and len(data) < 19
        return int(data) if sound else 0
