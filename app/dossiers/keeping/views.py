"""How long the records of a call are kept, proposing and approving destruction, and its certificate."""

from typing import Any

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.retention import CLASSES
from app.domain.timeline import local_day
from app.dossiers.guarding import DESTROY, KEPT
from app.dossiers.keeping import presenters as show
from app.dossiers.keeping.forms import ApproveForm, DestroyForm, TermForm
from app.dossiers.keeping.queries import (
    applicant_names,
    applicants_not_selected,
    counts_of,
    destruction_of,
    destructions_of,
    kept_of,
    scopes_of,
    terms_of,
)
from app.dossiers.keeping.services import approve, drop, propose, set_term
from app.dossiers.views import blueprint
from app.infra import clock
from app.infra.documents import pdf_download, render_pdf
from app.infra.downloads import disposition


@blueprint.get("/oproepen/<int:addendum_id>/bewaren")
@for_call(KEPT, every_applicant=True)
def keeping(call: Call) -> ResponseReturnValue:
    today = local_day(clock.now())
    facts = show.overview(
        call,
        kept_of(call),
        counts_of(scopes_of(call.id)),
        terms_of(call.service_area_id),
        destructions_of(call.id),
        today,
    )
    acts = may_here(call, DESTROY, every_applicant=True)
    return render_template("dossiers/keeping.html", call=call, may_destroy=acts, **facts)


@blueprint.get("/oproepen/<int:addendum_id>/bewaren/vernietigen")
@for_call(DESTROY, every_applicant=True)
def propose_destruction(call: Call) -> ResponseReturnValue:
    return _destroy_page(call, DestroyForm(formdata=None, ground="term")), 200


@blueprint.post("/oproepen/<int:addendum_id>/bewaren/vernietigen")
@for_call(DESTROY, every_applicant=True)
def send_proposal(call: Call) -> ResponseReturnValue:
    form = DestroyForm()
    try:
        number = propose(call.id, form.wanted(), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        form.refuse(error)
        return _destroy_page(call, form), 422
    flash("Het voorstel ligt klaar. Een collega-regisseur moet het goedkeuren.", "success")
    return redirect(_address(call, number))


def _destroy_page(call: Call, form: DestroyForm) -> str:
    scope = scopes_of(call.id)["proposals_not_selected"]
    form.offer(show.choices(kept_of(call), local_day(clock.now())), applicants_not_selected(scope))
    return render_template("dossiers/destroy.html", call=call, form=form)


@blueprint.get("/oproepen/<int:addendum_id>/bewaren/termijn")
@for_call(DESTROY, every_applicant=True)
def term(call: Call) -> ResponseReturnValue:
    return render_template("dossiers/term.html", call=call, form=TermForm(formdata=None))


@blueprint.post("/oproepen/<int:addendum_id>/bewaren/termijn")
@for_call(DESTROY, every_applicant=True)
def save_term(call: Call) -> ResponseReturnValue:
    form = TermForm()
    key = form.record_class.data or ""
    try:
        changed = set_term(call.id, key, form.wanted_years(), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        form.refuse(error)
        return render_template("dossiers/term.html", call=call, form=form), 422
    flash(f"{CLASSES[key].label}: {'bewaard' if changed else 'dit stond al zo'}.", "success")
    return redirect(url_for("dossiers.keeping", addendum_id=call.id))


@blueprint.get("/oproepen/<int:addendum_id>/bewaren/<int:destruction_id>")
@for_call(KEPT, every_applicant=True)
def destruction(call: Call, destruction_id: int) -> ResponseReturnValue:
    return _destruction_page(call, destruction_id, ApproveForm(formdata=None))


@blueprint.post("/oproepen/<int:addendum_id>/bewaren/<int:destruction_id>/goedkeuren")
@for_call(DESTROY, every_applicant=True)
def approve_destruction(call: Call, destruction_id: int) -> ResponseReturnValue:
    form = ApproveForm()
    destruction_of(call.id, destruction_id)
    try:
        approve(destruction_id, certain=bool(form.certain.data), by=current_actor())
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return _destruction_page(call, destruction_id, form), 422
    flash("Vernietigd. Het attest staat hieronder.", "success")
    return redirect(_address(call, destruction_id))


@blueprint.post("/oproepen/<int:addendum_id>/bewaren/<int:destruction_id>/laten-vallen")
@for_call(DESTROY, every_applicant=True)
def drop_destruction(call: Call, destruction_id: int) -> ResponseReturnValue:
    destruction_of(call.id, destruction_id)
    try:
        drop(destruction_id, by=current_actor())
    except NotFound:
        raise
    except DomainError as error:
        form = ApproveForm(formdata=None)
        form.refuse(error)
        return _destruction_page(call, destruction_id, form), 422
    flash("Het voorstel is vervallen. Er is niets vernietigd.", "success")
    return redirect(_address(call, destruction_id))


def _destruction_page(call: Call, number: int, form: Any) -> str:
    row = destruction_of(call.id, number)
    facts = show.destruction_facts(row, applicant_names(call.id))
    acts = may_here(call, DESTROY, every_applicant=True)
    own = row.proposed_by_id == current_actor().user_id
    return render_template(
        "dossiers/destruction.html", call=call, form=form, may_destroy=acts, own=own, **facts
    )


@blueprint.get("/oproepen/<int:addendum_id>/bewaren/<int:destruction_id>/attest.json")
@for_call(KEPT, every_applicant=True)
def certificate_json(call: Call, destruction_id: int) -> ResponseReturnValue:
    row = destruction_of(call.id, destruction_id)
    if row.certificate is None:
        return redirect(_address(call, destruction_id))
    answer = Response(row.certificate, mimetype="application/json")
    answer.headers["Content-Disposition"] = disposition(f"attest-vernietiging-{row.id}.json")
    return answer


@blueprint.get("/oproepen/<int:addendum_id>/bewaren/<int:destruction_id>/attest.pdf")
@for_call(KEPT, every_applicant=True)
def certificate_pdf(call: Call, destruction_id: int) -> ResponseReturnValue:
    row = destruction_of(call.id, destruction_id)
    if row.certificate is None:
        return redirect(_address(call, destruction_id))
    pdf = render_pdf("dossiers/certificate.typ", show.certificate_document(row), at=row.approved_at)
    return pdf_download(pdf, f"attest-vernietiging-{row.id}.pdf")


def _address(call: Call, number: int) -> str:
    return url_for("dossiers.destruction", addendum_id=call.id, destruction_id=number)
