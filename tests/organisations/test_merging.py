"""Two organisations that are one become one: nothing is lost, and the administrator learns nothing."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import User
from app.audit.models import AuditEntry
from app.domain.timeline import Phase
from app.evaluation.models import ConflictDeclaration
from app.infra import clock
from app.infra.database import db, transaction
from app.organisations import agreeing
from app.organisations.agreeing import waiting_for
from app.organisations.models import JoinRequest, Membership, Offer, Organisation, Reference
from app.organisations.queries import active_owner_ids
from app.proposals.handing_in.submitting import submit_proposal
from app.proposals.merged_organisations import anything_secret
from app.proposals.models import Proposal, Submission
from app.proposals.seal.sealing import contents
from tests import factories as make
from tests.accounts.people import mails
from tests.counting import queries


@pytest.fixture
def kept(app: Flask) -> Organisation:
    return make.make_organisation("De Brug", about="Wij helpen.", languages=["Frans"])


@pytest.fixture
def gone(app: Flask) -> Organisation:
    return make.make_organisation(
        "De Brug vzw", city="Boom", phone="03", about="Oud.", languages=["Arabisch"]
    )


@pytest.fixture
def admin(client: FlaskClient) -> FlaskClient:
    user = make.make_user("Ada Beheer", administrator=True)
    return client.sign_in(user)  # type: ignore[attr-defined, no-any-return]


def path(kept: Organisation, gone: Organisation, rest: str = "/bevestigen") -> str:
    return f"/beheer/organisaties/{kept.id}/samenvoegen/{gone.id}{rest}"


def versions(*both: Organisation) -> dict[str, str]:
    db.session.rollback()
    rows = [db.session.get_one(Organisation, one.id, populate_existing=True).version for one in both]
    db.session.rollback()
    return {"kept": str(rows[0]), "gone": str(rows[1]), "sure": "y"}


def merge(admin: FlaskClient, kept: Organisation, gone: Organisation) -> Any:
    """Proposed by the administrator, and an owner of each agrees; who has none gets one while a call is open
    or sealed. The answer to the administrator."""
    secret = anything_secret(clock.now())
    for one in (kept, gone):
        if secret and not active_owner_ids(one.id):
            make.make_member(one)
    answer = admin.post(path(kept, gone), data=versions(kept, gone))
    both_agree(kept.id, gone.id)
    return answer


def both_agree(*ids: int) -> None:
    db.session.rollback()
    for organisation_id in ids:
        owner = min(active_owner_ids(organisation_id), default=None)
        waiting = waiting_for(organisation_id)
        if owner is not None and waiting:
            agreeing.answer(waiting[0].id, True, by=make.actor(db.session.get_one(User, owner)))
    db.session.rollback()


def fresh(organisation: Organisation) -> Organisation:
    db.session.rollback()
    return db.session.get_one(Organisation, organisation.id, populate_existing=True)


def owners_of_proposals() -> dict[int, int]:
    found = dict(db.session.execute(select(Proposal.id, Proposal.organisation_id)).all())
    db.session.rollback()
    return found


def as_member(app: Flask, user: User) -> FlaskClient:
    return app.test_client().sign_in(user)  # type: ignore[attr-defined, no-any-return]


def test_both_are_shown_beside_each_other_and_nothing_happens(
    admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    page = admin.get(path(kept, gone, ""))
    assert page.status_code == 200
    assert all(one in page.text for one in ("De Brug vzw", "Wij helpen.", "Oud.", "Frans", "Arabisch"))
    listed = admin.get("/beheer/organisaties").text
    assert "Waarschijnlijk dubbel" in listed and "Een naam die erop lijkt" in listed
    assert admin.post(path(kept, gone), data=versions(kept, gone) | {"sure": ""}).status_code == 422
    assert fresh(gone).merged_into_id is None


def test_profile_people_and_work_come_together_without_doubling(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    both = make.make_member(kept, "member")
    alone = make.make_member(gone, "owner")
    with transaction() as now:
        db.session.add(Membership(user_id=both.id, organisation_id=gone.id, role="owner", since=now))
        for organisation in (kept, gone):
            db.session.add(Offer(organisation_id=organisation.id, title="Samen koken"))
            db.session.add(
                Reference(id=organisation.id, organisation_id=organisation.id, position=0, title="X")
            )
        db.session.add(Offer(organisation_id=gone.id, title="Alleen hier"))
        db.session.add(Reference(id=77, organisation_id=gone.id, position=1, title="Y"))
        db.session.add(
            JoinRequest(id=5, organisation_id=gone.id, name="Nele", email="n@voorbeeld.be", asked_at=now)
        )
    assert merge(admin, kept, gone).status_code == 302
    one = fresh(kept)
    assert (one.about, one.phone, one.city, one.languages) == (
        "Wij helpen.",
        "03",
        "Boom",
        ["Frans", "Arabisch"],
    )
    assert sorted(offer.title for offer in one.offers) == ["Alleen hier", "Samen koken"]
    titles = db.session.scalars(select(Reference.title).where(Reference.organisation_id == kept.id)).all()
    assert sorted(titles) == ["X", "Y"]
    roles = db.session.execute(
        select(Membership.user_id, Membership.role).where(Membership.organisation_id == kept.id)
    )
    assert dict(roles.all()) == {both.id: "owner", alone.id: "owner"}
    assert db.session.scalars(select(JoinRequest.organisation_id)).all() == [kept.id]
    assert {mail.to_address for mail in mails("organisation.merged")} == {both.email, alone.email}


def test_old_addresses_lead_to_the_one_that_stays(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    member = as_member(app, make.make_member(gone, "member"))
    merge(admin, kept, gone)
    for rest in ("", "/bewerken", "/collegas", "/documenten"):
        answer = member.get(f"/organisaties/{gone.id}{rest}")
        assert answer.location == f"/organisaties/{kept.id}{rest}"
        assert member.get(answer.location).status_code == 200
    assert "Hiermee samengevoegd: <bdi>De Brug vzw</bdi>" in member.get(f"/organisaties/{kept.id}").text


@pytest.mark.parametrize("which", ["kept", "gone"])
def test_a_form_that_was_open_during_the_merging_loses_nothing(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation, which: str
) -> None:
    organisation = kept if which == "kept" else gone
    member = as_member(app, make.make_member(organisation, "member"))
    merge(admin, kept, gone)
    typed = {"version": "1", "name": "De Brug", "about": "Net getypt"}
    answer = member.post(f"/organisaties/{organisation.id}/bewerken", data=typed)
    assert answer.status_code == 409 and "Net getypt" in answer.text and "Wij helpen." in answer.text
    assert fresh(kept).about == "Wij helpen."


def test_what_was_edited_since_it_was_compared_is_compared_again(
    admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    seen = versions(kept, gone)
    with transaction():
        db.session.get_one(Organisation, gone.id).version += 1
    answer = admin.post(path(kept, gone), data=seen)
    assert answer.location == path(kept, gone, "")
    assert fresh(gone).merged_into_id is None


def test_what_cannot_be_merged_is_refused_in_words(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    def told(answer: Any) -> str:
        assert answer.location == "/beheer/organisaties"
        return str(admin.get(answer.location).text)

    assert "twee verschillende" in told(merge(admin, kept, kept))
    assert merge(admin, kept, gone).status_code == 302
    assert "al samengevoegd" in told(merge(admin, kept, gone))
    assert "al samengevoegd" in told(merge(admin, gone, kept))
    assert admin.get(f"/beheer/organisaties/{kept.id}/samenvoegen/999999").status_code == 404
    assert admin.get("/beheer/organisaties/samenvoegen?blijft=x").location == "/beheer/organisaties"
    garbage = {"kept": "²", "gone": "9" * 30, "sure": "y"}
    other = make.make_organisation("Nog een")
    assert admin.post(path(kept, other), data=garbage).location == path(kept, other, "")


def test_an_administrator_keeps_away_from_the_own_organisation(
    app: Flask, kept: Organisation, gone: Organisation
) -> None:
    member = make.make_member(gone, "member")
    with transaction():
        db.session.get_one(User, member.id).administrator = True
    client = as_member(app, member)
    assert client.get(path(kept, gone, "")).location == "/beheer/organisaties"
    assert merge(client, kept, gone).location == "/beheer/organisaties"
    assert fresh(gone).merged_into_id is None


def test_only_administrators_merge(app: Flask, kept: Organisation, gone: Organisation) -> None:
    owner = as_member(app, make.make_member(kept))
    for rest in ("", "/bevestigen"):
        assert owner.get(path(kept, gone, rest)).status_code == 404
    assert merge(owner, kept, gone).status_code == 404
    assert owner.get("/beheer/organisaties").status_code == 404


def test_a_draft_goes_along_and_what_was_handed_in_keeps_its_receipt(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    region = make.make_region()
    first, second = make.make_call(region), make.make_call(region)
    colleague = make.make_member(kept, "member")
    draft = make.make_proposal(first, gone)
    handed_in = make.make_proposal(second, gone, submitted=True)
    submission = db.session.scalars(select(Submission)).one()
    before = (submission.id, bytes(submission.sealed_content), submission.signature, submission.commitment)
    merge(admin, kept, gone)
    assert owners_of_proposals() == {draft.id: kept.id, handed_in.id: kept.id}
    submission = db.session.scalars(select(Submission)).one()
    after = (submission.id, bytes(submission.sealed_content), submission.signature, submission.commitment)
    assert after == before
    frozen = json.loads(contents([submission.id], {kept.id})[submission.id])
    assert frozen["organisation"]["name"] == "De Brug vzw"
    member = as_member(app, colleague)
    for one in (draft, handed_in):
        assert member.get(f"/kandidaturen/{one.id}").status_code == 200
    assert member.get(f"/kandidaturen/{handed_in.id}/ontvangstbewijs").status_code == 200


def test_when_both_have_one_for_the_same_call_both_stay_and_are_theirs(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    call = make.make_call(make.make_region())
    owner, colleague = make.make_member(kept), make.make_member(gone, "member")
    one, other = make.make_proposal(call, kept, owner), make.make_proposal(call, gone, submitted=True)
    merge(admin, kept, gone)
    assert owners_of_proposals() == {one.id: kept.id, other.id: gone.id}
    told, task = (
        "Na het samenvoegen hebben jullie meer dan één kandidatuur",
        "Kies welke van jullie kandidaturen",
    )
    for person in (owner, colleague):
        client = as_member(app, person)
        page = client.get("/kandidaturen").text
        assert told in page and "Die van De Brug vzw is ingediend en telt" in page
        assert task not in client.get("/").text  # one was handed in: nothing has to be chosen
    submit_proposal(one.id, key="een", by=make.actor(owner))
    for person, asked in ((owner, True), (colleague, False)):
        client = as_member(app, person)
        assert "zijn ingediend en tellen elk apart" in client.get("/kandidaturen").text
        assert (task in client.get("/").text) is asked
    for person in (owner, colleague):
        client = as_member(app, person)
        mine = client.get("/kandidaturen").text
        for proposal in (one, other):
            assert f"/kandidaturen/{proposal.id}" in mine
            assert client.get(f"/kandidaturen/{proposal.id}").status_code == 200


def test_an_owner_finds_at_home_that_a_merge_waits_for_an_answer(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    one, other, colleague = make.make_member(kept), make.make_member(gone), make.make_member(kept, "member")
    admin.post(path(kept, gone), data=versions(kept, gone))
    (row,) = waiting_for(kept.id)
    answer, waits = f"/organisaties/samenvoegen/{row.id}", "Een voorstel om samen te voegen wacht op jou"
    for person, own in ((one, kept), (other, gone)):
        client = as_member(app, person)
        home = client.get("/").text
        assert answer in home and "Antwoord of De Brug vzw en De Brug dezelfde organisatie zijn" in home
        page = client.get(f"/organisaties/{own.id}").text
        assert waits in page and answer in page
    client = as_member(app, colleague)
    assert answer not in client.get("/").text and waits not in client.get(f"/organisaties/{kept.id}").text
    agreeing.answer(row.id, True, by=make.actor(one))
    assert answer not in as_member(app, one).get("/").text  # the word was given
    assert answer in as_member(app, other).get("/").text
    agreeing.answer(row.id, False, by=make.actor(other))
    assert answer not in as_member(app, other).get("/").text


def test_who_comes_or_goes_later_does_so_for_what_stayed_behind(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    call = make.make_call(make.make_region())
    owner, leaver = make.make_member(kept), make.make_member(gone, "member")
    make.make_proposal(call, kept, owner)
    other = make.make_proposal(call, gone)
    merge(admin, kept, gone)
    client, page = as_member(app, leaver), f"/kandidaturen/{other.id}"
    assert client.get(page).status_code == 200
    as_member(app, owner).post(f"/organisaties/{kept.id}/collegas/{leaver.id}/verwijderen")
    assert client.get(page).status_code == 404
    chosen = {"successor": str(owner.id), "confirm": "yes"}
    assert (
        as_member(app, owner).post(f"/organisaties/{kept.id}/eigenaarschap", data=chosen).status_code == 422
    )


def test_no_second_proposal_is_begun_beside_one_that_stayed_behind(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation, at: Callable[[Any], None]
) -> None:
    call = make.make_call(make.make_region())
    owner = make.make_member(kept)
    one, other = make.make_proposal(call, kept, owner), make.make_proposal(call, gone)
    merge(admin, kept, gone)
    answer = as_member(app, owner).post(
        f"/oproepen/{call.id}/kandidatuur", data={"organisation_id": str(kept.id)}
    )
    assert answer.status_code == 302 and f"/kandidaturen/{one.id}" in answer.location
    assert set(owners_of_proposals()) == {one.id, other.id}


def test_after_the_deadline_nothing_changes_for_the_jury(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    region = make.make_region()
    call = make.make_call(region, Phase.WRITTEN)
    proposal = make.make_proposal(call, gone, submitted=True)
    juror, regisseur = make.make_juror(call), make.make_regisseur(region)
    reader = as_member(app, regisseur)
    before = reader.get(f"/oproepen/{call.id}/kandidaturen").text
    merge(admin, kept, gone)
    assert owners_of_proposals() == {proposal.id: gone.id}
    token = re.compile(r'name="csrf_token"[^>]*>')
    assert token.sub("", reader.get(f"/oproepen/{call.id}/kandidaturen").text) == token.sub("", before)
    assert as_member(app, juror).get(f"/oproepen/{call.id}/leeslijst").status_code == 200


def test_a_conflict_with_the_one_is_a_conflict_with_the_other(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    call = make.make_call(make.make_region(), Phase.WRITTEN)
    one = make.make_proposal(call, kept, submitted=True)
    make.make_proposal(call, gone, submitted=True)
    juror = make.make_juror(call)
    with transaction() as now:
        for organisation, clash in ((kept, False), (gone, True)):
            db.session.add(
                ConflictDeclaration(
                    addendum_id=call.id,
                    juror_id=juror.id,
                    organisation_id=organisation.id,
                    in_conflict=clash,
                    kind="board" if clash else "",
                    declared_at=now,
                )
            )
    client = as_member(app, juror)
    assert client.get(f"/kandidaturen/{one.id}/lezen").status_code == 200
    merge(admin, kept, gone)
    assert client.get(f"/kandidaturen/{one.id}/lezen").status_code in (403, 404)
    declared = db.session.execute(
        select(ConflictDeclaration.organisation_id, ConflictDeclaration.in_conflict)
    )
    assert dict(declared.all()) == {kept.id: True, gone.id: True}


def test_the_administrator_sees_the_same_with_and_without_proposals(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    make.make_member(kept)
    call = make.make_call(make.make_region())
    other_kept = make.make_organisation("De Brug", about="Wij helpen.", languages=["Frans"])
    other_gone = make.make_organisation(
        "De Brug vzw", city="Boom", phone="03", about="Oud.", languages=["Arabisch"]
    )
    make.make_member(other_kept)
    make.make_proposal(call, kept, submitted=True)
    make.make_proposal(call, gone, submitted=True)
    people = make.make_member(other_kept, "member"), make.make_member(other_gone)
    assert people

    def seen(one: Organisation, other: Organisation) -> list[str]:
        pages = [admin.get(path(one, other, rest)).text for rest in ("", "/bevestigen")]
        answer = merge(admin, one, other)
        pages += [str(answer.status_code), str(answer.location)]
        numbers = {str(each): word for each, word in ((one.id, "K"), (other.id, "G"))}
        named = [re.sub(r"\d{4}\.\d{3}\.\d{3}", "N", page) for page in pages]
        return [
            re.sub(r"\b\d+\b", lambda found: numbers.get(found.group(0), found.group(0)), page)
            for page in named
        ]

    assert seen(kept, gone)[2:] == seen(other_kept, other_gone)[2:]
    for kind in ("proposed", "agreed"):
        bodies = {re.sub(r"\d+", "N", mail.body_text) for mail in mails(f"organisation.merge_{kind}")}
        assert len(bodies) == 1
    assert len({re.sub(r"\d+", "N", mail.body_text) for mail in mails("organisation.merged")}) == 1
    merged = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "organisation.merged")).all()
    assert all(set(one.details) == {"gone", "kept_name", "gone_name"} and not one.sealed for one in merged)
    moved = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "proposal.moved")).all()
    assert all(one.sealed and one.actor_id is None for one in moved)


def test_a_chain_of_mergings_leads_to_the_last(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    call = make.make_call(make.make_region(), Phase.WRITTEN)
    proposal = make.make_proposal(call, gone, submitted=True)
    last = make.make_organisation("De Grote Brug")
    owner = make.make_member(last)
    merge(admin, kept, gone)
    merge(admin, last, kept)
    assert fresh(gone).merged_into_id == last.id
    client = as_member(app, owner)
    assert client.get(f"/organisaties/{gone.id}").location == f"/organisaties/{last.id}"
    assert client.get(f"/kandidaturen/{proposal.id}").status_code == 200


def test_an_invitation_of_before_leads_to_the_one_that_stays(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    owner = as_member(app, make.make_member(gone))
    newcomer = make.make_user("Nele", email="nele@voorbeeld.be")
    typed = {"name": "Nele", "email": newcomer.email, "role": "member"}
    owner.post(f"/organisaties/{gone.id}/collegas", data=typed)
    link = re.search(r"http://127\.0\.0\.1:8000(/\S+)", mails()[0].body_text)
    merge(admin, kept, gone)
    assert link
    client = as_member(app, newcomer)
    assert "De Brug" in client.get(link.group(1)).text
    assert client.post(link.group(1)).location == f"/organisaties/{kept.id}"


def test_the_number_of_the_one_that_went_still_leads_to_the_other(
    app: Flask, admin: FlaskClient, kept: Organisation, gone: Organisation
) -> None:
    number = fresh(gone).enterprise_number
    merge(admin, kept, gone)
    page = as_member(app, make.make_user()).post(
        "/organisaties/nieuw", data={"enterprise_number": number, "organisation_name": "Zonnebloem"}
    )
    assert "al geregistreerd" in page.text and "De Brug vzw" not in page.text


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_list_asks_the_same_of_the_database(admin: FlaskClient, many: int) -> None:
    for number in range(many):
        make.make_organisation(f"Werking {number}")
    with queries() as seen:
        assert admin.get("/beheer/organisaties").status_code == 200
    assert len(seen) <= 7


@pytest.mark.parametrize(
    "query", ["?q=%25", "?q=_", "?pagina=-3", "?pagina=x", "?pagina=99999999999999", "?q=0900"]
)
def test_strange_searches_are_no_error(admin: FlaskClient, kept: Organisation, query: str) -> None:
    assert admin.get(f"/beheer/organisaties{query}").status_code == 200
