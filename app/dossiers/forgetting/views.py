"""Making a person nameless, by an administrator."""

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from app.accounts.actors import current_actor
from app.accounts.guard import administrators_only
from app.accounts.models import User
from app.domain.errors import DomainError, Forbidden, NotFound
from app.dossiers.forgetting.forms import ForgetForm
from app.dossiers.forgetting.queries import names_due
from app.dossiers.forgetting.services import forget
from app.dossiers.views import blueprint
from app.infra import clock
from app.infra.database import db


@blueprint.get("/beheer/personen/termijn-voorbij", endpoint="names_due")
@administrators_only
def names_due_page() -> ResponseReturnValue:
    """Whose name nothing needs any longer."""
    return render_template("dossiers/names_due.html", people=names_due(clock.now()))


@blueprint.get("/beheer/personen/<int:user_id>/naamloos")
@administrators_only
def forget_page(user_id: int) -> ResponseReturnValue:
    return _page(user_id, ForgetForm(formdata=None))


@blueprint.post("/beheer/personen/<int:user_id>/naamloos")
@administrators_only
def forget_person(user_id: int) -> ResponseReturnValue:
    form = ForgetForm()
    try:
        name = forget(user_id, ground=form.ground.data or "", typed=form.typed.data or "", by=current_actor())
    except (NotFound, Forbidden):
        raise
    except DomainError as error:
        form.refuse(error)
        return _page(user_id, form), 422
    flash(f"Deze persoon heet voortaan {name}.", "success")
    return redirect(url_for("accounts.people"))


def _page(user_id: int, form: ForgetForm) -> str:
    user = db.session.get(User, user_id)
    if user is None:
        raise NotFound("person")
    return render_template("dossiers/forget.html", person=user, form=form)
