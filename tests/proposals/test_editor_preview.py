"""The preview says what the jury will read; the PDF says whether it was handed in."""

from datetime import timedelta
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from app.addenda.queries import load_call
from app.domain.timeline import Phase
from app.infra import clock
from app.infra.database import db, transaction
from app.proposals.models import Proposal
from app.proposals.writing.drafts import state_of, working_content
from app.proposals.writing.paper import paper_of
from tests import factories as make

TEXT = (
    "## Kop\n\nEerst **luisteren**, dan doen.\n\n1. bellen\n2. langsgaan\n\n[site](https://debrug.be) 😀 שלום"
)


class Own:
    def __init__(self, submitted: bool = False) -> None:
        self.region = make.make_region()
        self.call = make.make_call(self.region)
        self.organisation = make.make_organisation("Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.id = make.make_proposal(self.call, self.organisation, self.owner, submitted=submitted).id
        self.url = f"/kandidaturen/{self.id}"

    def write(self) -> None:
        with transaction():
            row = db.session.get_one(Proposal, self.id)
            row.summary, row.updated_at = TEXT, row.updated_at + timedelta(days=1)


def test_the_preview_is_what_stands_in_the_form(app: Flask, client: FlaskClient) -> None:
    own = Own()
    own.write()
    page = client.sign_in(own.owner).get(f"{own.url}/voorbeeld").text
    assert (
        "Zo ziet de jury dit" in page and "<strong>luisteren</strong>" in page and "<li>bellen</li>" in page
    )


def test_the_preview_and_the_page_of_the_jury_show_the_same(app: Flask, client: FlaskClient) -> None:
    call = make.make_call(make.make_region(), Phase.WRITTEN)
    organisation = make.make_organisation()
    owner = make.make_member(organisation)
    proposal = make.make_proposal(call, organisation, owner, submitted=True)
    client.sign_in(owner)

    def content(name: str) -> str:
        page = client.get(f"/kandidaturen/{proposal.id}/{name}").text
        return page[page.index('aria-labelledby="inhoud-algemeen"') : page.index("</main>")].rpartition(
            "</section>"
        )[0]

    assert content("voorbeeld") == content("lezen")


def test_a_draft_on_paper_says_that_it_is_one(app: Flask, client: FlaskClient) -> None:
    own = Own()
    own.write()
    answer = client.sign_in(own.owner).get(f"{own.url}/kandidatuur.pdf")
    assert answer.data.startswith(b"%PDF") and "attachment" in answer.headers["Content-Disposition"]
    assert "ontwerp" in answer.headers["Content-Disposition"]


def test_the_paper_of_what_stands_carries_its_number(app: Flask, client: FlaskClient) -> None:
    own = Own(submitted=True)
    standing = state_of(own.id).standing
    answer = client.sign_in(own.owner).get(f"{own.url}/kandidatuur.pdf")
    assert standing.receipt_number in answer.headers["Content-Disposition"]
    own.write()
    assert "ontwerp" in client.get(f"{own.url}/kandidatuur.pdf").headers["Content-Disposition"]


def test_the_paper_has_every_text_as_blocks_and_every_file(app: Flask, at: Any) -> None:
    own = Own()
    own.write()
    content = working_content(own.id) | {"attachments": [{"name": "plan\n.pdf", "size": 2_500_000}]}
    paper = paper_of(load_call(own.call.id, clock.now()), content, None, clock.now())
    assert (
        paper["draft"]
        and paper["status"].startswith("ONTWERP")
        and paper["files"] == [["plan .pdf", "2,4 MB"]]
    )
    kinds = [one["kind"] for one in paper["general"][0]["blocks"]]
    assert kinds == ["h", "p", "ol", "p"]


def test_nobody_else_sees_them(app: Flask, client: FlaskClient) -> None:
    own = Own()
    for person in (make.make_member(make.make_organisation()), make.make_regisseur(own.region)):
        client.sign_in(person)
        for name in ("voorbeeld", "kandidatuur.pdf", "overnemen"):
            assert client.get(f"{own.url}/{name}").status_code == 404
