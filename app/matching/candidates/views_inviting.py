"""Pointing organisations at a call: choose, write once, read the mail, send."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.guard import for_call
from app.addenda.queries import Call
from app.domain.errors import DomainError, Forbidden, NotFound, Stale
from app.matching.candidates import services
from app.matching.candidates.board import Board, board_of
from app.matching.candidates.forms import FIRST_BODY, InviteForm, chosen
from app.matching.candidates.inviting import choices, preview
from app.matching.candidates.policy import INVITE
from app.matching.candidates.presenters import sent
from app.matching.candidates.queries import invitation_text, invited
from app.matching.views import blueprint


@blueprint.route("/oproepen/<int:addendum_id>/wie-kan-dit/uitnodigen", methods=["GET", "POST"])
@for_call(INVITE)
def invite(call: Call) -> ResponseReturnValue:
    """`doe` is "voorbeeld", "bewaar" or "verstuur"; without one the form comes back as it was typed."""
    if request.method == "GET":
        text = invitation_text(call.id)
        body = text.body if text else FIRST_BODY.format(region=call.service_area)
        form = InviteForm(data={"body": body, "version": str(services.text_version(text))})
        return _page(call, form, chosen(request.args))
    form, ticked = InviteForm(), chosen(request.form)
    step = request.form.get("doe", "")
    if not form.validate():
        return _page(call, form, ticked), 422
    try:
        return _step(call, form, ticked, step)
    except Stale as error:
        form.version.data = str(error.version)
        return _page(call, form, ticked, theirs=error.theirs["body"]), 409
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(call, form, ticked), 422


def _step(call: Call, form: InviteForm, ticked: list[int], step: str) -> ResponseReturnValue:
    body = form.body.data or ""
    if step == "voorbeeld" and ticked:
        services.check_text(call.id, body)
        return _page(call, form, ticked, reading=True)
    if step == "voorbeeld":
        raise DomainError("invitation_nobody")
    if step == "bewaar":
        services.save_text(call.id, body, seen=form.seen_version(), by=current_actor())
        flash("De tekst is bewaard.", "success")
        return redirect(url_for("matching.invite", addendum_id=call.id, organisatie=ticked))
    if step != "verstuur":
        return _page(call, form, ticked)
    able = board_of(call).obstacles_by_organisation()
    wanted = {id: able.get(id, []) for id in ticked}
    if wanted and wanted.keys() <= invited(call.id).keys():
        flash("Deze organisaties waren al uitgenodigd.", "info")  # a second click, or a colleague just before
        return redirect(url_for("matching.candidates", addendum_id=call.id))
    count = services.invite(call.id, wanted, body, seen=form.seen_version(), by=current_actor())
    many = "1 organisatie is" if count == 1 else f"{count} organisaties zijn"
    flash(f"{many} uitgenodigd. De mails zijn onderweg.", "success")
    return redirect(url_for("matching.candidates", addendum_id=call.id))


def _page(
    call: Call, form: InviteForm, ticked: list[int], *, reading: bool = False, theirs: str | None = None
) -> Any:
    board = board_of(call)
    text, done = invitation_text(call.id), sent(board)
    return render_template(
        "matching/invite.html",
        call=call,
        form=form,
        text=text,
        frozen=bool(text and done),
        theirs=theirs,
        reading=reading,
        preview=preview(call, form.body.data or "") if reading else "",
        names=_names(board, ticked),
        ticked=ticked,
        sent=done,
        **choices(board, ticked),
    )


def _names(board: Board, ticked: list[int]) -> list[str]:
    """Whom a sending would reach."""
    return [
        board.organisations[id].name
        for id in ticked
        if id in board.organisations.keys() - board.invited.keys()
    ]
