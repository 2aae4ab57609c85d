"""Signing in and passwords, under the names Flask-Security gives these pages."""

from typing import Any
from urllib.parse import urljoin, urlsplit

from flask import Flask, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from flask_security import login_user

from app.accounts import services
from app.accounts.forms import ForgotForm, NewPasswordForm, SignInForm
from app.accounts.throttle import TooManyAttempts
from app.domain.errors import DomainError
from app.infra import clock
from app.infra.access import public


def take_over(app: Flask) -> None:
    """Put our pages in the place of Flask-Security's; addresses and endpoint names stay the same."""
    app.view_functions["security.login"] = sign_in
    app.view_functions["security.forgot_password"] = forgot_password
    app.view_functions["security.reset_password"] = reset_password
    app.register_error_handler(TooManyAttempts, too_many)


@public
def sign_in() -> ResponseReturnValue:
    form = SignInForm()
    target = safe_target(form.next.data or request.args.get("next"))
    if current_user.is_authenticated:
        return redirect(target)
    form.next.data = target
    if form.validate_on_submit():
        try:
            user = services.check_sign_in(form.email.data, form.password.data, request.remote_addr)
        except TooManyAttempts as error:
            return too_many(error)
        except DomainError as error:
            form.refuse(error)
        else:
            login_user(user, remember=form.remember.data, authn_via=["password"])
            return redirect(target)
    return _page("accounts/sign_in.html", form)


@public
def forgot_password() -> ResponseReturnValue:
    form = ForgotForm()
    if form.validate_on_submit():
        services.request_reset(form.email.data, request.remote_addr)
        return render_template("accounts/forgot_sent.html", email=form.email.data)
    return _page("accounts/forgot_password.html", form)


@public
def reset_password(token: str) -> ResponseReturnValue:
    form = NewPasswordForm()
    try:
        services.check_reset_link(token, clock.now())
        if form.validate_on_submit():
            services.reset_password(token, form.password.data)
            flash("Je nieuwe wachtwoord is ingesteld. Meld je ermee aan.", "success")
            return redirect(url_for("security.login"))
    except DomainError as error:
        if error.code == "reset_link_gone":
            return render_template("accounts/reset_gone.html"), 410
        form.refuse(error)
    return _page("accounts/reset_password.html", form)


def too_many(error: TooManyAttempts) -> ResponseReturnValue:
    response = make_response(render_template("accounts/too_many.html", until=error.until), 429)
    response.headers["Retry-After"] = str(max(1, int((error.until - clock.now()).total_seconds()) + 1))
    return response


def safe_target(given: str | None) -> str:
    """A page of this application to go to, "/" for anything else."""
    if not given or "\\" in given or any(ord(one) < 33 for one in given):
        return "/"
    parts = urlsplit(urljoin(request.host_url, given))
    if parts.netloc != request.host or parts.scheme not in {"http", "https"}:
        return "/"
    path = parts.path if not parts.path.startswith("//") else "/"
    if path == url_for("security.login"):
        return "/"
    return path + (f"?{parts.query}" if parts.query else "")


def _page(template: str, form: Any) -> ResponseReturnValue:
    return render_template(template, form=form), 422 if request.method == "POST" else 200
