"""The parts of a dossier, and deciding about one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call, may_here
from app.addenda.queries import Call
from app.domain.errors import DomainError, NotFound, Stale
from app.dossiers.collecting.gathering import gather
from app.dossiers.collecting.parts import Part
from app.dossiers.collecting.queries import choices_of
from app.dossiers.guarding import MARK, VIEW
from app.dossiers.marking.forms import MarkForm
from app.dossiers.marking.presenters import asked, part_facts, part_list, theirs_sentence
from app.dossiers.marking.services import OWN_RULE, mark_of, mark_part, seen_as, the_part
from app.dossiers.views import blueprint
from app.infra.numbers import positive


@blueprint.get("/oproepen/<int:addendum_id>/dossier/onderdelen")
@for_call(VIEW, every_applicant=True)
def parts(call: Call) -> ResponseReturnValue:
    """What is in it, and how each part appears in the public version."""
    args = request.args
    given = asked(
        args.get("zoek", ""), args.get("soort", ""), args.get("enkel", ""), positive(args.get("pagina"))
    )
    facts = part_list(call, gather(call).parts, choices_of(call.id), given)
    marks = may_here(call, MARK, every_applicant=True)
    return render_template("dossiers/parts.html", call=call, may_mark=marks, **facts)


@blueprint.get("/oproepen/<int:addendum_id>/dossier/onderdeel")
@for_call(MARK, every_applicant=True)
def part(call: Call) -> ResponseReturnValue:
    found = _asked_part(call)
    if found is None:
        return redirect(url_for("dossiers.parts", addendum_id=call.id))
    mark = mark_of(call.id, found.id)
    form = MarkForm(formdata=None, mark=mark.mark if mark else OWN_RULE, reason=mark.reason if mark else "")
    form.seen.data = seen_as(mark)
    return _page(call, found, form)


@blueprint.post("/oproepen/<int:addendum_id>/dossier/onderdeel")
@for_call(MARK, every_applicant=True)
def decide(call: Call) -> ResponseReturnValue:
    form, found = MarkForm(), _asked_part(call)
    if found is None:
        raise NotFound("part")
    try:
        changed = mark_part(call.id, found.id, form.wanted(), by=current_actor())
    except Stale as error:
        form.form_errors.append(theirs_sentence(**error.theirs))
        form.seen.data = seen_as(mark_of(call.id, found.id))
        return _page(call, found, form), 409
    except NotFound:
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(call, found, form), 422
    flash(
        "Bewaard." if changed else "Dit stond al zo. Er is niets veranderd.", "success" if changed else "info"
    )
    return redirect(url_for("dossiers.parts", addendum_id=call.id, soort=found.kind))


def _asked_part(call: Call) -> Part | None:
    """The part that the address names; None when it names none. Raises NotFound for one that is not there."""
    wanted = request.args.get("deel", "")
    return the_part(call.id, wanted) if wanted else None


def _page(call: Call, found: Part, form: MarkForm) -> str:
    facts = part_facts(found, choices_of(call.id))
    return render_template("dossiers/part.html", call=call, form=form, **facts)
