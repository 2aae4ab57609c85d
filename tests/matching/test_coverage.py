"""Coverage: which proposals take up which obstacles, gaps first, without those one may not judge."""

from fractions import Fraction

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration
from app.infra.database import db, transaction
from app.matching.queries import coverage_of
from app.matching.vocabulary.store import vocabulary
from app.proposals.models import Proposal, Submission
from tests import factories as make
from tests.counting import queries


def test_what_stands_is_counted_and_weighed(app: Flask) -> None:
    call = make.make_call(make.make_region(), Phase.WRITTEN)
    make.make_proposal(call, make.make_organisation(), submitted=True)
    make.make_proposal(call, make.make_organisation())
    found = coverage_of(call.id)
    assert [len(found.claims.get(one, ())) for one in make.obstacle_ids(call)] == [1, 1, 0]
    assert found.table is not None and found.table.covered() == Fraction(200, 3)


def test_who_is_excluded_covers_nothing(app: Flask) -> None:
    call = make.make_call(make.make_region(), Phase.WRITTEN)
    organisation = make.make_organisation()
    make.make_proposal(call, organisation, submitted=True)
    found = coverage_of(call.id, excluding=frozenset({organisation.id}))
    assert found.proposals == [] and found.claims == {}


def test_a_call_without_obstacles_or_proposals_has_a_page(app: Flask, client: FlaskClient) -> None:
    region = make.make_region()
    client.sign_in(make.make_regisseur(region))
    for number in (0, 2):
        call = make.make_call(region, Phase.WRITTEN, obstacles=number)
        page = client.get(f"/oproepen/{call.id}/dekking")
        assert page.status_code == 200 and "Nog niets" in page.text


def test_uncovered_obstacles_come_first(app: Flask, client: FlaskClient) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.WRITTEN)
    make.make_proposal(call, make.make_organisation(), submitted=True)
    page = client.sign_in(make.make_regisseur(region)).get(f"/oproepen/{call.id}/dekking").text
    assert page.index("Obstakel 1.3") < page.index("Obstakel 1.1") < page.index("Obstakel 1.2")
    assert "0 van 1" in page and "1 van 1" in page


def test_a_conflict_with_one_applicant_closes_the_page_of_all(app: Flask, client: FlaskClient) -> None:
    call = make.make_call(make.make_region(), Phase.WRITTEN)
    rival, other = make.make_organisation("Vzw Eigen Bestuur"), make.make_organisation("Vzw Vreemd")
    for one in (rival, other):
        make.make_proposal(call, one, submitted=True)
    juror = make.make_juror(call)
    with transaction() as now:
        db.session.add(
            ConflictDeclaration(
                addendum_id=call.id,
                juror_id=juror.id,
                organisation_id=rival.id,
                in_conflict=True,
                kind="board",
                declared_at=now,
            )
        )
    answer = client.sign_in(juror).get(f"/oproepen/{call.id}/dekking")
    assert answer.status_code == 403
    assert "belangenconflict" in answer.text and "Vzw Eigen Bestuur" not in answer.text
    assert "alle kandidaten samen" in answer.text and "juiste account" not in answer.text
    assert f"/oproepen/{call.id}/dekking" not in client.get(f"/oproepen/{call.id}").text


def test_a_juror_without_conflict_has_the_tab(app: Flask, client: FlaskClient) -> None:
    call = make.make_call(make.make_region(), Phase.WRITTEN)
    client.sign_in(make.make_juror(call))
    assert f"/oproepen/{call.id}/dekking" in client.get(f"/oproepen/{call.id}").text


def test_what_was_refused_is_left_out_and_named(app: Flask, client: FlaskClient) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.WRITTEN)
    refused, other = make.make_organisation("Vzw Te Laat"), make.make_organisation("Vzw Op Tijd")
    for one in (refused, other):
        make.make_proposal(call, one, submitted=True)
    with transaction() as now:
        proposals = select(Proposal.id).where(Proposal.organisation_id == refused.id)
        db.session.execute(
            update(Submission).where(Submission.proposal_id.in_(proposals)).values(refused_at=now)
        )
    client.sign_in(make.make_regisseur(region))
    for page in ("dekking", "voortgang"):
        text = client.get(f"/oproepen/{call.id}/{page}").text
        assert "Niet ontvankelijk, en dus niet meegeteld op deze pagina: <bdi>Vzw Te Laat</bdi>." in text
        assert text.count("Vzw Te Laat") == 1


def test_the_page_needs_the_same_queries_for_any_number(app: Flask, client: FlaskClient) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.WRITTEN)
    client.sign_in(make.make_regisseur(region))
    vocabulary()  # the thesaurus is read once
    counts, done = [], 0
    for number in (1, 3, 45):
        for _ in range(number - done):
            make.make_proposal(call, make.make_organisation(), submitted=True)
        done = number
        with queries() as seen:
            assert client.get(f"/oproepen/{call.id}/dekking").status_code == 200
        counts.append(len(seen))
    assert len(set(counts)) == 1 and counts[0] <= 19
    assert client.get(f"/oproepen/{call.id}/dekking?pagina=99").status_code == 200
