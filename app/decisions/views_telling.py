"""Addresses of the regisseur: confirming, and telling everybody."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.decisions.communicating import MOST_MADE_HERE, communicate
from app.decisions.forms import CommunicateForm, ConfirmForm
from app.decisions.letters.presenters import letters_facts
from app.decisions.presenters import announce_facts, table_facts
from app.decisions.services import confirm as confirm_decisions
from app.decisions.views import blueprint
from app.domain.errors import DomainError, NotFound, Stale
from app.domain.timeline import local_day
from app.infra import clock


@blueprint.get("/oproepen/<int:addendum_id>/beslissingen/bevestigen")
@for_call("decision.confirm", every_applicant=True)
def review(call: Call) -> ResponseReturnValue:
    """All proposed decisions with their reasons, to be read and confirmed."""
    return _review_page(call, ConfirmForm(formdata=None))


@blueprint.post("/oproepen/<int:addendum_id>/beslissingen/bevestigen")
@for_call("decision.confirm", every_applicant=True)
def confirm(call: Call) -> ResponseReturnValue:
    form = ConfirmForm()
    try:
        count = confirm_decisions(call.id, form.seen(), by=current_actor(), grounds=form.grounds())
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return _review_page(call, form), 409 if isinstance(error, Stale) else 422
    flash(f"{count} {'beslissing is' if count == 1 else 'beslissingen zijn'} bevestigd.", "success")
    return redirect(url_for("decisions.table", addendum_id=call.id))


def _review_page(call: Call, form: ConfirmForm) -> str:
    return render_template("decisions/review.html", call=call, form=form, **table_facts(call))


@blueprint.get("/oproepen/<int:addendum_id>/beslissingen/meedelen")
@for_call("decision.communicate", every_applicant=True)
def announce(call: Call) -> ResponseReturnValue:
    """What will happen, before it happens."""
    return _announce_page(call, CommunicateForm(formdata=None))


@blueprint.post("/oproepen/<int:addendum_id>/beslissingen/meedelen")
@for_call("decision.communicate", every_applicant=True)
def tell(call: Call) -> ResponseReturnValue:
    form = CommunicateForm()
    try:
        if not form.agreed.data:
            raise DomainError("not_agreed", field="agreed")
        count = communicate(call.id, by=current_actor())
    except DomainError as error:
        form.refuse(error)
        return _announce_page(call, form), 422
    if count:
        flash(f"Alle {count} beslissingen zijn meegedeeld. De mails vertrekken nu.", "success")
    else:
        flash("De beslissingen waren al meegedeeld. Er is niets opnieuw verstuurd.", "info")
    return redirect(url_for("decisions.other", addendum_id=call.id))


def _announce_page(call: Call, form: CommunicateForm) -> str:
    letters = letters_facts(call, local_day(clock.now())) | {"made_here": MOST_MADE_HERE}
    facts = announce_facts(call)
    return render_template("decisions/announce.html", call=call, form=form, letters=letters, **facts)
