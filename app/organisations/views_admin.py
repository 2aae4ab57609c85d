"""The administrator's list of organisations, and merging two. Nothing here knows of a proposal."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.accounts.guard import administrators_only
from app.domain.errors import DomainError, Stale
from app.infra.messages import say
from app.infra.numbers import positive
from app.organisations import agreeing, merging, presenters_admin, presenters_merging
from app.organisations.forms import MergeForm
from app.organisations.queries_admin import organisations
from app.organisations.views import blueprint

SHOWN_AGAIN = ("merge_same", "merge_done", "merge_own", "merge_pending", "merge_no_owner")


@blueprint.get("/beheer/organisaties")
@administrators_only
def overview() -> ResponseReturnValue:
    words, page = request.args.get("q", "")[:100], request.args.get("pagina", 1, type=positive)
    found = organisations(words, page)
    first = not words and found.page == 1
    return render_template(
        "organisations/overview.html",
        words=words,
        rows=presenters_admin.rows(found),
        pairs=presenters_admin.pair_rows() if first else [],
        proposed=presenters_merging.proposed_rows() if first else [],
        **presenters_admin.pages(found, words),
    )


@blueprint.get("/beheer/organisaties/samenvoegen")
@administrators_only
def choose_merge() -> ResponseReturnValue:
    """From the list, where two were chosen: `blijft` and `verdwijnt` are their ids."""
    kept, gone = (positive(request.args.get(name)) for name in ("blijft", "verdwijnt"))
    if not (kept and gone):
        flash("Kies twee organisaties: één die blijft en één die verdwijnt.", "error")
        return redirect(url_for("organisations.overview"))
    return redirect(url_for("organisations.compare", kept_id=kept, gone_id=gone))


@blueprint.get("/beheer/organisaties/<int:kept_id>/samenvoegen/<int:gone_id>")
@administrators_only
def compare(kept_id: int, gone_id: int) -> ResponseReturnValue:
    """Both beside each other; nothing happens here."""
    try:
        kept, gone = merging.check_pair(kept_id, gone_id, by=current_actor())
    except DomainError as error:
        return _to_list(error)
    return render_template("organisations/compare.html", **presenters_admin.comparison(kept, gone))


@blueprint.route(
    "/beheer/organisaties/<int:kept_id>/samenvoegen/<int:gone_id>/bevestigen", methods=["GET", "POST"]
)
@administrators_only
def merge(kept_id: int, gone_id: int) -> ResponseReturnValue:
    try:
        kept, gone = merging.check_pair(kept_id, gone_id, by=current_actor())
    except DomainError as error:
        return _to_list(error)
    form, seen = MergeForm(), agreeing.Seen(kept.version, gone.version)
    names = (kept.name, gone.name)
    if form.validate_on_submit() and form.sure.data:
        try:
            done = agreeing.propose(kept_id, gone_id, agreeing.Seen(*form.seen()), by=current_actor())
        except Stale:
            flash("Eén van beide is intussen bewerkt. Vergelijk ze opnieuw.", "warning")
            return redirect(url_for("organisations.compare", kept_id=kept_id, gone_id=gone_id))
        except DomainError as error:
            return _to_list(error)
        flash(_said(names, done), "success")
        return redirect(url_for("organisations.overview"))
    return _confirm_page(form, kept_id, gone_id, names, seen)


def _said(names: tuple[str, str], done: bool) -> str:
    if done:
        return f"{names[1]} is samengevoegd met {names[0]}: geen van beide had een eigenaar om het te vragen."
    return (
        f"Het voorstel om {names[1]} samen te voegen met {names[0]} is naar de eigenaars. "
        "Het gebeurt als een eigenaar van elk van beide akkoord gaat."
    )


def _confirm_page(
    form: MergeForm, kept_id: int, gone_id: int, names: tuple[str, str], seen: agreeing.Seen
) -> ResponseReturnValue:
    """What was compared is what may be merged: on the first look the versions come from the address."""
    if request.method == "POST":
        form.refuse(DomainError("merge_unconfirmed", field="sure"))
    else:
        versions = request.args.get("versies", f"{seen.kept}-{seen.gone}").split("-")
        form.kept.data, form.gone.data = versions[0], versions[-1]
    page = render_template(
        "organisations/merge.html", form=form, kept_id=kept_id, gone_id=gone_id, kept=names[0], gone=names[1]
    )
    return page, 422 if request.method == "POST" else 200


def _to_list(error: DomainError) -> ResponseReturnValue:
    if error.code not in SHOWN_AGAIN:
        raise error
    flash(say(error), "error")
    return redirect(url_for("organisations.overview"))
