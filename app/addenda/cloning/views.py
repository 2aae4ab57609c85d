"""Addresses of a new call from an earlier one."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.addenda.cloning import services as cloning
from app.addenda.cloning.forms import ANOTHER_REGION, PART_CHOICES, CloneForm
from app.addenda.drafting.drafts import load_addendum, read_draft
from app.addenda.drafting.editing import EDIT
from app.addenda.guard import for_region
from app.addenda.presenters import manage_rows
from app.addenda.publishing.policy import publication_items
from app.addenda.queries import Call, Region
from app.addenda.views import blueprint
from app.domain.errors import DomainError
from app.domain.timeline import local_day
from app.infra import clock


@blueprint.get("/regio/<int:service_area_id>/oproepen/uit-een-vroegere")
@for_region(EDIT)
def clone_sources(region: Region) -> ResponseReturnValue:
    """The calls that a new one can begin from."""
    words, now = " ".join(request.args.get("q", "").split())[:100], clock.now()
    calls = cloning.sources(region.id, words, now)
    return render_template(
        "addenda/clone_sources.html",
        region=region,
        words=words,
        rows=manage_rows(calls[: cloning.SHOWN], now),
        more=len(calls) > cloning.SHOWN,
    )


@blueprint.route("/regio/<int:service_area_id>/oproepen/uit/<int:source_id>", methods=["GET", "POST"])
@for_region(EDIT)
def clone(region: Region, source_id: int) -> ResponseReturnValue:
    """What comes along, and what happens to the dates."""
    source = cloning.readable(source_id, current_actor(), clock.now())
    form = CloneForm() if request.method == "POST" else _offered(source, region)
    if form.validate_on_submit():
        try:
            addendum_id = cloning.clone(source_id, region.id, form.choice(), by=current_actor())
            _tell(addendum_id)
            return redirect(url_for("addenda.edit", addendum_id=addendum_id))
        except DomainError as error:
            form.refuse(error)
    page = render_template("addenda/clone.html", region=region, source=source, form=form)
    return page, 422 if form.errors else 200


def _offered(source: Call, region: Region) -> CloneForm:
    """The form as it opens: everything of one's own region, elsewhere only what is not local."""
    today = local_day(clock.now())
    weeks = cloning.weeks_ahead(source.launch, today)
    own = source.service_area_id == region.id
    return CloneForm(
        data={
            "title": cloning.fresh_title(source, region.name, region.id, today.year),
            "parts": [name for name, _ in PART_CHOICES if own or name in ANOTHER_REGION],
            "dates": "shift" if source.launch else "empty",
            "weeks": weeks,
        }
    )


def _tell(addendum_id: int) -> None:
    """Say how the dates fell: a date that moved may now be a holiday."""
    items = publication_items(read_draft(load_addendum(addendum_id)), clock.now())
    odd = sum(item.code.startswith(("timeline_on_", "timeline_pitch")) for item in items)
    flash("De nieuwe oproep staat klaar als ontwerp.", "success")
    if odd:
        flash(f"Na het opschuiven vragen {odd} data nog een blik: zie de lijst hieronder.", "warning")
