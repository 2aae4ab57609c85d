"""The opening by two people, the list, the content as frozen, and the export."""

import io
from threading import Thread
from typing import Any

import pypdf
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, select

from app.accounts.actors import actor_for
from app.accounts.models import User
from app.addenda.models import Addendum, CallFact
from app.audit.models import AuditEntry
from app.domain.access import Verdict
from app.domain.errors import DomainError, Forbidden, NotFound
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration
from app.infra.database import db, transaction
from app.organisations.models import Membership
from app.proposals import policy
from app.proposals.handing_in.submitting import submit_proposal
from app.proposals.models import Opening, Proposal, Submission
from app.proposals.seal.unsealing import sign_opening
from app.regions.models import RegionRole
from tests import factories as make
from tests.counting import queries

TICKED = {"independent": "y"}


class Sealed:
    def __init__(self, phase: Phase = Phase.SEALED) -> None:
        self.region = make.make_region()
        self.call = make.make_call(self.region, phase)
        self.organisation = make.make_organisation("=Vzw De Brug")
        self.owner = make.make_member(self.organisation)
        self.proposal = make.make_proposal(self.call, self.organisation, self.owner, submitted=True)
        self.regisseur = make.make_regisseur(self.region)
        self.chair = make.make_juror(self.call, chair=True)
        self.juror = make.make_juror(self.call)

    def sign(self, user: User) -> bool:
        return sign_opening(self.call.id, by=make.actor(user))


@pytest.fixture
def sealed(app: Flask) -> Sealed:
    return Sealed()


def declare_conflict(call: Addendum, juror: User, organisation_id: int, *, in_conflict: bool = True) -> None:
    with transaction() as now:
        db.session.add(
            ConflictDeclaration(
                addendum_id=call.id,
                juror_id=juror.id,
                organisation_id=organisation_id,
                in_conflict=in_conflict,
                kind="board" if in_conflict else "",
                declared_at=now,
            )
        )


def test_two_people_open_and_each_act_is_logged(sealed: Sealed) -> None:
    assert sealed.sign(sealed.regisseur) is False
    assert db.session.scalar(select(CallFact.id).where(CallFact.kind == "opened")) is None
    assert sealed.sign(sealed.chair) is True
    fact = db.session.scalars(select(CallFact).where(CallFact.kind == "opened")).one()
    opening = db.session.get_one(Opening, sealed.call.id)
    assert opening.second_at == fact.at
    of_call = AuditEntry.action.startswith("call.")
    entries = list(db.session.scalars(select(AuditEntry).where(of_call).order_by(AuditEntry.seq)))
    assert [one.action for one in entries] == ["call.opening_signed", "call.opened"]
    assert entries[1].details["received"] == 1 and entries[1].details["altered"] == []


def test_the_signature_of_somebody_who_lost_the_right_makes_place(sealed: Sealed) -> None:
    third = make.make_regisseur(sealed.region)
    sealed.sign(sealed.regisseur)
    with transaction():
        db.session.execute(delete(RegionRole).where(RegionRole.user_id == sealed.regisseur.id))
    assert sealed.sign(sealed.chair) is False
    assert db.session.get_one(Opening, sealed.call.id).first_by_id == sealed.chair.id
    assert sealed.sign(third) is True


def test_without_any_proposal_the_opening_and_its_report_are_there_too(app: Flask) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.SEALED)
    people = [make.make_regisseur(region), make.make_regisseur(region)]
    for person in people:
        sign_opening(call.id, by=make.actor(person))
    client: Any = app.test_client()
    client.sign_in(people[0])
    assert "Er is niets ingediend." in client.get(f"/oproepen/{call.id}/opening").text
    assert client.get(f"/oproepen/{call.id}/opening.pdf").status_code == 200


