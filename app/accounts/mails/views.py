"""Addresses of the own choice of mails, and of the samples of every mail."""

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.actors import current_actor
from app.accounts.mails.presenters import catalogue_facts, example_facts, preference_facts, written
from app.accounts.mails.services import choose_mails
from app.accounts.views import blueprint
from app.domain.access import Role
from app.domain.errors import NotFound
from app.infra.access import signed_in
from app.notifications.examples import Example, examples
from app.notifications.framed import mail_frame


@blueprint.get("/mijn-account/mails")
@signed_in
def mails() -> ResponseReturnValue:
    facts = preference_facts(current_user.id, current_user.email)
    return render_template("accounts/mails.html", may_see_examples=_sees_examples(), **facts)


@blueprint.post("/mijn-account/mails")
@signed_in
def save_mails() -> ResponseReturnValue:
    changed = choose_mails(current_user.id, request.form.getlist("wanted"))
    flash("Je keuze is bewaard." if changed else "Er was niets te wijzigen.", "success")
    return redirect(url_for("accounts.mails"))


@blueprint.get("/mails/voorbeelden")
@signed_in
def mail_examples() -> ResponseReturnValue:
    """Every mail that Partnerwijzer sends, with made-up data."""
    _require_examples()
    return render_template("accounts/mail_examples.html", **catalogue_facts())


@blueprint.get("/mails/voorbeelden/<kind>")
@signed_in
def mail_example(kind: str) -> ResponseReturnValue:
    return render_template("accounts/mail_example.html", **example_facts(kind, _example(kind)))


@blueprint.get("/mails/voorbeelden/<kind>/html")
@signed_in
def mail_example_html(kind: str) -> Response:
    return mail_frame(written(kind, _example(kind)).html)


def _example(kind: str) -> Example:
    _require_examples()
    found = examples().get(kind)
    if found is None:
        raise NotFound("mail")
    return found


def _sees_examples() -> bool:
    actor = current_actor()
    return actor.holds(Role.REGISSEUR) or actor.holds(Role.ADMINISTRATOR)


def _require_examples() -> None:
    """For who answers for the words; for others there is no such page."""
    if not _sees_examples():
        raise NotFound("mail")
