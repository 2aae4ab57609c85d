"""The administrator's pages about regions."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.accounts.guard import administrators_only
from app.accounts.invitations import open_invitations
from app.domain.errors import DomainError, Stale
from app.infra import clock
from app.regions import services
from app.regions.forms import InviteForm, RegionForm
from app.regions.policy import ROLES
from app.regions.queries import all_regions, load_region, people_of

blueprint = Blueprint("regions", __name__)


@blueprint.get("/beheer/regios")
@administrators_only
def index() -> ResponseReturnValue:
    return render_template("regions/index.html", regions=all_regions())


@blueprint.route("/beheer/regios/nieuw", methods=["GET", "POST"])
@administrators_only
def create() -> ResponseReturnValue:
    form = RegionForm()
    if form.validate_on_submit():
        try:
            service_area_id = services.create_region(form.draft(), by=current_actor())
        except DomainError as error:
            form.refuse(error)
        else:
            flash("De regio is gemaakt. Nodig nu een regisseur uit.", "success")
            return _to_region(service_area_id)
    page = render_template("regions/create.html", form=form)
    return page, 422 if request.method == "POST" else 200


@blueprint.route("/beheer/regios/<int:service_area_id>", methods=["GET", "POST"])
@administrators_only
def edit(service_area_id: int) -> ResponseReturnValue:
    region = load_region(service_area_id)
    if request.method == "GET":
        stored = services.region_as_typed(region) | {"version": region.version}
        return _region_page(service_area_id, RegionForm(data=stored), None, 200)
    form = RegionForm()
    if not form.validate():
        return _region_page(service_area_id, form, None, 422)
    try:
        services.edit_region(service_area_id, form.seen_version(), form.draft(), by=current_actor())
    except Stale as error:
        form.version.data = str(error.version)
        theirs = [(form[name].label.text, _shown(value)) for name, value in error.theirs.items()]
        return _region_page(service_area_id, form, None, 409, theirs)
    except DomainError as error:
        form.refuse(error)
        return _region_page(service_area_id, form, None, 422)
    flash("De regio is bewaard.", "success")
    return _to_region(service_area_id)


@blueprint.post("/beheer/regios/<int:service_area_id>/uitnodigen")
@administrators_only
def invite(service_area_id: int) -> ResponseReturnValue:
    form = InviteForm()
    if form.validate_on_submit():
        try:
            services.invite_to_region(
                service_area_id, form.email.data, form.name.data, form.role.data, by=current_actor()
            )
        except DomainError as error:
            if error.code == "not_found":
                raise
            form.refuse(error)
        else:
            flash(f"De uitnodiging voor {form.email.data} vertrekt per mail.", "success")
            return _to_region(service_area_id)
    return _region_page(service_area_id, None, form, 422)


@blueprint.post("/beheer/regios/<int:service_area_id>/uitnodiging/<int:invitation_id>/intrekken")
@administrators_only
def withdraw_invitation(service_area_id: int, invitation_id: int) -> ResponseReturnValue:
    services.withdraw_invitation(service_area_id, invitation_id, by=current_actor())
    flash("De uitnodiging is ingetrokken.", "success")
    return _to_region(service_area_id)


@blueprint.post("/beheer/regios/<int:service_area_id>/rollen/<int:role_id>/beeindigen")
@administrators_only
def end_role(service_area_id: int, role_id: int) -> ResponseReturnValue:
    services.end_role(service_area_id, role_id, by=current_actor())
    flash("De rol is beëindigd.", "success")
    return _to_region(service_area_id)


def _shown(value: object) -> str:
    return ("ja" if value else "nee") if isinstance(value, bool) else str(value)


def _to_region(service_area_id: int) -> ResponseReturnValue:
    return redirect(url_for("regions.edit", service_area_id=service_area_id))


def _region_page(
    service_area_id: int,
    form: RegionForm | None,
    invite_form: InviteForm | None,
    status: int,
    theirs: list[tuple[str, str]] | None = None,
) -> ResponseReturnValue:
    region = load_region(service_area_id)
    if form is None:
        stored = services.region_as_typed(region) | {"version": region.version}
        form = RegionForm(formdata=None, data=stored)
    page = render_template(
        "regions/edit.html",
        region=region,
        form=form,
        invite_form=invite_form or InviteForm(formdata=None),
        invite_errors=invite_form,
        theirs=theirs,
        people=people_of(service_area_id),
        pending=open_invitations(services.KIND, service_area_id, clock.now()),
        roles=ROLES,
        own_id=current_actor().user_id,
    )
    return page, status
