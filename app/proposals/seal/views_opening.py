"""The opening of the seal by two people, and its report; and what is said of a text that does not open."""

import structlog
from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase
from app.infra.access import declare
from app.infra.database import db
from app.infra.documents import render_pdf
from app.infra.messages import say
from app.infra.vault import Unreadable
from app.proposals.forms import OpeningForm
from app.proposals.handing_in.views import download
from app.proposals.policy import NAMES
from app.proposals.queries import listed, opening_of
from app.proposals.seal.listing import opening_report
from app.proposals.seal.report import REPORT, opening_document, texts_of
from app.proposals.seal.unsealing import OPEN_SEAL, can_follow, sign_opening
from app.proposals.views import blueprint

log = structlog.get_logger()


@blueprint.get("/oproepen/<int:addendum_id>/opening")
@for_call(NAMES)
def opening(call: Call) -> ResponseReturnValue:
    return _opening_page(call)


@blueprint.post("/oproepen/<int:addendum_id>/opening")
@declare(OPEN_SEAL)
@for_call(NAMES)
def sign(call: Call) -> ResponseReturnValue:
    """Whoever comes after the second signature sees the report, and that it was done already."""
    form = OpeningForm()
    try:
        if not form.independent.data and may_here(call, OPEN_SEAL):
            raise DomainError("not_independent", field="independent")
        opened = sign_opening(call.id, by=current_actor())
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return _opening_page(call, error, form), 403 if isinstance(error, Forbidden) else 422
    flash("De kandidaturen zijn geopend." if opened else "Je handtekening staat genoteerd.", "success")
    return redirect(url_for("proposals.opening", addendum_id=call.id))


def _opening_page(call: Call, error: DomainError | None = None, form: OpeningForm | None = None) -> str:
    signed = opening_of(call.id)
    rows = listed(call.id)
    actor = current_actor()
    own = signed is not None and signed.first_by_id == actor.user_id
    may_sign = may_here(call, OPEN_SEAL)
    return render_template(
        "proposals/opening.html",
        call=call,
        form=form or OpeningForm(formdata=None),
        report=opening_report(call, signed, rows, texts_of(rows)),
        opened=call.phase > Phase.SEALED,
        signed=signed is not None,
        own_signature=own,
        may_sign=may_sign,
        alone=may_sign and (own or signed is None) and not can_follow(call, actor),
        again=may_sign and own and signed is not None and not can_follow(call, actor, signed.first_at),
        manages_jury=may_here(call, "jury.manage_of_own_region"),
        refusal=say(error) if error else "",
    )


@blueprint.get("/oproepen/<int:addendum_id>/opening.pdf")
@for_call(NAMES)
def opening_pdf(call: Call) -> ResponseReturnValue:
    if call.phase <= Phase.SEALED:
        return redirect(url_for("proposals.opening", addendum_id=call.id))
    pdf = render_pdf(REPORT, opening_document(call))
    return download(pdf, "application/pdf", f"opening-oproep-{call.id}.pdf")


@blueprint.app_errorhandler(Unreadable)
def unreadable(error: Unreadable) -> ResponseReturnValue:
    """Something that was kept encrypted does not open. What it is stays out of the log, but for its kind."""
    log.error("unreadable", kind=str(error).partition(":")[0])
    db.session.rollback()
    return render_template("errors/unreadable.html"), 409
