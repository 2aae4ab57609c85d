"""The offers and the colleagues of an organisation."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.accounts.invitations import open_invitations
from app.domain.errors import DomainError, Stale
from app.infra import clock
from app.infra.messages import say
from app.organisations import membership, policy, presenters, services
from app.organisations.forms import ColleagueForm, OfferForm
from app.organisations.guard import for_members, for_owners
from app.organisations.queries import (
    colleagues,
    load_offer,
    load_organisation,
    offer_version,
    open_requests,
)
from app.organisations.views import blueprint


def _to_page(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_for("organisations.show", organisation_id=organisation_id) + "#aanbod")


def _offer_page(
    organisation_id: int, form: OfferForm, status: int, theirs: list[tuple[str, str]] | None = None
) -> ResponseReturnValue:
    offer_id = (request.view_args or {}).get("offer_id")
    page = render_template(
        "organisations/offer.html",
        form=form,
        organisation_id=organisation_id,
        theirs=theirs,
        offer_id=offer_id,
    )
    return page, status


@blueprint.route("/organisaties/<int:organisation_id>/aanbod/nieuw", methods=["GET", "POST"])
@for_members
def add_offer(organisation_id: int) -> ResponseReturnValue:
    form = OfferForm()
    if form.validate_on_submit():
        try:
            services.add_offer(organisation_id, form.draft(), by=current_actor())
        except DomainError as error:
            form.refuse(error)
        else:
            flash("Het aanbod is toegevoegd.", "success")
            return _to_page(organisation_id)
    return _offer_page(organisation_id, form, 422 if request.method == "POST" else 200)


@blueprint.route("/organisaties/<int:organisation_id>/aanbod/<int:offer_id>", methods=["GET", "POST"])
@for_members
def edit_offer(organisation_id: int, offer_id: int) -> ResponseReturnValue:
    offer = load_offer(organisation_id, offer_id)
    if request.method == "GET":
        return _offer_page(
            organisation_id, OfferForm(data=presenters.offer_as_typed(offer, offer_version(offer))), 200
        )
    form = OfferForm()
    if not form.validate():
        return _offer_page(organisation_id, form, 422)
    try:
        services.edit_offer(organisation_id, offer_id, form.seen_version(), form.draft(), by=current_actor())
    except Stale as error:
        form.version.data = str(error.version)
        return _offer_page(organisation_id, form, 409, presenters.differences(form, error.theirs))
    except DomainError as error:
        form.refuse(error)
        return _offer_page(organisation_id, form, 422)
    flash("Het aanbod is bewaard.", "success")
    return _to_page(organisation_id)


@blueprint.post("/organisaties/<int:organisation_id>/aanbod/<int:offer_id>/verwijderen")
@for_members
def remove_offer(organisation_id: int, offer_id: int) -> ResponseReturnValue:
    services.remove_offer(organisation_id, offer_id, by=current_actor())
    flash("Het aanbod is verwijderd.", "success")
    return _to_page(organisation_id)


@blueprint.get("/organisaties/<int:organisation_id>/collegas")
@for_members
def members(organisation_id: int) -> ResponseReturnValue:
    return _members_page(organisation_id, ColleagueForm(formdata=None), 200)


@blueprint.post("/organisaties/<int:organisation_id>/collegas")
@for_owners
def invite_member(organisation_id: int) -> ResponseReturnValue:
    form = ColleagueForm()
    if form.validate_on_submit():
        try:
            membership.invite_colleague(
                organisation_id, form.email.data, form.name.data, form.role.data, by=current_actor()
            )
        except DomainError as error:
            form.refuse(error)
        else:
            flash(f"De uitnodiging voor {form.email.data} vertrekt per mail.", "success")
            return _to_members(organisation_id)
    return _members_page(organisation_id, form, 422)


@blueprint.post("/organisaties/<int:organisation_id>/collegas/<int:user_id>/verwijderen")
@for_owners
def remove_member(organisation_id: int, user_id: int) -> ResponseReturnValue:
    try:
        membership.remove_colleague(organisation_id, user_id, by=current_actor())
    except DomainError as error:
        if error.code != "last_owner":
            raise
        flash(say(error), "error")
        return _to_members(organisation_id)
    flash("De collega hoort niet meer bij de organisatie.", "success")
    if user_id == current_actor().user_id:
        return redirect("/")
    return _to_members(organisation_id)


@blueprint.post("/organisaties/<int:organisation_id>/collegas/uitnodiging/<int:invitation_id>/intrekken")
@for_owners
def withdraw_member_invitation(organisation_id: int, invitation_id: int) -> ResponseReturnValue:
    membership.withdraw_invitation(organisation_id, invitation_id, by=current_actor())
    flash("De uitnodiging is ingetrokken.", "success")
    return _to_members(organisation_id)


def _to_members(organisation_id: int) -> ResponseReturnValue:
    return redirect(url_for("organisations.members", organisation_id=organisation_id))


def _members_page(organisation_id: int, form: ColleagueForm, status: int) -> ResponseReturnValue:
    owner = policy.owns(current_actor(), organisation_id)
    page = render_template(
        "organisations/members.html",
        organisation=load_organisation(organisation_id),
        form=form if owner else None,
        rows=presenters.colleague_rows(colleagues(organisation_id), organisation_id, owner),
        pending=open_invitations(membership.KIND, organisation_id, clock.now()) if owner else [],
        roles=policy.ROLES,
        requests=open_requests(organisation_id) if owner else [],
        tabs=presenters.tabs(organisation_id, "members"),
    )
    return page, status
