"""Addresses of objections for the region: the list, one objection, and the ruling."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.decisions.finding import asked_here
from app.decisions.letters import letter_pdf
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra import clock
from app.infra.documents import pdf_download
from app.infra.downloads import file_download
from app.infra.formats import moment
from app.objections.attached import bytes_of, file_of
from app.objections.forms import RulingForm
from app.objections.guard import for_objection
from app.objections.judging import RULING_NAME, check_words
from app.objections.judging import judge as give_ruling
from app.objections.judging import ruling_letter as letter_of_ruling
from app.objections.presenters_judging import STANDS, listing_facts, read_facts
from app.objections.queries import (
    ObjectionRow,
    filed_objection,
    judges_of,
    possible_judges,
    ruling_pdf,
    scorers_of,
)
from app.objections.views import blueprint


@blueprint.get("/oproepen/<int:addendum_id>/weerwoorden")
@for_call("objection.other.view")
def listing(call: Call) -> ResponseReturnValue:
    return render_template("objections/listing.html", call=call, **listing_facts(call, asked_here(STANDS)))


@blueprint.get("/weerwoorden/<int:objection_id>/lezen")
@for_objection("objection.other.view")
def read(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    """One objection with the decision it contests and the ruling."""
    return render_template(
        "objections/read.html", call=call, judges=judges_of(row.id), **read_facts(call, row)
    )


@blueprint.get("/weerwoorden/<int:objection_id>/bijlagen/<int:file_id>")
@for_objection("objection.other.view")
def read_file(call: Call, row: ObjectionRow, file_id: int) -> ResponseReturnValue:
    file = file_of([row.id], file_id)
    return file_download(bytes_of(file, call.id), file.name, file.size)


@blueprint.get("/weerwoorden/<int:objection_id>/uitspraak.pdf")
@for_objection("objection.other.view")
def ruling_letter(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    pdf = ruling_pdf(row.id)
    if pdf is None:
        return redirect(url_for("objections.read", objection_id=row.id))
    return pdf_download(pdf, RULING_NAME)


@blueprint.get("/weerwoorden/<int:objection_id>")
@for_objection("objection.judge")
def judge(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    if row.ruling:
        return redirect(url_for("objections.read", objection_id=row.id))
    return _judge_page(call, row, RulingForm(formdata=None))


@blueprint.post("/weerwoorden/<int:objection_id>")
@for_objection("objection.judge")
def rule(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    form = RulingForm()
    try:
        give_ruling(row.id, form.ruling(), by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        if error.code == "ruling_given":
            return _given(call, form, row.id)
        everything = list(form.problems(scorers_of(row.proposal_id)))
        for one in everything if error.code in {one.code for one in everything} else [error]:
            form.refuse(one)
        return _judge_page(call, row, form), 422
    flash(f"De uitspraak is gedaan en {row.organisation_name} krijgt ze per brief en per mail.", "success")
    return redirect(url_for("objections.listing", addendum_id=call.id))


def _given(call: Call, form: RulingForm, objection_id: int) -> ResponseReturnValue:
    """A second click writes nothing more; what somebody else ruled stands, with what was typed beside it."""
    row, ruling = filed_objection(objection_id), form.ruling()
    if (row.ruling, row.ruling_reasons) == (ruling.outcome, ruling.reasons.strip()):
        flash(f"Deze uitspraak was al gedaan, op {moment(row.ruling_at)}. Er is niets dubbel.", "info")
        return redirect(url_for("objections.read", objection_id=row.id))
    form.refuse(DomainError("ruling_given"))
    return _judge_page(call, row, form), 409


@blueprint.post("/weerwoorden/<int:objection_id>/voorbeeld")
@for_objection("objection.judge")
def preview_ruling(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    """The letter as it would leave now; nothing is kept."""
    form = RulingForm()
    ruling = form.ruling()
    if row.ruling:
        return redirect(url_for("objections.ruling_letter", objection_id=row.id))
    try:
        check_words(ruling)
    except DomainError as error:
        form.refuse(error)
        return _judge_page(call, row, form), 422
    letter = letter_of_ruling(call, row, ruling, scorers_of(row.proposal_id), clock.now())
    return pdf_download(letter_pdf(letter), f"voorbeeld-{RULING_NAME}")


def _judge_page(call: Call, row: ObjectionRow, form: RulingForm) -> str:
    form.offer(possible_judges(call, row))
    return render_template("objections/judge.html", call=call, form=form, **read_facts(call, row))
