"""An owner answers whether the own organisation and another become one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.domain.errors import DomainError
from app.infra.access import signed_in
from app.infra.messages import say
from app.organisations import agreeing, presenters_merging
from app.organisations.views import blueprint

ANSWERS = {"akkoord": True, "weiger": False}


@blueprint.route("/organisaties/samenvoegen/<int:merge_id>", methods=["GET", "POST"])
@signed_in
def answer_merge(merge_id: int) -> ResponseReturnValue:
    """Both organisations and who would get access; everybody but an owner of one of them gets 404."""
    actor = current_actor()
    row = agreeing.load_for_owner(merge_id, by=actor)
    agrees = ANSWERS.get(request.form.get("antwoord", ""))
    if request.method == "GET" or agrees is None:
        return render_template("organisations/answer_merge.html", **presenters_merging.question(row, actor))
    try:
        done = agreeing.answer(merge_id, agrees, by=actor)
    except DomainError as error:
        flash(say(error), "error")
    else:
        flash(_said(agrees, done), "success")
    return redirect(url_for("organisations.answer_merge", merge_id=merge_id))


def _said(agrees: bool, done: bool) -> str:
    if not agrees:
        return "Je weigerde. Er verandert niets, en de eigenaars van beide krijgen een mail."
    if done:
        return "De organisaties zijn samengevoegd. De eigenaars krijgen een mail."
    return "Je ging akkoord. Nu moet een eigenaar van de andere organisatie nog antwoorden."
