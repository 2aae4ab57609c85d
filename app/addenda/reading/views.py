"""Addresses around documents: a new call from one, following the reading, and the sample."""

from typing import Any

from flask import Response, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.drafting.editing import EDIT
from app.addenda.guard import for_call, for_region
from app.addenda.queries import Call, Region
from app.addenda.reading import jobs, limits, supervisor
from app.addenda.reading.forms import ACCEPTED, BlankForm, SourceForm
from app.addenda.reading.jobs import JobView
from app.addenda.reading.presenters import document_name, stage_words
from app.addenda.reading.refusals import REFUSALS, Refusal
from app.addenda.reading.sample import SAMPLE_NAME, sample_document
from app.addenda.reviewing import imports
from app.addenda.views import blueprint
from app.infra import clock
from app.infra.access import signed_in
from app.infra.numbers import positive

WAIT_SECONDS = 2.0
_UPLOADS = {"addenda.create", "addenda.import_again"}
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@blueprint.url_value_preprocessor
def allow_documents(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Documents are larger than other forms. More is let in than may be read, so that a document that is
    somewhat too large gets its own explanation. Before anything looks at the form, hence here."""
    if endpoint in _UPLOADS:
        request.max_content_length = 3 * limits.UPLOAD


@blueprint.route("/regio/<int:service_area_id>/oproepen/nieuw", methods=["GET", "POST"])
@for_region(EDIT)
def create(region: Region) -> ResponseReturnValue:
    """A draft from a document."""
    if request.method == "GET":
        return _create_page(region, _prefilled(region), BlankForm(formdata=None))
    form = SourceForm()
    refusal, job_id = _hand_over(region.id, form)
    if job_id is None:
        return _refused_page(region, form, refusal)
    job = jobs.look(job_id, region.id, clock.now())
    if job.refusal is not None and not job.again:
        return _refused_page(region, form, job.refusal)
    return redirect(_next(region.id, job))


@blueprint.post("/regio/<int:service_area_id>/oproepen/leeg")
@for_region(EDIT)
def create_blank(region: Region) -> ResponseReturnValue:
    """A draft without a document."""
    form = BlankForm()
    if form.validate():
        addendum_id = imports.create_draft(region.id, title=form.title.data, by=current_actor())
        return redirect(url_for("addenda.edit", addendum_id=addendum_id))
    return _create_page(region, SourceForm(formdata=None), form)


@blueprint.route("/oproepen/<int:addendum_id>/opnieuw-inlezen", methods=["GET", "POST"])
@for_call(EDIT)
def import_again(call: Call) -> ResponseReturnValue:
    """Another document over the same draft: nothing changes until what differs was looked at."""
    form = SourceForm() if request.method == "POST" else SourceForm(formdata=None)
    refusal = None
    if request.method == "POST":
        refusal, job_id = _hand_over(call.service_area_id, form, over=call.id)
        if job_id is not None:
            job = jobs.look(job_id, call.service_area_id, clock.now())
            refusal = job.refusal if not job.again else None
            if refusal is None:
                return redirect(_next(call.service_area_id, job))
        form = _once_more(form)
    page = render_template(
        "addenda/import_document.html",
        call=call,
        form=form,
        refusal=refusal,
        refused_name=_name(form),
        accepted=ACCEPTED,
        crumb="Opnieuw inlezen",
    )
    return page, 422 if refusal or form.errors else 200


@blueprint.get("/regio/<int:service_area_id>/inlezen/<int:job_id>")
@for_region(EDIT)
def import_progress(region: Region, job_id: int) -> ResponseReturnValue:
    """How far the reading is; leads on by itself when it is done."""
    job = jobs.look(job_id, region.id, clock.now())
    if job.state == "read":
        return _lead_on(_next(region.id, job))
    return render_template(
        "addenda/import_progress.html",
        region=region,
        job=job,
        stage=stage_words(job),
        name=document_name(job),
        running=job.refusal is None and not job.interrupted,
    )


@blueprint.post("/regio/<int:service_area_id>/inlezen/<int:job_id>")
@for_region(EDIT)
def import_retry(region: Region, job_id: int) -> ResponseReturnValue:
    """Read the stored document once more."""
    if jobs.restart(job_id, region.id, by=current_actor()):
        _wait_for(job_id)
    return redirect(_next(region.id, jobs.look(job_id, region.id, clock.now())))


@blueprint.get("/voorbeeld-addendum.docx")
@signed_in
def sample() -> ResponseReturnValue:
    """A document of the kind that is understood best."""
    response = Response(sample_document(), mimetype=_DOCX)
    response.headers.set("Content-Disposition", "attachment", filename=SAMPLE_NAME)
    return response


def _hand_over(
    service_area_id: int, form: SourceForm, over: int | None = None
) -> tuple[Refusal | None, int | None]:
    """(refusal, job): store what was sent and let it be read, for as long as a person likes to wait."""
    if not form.chosen():
        return None, None
    data, name = form.content()
    if not data.strip():
        return REFUSALS["empty"], None
    if len(data) > limits.UPLOAD:
        return REFUSALS["too_large"], None
    job_id, new = jobs.begin(
        service_area_id,
        by=current_actor(),
        data=data,
        name=name,
        pasted=(form.text.data or "")[: limits.TEXT],
        nonce=form.nonce.data or "",
        over=over,
    )
    if new:
        _wait_for(job_id)
    return None, job_id


def _wait_for(job_id: int) -> None:
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    supervisor.start(app, job_id).wait(current_app.config.get("IMPORT_WAIT_SECONDS", WAIT_SECONDS))


def _next(service_area_id: int, job: JobView) -> str:
    """Where a job leads: the draft it made, the comparison with the draft that was there, or its own page."""
    if job.state == "read" and job.addendum_id is not None:
        if job.used:
            return url_for("addenda.review", addendum_id=job.addendum_id)
        return url_for("addenda.import_again_compare", addendum_id=job.addendum_id, job_id=job.id)
    return url_for("addenda.import_progress", service_area_id=service_area_id, job_id=job.id)


def _lead_on(address: str) -> ResponseReturnValue:
    """A part of a page that is fetched cannot be redirected: then htmx gets to hear where to go."""
    if "HX-Request" in request.headers:
        return Response(status=204, headers={"HX-Redirect": address})
    return redirect(address)


def _prefilled(region: Region) -> SourceForm:
    """After a refusal on the progress page, what was pasted is still there."""
    before = positive(request.args.get("vorige"))
    if not before:
        return SourceForm(formdata=None)
    return SourceForm(formdata=None, data={"text": jobs.look(before, region.id, clock.now()).pasted})


def _refused_page(region: Region, form: SourceForm, refusal: Refusal | None) -> ResponseReturnValue:
    return _create_page(region, _once_more(form), BlankForm(formdata=None), refusal, _name(form))


def _once_more(form: SourceForm) -> SourceForm:
    """The same form with a nonce of its own: sending it again is a new try."""
    form.nonce.data = form.nonce.default()
    return form


def _name(form: SourceForm) -> str:
    return form.file.data.filename if form.file.data and form.file.data.filename else ""


def _create_page(
    region: Region, form: SourceForm, blank: BlankForm, refusal: Refusal | None = None, name: str = ""
) -> ResponseReturnValue:
    page = render_template(
        "addenda/create.html",
        region=region,
        form=form,
        blank=blank,
        refusal=refusal,
        refused_name=name,
        accepted=ACCEPTED,
    )
    return page, 422 if refusal or form.errors or blank.errors else 200
