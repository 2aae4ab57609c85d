"""Registering an organisation, its page and its profile."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.accounts.throttle import note_attempt
from app.domain.errors import DomainError, Stale
from app.infra.access import public
from app.organisations import duplicates, joining, presenters, presenters_merging, registration, services
from app.organisations.forms import BasicsForm, ProfileForm, VisitorForm
from app.organisations.guard import for_members
from app.organisations.queries import (
    all_municipalities,
    documents_of,
    earlier_names,
    load_organisation,
    references_of,
)

MOST_LOOKS = 20
blueprint = Blueprint("organisations", __name__)


@blueprint.route("/organisaties/nieuw", methods=["GET", "POST"])
@public
def register() -> ResponseReturnValue:
    return _register_own() if current_actor().signed_in else _register_visitor()


def _register_own() -> ResponseReturnValue:
    form, actor = BasicsForm(), current_actor()
    if form.validate_on_submit():
        try:
            answer = _likely_page(form, actor.email, actor.name)
            if answer is not None:
                return answer
            organisation_id = registration.register(form.basics(), by=actor)
        except DomainError as error:
            form.refuse(error)
        else:
            flash("De organisatie is geregistreerd. Vul nu het profiel aan.", "success")
            return redirect(url_for("organisations.show", organisation_id=organisation_id))
    return _register_page(form)


def _register_visitor() -> ResponseReturnValue:
    form = VisitorForm()
    if form.validate_on_submit():
        try:
            answer = _likely_page(form, form.email.data, form.name.data)
            if answer is not None:
                return answer
            registration.request_registration(
                form.basics(), form.email.data, form.name.data, request.remote_addr
            )
        except DomainError as error:
            if error.code == "too_many_attempts":
                raise
            form.refuse(error)
        else:
            return render_template("organisations/registration_sent.html", email=form.email.data)
    return _register_page(form)


def _likely_page(form: BasicsForm, email: str, name: str) -> ResponseReturnValue | None:
    """Before an organisation is made twice: the likely ones, and what the person chose about them. None when
    the registration goes on."""
    choice, actor = request.form.get("keuze", ""), current_actor()
    if choice == "terug":
        return _register_page(form, 200)
    if choice == "nieuw":
        return None
    basics = registration.checked(form.basics())
    found = duplicates.likely_same(basics, email, by=actor)
    asked = next((one for one in found if f"vraag-{one.key}" == choice), None)
    if asked is not None:
        joining.ask_to_join(asked.id, email, name, request.remote_addr, by=actor)
        return render_template("organisations/join_asked.html", organisation=asked.name, email=email)
    if not found:
        return None
    if not actor.signed_in:  # names of organisations are no secret, but nobody needs hundreds of them
        note_attempt("likely", email, request.remote_addr, per_account=MOST_LOOKS)
    return render_template(
        "organisations/likely.html",
        typed=presenters.typed(form),
        name=basics.name,
        found=presenters.candidates(found),
        taken=presenters.is_taken(found),
    )


def _register_page(form: BasicsForm, status: int | None = None) -> ResponseReturnValue:
    page = render_template("organisations/register.html", form=form, visitor=isinstance(form, VisitorForm))
    return page, status or (422 if request.method == "POST" else 200)


@blueprint.get("/organisaties/<int:organisation_id>")
@for_members
def show(organisation_id: int) -> ResponseReturnValue:
    organisation = load_organisation(organisation_id)
    references, documents = references_of(organisation_id), documents_of(organisation_id)
    return render_template(
        "organisations/show.html",
        organisation=organisation,
        facts=presenters.facts(organisation),
        offers=presenters.offer_cards(organisation),
        references=references,
        earlier=earlier_names(organisation_id),
        checks=presenters.checks(organisation, len(references), len(documents)),
        tabs=presenters.tabs(organisation_id, "show"),
        merges=presenters_merging.waiting_notices(current_actor()),
    )


@blueprint.route("/organisaties/<int:organisation_id>/bewerken", methods=["GET", "POST"])
@for_members
def edit(organisation_id: int) -> ResponseReturnValue:
    organisation, towns = load_organisation(organisation_id), all_municipalities()
    if request.method == "GET":
        form = ProfileForm(data=presenters.profile_as_typed(organisation))
        form.offer_choices(towns)
        return _edit_page(organisation_id, form, 200)
    form = ProfileForm()
    form.offer_choices(towns)
    if not form.validate():
        return _edit_page(organisation_id, form, 422)
    try:
        services.edit_profile(organisation_id, form.seen_version(), form.profile(), by=current_actor())
    except Stale as error:
        form.version.data = str(error.version)
        theirs = presenters.differences(form, error.theirs, towns)
        return _edit_page(organisation_id, form, 409, theirs)
    except DomainError as error:
        form.refuse(error)
        return _edit_page(organisation_id, form, 422)
    flash("Het profiel is bewaard.", "success")
    return redirect(url_for("organisations.show", organisation_id=organisation_id))


def _edit_page(
    organisation_id: int, form: ProfileForm, status: int, theirs: list[tuple[str, str]] | None = None
) -> ResponseReturnValue:
    page = render_template(
        "organisations/edit.html", form=form, organisation_id=organisation_id, theirs=theirs
    )
    return page, status
