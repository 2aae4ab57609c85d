"""The two floors: an empty page of the same shell, and as many rows from one Core query in a plain loop."""

from pathlib import Path

from flask import Blueprint, Flask, render_template
from sqlalchemy import select

from app.infra.access import public
from app.infra.database import db
from app.organisations.models import Organisation
from app.proposals.models import Proposal, Submission

floors = Blueprint("floors", __name__, template_folder=str(Path(__file__).parent / "templates"))


@floors.get("/bench/empty")
@public
def empty() -> str:
    return render_template("bench/empty.html")


@floors.get("/bench/rows/<int:addendum_id>")
@public
def rows(addendum_id: int) -> str:
    found = db.session.execute(
        select(Organisation.name, Submission.receipt_number, Submission.submitted_at, Submission.revision)
        .join(Proposal, Proposal.organisation_id == Organisation.id)
        .join(Submission, Submission.proposal_id == Proposal.id)
        .where(Submission.addendum_id == addendum_id)
        .order_by(Submission.submitted_at)
    ).all()
    return render_template("bench/rows.html", rows=found)


def add_floors(app: Flask) -> None:
    app.register_blueprint(floors)
