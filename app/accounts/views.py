"""The own account, accepting an invitation, and the administrator's list of people."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import login_user

from app.accounts import invitations, services
from app.accounts.actors import current_actor
from app.accounts.forms import AcceptForm, ChangePasswordForm, InviteForm, NewcomerForm, ProfileForm
from app.accounts.guard import administrators_only
from app.accounts.models import Invitation
from app.accounts.queries import PAGE, people, user_by_email
from app.domain.errors import DomainError, NotFound
from app.infra import clock
from app.infra.access import public, signed_in
from app.infra.numbers import positive
from app.notifications.addresses import same_address

blueprint = Blueprint("accounts", __name__)


@blueprint.route("/uitnodiging/<token>", methods=["GET", "POST"])
@public
def accept_invitation(token: str) -> ResponseReturnValue:
    try:
        invitation = invitations.find_open(token, clock.now())
    except NotFound:
        return render_template("accounts/invitation_gone.html"), 410
    known = user_by_email(invitation.email)
    if known is not None and not known.active:
        return render_template("accounts/invitation_gone.html"), 410
    if current_user.is_authenticated:
        return _accept_signed_in(token, invitation)
    if known is not None:
        return _invitation_page(invitation, None, "known", 200, token=token)
    return _accept_newcomer(token, invitation)


def _accept_signed_in(token: str, invitation: Invitation) -> ResponseReturnValue:
    if not same_address(current_user.email, invitation.email):
        return _invitation_page(invitation, None, "other", 403 if request.method == "POST" else 200)
    form = AcceptForm()
    if form.validate_on_submit():
        try:
            target = invitations.accept_as(token, current_user.id)
        except DomainError as error:
            form.refuse(error)
        else:
            flash("Je hebt de uitnodiging aanvaard.", "success")
            return redirect(target)
    return _invitation_page(invitation, form, "yours", 422 if request.method == "POST" else 200)


def _accept_newcomer(token: str, invitation: Invitation) -> ResponseReturnValue:
    form = NewcomerForm(name=invitation.name)
    if form.validate_on_submit():
        try:
            user, target = invitations.accept_as_newcomer(token, form.name.data, form.password.data)
        except DomainError as error:
            form.refuse(error)
        else:
            login_user(user, authn_via=["password"])
            flash(f"Welkom, {user.name}. Je account is klaar.", "success")
            return redirect(target)
    return _invitation_page(invitation, form, "new", 422 if request.method == "POST" else 200)


def _invitation_page(
    invitation: Invitation, form: Any, situation: str, status: int, **facts: Any
) -> ResponseReturnValue:
    page = render_template(
        "accounts/accept_invitation.html",
        form=form,
        situation=situation,
        role_text=invitations.describe(invitation),
        registration=invitation.kind == "registration",
        email=invitation.email,
        expires_at=invitation.expires_at,
        **facts,
    )
    return page, status


@blueprint.route("/mijn-account", methods=["GET", "POST"])
@signed_in
def profile() -> ResponseReturnValue:
    form = ProfileForm(name=current_user.name)
    if form.validate_on_submit():
        services.rename(current_user.id, form.name.data)
        flash("Je naam is bewaard.", "success")
        return redirect(url_for("accounts.profile"))
    return _profile_page(form, ChangePasswordForm(formdata=None), 422 if form.errors else 200)


@blueprint.post("/mijn-account/wachtwoord")
@signed_in
def change_password() -> ResponseReturnValue:
    form = ChangePasswordForm()
    if form.validate_on_submit():
        try:
            user = services.change_password(
                current_user.id, form.current.data, form.password.data, request.remote_addr
            )
        except DomainError as error:
            if error.code == "too_many_attempts":
                raise
            form.refuse(error)
        else:
            login_user(user, authn_via=["password"])
            flash("Je wachtwoord is gewijzigd. Op andere toestellen ben je afgemeld.", "success")
            return redirect(url_for("accounts.profile"))
    return _profile_page(ProfileForm(formdata=None, name=current_user.name), form, 422)


def _profile_page(name_form: ProfileForm, password_form: Any, status: int) -> ResponseReturnValue:
    page = render_template(
        "accounts/profile.html", form=name_form, password_form=password_form, email=current_user.email
    )
    return page, status


@blueprint.get("/beheer/personen", endpoint="people")
@administrators_only
def people_list() -> ResponseReturnValue:
    return _people_page(InviteForm(formdata=None), 200)


@blueprint.post("/beheer/personen/uitnodigen")
@administrators_only
def invite_administrator() -> ResponseReturnValue:
    form = InviteForm()
    if form.validate_on_submit():
        try:
            services.invite_administrator(form.email.data, form.name.data, by=current_actor())
        except DomainError as error:
            form.refuse(error)
        else:
            flash(f"De uitnodiging voor {form.email.data} ligt klaar om te vertrekken.", "success")
            return redirect(url_for("accounts.people"))
    return _people_page(form, 422)


@blueprint.post("/beheer/personen/<int:user_id>/afsluiten")
@administrators_only
def deactivate(user_id: int) -> ResponseReturnValue:
    name = services.set_active(user_id, False, by=current_actor())
    flash(f"Het account van {name} is afgesloten.", "success")
    return redirect(url_for("accounts.people"))


@blueprint.post("/beheer/personen/<int:user_id>/openen")
@administrators_only
def activate(user_id: int) -> ResponseReturnValue:
    name = services.set_active(user_id, True, by=current_actor())
    flash(f"Het account van {name} is weer open.", "success")
    return redirect(url_for("accounts.people"))


def _people_page(form: InviteForm, status: int) -> ResponseReturnValue:
    words, page = request.args.get("q", "")[:100], request.args.get("pagina", 1, type=positive)
    found = people(words, page)
    shown = min(PAGE, len(found.rows))

    def link(number: int) -> str:
        return url_for("accounts.people", q=words or None, pagina=number)

    number = (found.first - 1) // PAGE + 1
    rendered = render_template(
        "accounts/people.html",
        form=form,
        words=words,
        people=found.rows,
        total=found.total,
        own_id=current_user.id,
        span=f"Persoon {found.first} tot {found.first + shown - 1} van {found.total}",
        previous_href=link(number - 1) if number > 1 else None,
        next_href=link(number + 1) if found.first + shown <= found.total else None,
        pending=invitations.open_invitations("administrator", 0, clock.now()),
    )
    return rendered, status
