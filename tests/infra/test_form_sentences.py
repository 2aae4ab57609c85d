"""What a form says about a field is Dutch and ours, in every form of the application."""

import gettext
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, Form, FormField, SelectFieldBase
from wtforms.i18n import messages_path

from app.infra.form_sentences import COUNTED, SENTENCES

WRONG = ["", " ", "x" * 20_000, "bestaat niet", "-1", "999999999999", "31/02/2020", "25:61", "\U0001f600"]


def _below(kind: type) -> Iterator[type]:
    for one in kind.__subclasses__():
        yield one
        yield from _below(one)


def _forms() -> list[type]:
    return sorted({one for one in _below(Form) if one.__module__.startswith("app.")}, key=repr)


def _offer(form: Any) -> None:
    """A select whose choices a page sets offers something, so that what is sent can be wrong."""
    for field in form:
        if isinstance(field, SelectFieldBase) and getattr(field, "choices", ()) is None:
            field.choices = []
        if isinstance(field, FieldList):
            for entry in field.entries:
                _offer(entry.form if isinstance(entry, FormField) else [entry])
        if isinstance(field, FormField):
            _offer(field.form)


def _names(form: Any) -> Iterator[str]:
    for field in form:
        if isinstance(field, FieldList):
            row = field.entries[0] if field.entries else field.append_entry()
            yield from _names(row.form) if isinstance(row, FormField) else [row.name]
        elif isinstance(field, FormField):
            yield from _names(field.form)
        else:
            yield field.name


def _spoken(errors: Any) -> Iterator[str]:
    if isinstance(errors, dict):
        errors = errors.values()
    elif isinstance(errors, str):
        yield errors
        return
    for one in errors:
        yield from _spoken(one)


def _catalogue() -> dict[Any, str]:
    found = gettext.translation("wtforms", messages_path(), ["nl"])
    return {key: text for key, text in found._catalog.items() if key}  # type: ignore[attr-defined]


def test_every_sentence_of_the_library_has_ours() -> None:
    asked = {key[0] if isinstance(key, tuple) else key for key in _catalogue()}
    assert asked == {*SENTENCES, *COUNTED}


@pytest.mark.parametrize("kind", _forms(), ids=lambda kind: kind.__name__)
def test_a_form_never_says_what_the_library_says(app: Flask, kind: Any) -> None:
    strange = {text.partition("%")[0] for text in _catalogue().values()}
    strange |= {key[0] if isinstance(key, tuple) else key for key in _catalogue()}
    strange = {text.partition("%")[0] for text in strange} - {"", "'"}
    for value in WRONG:
        with app.test_request_context("/", method="POST"):
            blank = kind(formdata=None)
            form = kind(formdata=MultiDict([(name, value) for name in _names(blank)]))
            _offer(form)
            form.validate()
            for said in _spoken(form.errors):
                assert not said.startswith(tuple(strange)), (value[:20], said[:200])
                assert len(said) < 300, said[:200]
