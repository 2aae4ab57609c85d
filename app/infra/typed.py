"""The edge where typed text comes in: every field of every form, also those that a view reads itself."""

from flask import Request
from werkzeug.datastructures import ImmutableMultiDict

from app.infra.texts import legible


class TypedRequest(Request):
    """A request whose form holds legible text only, so that the same name is stored and compared as one.

    Passwords too: they are typed through the same field when they are chosen and when they are checked."""

    def _load_form_data(self) -> None:
        """Where werkzeug reads form and files, the first time that either is asked for."""
        if "form" in self.__dict__:
            return
        super()._load_form_data()
        sent = [(legible(name), legible(text)) for name, text in self.form.items(multi=True)]
        self.__dict__["form"] = ImmutableMultiDict(sent)