def test_two_who_sign_at_one_moment_open_it_once(sealed: Sealed, app: Flask) -> None:
    """Both have the page with "Teken als eerste" before them; a third comes when it is done."""
    second = make.make_regisseur(sealed.region)
    done: list[bool] = []

    def sign(user_id: int) -> None:
        with app.app_context():
            done.append(sign_opening(sealed.call.id, by=actor_for(user_id)))
            db.session.remove()

    db.session.rollback()
    threads = [Thread(target=sign, args=(one,)) for one in (sealed.regisseur.id, second.id)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(done) == [False, True]
    db.session.rollback()
    facts = db.session.scalars(select(CallFact).where(CallFact.kind == "opened")).all()
    assert len(facts) == 1


def test_a_second_click_leads_to_the_report_and_says_that_it_was_done(sealed: Sealed, app: Flask) -> None:
    url = f"/oproepen/{sealed.call.id}/opening"
    clients: list[Any] = [app.test_client().sign_in(one) for one in (sealed.regisseur, sealed.chair)]  # type: ignore[attr-defined]
    assert [one.post(url, data=TICKED).status_code for one in clients] == [302, 302]
    again = clients[1].post(url, data=TICKED)
    assert again.status_code == 403
    assert "al geopend" in again.text and "Verslag van de opening" in again.text


def test_whoever_belongs_to_an_organisation_opens_nothing_whether_it_applied_or_not(sealed: Sealed) -> None:
    for organisation in (sealed.organisation, make.make_organisation()):
        person = make.make_regisseur(sealed.region)
        with transaction() as now:
            values = {"user_id": person.id, "organisation_id": organisation.id}
            db.session.add(Membership(role="member", since=now, **values))
        with pytest.raises(DomainError, match="opener_of_organisation"):
            sealed.sign(person)


def test_a_first_signer_who_joined_an_organisation_makes_place(sealed: Sealed) -> None:
    sealed.sign(sealed.regisseur)
    with transaction() as now:
        values = {"user_id": sealed.regisseur.id, "organisation_id": sealed.organisation.id}
        db.session.add(Membership(role="owner", since=now, **values))
    make.make_regisseur(sealed.region)
    assert sealed.sign(sealed.chair) is False


def test_nobody_who_got_the_role_after_the_first_signature_signs_with_it(sealed: Sealed) -> None:
    sealed.sign(sealed.regisseur)
    with pytest.raises(DomainError, match="role_after_first_signature"):
        sealed.sign(make.make_regisseur(sealed.region))
    assert sealed.sign(sealed.chair) is True


def test_one_person_cannot_sign_twice(sealed: Sealed) -> None:
    sealed.sign(sealed.regisseur)
    with pytest.raises(DomainError, match="second_person"):
        sealed.sign(sealed.regisseur)


def test_only_chair_and_regisseur_sign(sealed: Sealed) -> None:
    for person in (sealed.juror, sealed.owner, make.make_regisseur(make.make_region())):
        with pytest.raises(NotFound):
            sealed.sign(person)


@pytest.mark.parametrize("phase", [Phase.OPEN, Phase.WRITTEN])
def test_nobody_opens_before_the_deadline_or_twice(app: Flask, phase: Phase) -> None:
    world = Sealed(phase)
    with pytest.raises(Forbidden):
        world.sign(world.regisseur)


def test_the_page_leads_both_people_through_to_the_report(sealed: Sealed, app: Flask) -> None:
    url = f"/oproepen/{sealed.call.id}/opening"
    first: Any = app.test_client()
    first.sign_in(sealed.regisseur)
    assert "Teken als eerste" in first.get(url).text
    assert first.post(url).status_code == 422  # without the tick
    assert db.session.get(Opening, sealed.call.id) is None
    first.post(url, data=TICKED)
    assert "Jij tekende al" in first.get(url).text
    assert first.post(url, data=TICKED).status_code == 422
    second: Any = app.test_client()
    second.sign_in(sealed.chair)
    assert "Teken mee en open" in second.get(url).text
    assert second.post(url, data=TICKED).status_code == 302
    report = first.get(url).text
    digest = db.session.scalar(select(Submission.content_sha256))
    number = db.session.scalar(select(Submission.receipt_number))
    assert digest and digest in report and number and number in report
    assert "Rik De Regisseur" in report and "Jan Jurylid" in report
    pdf = pypdf.PdfReader(io.BytesIO(first.get(f"{url}.pdf").data))
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "nl" and root["/MarkInfo"]["/Marked"]
    assert number in "".join(page.extract_text() for page in pdf.pages)


def test_while_sealed_not_even_a_name_or_a_number_is_told(sealed: Sealed, client: FlaskClient) -> None:
    client.sign_in(sealed.regisseur)
    for page in ("kandidaturen", "opening"):
        text = client.get(f"/oproepen/{sealed.call.id}/{page}").text
        assert "verzegeld" in text and "Vzw De Brug" not in text and "ontvangen" not in text.casefold()
    assert client.get(f"/kandidaturen/{sealed.proposal.id}/lezen").status_code == 404
    assert client.get(f"/oproepen/{sealed.call.id}/kandidaturen.csv").status_code == 403


def opened_with_real_content(at: Any) -> Sealed:
    """Handed in by the service, then the clock past the deadline, then opened."""
    world = Sealed(Phase.OPEN)
    with transaction():
        for one in db.session.scalars(select(Submission)):
            one.withdrawn_at = one.submitted_at
    submit_proposal(world.proposal.id, key="k", by=make.actor(world.owner))
    at(world.call.deadline)
    world.sign(world.regisseur)
    world.sign(world.chair)
    return world


def test_what_is_read_is_what_was_frozen(app: Flask, client: FlaskClient, at: Any) -> None:
    world = opened_with_real_content(at)
    with transaction():
        db.session.get_one(Proposal, world.proposal.id).summary = "Stiekem gewijzigd"
    for juror in (world.juror, world.chair):
        declare_conflict(world.call, juror, world.organisation.id, in_conflict=False)
    for person in (world.regisseur, world.juror, world.chair, world.owner):
        page = app.test_client().sign_in(person).get(f"/kandidaturen/{world.proposal.id}/lezen")  # type: ignore[attr-defined]
        assert page.status_code == 200
        assert "Wij gaan naast mensen staan." in page.text and "Huisbezoek." in page.text
        assert "Stiekem gewijzigd" not in page.text


def test_a_juror_in_conflict_sees_the_name_and_nothing_more(app: Flask, client: FlaskClient, at: Any) -> None:
    world = opened_with_real_content(at)
    declare_conflict(world.call, world.juror, world.organisation.id)
    client.sign_in(world.juror)
    page = client.get(f"/oproepen/{world.call.id}/kandidaturen").text
    assert "Vzw De Brug" in page and "/lezen" not in page
    assert client.get(f"/kandidaturen/{world.proposal.id}/lezen").status_code == 403


def test_a_regisseur_in_conflict_exports_without_that_applicant(
    app: Flask, client: FlaskClient, at: Any
) -> None:
    world = opened_with_real_content(at)
    client.sign_in(world.regisseur)
    url = f"/oproepen/{world.call.id}/kandidaturen.csv"
    assert "Vzw De Brug" in client.get(url).text
    declare_conflict(world.call, world.regisseur, world.organisation.id)
    assert "Vzw De Brug" not in client.get(url).text


def test_the_export_cannot_run_a_formula(app: Flask, client: FlaskClient, at: Any) -> None:
    world = opened_with_real_content(at)
    answer = client.sign_in(world.regisseur).get(f"/oproepen/{world.call.id}/kandidaturen.csv")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert ";'=Vzw De Brug;" in answer.text and ";1,50;45000,00;nee;2" in answer.text


def test_a_registered_guard_can_ask_for_a_declaration_first(
    app: Flask, client: FlaskClient, at: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = opened_with_real_content(at)
    monkeypatch.setattr(
        policy,
        "READ_GUARDS",
        [
            lambda actor, _call, asked: (
                {one: Verdict(False, "declare_first") for one in asked}
                if actor.user_id == world.juror.id
                else {}
            )
        ],
    )
    url = f"/kandidaturen/{world.proposal.id}/lezen"
    assert app.test_client().sign_in(world.juror).get(url).status_code == 403  # type: ignore[attr-defined]
    assert app.test_client().sign_in(world.regisseur).get(url).status_code == 200  # type: ignore[attr-defined]


def test_the_list_sorts_both_ways(app: Flask, client: FlaskClient) -> None:
    world = Sealed(Phase.WRITTEN)
    make.make_proposal(world.call, make.make_organisation("Aarde vzw"), submitted=True)
    client.sign_in(world.regisseur)
    url = f"/oproepen/{world.call.id}/kandidaturen?sorteer=organisatie&richting="
    up, down = client.get(url + "op").text, client.get(url + "af").text
    assert up.index("Vzw De Brug") < up.index("Aarde vzw")
    assert down.index("Vzw De Brug") > down.index("Aarde vzw")
    assert client.get(url.replace("organisatie", "onzin")).status_code == 200


def test_the_list_needs_the_same_queries_for_any_number(app: Flask, client: FlaskClient) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.WRITTEN)
    client.sign_in(make.make_regisseur(region))
    counts, done = [], 0
    for number in (1, 3, 30):
        for _ in range(number - done):
            make.make_proposal(call, make.make_organisation(), submitted=True)
        done = number
        with queries() as seen:
            page = client.get(f"/oproepen/{call.id}/kandidaturen").text
        assert page.count("/lezen") == number
        counts.append(len(seen))
    assert len(set(counts)) == 1 and counts[0] <= 12
