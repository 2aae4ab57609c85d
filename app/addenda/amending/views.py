"""Addresses of amendments (preparing, publishing, discarding) and of the versions that everybody reads."""

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.amending.forms import AmendForm
from app.addenda.amending.pending import pending_of
from app.addenda.amending.policy import touched, touches_whole_challenge
from app.addenda.amending.presenters import (
    change_in_words,
    change_rows,
    mentions,
    old_dates,
    period,
    touched_labels,
    version_rows,
    working_days_left,
)
from app.addenda.amending.queries import (
    Version,
    follower_count,
    last_change,
    number_of_version,
    town_names,
    versions,
)
from app.addenda.amending.services import (
    discard_amendment,
    new_open_ends,
    publish_amendment,
    wanted_content,
)
from app.addenda.drafting.differences import compare
from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.drafting.editing import AMEND
from app.addenda.editor.presenters import checklist
from app.addenda.guard import for_call
from app.addenda.portraits import portrait_key
from app.addenda.queries import Call
from app.addenda.views import blueprint
from app.domain.errors import DomainError, NotFound
from app.infra import clock
from app.infra.forms import Form

PUBLISHED = "addendum.published.view"
blueprint.add_app_template_filter(change_in_words, "change_in_words")


@blueprint.app_template_global()
def last_call_change(call: Call) -> tuple[int, datetime] | None:
    """(number, moment) of the newest version of a call, when it changed since its publication."""
    return last_change(call.id)


@blueprint.route("/oproepen/<int:addendum_id>/wijziging", methods=["GET", "POST"])
@for_call(AMEND)
def amend(call: Call) -> ResponseReturnValue:
    """What is prepared, exactly as everybody will read it, and publishing it."""
    form = AmendForm()
    if request.method == "POST" and form.validate():
        dates = read_draft(load_addendum(call.id)).dates
        try:
            published = publish_amendment(
                call.id,
                reason=form.reason.data,
                deadline=form.wanted(dates.deadline),
                seen=form.seen_version(),
                by=current_actor(),
            )
            flash(f"Versie {published.number} is gepubliceerd. Iedereen krijgt het te horen.", "success")
            return redirect(url_for("addenda.versions", addendum_id=call.id))
        except DomainError as error:
            if error.code == "amendment_gone":
                return _gone(call)
            form.refuse(error)
    return _amend_page(call, form)


def _gone(call: Call) -> ResponseReturnValue:
    """A second click, or somebody else was first."""
    flash("Er staat geen wijziging meer klaar. Hieronder staat wat gepubliceerd is.", "info")
    return redirect(url_for("addenda.versions", addendum_id=call.id))


def _amend_page(call: Call, form: AmendForm) -> ResponseReturnValue:
    amendment = pending_of(call.id)
    before = read_draft(load_addendum(call.id))
    after = wanted_content(before, amendment, None)
    changes = compare(before, after, town_names())
    what = touched(changes, before, after)
    now = clock.now()
    form.version.data = str(amendment.version if amendment else 0)
    page = render_template(
        "addenda/amend.html",
        call=call,
        form=form,
        pending=amendment is not None,
        number=number_of_version(call.id) + 1,
        changes=change_rows(changes),
        touched=touched_labels(what, after),
        touches_general=what.general,
        whole=bool(what.obstacles) and any(touches_whole_challenge(one) for one in changes),
        followers=follower_count(call.id),
        days_left=working_days_left(after.dates, now),
        mentions=mentions(after, old_dates(before, after)),
        open_ends=checklist(call.id, new_open_ends(before, after, now))["blocking"],
        discard=Form(),
    )
    return page, 422 if form.errors else 200


@blueprint.post("/oproepen/<int:addendum_id>/wijziging/weggooien")
@for_call(AMEND)
def discard(call: Call) -> ResponseReturnValue:
    try:
        discard_amendment(call.id, by=current_actor())
        flash("De wijziging is weggegooid. De oproep staat zoals ze gepubliceerd is.", "info")
    except DomainError:
        return _gone(call)
    return redirect(url_for("addenda.amend", addendum_id=call.id))


@blueprint.get("/oproepen/<int:addendum_id>/versies", endpoint="versions")
@for_call(PUBLISHED, hidden=True)
def all_versions(call: Call) -> ResponseReturnValue:
    """Every version with its reason and what it changed; two of them compared when asked for."""
    known = versions(call.id)
    towns = town_names()
    return render_template(
        "addenda/versions.html",
        call=call,
        rows=version_rows(known, towns, call.id),
        numbers=[one.number for one in known],
        chosen=_chosen(known, towns),
    )


def _chosen(known: list[Version], towns: dict[int, str]) -> dict[str, Any] | None:
    """The two versions in the address; numbers that do not exist are no page."""
    if "van" not in request.args and "tot" not in request.args:
        return None
    numbers = {str(one.number): one for one in known}
    first, last = (numbers.get(request.args.get(name, "")) for name in ("van", "tot"))
    if first is None or last is None:
        raise NotFound("version")
    beside = request.args.get("weergave") == "naast"
    return {
        "first": first.number,
        "last": last.number,
        "changes": change_rows(compare(first.content, last.content, towns)),
        "beside": beside,
    }


@blueprint.get("/oproepen/<int:addendum_id>/versies/<int:number>")
@for_call(PUBLISHED, hidden=True)
def version(call: Call, number: int) -> ResponseReturnValue:
    """One version as everybody read it then."""
    known = versions(call.id)
    shown = next((one for one in known if one.number == number), None)
    if shown is None:
        raise NotFound("version")
    towns = town_names()
    since, until = period(known, number)
    return render_template(
        "addenda/version.html",
        call=call,
        version=shown,
        content=shown.content,
        towns=sorted(towns[one] for one in shown.content.basics.municipalities if one in towns),
        since=since,
        until=until,
        portrait_key=portrait_key,
    )
