"""The documents that the application makes are documents that it takes in: people add them elsewhere."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.infra.documents import render_pdf
from app.infra.filekinds import Kind, kind_of
from app.proposals.handing_in.submitting import submit_proposal
from app.proposals.seal.unsealing import sign_opening
from tests import factories as make

LETTER = {
    "subject": "Beslissing over je kandidatuur",
    "signature": "De regisseur",
    "sender": ["Lokaal bestuur", "https://voorbeeld.be"],
    "recipient": ["Vzw De Brug", "Kade 1"],
    "date": "2 juni 2023",
    "reference": "PW-1",
    "salutation": "Beste,",
    "opening": "Hieronder lees je de beslissing.",
    "sections": [
        {"heading": "Reden", "paragraphs": [["Een regel", "en nog een (zie https://voorbeeld.be)."]]}
    ],
    "contact": ["regisseur@voorbeeld.be"],
}


def test_what_the_application_makes_it_takes_in(
    app: Flask, client: FlaskClient, at: Callable[[Any], None]
) -> None:
    region = make.make_region()
    call = make.make_call(region)
    organisation = make.make_organisation()
    owner = make.make_member(organisation)
    first, second = make.make_regisseur(region), make.make_regisseur(region)
    proposal = make.make_proposal(call, organisation, owner)
    own: Any = client.sign_in(owner)  # type: ignore[attr-defined]
    place = f"/kandidaturen/{proposal.id}"
    made = {
        "call": own.get(f"/oproepen/{call.id}/oproep.pdf").data,
        "draft": own.get(f"{place}/kandidatuur.pdf").data,
        "letter": render_pdf("decisions/letter.typ", LETTER),
    }
    submit_proposal(proposal.id, key="k", by=make.actor(owner))
    made["proposal"] = own.get(f"{place}/kandidatuur.pdf").data
    made["receipt"] = own.get(f"{place}/ontvangstbewijs.pdf").data
    assert call.deadline is not None
    at(call.deadline + timedelta(days=1))
    for person in (first, second):
        sign_opening(call.id, by=make.actor(person))
    staff: Any = app.test_client().sign_in(first)  # type: ignore[attr-defined]
    made["opening"] = staff.get(f"/oproepen/{call.id}/opening.pdf").data
    for name, data in made.items():
        assert kind_of(f"{name}.pdf", data) is Kind.PDF, name
