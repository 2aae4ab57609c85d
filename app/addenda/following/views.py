"""Addresses of following a call. The links of a mail show a button: mail scanners open links, and must
neither confirm nor stop anything."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.accounts.throttle import TooManyAttempts
from app.addenda.following import services
from app.addenda.following.forms import FollowForm
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.addenda.views import blueprint
from app.domain.errors import DomainError
from app.infra.access import public


@blueprint.route("/oproepen/<int:addendum_id>/volgen", methods=["GET", "POST"])
@for_call(services.READ, hidden=True)
def follow(call: Call) -> ResponseReturnValue:
    """Ask for a mail when something changes."""
    actor = current_actor()
    form = FollowForm(data={"email": actor.email} if request.method == "GET" else None)
    if form.validate_on_submit():
        try:
            at_once = services.follow(call.id, form.email.data, by=actor, address=request.remote_addr)
        except TooManyAttempts:
            form.form_errors.append("Er zijn net heel wat mails gevraagd. Probeer over een kwartier opnieuw.")
            return _page(call, form), 429
        except DomainError as error:
            form.refuse(error)
        else:
            if at_once:
                flash("Je volgt deze oproep. Je krijgt een mail bij elke wijziging.", "success")
                return redirect(url_for("addenda.show", addendum_id=call.id))
            return render_template("addenda/follow_sent.html", call=call, email=form.email.data)
    return _page(call, form), 422 if form.errors or form.form_errors else 200


def _page(call: Call, form: FollowForm) -> str:
    return render_template("addenda/follow.html", call=call, form=form, crumb="Oproep volgen")


@blueprint.route("/volgen/<key>", methods=["GET", "POST"])
@public
def following(key: str) -> ResponseReturnValue:
    """Behind the link of the first mail: yes, I want this."""
    if request.method == "POST":
        services.confirm(key)
        return redirect(url_for("addenda.following", key=key))
    return render_template("addenda/following.html", found=services.following(key))


@blueprint.route("/volgen/<key>/stop", methods=["GET", "POST"])
@public
def stop_following(key: str) -> ResponseReturnValue:
    """One click in any mail. Mail programs post here themselves (RFC 8058), without a session or a token:
    the key in the address is what allows it."""
    if request.method == "POST":
        services.stop(key)
        return redirect(url_for("addenda.stop_following", key=key), 303)
    return render_template("addenda/stop_following.html", found=services.following(key))
