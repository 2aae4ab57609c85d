"""Addresses of a new evaluation for the region: who looks again, how far they are, what it would change, and
the new decision."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.queries import Call
from app.decisions.forms import DecisionForm, decision_form
from app.decisions.later.queries import pending_on
from app.decisions.wording import OUTCOMES
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.infra.messages import say
from app.objections.guard import for_objection
from app.objections.queries import ObjectionRow, possible_judges
from app.objections.reassessing.deciding import draft_of, propose_after
from app.objections.reassessing.forms import ClosingForm, NamingForm
from app.objections.reassessing.policy import NAME, VIEW
from app.objections.reassessing.presenters import region_facts
from app.objections.reassessing.queries import ReassessmentRow, named_in, reassessment_of
from app.objections.reassessing.services import change_panel, close_reassessment, open_reassessment
from app.objections.views import blueprint

PROPOSE = "decision.follow_up.propose"


@blueprint.get("/weerwoorden/<int:objection_id>/nieuwe-beoordeling")
@for_objection(VIEW)
def reassessment(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    return _page(call, row)


@blueprint.post("/weerwoorden/<int:objection_id>/nieuwe-beoordeling")
@for_objection(NAME)
def name_jurors(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    form = NamingForm()
    try:
        open_reassessment(row.id, form.naming(), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        if error.code == "reassess_opened_already":
            flash(say(error), "info")
            return _back(row)
        form.refuse(error)
        return _page(call, row, naming=form), 422
    flash("De nieuwe beoordeling begint. Wie je koos, krijgt een mail.", "success")
    return _back(row)


@blueprint.post("/weerwoorden/<int:objection_id>/nieuwe-beoordeling/wie")
@for_objection(NAME)
def change_jurors(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    form = NamingForm()
    try:
        change_panel(row.id, form.naming(), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        return _refused(call, row, error, naming=form)
    flash("Bewaard. Wie erbij kwam of niet meer gevraagd is, krijgt een mail.", "success")
    return _back(row)


@blueprint.post("/weerwoorden/<int:objection_id>/nieuwe-beoordeling/sluiten", endpoint="close_reassessment")
@for_objection(NAME)
def close(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    form = ClosingForm()
    try:
        close_reassessment(row.id, form.closing(), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        if error.code == "reassess_closed":
            flash(say(error), "info")
            return _back(row)
        return _refused(call, row, error, closing=form)
    flash("De nieuwe beoordeling is afgesloten. Stel nu de nieuwe beslissing voor.", "success")
    return _back(row)


def _refused(
    call: Call,
    row: ObjectionRow,
    error: DomainError,
    *,
    naming: NamingForm | None = None,
    closing: ClosingForm | None = None,
) -> ResponseReturnValue:
    form = naming or closing
    assert form is not None
    form.refuse(error)
    if isinstance(error, Stale):
        form.version.data = str(error.version)
    return _page(call, row, naming=naming, closing=closing), 409 if isinstance(error, Stale) else 422


def _back(row: ObjectionRow) -> ResponseReturnValue:
    return redirect(url_for("objections.reassessment", objection_id=row.id))


def _page(
    call: Call, row: ObjectionRow, *, naming: NamingForm | None = None, closing: ClosingForm | None = None
) -> str:
    opened = reassessment_of(row.id)
    return render_template(
        "objections/reassessment.html",
        call=call,
        naming=_naming(call, row, opened, naming),
        closing=closing or ClosingForm(formdata=None, version=str(opened.version if opened else 0)),
        changing=naming is not None,
        **region_facts(call, row, opened),
    )


def _naming(
    call: Call, row: ObjectionRow, opened: ReassessmentRow | None, form: NamingForm | None
) -> NamingForm:
    """The form with who may be chosen; who was asked is ticked, whose sheet is in is not on it."""
    named = named_in(opened) if opened else []
    settled = frozenset(one.user_id for one in named if one.counts)
    if form is None:
        asked = [one.user_id for one in named if one.asked]
        values = {"jurors": asked, "round_choice": "both", "version": str(opened.version if opened else 0)}
        form = NamingForm(formdata=None, **values)
    form.offer(possible_judges(call, row, anew=True), settled)
    return form


@blueprint.get("/weerwoorden/<int:objection_id>/nieuwe-beoordeling/beslissing")
@for_objection(PROPOSE)
def decide_anew(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    opened = reassessment_of(row.id)
    if opened is None or opened.closed_at is None or opened.told_at is not None:
        return _back_or_list(call, row)
    pending = pending_on(row.proposal_id)
    return _decide_page(
        call, row, opened, decision_form(pending.decision if pending else None, draft_of(opened))
    )


def _back_or_list(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    flash("Een nieuwe beslissing komt na een nieuwe beoordeling die afgesloten is.", "info")
    return redirect(url_for("objections.listing", addendum_id=call.id))


@blueprint.post("/weerwoorden/<int:objection_id>/nieuwe-beoordeling/beslissing")
@for_objection(PROPOSE)
def save_decision_anew(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    opened, form = reassessment_of(row.id), DecisionForm()
    if opened is None or opened.closed_at is None:
        return _back_or_list(call, row)
    if not form.validate():
        return _decide_page(call, row, opened, form), 422
    try:
        propose_after(row.id, form.wanted(), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        form.refuse(error)
        if isinstance(error, Stale):
            form.version.data = str(error.version)
            return _decide_page(call, row, opened, form, theirs=error.theirs), 409
        return _decide_page(call, row, opened, form), 422
    flash("Het voorstel is bewaard. Iemand anders bevestigt het; pas daarna wordt het meegedeeld.", "success")
    return _back(row)


def _decide_page(
    call: Call,
    row: ObjectionRow,
    opened: ReassessmentRow,
    form: DecisionForm,
    theirs: dict[str, str] | None = None,
) -> str:
    return render_template(
        "objections/reassessment_decision.html",
        call=call,
        form=form,
        theirs=theirs,
        draft=draft_of(opened),
        before=OUTCOMES[row.decision_outcome][0].lower(),
        **region_facts(call, row, opened),
    )
