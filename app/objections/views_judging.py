"""Addresses of objections for the region: the list, one objection, and the ruling."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound
from app.infra.documents import pdf_download
from app.objections.forms import RulingForm
from app.objections.guard import for_objection
from app.objections.judging import RULING_NAME
from app.objections.judging import judge as give_ruling
from app.objections.presenters import listing_rows, read_facts
from app.objections.queries import ObjectionRow, judges_of, possible_judges, ruling_pdf
from app.objections.views import blueprint


@blueprint.get("/oproepen/<int:addendum_id>/weerwoorden")
@for_call("objection.other.view")
def listing(call: Call) -> ResponseReturnValue:
    return render_template("objections/listing.html", call=call, rows=listing_rows(call))


@blueprint.get("/weerwoorden/<int:objection_id>/lezen")
@for_objection("objection.other.view")
def read(call: Call, row: ObjectionRow) -> ResponseReturnValue:
    """One objection with the decision it contests and the ruling."""
    return render_template("objections/read.html", call=call, judges=judges_of(row.id), **read_facts(row))


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
        form.refuse(error)
        return _judge_page(call, row, form), 422
    flash(f"De uitspraak is gedaan en {row.organisation_name} krijgt ze per brief en per mail.", "success")
    return redirect(url_for("objections.listing", addendum_id=call.id))


def _judge_page(call: Call, row: ObjectionRow, form: RulingForm) -> str:
    form.offer(possible_judges(call, row))
    return render_template("objections/judge.html", call=call, form=form, **read_facts(row))
