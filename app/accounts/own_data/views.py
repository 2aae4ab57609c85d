"""Addresses of the own data."""

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.own_data.presenters import own_data_facts
from app.accounts.own_data.services import gathered, give
from app.accounts.views import blueprint
from app.infra.access import signed_in


@blueprint.get("/mijn-account/gegevens")
@signed_in
def own_data() -> ResponseReturnValue:
    return render_template("accounts/own_data.html", **own_data_facts(gathered(current_user.id)))


@blueprint.post("/mijn-account/gegevens")
@signed_in
def download_own_data() -> Response:
    answer = Response(give(current_user.id, by_id=current_user.id), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="mijn-gegevens.json"'
    return answer
